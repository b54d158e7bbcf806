"""What a case tells of itself to the engines below, and how it is found."""

from collections.abc import Collection, Iterable
from typing import Any

from shouwen.engines.documents.models import Section
from shouwen.engines.dues import resolvers
from shouwen.engines.search import actions as search

from . import rules
from .course.classes import track_of
from .course.courses import form_of
from .models import Case

SOLVED = {
    "closing": ("problem", "solution"),
    "handling": ("result",),
    "answer": ("text",),
    "fulfilment": ("result",),
    "work": ("done",),
}
"""Sections of the centre's papers that say what became of a matter, and in which fields."""


def texts(ids: Collection[int]) -> Iterable[search.Text]:
    """The words by which cases are found: number, customer, parts, orders, what was said."""
    found = (
        Case.objects.filter(pk__in=ids)
        .select_related("customer", "text", "salesperson")
        .prefetch_related("lines")
    )
    solved = _solutions(ids)
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
                    *solved.get(case.pk, ()),
                    *(line.part_number for line in lines),
                    *(line.order_number for line in lines),
                ]
            ),
            names=(case.customer.name_zh, case.customer.short_name, case.salesperson.name_zh),
        )


search.register("case", texts)


def _solutions(ids: Collection[int]) -> dict[int, list[str]]:
    """What was done and answered, as it stands on the papers of the centre (R3-50)."""
    forms = {form_of(kind) for kind in rules.GENERAL}
    parts = Section.objects.filter(
        sheet__matter_kind="case", sheet__matter_id__in=ids, sheet__form__in=forms,
        key__in=SOLVED, signed_at__isnull=False,
    ).order_by("pk")  # fmt: skip
    found: dict[int, list[str]] = {}
    for case, key, data in parts.values_list("sheet__matter_id", "key", "data"):
        words = (str(data.get(field) or "") for field in SOLVED[key])
        found.setdefault(case or 0, []).extend(filter(None, words))
    return found


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
