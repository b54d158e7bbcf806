"""Who sees which report and who may write on it; the posts stand in the clauses."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, Reason, refuse_any
from shouwen.ground.foundation.words import listed
from shouwen.ground.org import queries as org
from shouwen.ground.org import values
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.policy import queries as policy

from .models import Report

STATISTICS = "complaint_statistics"
BONUS = "collection_bonus"
FURTHER = "R4-50.further_signers"


def visible(person: Person, key: str = STATISTICS) -> QuerySet[Report]:
    """Reports of one kind in the divisions a person works in."""
    divisions = org.divisions_visible(person)
    return Report.objects.filter(key=key, division_id__in=divisions).select_related("division")


def access_report(person: Person, pk: int) -> Report:
    """The statistics sheet, or 404 for whoever may not know that it exists."""
    found = visible(person).select_related("drawn_up_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


# -- the statistics sheet -------------------------------------------------------------------------


def drawers(at: datetime) -> tuple[str, ...]:
    """Who draws the sheet up, by R4-49."""
    owners: tuple[str, ...] = policy.clause("R4-49", clock.day_of(at)).spec.owners
    return owners


def signers(division: Unit | int, at: datetime) -> list[str]:
    """Whose signatures the sheet needs: the heads R4-50 names, and those the company adds."""
    named = policy.clause("R4-50", clock.day_of(at)).spec.signers
    added = [row["role"] for row in values.find(FURTHER, division, at) or ()]
    return list(dict.fromkeys((*named, *added)))


def is_drawer(person: Person, division: Unit | int, at: datetime) -> bool:
    """Whether somebody draws the sheet up, or stands in for one who does."""
    return any(org.as_whom(person, role, division, at) for role in drawers(at))


def require_drawer(person: Person, division: Unit, clause: str, at: datetime) -> None:
    """Refuse whoever does not draw the sheet up."""
    if not is_drawer(person, division, at):
        who = listed(org.role_title(role, division, at) for role in drawers(at))
        refuse_any([Reason(N_("统计表由%(who)s编制"), clause, facts={"who": who})])


def may_check(person: Person, division: Unit | int, at: datetime) -> bool:
    """Who goes through measures and results: the group together with the heads (R4-50, R4-51)."""
    roles = [*drawers(at), *signers(division, at)]
    return any(org.as_whom(person, role, division, at) for role in roles)


# -- the bonus base -------------------------------------------------------------------------------


def place_of_bonus(person: Person, pk: int) -> tuple[int, int, str] | None:
    """Division, salesperson and month of a report that is a bonus base; None when it is none."""
    divisions = org.divisions_visible(person)
    found = Report.objects.filter(pk=pk, key__startswith=f"{BONUS}:", division__in=divisions)
    row = found.values_list("division", "key", "period").first()
    return (row[0], int(row[1].partition(":")[2]), row[2]) if row else None


def computes_bonus(person: Person, division: Unit | int, at: datetime) -> bool:
    """Whether somebody writes the bonus base down, by R4-81."""
    role: str = policy.clause("R4-81", clock.day_of(at)).spec.by
    return org.as_whom(person, role, division, at) is not None


def computer(division: Unit | int, at: datetime) -> str:
    """Who that is, as people call it."""
    return org.role_title(policy.clause("R4-81", clock.day_of(at)).spec.by, division, at)


def reads_all_bonuses(person: Person, division: Unit | int, at: datetime) -> bool:
    """Whether his post lets him see everybody's (R4-81)."""
    readers = policy.clause("R4-81", clock.day_of(at)).spec.readers
    return any(org.as_whom(person, role, division, at) for role in readers)


def may_read_bonus(person: Person, of: Person, division: Unit | int, at: datetime) -> bool:
    """His own, that of those he leads, of whom he stands in for, or everybody's by his post."""
    himself = {person.pk, *(absent.pk for absent in org.acting_for(person, at))}
    if of.pk in himself:
        return True
    above = {one.pk for one in org.superiors(of, division, at)}
    return bool(himself & above) or reads_all_bonuses(person, division, at)
