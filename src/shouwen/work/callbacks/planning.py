"""Plan call-backs: one for a fact or a period, on the desk of whoever owes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.journal.actions import Fact, record_all
from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers.models import Customer

from .models import Callback, Reason

TITLES = {
    Reason.FIRST_CONTACT: N_("首问回访：%(customer)s"),
    Reason.REPAIR: N_("报修回访：%(customer)s"),
    Reason.PROJECT: N_("项目回访：%(customer)s"),
    Reason.REGULAR: N_("定期回访：%(customer)s"),
    Reason.SAMPLE: N_("主任抽查回访：%(customer)s"),
}
LINK = "/callbacks/%s/"


@dataclass(frozen=True)
class Need:
    """A call that is wanted: why, about what, to whom, by whom, by when."""

    division: Unit | int
    reason: str
    matter: tuple[str, int]
    customer: Customer
    clause: str
    title: Any = ""
    phone: str = ""
    person: int | None = None
    role: str = ""
    occasion: int | None = None
    period: str = ""
    counted_on: date | None = None
    due_at: datetime | None = None


def plan(need: Need, *, by: Person | None, at: datetime | None = None) -> Callback:
    """Plan one call; for a fact or a period that has its call already, give that one."""
    known = Callback.objects.filter(reason=need.reason)
    if need.occasion is not None:
        found = known.filter(occasion=need.occasion).first()
    elif need.period:
        kind, pk = need.matter
        found = known.filter(matter_kind=kind, matter_id=pk, period=need.period).first()
    else:
        found = None
    return found or plan_all([need], by=by, at=at)[0]


@one_act
def plan_all(
    needs: Sequence[Need], *, by: Person | None, at: datetime | None = None
) -> list[Callback]:
    """Plan many calls that are known to be new: a handful of statements, however many they are."""
    moment = at or clock.now()
    rows = Callback.objects.bulk_create([_row(need, moment) for need in needs])
    record_all("callback.planned", [_fact(row) for row in rows], by=by, at=moment)
    pairs = zip(rows, needs, strict=True)
    dues.open_dues([_due(row, need.customer, moment) for row, need in pairs], by=by, at=moment)
    return rows


def key_of(callback: Callback) -> str:
    """Under which key the due of a call-back stands."""
    return f"callback:{callback.pk}"


def _row(need: Need, at: datetime) -> Callback:
    kind, pk = need.matter
    return Callback(
        division_id=getattr(need.division, "pk", need.division),
        reason=need.reason,
        clause=need.clause,
        matter_kind=kind,
        matter_id=pk,
        title=need.title,
        customer=need.customer,
        phone=need.phone or need.customer.phone,
        person_id=need.person,
        role=need.role,
        occasion=need.occasion,
        period=need.period,
        counted_on=need.counted_on or clock.day_of(at),
        planned_at=at,
        due_at=need.due_at,
        next_at=at,
    )


def _fact(row: Callback) -> Fact:
    return Fact(
        row,
        row.matter,
        {
            "reason": row.reason, "clause": row.clause, "division": row.division_id,
            "customer": row.customer_id, "person": row.person_id, "role": row.role,
            "period": row.period, "due_at": row.due_at.isoformat() if row.due_at else None,
        },
    )  # fmt: skip


def _due(row: Callback, customer: Customer, at: datetime) -> Due:
    called = {"zh": customer.name_zh, "en": customer.name_en or customer.name_zh}
    return Due(
        kind=Due.Kind.TASK,
        title=TITLES[Reason(row.reason)],
        params={"customer": called, **({"matter": row.title} if row.title else {})},
        clause=row.clause,
        key=key_of(row),
        subject_kind="callback",
        subject_id=row.pk,
        matter_kind=row.matter_kind,
        matter_id=row.matter_id,
        division_id=row.division_id,
        role=row.role if row.person_id is None else "",
        person_id=row.person_id,
        period=row.period,
        link=LINK % row.pk,
        start_at=at,
        due_at=row.due_at,
    )
