"""The regular call to every customer: a class, an interval, and what is due by it (R2-09, R6-10).

A division that works by both regulations has one plan: the clauses state the same rule, and the
first that binds and has its table set decides.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling, values
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.policy.shapes import Clause
from shouwen.work.callbacks import access, figures, planning
from shouwen.work.callbacks.models import Callback, Reason, RegularPlan, State
from shouwen.work.customers.access import require_writer
from shouwen.work.customers.models import Customer

TABLE = "interval_by_class"
SLICE = 500


def clauses_of(division: Unit | int, at: datetime) -> list[Clause]:
    """The clauses that want every customer called now and then."""
    found = ruling.clauses("duty", division, at, every="company_interval", stops="callback.done")
    return [one for one in found if one.spec.company_sets == TABLE]


def table_of(division: Unit | int, at: datetime) -> tuple[Clause, dict[str, int]] | None:
    """The clause and the company's days for each class; None while it has set none."""
    for clause in clauses_of(division, at):
        rows: list[dict[str, Any]] | None = values.find(f"{clause.id}.{TABLE}", division, at)
        if rows:
            return clause, {row["class"]: int(row["days"]) for row in rows}
    return None


@one_act
def set_group(
    customer: Customer, group: str, *, by: Person | None, at: datetime | None = None
) -> RegularPlan:
    """Put a customer into a class; his interval goes on from his last call, or from today."""
    moment = at or clock.now()
    require_writer(by, "customer", customer.division_id)
    table = table_of(customer.division_id, moment)
    if table is None or group not in table[1]:
        known = clauses_of(customer.division_id, moment)
        raise refuse(
            N_("公司没有为“%(group)s”规定回访间隔"), known[0].id if known else "", field="group",
            instead=N_("请在“设置 · 公司规定值”中设定"), group=group,
        )  # fmt: skip
    plan, _made = RegularPlan.objects.get_or_create(
        customer=customer,
        defaults={
            "division_id": customer.division_id, "group": group,
            "counted_from": clock.day_of(moment),
        },
    )  # fmt: skip
    before, plan.group = plan.group, group
    plan.save(update_fields=["group"])
    record("callback.plan_set", customer, by=by, at=moment, before=before, group=group)
    return plan


def next_on(plan: RegularPlan, at: datetime) -> date | None:
    """The day a customer is to be called next by the interval in force; None without one."""
    table = table_of(plan.division_id, at)
    days = table[1].get(plan.group) if table else None
    return plan.counted_from + timedelta(days=days) if days is not None else None


def note_call(callback: Callback, at: datetime) -> None:
    """Whoever was reached, for whatever reason, is counted anew from today."""
    day = clock.day_of(at)
    RegularPlan.objects.filter(customer_id=callback.customer_id).update(
        counted_from=day, last_on=day
    )


def pass_turn(callback: Callback, at: datetime) -> None:
    """Whoever could not be reached, or would not answer, has had his turn all the same."""
    found = RegularPlan.objects.filter(customer_id=callback.customer_id)
    found.update(counted_from=clock.day_of(at))


def due(division: Unit | int, group: str, days: int, day: date) -> QuerySet[RegularPlan]:
    """Plans of a class whose interval has passed and whose call is not planned yet."""
    waiting = Callback.objects.filter(
        reason=Reason.REGULAR, state=State.OPEN, customer=OuterRef("customer")
    )
    found = RegularPlan.objects.filter(
        ~Exists(waiting), division=division, group=group,
        counted_from__lte=day - timedelta(days=days), customer__active=True,
    )  # fmt: skip
    return found.order_by("counted_from", "customer_id")


def plan_due(now: datetime) -> int:
    """Plan the regular calls whose day has come, class by class; returns how many are new."""
    day, planned = clock.day_of(now), 0
    for division in org.divisions(day):
        table = table_of(division, now)
        if table is None or not table[0].running:
            continue
        clause, days_of = table
        if figures.DEFAULT in days_of:
            _enrol(division, day)
        for group, days in days_of.items():
            planned += _plan(division, clause, group, days, now)
    return planned


def _enrol(division: Unit, day: date) -> None:
    """Customers whom nobody put into a class are in the one for all others."""
    found = Customer.objects.filter(division=division, active=True, callback_plan__isnull=True)
    RegularPlan.objects.bulk_create(
        (
            RegularPlan(customer_id=pk, division=division, group=figures.DEFAULT, counted_from=day)
            for pk in found.values_list("pk", flat=True)
        ),
        batch_size=SLICE,
        ignore_conflicts=True,
    )


def _plan(division: Unit, clause: Clause, group: str, days: int, now: datetime) -> int:
    day, planned = clock.day_of(now), 0
    while True:
        with transaction.atomic():
            waiting = due(division, group, days, day).select_related("customer")
            plans = list(waiting.select_for_update(skip_locked=True, of=("self",))[:SLICE])
            fresh = _not_planned(plans)
            planning.plan_all([_need(plan, clause, days) for plan in fresh], by=None, at=now)
        planned += len(fresh)
        if len(plans) < SLICE:
            return planned


def _not_planned(locked: list[RegularPlan]) -> list[RegularPlan]:
    """Those without a waiting call, asked once more under the lock.

    Another worker may have planned it and let go between our look and our lock: the row of the
    plan is the same as before, so PostgreSQL does not look again by itself.
    """
    waiting = Callback.objects.filter(
        reason=Reason.REGULAR, state=State.OPEN, customer__in=[one.customer_id for one in locked]
    )
    known = set(waiting.values_list("customer_id", flat=True)) if locked else set()
    return [one for one in locked if one.customer_id not in known]


def _need(plan: RegularPlan, clause: Clause, days: int) -> planning.Need:
    last = plan.counted_from + timedelta(days=days)
    owners = access.owners_of(clause)
    return planning.Need(
        plan.division_id, Reason.REGULAR, ("customer", plan.customer_id), plan.customer, clause.id,
        role=owners[0] if owners else "customer_service", period=plan.counted_from.isoformat(),
        counted_on=last, due_at=clock.end_of(last),
    )  # fmt: skip
