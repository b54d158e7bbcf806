"""The only way from an address to a case."""

from django.db.models import QuerySet
from django.http import Http404

from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

from .models import Case


def visible(person: Person) -> QuerySet[Case]:
    """Cases of the divisions a person works in; every list and count starts here."""
    return Case.objects.filter(division_id__in=org.divisions_visible(person))


def access_case(person: Person, pk: int, *, to: str = "view") -> Case:
    """The case, or 404 for whoever may not know that it exists.

    `to="work"` refuses a case that is closed or void.
    """
    case = (
        visible(person)
        .select_related("customer", "division", "unit", "salesperson", "first_owner", "text")
        .filter(pk=pk)
        .first()
    )
    if case is None:
        raise Http404
    if to == "work" and case.state != "open":
        raise refuse(
            N_("案件 %(number)s 已结案,不能再改"),
            "R4-47",
            instead=N_("客户不接受结论时,另填新表并附原表"),
            number=case.label,
        )
    return case
