"""The only way from an address to a case."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.prepared import prepared
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.policy import queries as policy

from .models import Case
from .rules import GENERAL


def role_of(clause: str, at: datetime) -> str:
    """Whom a clause names for what it speaks of."""
    return str(policy.clause(clause, clock.day_of(at)).spec.by)


def require_role(
    role: str, division: Unit, clause: str, *, by: Person, at: datetime, field: str = ""
) -> Person:
    """In whose name somebody acts in a role; a refusal for whoever does not hold it."""
    found = org.as_whom(by, role, division, at)
    if found is None:
        raise refuse(
            N_("此事由%(role)s办理"),
            clause,
            field=field,
            instead=N_("请交由该岗位人员或其代理人办理"),
            role=org.role_title(role, division, at),
        )
    return found


def visible(person: Person) -> QuerySet[Case]:
    """Cases of the divisions a person works in; every list and count starts here."""
    return _within(org.divisions_visible(person))


def _within(divisions: Collection[int]) -> QuerySet[Case]:
    return Case.objects.filter(division_id__in=divisions)


@prepared
def _case(pk: int, *, divisions: tuple[int, ...]) -> QuerySet[Case]:
    whole = ("customer", "division", "unit", "salesperson", "first_owner", "text")
    return _within(divisions).filter(pk=pk).select_related(*whole)


def access_case(person: Person, pk: int, *, to: str = "view") -> Case:
    """The case, or 404 for whoever may not know that it exists.

    `to="work"` refuses a case that is closed or void.
    """
    case = _case.first(pk, divisions=tuple(org.divisions_visible(person)))
    if case is None:
        raise Http404
    if to == "work" and case.state != "open":
        raise refuse(
            N_("案件 %(number)s 已结案,不能再改"),
            "R3-50" if case.kind in GENERAL else "R4-47",
            instead=N_("需要续办时重新打开,或另立新案")
            if case.kind in GENERAL
            else N_("客户不接受结论时,另填新表并附原表"),
            number=case.label,
        )
    return case
