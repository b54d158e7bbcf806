"""Triggers: what was answered stays as it was, but for the words of somebody who is forgotten.

An erasure replaces the words of a call (decision 11); when it was made, by whom, what came of it
and how it was marked are the company's proof and stay.
"""

from django.db import migrations

GONE = "［已删除］"
FORGETS = {
    "callbacks_result": (
        f"NEW.words = '{GONE}' AND NEW.opinion IN ('', '{GONE}') "
        f"AND NEW.suggestion IN ('', '{GONE}') AND NEW.problem IN ('', '{GONE}')",
        ("callback_id", "satisfied", "marks", "none_given", "by_id", "at"),
    ),
    "callbacks_attempt": (
        "NEW.note = ''", ("callback_id", "outcome", "meaning", "by_id", "at"),
    ),
    "callbacks_callbackcorrection": (
        f"NEW.reason = '{GONE}'", ("result_id", "field", "by_id", "at"),
    ),
}  # fmt: skip
"""Table, what it may be changed to, and the columns that stay."""


def _trigger(schema_editor, table, when):
    name = f"{table}_update"
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} "
            f"FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION callbacks_stay()"
        )
        return
    schema_editor.execute(f"DROP TRIGGER {name}")
    schema_editor.execute(
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN {when} BEGIN "
        "SELECT RAISE(ABORT, 'what was answered, drawn or submitted stays'); END"
    )


def let_through(apps, schema_editor):
    for table, (forgotten, fixed) in FORGETS.items():
        same = " AND ".join(f"NEW.{name} = OLD.{name}" for name in fixed)
        _trigger(schema_editor, table, f"NOT ({forgotten} AND {same})")


def shut(apps, schema_editor):
    for table in FORGETS:
        _trigger(schema_editor, table, "TRUE")


class Migration(migrations.Migration):
    dependencies = [("callbacks", "0002_results_stay")]
    operations = [migrations.RunPython(let_through, shut)]
