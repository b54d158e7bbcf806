"""Triggers: an answer is kept as it was, but for the words of somebody who is forgotten.

An erasure replaces what a customer wrote (decision 11); marks, choices, channel and moment stay,
so that every average is what it was.
"""

from django.db import migrations

GONE = "［已删除］"
FORGETS = {
    "surveys_reply": (f"NEW.text = '{GONE}' AND OLD.text <> ''", ("response_id", "question_id")),
    "surveys_rating": (
        f"NEW.words = '{GONE}'",
        (
            "division_id", "matter_kind", "matter_id", "customer_id", "person_id", "unit_id",
            "by_id", "replaces_id", "about", "mark", "low", "channel", "at",
        ),
    ),
}  # fmt: skip
"""Table, what it may be changed to, and the columns that stay."""


def _trigger(schema_editor, table, when):
    name = f"{table}_update"
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
        clause = f"WHEN ({when}) " if when else ""
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} "
            f"FOR EACH ROW {clause}EXECUTE FUNCTION surveys_are_kept()"
        )
        return
    clause = f"WHEN {when} " if when else ""
    schema_editor.execute(f"DROP TRIGGER {name}")
    schema_editor.execute(
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} {clause}"
        "BEGIN SELECT RAISE(ABORT, 'what a customer answered is kept as it was'); END"
    )


def let_through(apps, schema_editor):
    for table, (forgotten, fixed) in FORGETS.items():
        same = " AND ".join(f"COALESCE(NEW.{name}, 0) = COALESCE(OLD.{name}, 0)" if
                            name.endswith("_id") else f"NEW.{name} = OLD.{name}" for name in fixed)
        _trigger(schema_editor, table, f"NOT ({forgotten} AND {same})")


def shut(apps, schema_editor):
    for table in FORGETS:
        _trigger(schema_editor, table, "")


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_kept")]
    operations = [migrations.RunPython(let_through, shut)]
