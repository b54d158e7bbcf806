"""Triggers: what was answered, drawn or submitted stays as it was (R3-44, R3-51, R3-54, R3-45)."""

from django.db import migrations

FIXED = (
    "callbacks_attempt",
    "callbacks_result",
    "callbacks_callbackcorrection",
)
"""Rows that never change and are never removed."""

KEPT = ("callbacks_callback", "callbacks_sample", "callbacks_sampleitem", "callbacks_suggestion")
"""Rows that are never removed."""

_DRAWN = " OR ".join(
    f"NEW.{name} <> OLD.{name}"
    for name in ("division_id", "period", "seed", "percent", "base", "size", "items", "drawn_at")
)
_SAMPLE = "(SELECT closed_at FROM callbacks_sample WHERE id = {row}.sample_id) IS NOT NULL"
_AUDIT = "(SELECT submitted_at FROM callbacks_audit WHERE id = {row}.audit_id) IS NOT NULL"
_WRITTEN = (
    "NEW.period <> OLD.period OR NEW.figures <> OLD.figures OR NEW.comment <> OLD.comment "
    "OR NEW.submitted_at IS NULL OR NEW.submitted_at <> OLD.submitted_at"
)
GUARDS = (
    ("callbacks_sample", "UPDATE", f"OLD.closed_at IS NOT NULL OR {_DRAWN}"),
    ("callbacks_sampleitem", "INSERT", _SAMPLE.format(row="NEW")),
    (
        "callbacks_sampleitem",
        "UPDATE",
        _SAMPLE.format(row="OLD") + " OR NEW.matter_id <> OLD.matter_id "
        "OR NEW.position <> OLD.position OR NEW.sample_id <> OLD.sample_id",
    ),
    ("callbacks_audit", "UPDATE", "OLD.submitted_at IS NOT NULL"),
    ("callbacks_audit", "DELETE", "OLD.submitted_at IS NOT NULL"),
    ("callbacks_audititem", "UPDATE", _AUDIT.format(row="OLD")),
    ("callbacks_audititem", "DELETE", _AUDIT.format(row="OLD")),
    (
        "callbacks_callbackreport",
        "UPDATE",
        f"OLD.acknowledged_at IS NOT NULL OR (OLD.submitted_at IS NOT NULL AND ({_WRITTEN}))",
    ),
    ("callbacks_callbackreport", "DELETE", "OLD.submitted_at IS NOT NULL"),
)
"""Table, act, and when it is refused."""


def _rules():
    for table in FIXED:
        yield table, "UPDATE", "TRUE"
    for table in (*FIXED, *KEPT):
        yield table, "DELETE", "TRUE"
    yield from GUARDS


def protect(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION callbacks_stay() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'what was answered, drawn or submitted stays'; END $$"
        )
    for table, act, when in _rules():
        name = f"{table}_{act.lower()}"
        if not is_postgresql:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {when} BEGIN "
                "SELECT RAISE(ABORT, 'what was answered, drawn or submitted stays'); END"
            )
        elif "SELECT" in when:  # a trigger's own condition may not look elsewhere
            row = "OLD" if act == "DELETE" else "NEW"
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN IF {when} THEN "
                "RAISE EXCEPTION 'what was answered, drawn or submitted stays'; "
                f"END IF; RETURN {row}; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
                f"FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION callbacks_stay()"
            )


def release(apps, schema_editor):
    for table, act, _when in _rules():
        where = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {table}_{act.lower()}{where}")


class Migration(migrations.Migration):
    dependencies = [("callbacks", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
