"""A correction is never rewritten, but its words may go with their person: both, and nothing else.
"""

from django.db import migrations

TABLE, NAME = "interactions_correction", "interactions_correction_update"
SAME = ("interaction_id", "field", "reason", "by_id", "at")
FORGETS = "NEW.\"before\" = '' AND NEW.\"after\" = '' AND " + " AND ".join(
    f'NEW."{column}" = OLD."{column}"' for column in SAME
)


def _replace(schema_editor, condition):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {NAME} ON {TABLE}")
        schema_editor.execute(
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW {condition} "
            "EXECUTE FUNCTION interactions_are_kept()"
        )
        return
    schema_editor.execute(f"DROP TRIGGER {NAME}")
    schema_editor.execute(
        f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW {condition} "
        "BEGIN SELECT RAISE(ABORT, 'an interaction is corrected, never removed'); END"
    )


def allow(apps, schema_editor):
    _replace(schema_editor, f"WHEN (NOT ({FORGETS}))")


def forbid(apps, schema_editor):
    _replace(schema_editor, "")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial"), ("interactions", "0002_never_deleted")]
    operations = [migrations.RunPython(allow, forbid)]
