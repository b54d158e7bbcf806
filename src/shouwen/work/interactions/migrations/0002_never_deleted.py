"""Triggers that refuse to remove what was recorded, and to change what was corrected (R2-05)."""

from django.db import migrations

KEPT = ("interactions_interaction", "interactions_interactiontext", "interactions_correction")
FIXED = ("interactions_correction",)


def _acts(table):
    yield "DELETE"
    if table in FIXED:
        yield "UPDATE"


def protect(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION interactions_are_kept() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RAISE EXCEPTION 'an interaction is corrected, never removed'; END $$"
        )
    for table in KEPT:
        for act in _acts(table):
            name = f"{table}_{act.lower()}"
            if is_postgresql:
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION interactions_are_kept()"
                )
            else:
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'an interaction is corrected, never removed'); END"
                )


def release(apps, schema_editor):
    for table in KEPT:
        for act in _acts(table):
            where = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER {table}_{act.lower()}{where}")


class Migration(migrations.Migration):
    dependencies = [("interactions", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
