"""Clauses as the screens need them: found by number, never failing a page."""

from functools import lru_cache

from django.urls import NoReverseMatch, reverse

from shouwen.ground.policy import queries
from shouwen.ground.policy.shapes import Clause


def find(number: str) -> Clause | None:
    """The clause in force today, or nothing when the number is not of a loaded regulation."""
    try:
        return queries.clause(number)
    except queries.NotInForce:
        return None


def text_of(clause: Clause | None) -> str:
    """Its sentence in the reader's language."""
    return str(clause.text) if clause is not None else ""


@lru_cache(maxsize=2048)
def url_of(number: str) -> str:
    """Its page; a case page has some fifty of them."""
    try:
        return reverse("regulations:clause", args=[number])
    except NoReverseMatch:
        return ""
