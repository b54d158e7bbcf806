"""The only lists and counts of the assessment; every one begins with what a person may see."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.work.cases import queries as cases
from shouwen.work.cases.models import Case

from . import access
from .models import Claim, Improvement, LossShare, Notice, Penalty, SanctionList
from .sanctions import month

WAITING = Q(approved_at__isnull=True, declined_at__isnull=True)
NOTICE_STATES = {
    "waiting": WAITING,
    "declined": Q(declined_at__isnull=False),
    "check": Q(approved_at__isnull=False, checked_at__isnull=True),
    "deduct": Q(approved_at__isnull=False, deducted_at__isnull=True),
    "done": Q(checked_at__isnull=False, deducted_at__isnull=False),
}
"""State of a notice → its rows: put up, not approved, to be checked, to be deducted, done."""


def improvements_in(divisions: Collection[int]) -> QuerySet[Improvement]:
    """Improvements of some divisions."""
    found = Improvement.objects.filter(division__in=divisions)
    return found.select_related("case__customer", "owner", "sheet")


def people_of(units: Collection[int]) -> list[int]:
    """Who holds a post in one of these units today."""
    day = org.staffing()
    return [held.person_id for unit in units for held in day.by_unit.get(unit, ())]


def running_late(found: QuerySet[Improvement]) -> QuerySet[Improvement]:
    """Those of them whose day has passed without a report."""
    return found.filter(state=Improvement.State.RUNNING, due_on__lt=clock.today())


def notices_in(divisions: Collection[int], state: str = "") -> QuerySet[Notice]:
    """Notices of some divisions, in a state."""
    found = Notice.objects.filter(sheet__division__in=divisions)
    found = found.filter(NOTICE_STATES[state]) if state else found
    return found.select_related("sheet", "case__customer", "unit", "person")


def notice(person: Person, pk: int) -> Notice | None:
    """One notice that the person may read, with everything its page shows."""
    found = notices_in(org.divisions_visible(person)).filter(access.notices_of(person))
    found = found.select_related("checked_by", "deducted_by", "sheet__division", "penalty")
    return found.filter(pk=pk).first()


def penalties_to_carry_out(person: Person) -> QuerySet[Penalty]:
    """Approved deductions for which the office still has to draw up a notice."""
    asked = Due.objects.open().filter(
        clause="R4-65", subject_kind="penalty", division__in=org.divisions_visible(person)
    )
    found = Penalty.objects.filter(pk__in=asked.values("subject_id"))
    return found.select_related("case__customer", "person").order_by("approved_at", "id")


def deductions(division: Unit, first: date, last: date) -> QuerySet[Notice]:
    """Notices in force whose approval falls in the days: what the bonus sheet takes off or adds."""
    return (
        Notice.objects.filter(
            sheet__division=division,
            approved_at__gte=clock.local(first),
            approved_at__lt=clock.end_of(last),
        )
        .select_related("sheet", "unit", "person")
        .order_by("approved_at", "id")
    )


def deductions_of(person: Person, division: Unit, period: str) -> list[Notice]:
    """Notices in force of a person in a month; an unapproved one has no effect (R4-65)."""
    span = month(period)
    return list(deductions(division, span.first, span.last).filter(person=person))


def claims_in(divisions: Collection[int]) -> QuerySet[Claim]:
    """Claims against third parties of some divisions."""
    found = Claim.objects.filter(division__in=divisions)
    return found.select_related("case__customer", "sheet").prefetch_related("invitations__unit")


def closed_in(division: Unit, period: str) -> QuerySet[Case]:
    """Complaints closed in a month with the penalties approved for them."""
    span = month(period)
    found = cases.closed_between(division.pk, span.first, span.last)
    return found.prefetch_related("penalties")


def lists_sent(division: Unit) -> QuerySet[SanctionList]:
    """The lists that were sent, the newest month first."""
    found = SanctionList.objects.filter(division=division).select_related("sent_by")
    return found.prefetch_related("penalties").order_by("-period")


def to_announce(person: Person) -> QuerySet[Penalty]:
    """Sanctions that personnel has received and not published yet."""
    found = Penalty.objects.filter(
        listed__isnull=False,
        announcement__isnull=True,
        case__division__in=org.divisions_visible(person),
    )
    return found.select_related("person", "case", "approved_by", "listed").order_by("id")


def listed(person: Person, pk: int) -> Penalty | None:
    """One sanction of a division in sight that was approved."""
    found = Penalty.objects.filter(
        kind=Penalty.Kind.ADMINISTRATIVE, case__division__in=org.divisions_visible(person)
    )
    return found.select_related("case__division", "person").filter(pk=pk).first()


def board_of(divisions: Collection[int]) -> QuerySet[Penalty]:
    """The notice board: published sanctions of some divisions."""
    found = Penalty.objects.filter(case__division__in=divisions, announcement__isnull=False)
    return found.select_related("person", "announcement", "approved_by", "case")


def claims_of(case: Case) -> list[Claim]:
    """What third parties are held liable for in a case."""
    return list(case.claims.order_by("id"))


def approved_for(case: Case) -> tuple[list[LossShare], list[Penalty]]:
    """What was approved for a case: who bears which part of the loss, who is punished."""
    shares = case.loss_shares.select_related("unit", "person").order_by("id")
    return list(shares), list(case.penalties.select_related("person").order_by("id"))
