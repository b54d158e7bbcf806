"""Triggers that refuse to remove a case and its words: a register keeps every entry (R3-46)."""

from django.db import migrations

KEPT = ("cases_case", "cases_casetext", "cases_transfer", "cases_caselink")


def protect(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION cases_are_kept() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RAISE EXCEPTION 'a case is never removed'; END $$"
        )
    for table in KEPT:
        if is_postgresql:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION cases_are_kept()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'a case is never removed'); END"
            )


def release(apps, schema_editor):
    for table in KEPT:
        where = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {table}_kept{where}")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
