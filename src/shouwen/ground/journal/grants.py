"""On PostgreSQL: an application role that may add to the journal and change nothing in it.

The triggers refuse everybody; a role without the right cannot even lift the triggers. Migrations
run under the role that owns the tables.
"""

from collections.abc import Iterator

from django.db import connection

KEPT = ("journal_entry", "journal_seal")
READ_ONLY = ("django_migrations",)


def statements(role: str) -> Iterator[str]:
    """SQL that gives a role what the product needs and takes away the rest."""
    name = connection.ops.quote_name(role)
    yield f"GRANT USAGE ON SCHEMA public TO {name}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}"
    for table in sorted(_tables()):
        rights = "SELECT, INSERT" if table in KEPT else "SELECT, INSERT, UPDATE, DELETE"
        rights = "SELECT" if table in READ_ONLY else rights
        yield f"GRANT {rights} ON {connection.ops.quote_name(table)} TO {name}"


def _tables() -> set[str]:
    """Every table in the database, those without a model too."""
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor))
