"""Periods that must not overlap, kept by the database itself on both sides."""

from django.db import migrations

RULES = [
    # table, columns that make two rows rivals, kind of range
    ("org_appointment", ("person_id", "post_id"), "days"),
    ("org_adoption", ("division_id", "regulation"), "days"),
    ("org_placement", ("unit_id",), "days"),
    ("org_substitution", ("person_id", "substitute_id"), "moments"),
]


def _exclusion(table, columns, kind):
    """PostgreSQL: numbers become ranges of one, which GiST compares without an extension."""
    parts = []
    for column in columns:
        whole = f"int8range({column}, {column}, '[]')"
        if column == "regulation":
            # Text has no range in plain PostgreSQL; its hash has, and two texts of one hash
            # within one division would only be refused too much.
            whole = "int8range(hashtext(regulation)::bigint, hashtext(regulation)::bigint, '[]')"
        parts.append(f"{whole} WITH &&")
    ranged = "daterange(since, until, '[]')" if kind == "days" else "tstzrange(since, until)"
    parts.append(f"{ranged} WITH &&")
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_no_overlap "
        f"EXCLUDE USING gist ({', '.join(parts)})"
    )


def _trigger(table, columns, kind, act):
    """SQLite: one writer at a time, so a look before the write is exact."""
    rival = " AND ".join(f"{column} = NEW.{column}" for column in columns)
    touch = "<=" if kind == "days" else "<"
    later = f"(NEW.until IS NULL OR since {touch} NEW.until)"
    earlier = f"(until IS NULL OR NEW.since {touch} until)"
    return (
        f"CREATE TRIGGER {table}_no_overlap_{act.lower()} BEFORE {act} ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id IS NOT NEW.id AND {rival} "
        f"AND {later} AND {earlier}) "
        f"BEGIN SELECT RAISE(ABORT, '{table}: periods overlap'); END"
    )


def protect(apps, schema_editor):
    for table, columns, kind in RULES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(_exclusion(table, columns, kind))
        else:
            for act in ("INSERT", "UPDATE"):
                schema_editor.execute(_trigger(table, columns, kind, act))


def release(apps, schema_editor):
    for table, _columns, _kind in RULES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_no_overlap")
        else:
            for act in ("insert", "update"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_overlap_{act}")


class Migration(migrations.Migration):
    dependencies = [("org", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
