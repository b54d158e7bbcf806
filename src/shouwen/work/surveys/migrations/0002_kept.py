"""Triggers that refuse to change or remove what customers answered."""

from django.db import migrations

KEPT = ("surveys_response", "surveys_reply", "surveys_rating", "surveys_followup")
ACTS = ("UPDATE", "DELETE")


def protect(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION surveys_are_kept() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RAISE EXCEPTION 'what a customer answered is kept as it was'; END $$"
        )
    for table in KEPT:
        for act in ACTS:
            name = f"{table}_{act.lower()}"
            if is_postgresql:
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION surveys_are_kept()"
                )
            else:
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'what a customer answered is kept as it was'); END"
                )


def release(apps, schema_editor):
    for table in KEPT:
        for act in ACTS:
            where = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER {table}_{act.lower()}{where}")


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
