"""Triggers that keep a final report: nothing of it changes, but that a new edition replaces it."""

from django.db import migrations

TABLE = "reports_report"
FIXED = (
    "division_id", "key", "period", "edition", "body", "drawn_up_by_id", "drawn_up_at",
    "submitted_at", "finalised_at", "reason",
)  # fmt: skip
WORDS = "a final report never changes"


def protect(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    differs = "IS DISTINCT FROM" if postgres else "IS NOT"
    changed = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in FIXED)
    frozen = "OLD.state IN ('final', 'replaced')"
    kept = f"{frozen} AND ({changed} OR NEW.state <> 'replaced')"
    if postgres:
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION reports_final_stays() RETURNS trigger LANGUAGE plpgsql "
            f"AS $$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$"
        )
    for act, when in (("UPDATE", kept), ("DELETE", frozen)):
        name = f"{TABLE}_{act.lower()}"
        if postgres:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {TABLE} FOR EACH ROW "
                f"WHEN ({when}) EXECUTE FUNCTION reports_final_stays()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {TABLE} "
                f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
            )


def release(apps, schema_editor):
    on_table = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    for act in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_{act}{on_table}")


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
