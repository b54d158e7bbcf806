"""What visits and letters tell of themselves to the engines below, and how they are found."""

from collections.abc import Collection, Iterable
from typing import Any

from shouwen.engines.dues import resolvers
from shouwen.engines.search import actions as search

from .models import Letter, Visit


def visit_texts(ids: Collection[int]) -> Iterable[search.Text]:
    """The words by which visits are found; one statement."""
    for one in Visit.objects.filter(pk__in=ids).select_related("host"):
        yield search.Text(
            object_id=one.pk,
            title=f"{one.number} {one.visitor}",
            at=one.arrived_at,
            division=one.division_id,
            body=" ".join([one.purpose, one.phone]),
            names=(one.visitor, one.company, one.host.name_zh),
        )


def letter_texts(ids: Collection[int]) -> Iterable[search.Text]:
    """The words by which letters and faxes are found; one statement."""
    for one in Letter.objects.filter(pk__in=ids):
        yield search.Text(
            object_id=one.pk,
            title=f"{one.number} {one.subject}",
            at=one.registered_at,
            division=one.division_id,
            body=" ".join([one.body, one.courier_number, one.fax_number]),
            names=(one.party,),
        )


def visit_told(one: Visit) -> dict[str, Any]:
    """What the clauses about dues ask of a visit."""
    return {
        "division": one.division_id,
        "title": f"{one.number} {one.visitor}",
        "link": f"/reception/{one.pk}/",
        "person": one.host_id,
        "unit": one.unit_id,
    }


def letter_told(one: Letter) -> dict[str, Any]:
    """What the clauses about dues ask of a letter."""
    return {
        "division": one.division_id,
        "title": f"{one.number} {one.subject}",
        "link": f"/reception/letters/{one.pk}/",
        "person": one.handler_id,
    }


search.register("visit", visit_texts)
search.register("letter", letter_texts)
resolvers.register("visit", Visit.objects, visit_told)
resolvers.register("letter", Letter.objects, letter_told)
