"""Triggers that keep what was confirmed, submitted, published or found: it never changes."""

from django.db import migrations

ALWAYS = "1 = 1"
KEPT = {
    "knowledge_summary": (
        "OLD.state = 'submitted'", "OLD.state = 'submitted'", "a submitted summary never changes",
    ),
    "knowledge_articleversion": (
        "OLD.confirmed_at IS NOT NULL", ALWAYS, "a confirmed version never changes",
    ),
    "knowledge_bulletin": (
        "OLD.published_at IS NOT NULL", ALWAYS, "a published bulletin never changes",
    ),
    "knowledge_topic": (ALWAYS, ALWAYS, "a decided topic never changes"),
    "knowledge_topic_cases": (ALWAYS, ALWAYS, "what a topic came from stays with it"),
    "knowledge_taboohit": (ALWAYS, ALWAYS, "what was found stays found"),
}  # fmt: skip
"""Table → when it may not be changed, when not removed, in which words that is refused."""


def protect(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    for table, (changed, removed, words) in KEPT.items():
        if postgres:
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql "
                f"AS $$ BEGIN RAISE EXCEPTION '{words}'; END $$"
            )
        for act, when in (("UPDATE", changed), ("DELETE", removed)):
            name = f"{table}_{act.lower()}"
            if postgres:
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW "
                    f"WHEN ({when}) EXECUTE FUNCTION {table}_stays()"
                )
            else:
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
                    f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"
                )


def release(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    for table in KEPT:
        for act in ("update", "delete"):
            on_table = f" ON {table}" if postgres else ""
            schema_editor.execute(f"DROP TRIGGER {table}_{act}{on_table}")


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
