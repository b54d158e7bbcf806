"""What a case tells of itself to the engines below, and how it is found."""

from collections.abc import Collection, Iterable
from typing import Any

from shouwen.engines.dues import resolvers
from shouwen.engines.search import actions as search

from .course.classes import track_of
from .models import Case


def texts(ids: Collection[int]) -> Iterable[search.Text]:
    """The words by which cases are found: number, customer, parts, orders, what was said."""
    found = (
        Case.objects.filter(pk__in=ids)
        .select_related("customer", "text", "salesperson")
        .prefetch_related("lines")
    )
    for case in found:
        lines = case.lines.all()
        yield search.Text(
            object_id=case.pk,
            title=case.called,
            at=case.opened_at,
            division=case.division_id,
            body=" ".join(
                [
                    case.text.description,
                    case.text.caller,
                    case.text.phone,
                    *(line.part_number for line in lines),
                    *(line.order_number for line in lines),
                ]
            ),
            names=(case.customer.name_zh, case.customer.short_name, case.salesperson.name_zh),
        )


search.register("case", texts)


def told(case: Case) -> dict[str, Any]:
    """What the clauses about dues ask of a case."""
    return {
        "region": case.region,
        "division": case.division_id,
        "title": case.called,
        "link": f"/cases/{case.pk}/",
        "person": case.salesperson_id,
        "first_contact_owner": case.first_owner_id,
        "handler": case.handler_id or case.first_owner_id,
        "unit": case.unit_id,
        "kind": case.kind,
        "category": case.category,
        "channel": case.channel,
        "grade": case.grade,
        "track": track_of(case),
    }


resolvers.register("case", Case.objects, told)
