"""A trigger that refuses to remove a letter: what came in is put aside, never thrown away."""

from django.db import migrations

TABLE = "mail_rawmail"


def protect(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION mail_is_kept() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RAISE EXCEPTION 'a letter that came in is never removed'; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_delete BEFORE DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION mail_is_kept()"
        )
    else:
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_delete BEFORE DELETE ON {TABLE} "
            "BEGIN SELECT RAISE(ABORT, 'a letter that came in is never removed'); END"
        )


def release(apps, schema_editor):
    where = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {TABLE}_delete{where}")


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
