"""Triggers that keep a published edition: its number, day, digest and regulation, and the row."""

from django.db import migrations

TABLE = "policy_edition"
FIXED = ("regulation_id", "number", "since", "digest", "published_at")
WORDS = "a published edition never changes"


def protect(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in FIXED)
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION policy_published_stays() RETURNS trigger LANGUAGE plpgsql "
            f"AS $$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_update BEFORE UPDATE ON {TABLE} FOR EACH ROW "
            f"WHEN (OLD.published_at IS NOT NULL AND ({changed})) "
            "EXECUTE FUNCTION policy_published_stays()"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_delete BEFORE DELETE ON {TABLE} FOR EACH ROW "
            "WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION policy_published_stays()"
        )
        return
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in FIXED)
    for act, when in (("UPDATE", f" AND ({changed})"), ("DELETE", "")):
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_{act.lower()} BEFORE {act} ON {TABLE} "
            f"WHEN OLD.published_at IS NOT NULL{when} "
            f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        )


def release(apps, schema_editor):
    on_table = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    for act in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_{act}{on_table}")


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
