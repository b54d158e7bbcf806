"""Visits and letters forget a person: that he came or wrote, when and to whom stays."""

from django.db.models import Case, QuerySet, Value, When

from .models import Letter, Visit


def forget_visits(visits: QuerySet[Visit], mark: str) -> int:
    """Replace the visitor and what was written down of him; what he rated stays, without words.

    The picture of his signature is a file, and goes with the files.
    """
    return visits.update(
        visitor=mark, company="", phone="", purpose=mark, outcome=_kept_empty("outcome", mark),
        confirmed_name=_kept_empty("confirmed_name", mark),
        rating_words=_kept_empty("rating_words", mark), follow_up=_kept_empty("follow_up", mark),
    )  # fmt: skip


def forget_letters(letters: QuerySet[Letter], mark: str) -> int:
    """Replace who wrote or was written to, his address, the words; the proof of posting stays."""
    return letters.update(
        party=mark, address="", fax_number=_kept_empty("fax_number", mark), subject=mark,
        body=_kept_empty("body", mark),
    )  # fmt: skip


def _kept_empty(column: str, mark: str) -> Case:
    """The mark where something stood; empty stays empty, as the checks of the row ask for it."""
    return Case(When(**{column: ""}, then=Value("")), default=Value(mark))
