"""The month's averages by person and item, and the overview by clause (R2-02, R6-03, R6-04)."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shouwen.doors.web.people import Request
from shouwen.doors.web.reception.people import division_for
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.outcomes.conduct import access, norms, queries

from .forms import month_of


@require_GET
def averages(request: Request) -> HttpResponse:
    """One month: everybody one may read of, then the clauses."""
    at, division = clock.now(), division_for(request.person)
    first = month_of(request.GET.get("month", ""), clock.today())
    last = first.replace(day=monthrange(first.year, first.month)[1])
    whole = access.reads_all(request.person, division, at)
    readable = {request.person.pk, *access.people_led(request.person, at)}
    found = [
        one for one in queries.averages(division, first, last) if whole or one.person in readable
    ]
    names = norms.known_codes(division, at)
    context = {
        "at": "averages", "month": f"{first:%Y-%m}", "division": division,
        "previous": f"{first - timedelta(days=1):%Y-%m}",
        "next": f"{last + timedelta(days=1):%Y-%m}" if last < clock.today() else "",
        "people": _by_person(found, names),
        "clauses": _by_clause(division, first, last, at) if whole else [],
        "findings": queries.count_findings(division, first, last) if whole else None,
    }  # fmt: skip
    return render(request, "conduct/averages.html", context)


def _by_person(found: list[Any], names: dict[str, Any]) -> list[dict[str, Any]]:
    people: dict[int, list[dict[str, Any]]] = {}
    for one in found:
        row = {"name": names.get(one.item, one.item), "average": one}
        people.setdefault(one.person, []).append(row)
    return [{"person": org.person(pk), "rows": rows} for pk, rows in people.items()]


def _by_clause(division: Any, first: date, last: date, at: Any) -> list[Any]:
    figures = queries.by_clause(division, first, last, at)
    return [one for one in figures.values() if one.reviews or one.findings]
