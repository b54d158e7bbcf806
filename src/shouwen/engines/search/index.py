"""The index beside the table `SearchDoc`: one of two machines, chosen by the database.

SQLite: FTS5 without content. Its release in Debian 12 cannot forget a document by its number, so
the old tokens are handed over again when a document changes. PostgreSQL: a tsvector column written
as a literal, so that no text-search configuration and no locale of the server matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from .models import SearchDoc
from .rules import Phrase, Term, Tokens

_TABLE = "search_searchdoc"
_UPDATE = (
    f"UPDATE {_TABLE} SET division = %s, title = %s, body = %s, names = %s, at = %s, "  # noqa: S608
    "indexed = true{} WHERE id = %s"
)
_FTS5_INSERT = "INSERT INTO search_index(rowid, inline, extra) VALUES (%s, %s, %s)"
_FTS5_DELETE = (
    "INSERT INTO search_index(search_index, rowid, inline, extra) VALUES ('delete', %s, %s, %s)"
)
_APART = 16_383
"""Position of tokens that follow nothing: the inline ones end before it."""


@dataclass(frozen=True)
class Change:
    """One document; `old` and `new` tokens are None where it was not, or is no more, indexed."""

    doc: SearchDoc
    old: Tokens | None
    new: Tokens | None


def write(changes: Sequence[Change]) -> None:
    """Keep the documents' words and bring the index to the new tokens, in the caller's transaction.

    Written by hand: the ORM would need two statements a row for the table and its tsvector.
    """
    kept = [change for change in changes if change.new]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            rows = [(*_row(change.doc)[:-1], _literal(change), change.doc.pk) for change in kept]
            cursor.executemany(_UPDATE.format(", vec = %s::tsvector"), rows)
        else:
            cursor.executemany(_UPDATE.format(""), [_row(change.doc) for change in kept])
            cursor.executemany(_FTS5_DELETE, [_fts5_row(c.doc.pk, c.old) for c in changes if c.old])
            cursor.executemany(_FTS5_INSERT, [_fts5_row(c.doc.pk, c.new) for c in kept])
    SearchDoc.objects.filter(pk__in=[c.doc.pk for c in changes if not c.new]).delete()


def question(terms: Sequence[Term], among: Sequence[Sequence[str]]) -> str:
    """Every term, and one token of each group in `among`, as the index is asked for them."""
    if connection.vendor == "postgresql":
        return " & ".join([*map(_tsquery, terms), *(_any_of(group, " | ") for group in among)])
    return " AND ".join([*map(_fts5, terms), *(_any_of(group, " OR ", '"') for group in among)])


def matches(query: str) -> RawSQL:
    """Condition: a document answers a `question`."""
    if connection.vendor == "postgresql":
        return RawSQL(f"{_TABLE}.vec @@ %s::tsquery", [query], BooleanField())  # noqa: S611
    sql = f"{_TABLE}.id IN (SELECT rowid FROM search_index WHERE search_index MATCH %s)"  # noqa: S608
    return RawSQL(sql, [query], BooleanField())  # noqa: S611


def merge() -> None:
    """PostgreSQL keeps new entries in a list that every search reads to its end: empty it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list('search_vec'::regclass)")


def forget_all() -> None:
    """Empty the index, to build it anew."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"UPDATE {_TABLE} SET vec = NULL")  # noqa: S608
        else:
            cursor.execute("INSERT INTO search_index(search_index) VALUES ('delete-all')")


def _row(doc: SearchDoc) -> tuple[Any, ...]:
    at = connection.ops.adapt_datetimefield_value(doc.at)
    return doc.division, doc.title, doc.body, doc.names, at, doc.pk


def _literal(change: Change) -> str:
    assert change.new is not None
    inline = [f"'{token}':{place}" for place, token in enumerate(change.new.inline, 1)]
    return " ".join([*inline, *(f"'{token}':{_APART}" for token in change.new.extra)])


def _fts5_row(pk: int, tokens: Tokens | None) -> tuple[int, str, str]:
    assert tokens is not None
    return pk, " ".join(tokens.inline), " ".join(tokens.extra)


def _tsquery(term: Term) -> str:
    def phrase(one: Phrase) -> str:
        quoted = [f"'{token}'" for token in one.tokens]
        return "(" + " <-> ".join(quoted) + (":*)" if one.prefix else ")")

    return "(" + " | ".join(map(phrase, term.readings)) + ")"


def _fts5(term: Term) -> str:
    def phrase(one: Phrase) -> str:
        where = "inline : " if len(one.tokens) > 1 else ""
        return f'({where}"{" ".join(one.tokens)}"{" *" if one.prefix else ""})'

    return "(" + " OR ".join(map(phrase, term.readings)) + ")"


def _any_of(group: Sequence[str], glue: str, quote: str = "'") -> str:
    return "(" + glue.join(f"{quote}{token}{quote}" for token in group) + ")"
