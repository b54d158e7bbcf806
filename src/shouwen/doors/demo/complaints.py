"""A year of quality complaints, made by the verbs at the days on which they would have happened.

Every stage, late and in time, upheld and not, sent back, returned, allowed, objected to:
each complaint follows a plan drawn from a fixed seed, so that two installations tell one story.
Complaints of the last weeks are made at once; the worker fills in the months before.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from shouwen.engines.flows import actions as flows
from shouwen.engines.flows import queries as flow_queries
from shouwen.engines.notices.models import Notice
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import Rehearsal, rehearsal
from shouwen.ground.journal.actions import record
from shouwen.ground.journal.models import Entry
from shouwen.ground.org.models import Unit
from shouwen.regulations.r04_quality_complaints.rehearse import (
    Story,
    actor,
    intake_of,
    open_complaint,
    step,
)
from shouwen.work.cases.actions import Intake
from shouwen.work.cases.models import Case
from shouwen.work.cases.refiling import refile
from shouwen.work.customers.models import Shipment

from . import assessing, company, staff, standing
from .aftermath import settle
from .beside import beside, claim, petition
from .company import Company
from .plans import COMPLAINTS, SEED, Plan, in_hours, plans
from .sayings import fault_of

RECENT = timedelta(days=10)
PAUSE, SHARE = 0.15, 0.25
"""Seconds, at least; a writer that waits for SQLite looks every tenth of a second. On a slow
machine more: a share of the time that the complaint took."""
MADE = "demo.complaint"


def missing(company: Company, at: datetime) -> list[Plan]:
    """Plans that have not happened yet: the last weeks first, then from the oldest on."""
    done = _made()
    drawn = plans(company, at)
    wanted = sorted([*drawn, *standing.halting(drawn, at)], key=lambda plan: plan.opened_at)
    waiting = [plan for plan in wanted if plan.index not in done]
    recent = [plan for plan in waiting if plan.opened_at >= at - RECENT]
    return recent + [plan for plan in waiting if plan.opened_at < at - RECENT]


def _made() -> set[int]:
    """The plans that have happened."""
    return set(Entry.objects.filter(event=MADE).values_list("data__plan", flat=True))


@dataclass(frozen=True)
class Filling:
    """How far the year of the demo company has come."""

    made: int
    to_come: int


def filling(at: datetime) -> Filling | None:
    """What the worker has still to fill in; None when the year is whole, or there is no company."""
    if not Unit.objects.filter(code=staff.FACTORY).exists():
        return None
    to_come = len(missing(company.found(), at))
    return Filling(len(_made()), to_come) if to_come else None


def recent_only(waiting: list[Plan], at: datetime) -> list[Plan]:
    """Those that have to stand before anybody looks."""
    return [plan for plan in waiting if plan.opened_at >= at - RECENT]


def _silent(number: int, total: int) -> None:
    """Nobody is watching."""


def make(wanted: list[Plan], at: datetime, said: Callable[[int, int], None] = _silent) -> int:
    """Let the complaints happen, each in its own transaction; returns how many."""
    for number, plan in enumerate(wanted, 1):
        with rehearsal(plan.opened_at) as day, transaction.atomic():
            case = _play(plan, day, at)
            record(MADE, case, by=None, plan=plan.index)
        said(number, len(wanted))
    read_long_ago(at)
    if company_found := _all_made(wanted, at):
        assessing.review_months(company_found, at)
    return len(wanted)


def _all_made(wanted: list[Plan], at: datetime) -> Company | None:
    """The company, once nothing of its year is missing: only then a month can be reviewed."""
    found = company.found() if wanted else None
    return found if found and not missing(found, at) else None


def fill(company: Company, at: datetime, most: int) -> int:
    """Let some more of the missing complaints happen; the worker calls this until none is left.

    A complaint is one long transaction. Where the whole database has one writer, somebody who
    works on a screen meanwhile gets in between two of them only if there is a pause.
    """
    made = 0
    for plan in missing(company, at)[:most]:
        began = time.monotonic()
        made += make([plan], at)
        time.sleep(max(PAUSE, SHARE * (time.monotonic() - began)))
    return made


def read_long_ago(at: datetime) -> None:
    """People read what they were told last month; only the last days are still news."""
    old = Notice.objects.filter(read_at__isnull=True, at__lt=at - timedelta(days=2))
    old.update(read_at=F("at"))


def _play(plan: Plan, day: Rehearsal, until: datetime) -> Case:
    story = _story(plan)
    case = open_complaint(story)
    pace = _Pace(plan)
    _walk(case, story, plan, pace, day, until)
    if plan.halts_at:
        standing.respond(case, plan, day, until)
    if case.state == "closed":
        closed = day.at
        assessing.follow_up(case, plan, day, until)
        day.move(closed)
    if case.state == "closed" and settle(case, plan.index, day, until) and plan.refiled:
        by = case.salesperson
        fresh = refile(case, _again(story), by=by, at=clock.now())
        _walk(fresh, story, plan, pace, day, until)
        if fresh.state == "closed":
            settle(fresh, plan.index + COMPLAINTS, day, until)
    return case


def _walk(
    case: Case, story: Story, plan: Plan, pace: "_Pace", day: Rehearsal, until: datetime
) -> None:
    """Step by step to the close-out, as far as the time reaches."""
    sent_back, objected = not plan.sent_back, not plan.petition
    while case.state == "open":
        moment = pace.next(case.stage, day.at)
        if moment >= until or case.stage == plan.halts_at:
            break
        day.move(moment)
        if not sent_back and case.stage == "plant_opinion":
            _send_back(case)
            sent_back = True
        elif not objected and case.stage == "determination":
            petition(case, plan.petition == "upheld")
            objected = True
        else:
            if plan.claim and case.stage == "instruction":
                claim(case, plan, until)
            beside(case, story, plan, until)
            if case.stage == "determination":
                assessing.propose(case, story)
            step(case, story)
        case.refresh_from_db()


def _again(story: Story) -> Intake:
    """The same matter once more: the customer did not accept the conclusion."""
    intake = intake_of(story)
    return replace(intake, title=f"{intake.title}（客户不接受原结论）")


def _send_back(case: Case) -> None:
    run = flow_queries.run_of(case)
    flows.send_back(run, "production", by=actor(case, run), reason="对策未写明完成的批次，请补充。")


def _story(plan: Plan) -> Story:
    shipment = Shipment.objects.select_related(
        "order_line__order__customer__division", "order_line__product"
    ).get(pk=plan.shipment)
    part = shipment.order_line.product.part_number
    title, phenomenon, item = fault_of(part, plan.fault)
    defective = max(Decimal(2), (shipment.quantity / 12).quantize(Decimal(1)))
    demand = plan.method if plan.method in ("allowance", "return", "compensation") else "explain"
    story = Story(
        shipment=shipment,
        defective=defective,
        title=title,
        phenomenon=phenomenon,
        demand=demand,
        method=plan.method,
        amount=str(plan.amount),
        quantity=str(defective),
        cause_item=item,
        negligence=plan.negligence,
        upheld=plan.upheld,
        rnd=plan.rnd,
        tracked="tracked" if plan.tracked and not plan.negligence else "exempt",
        severity=plan.severity,
    )
    assessing.name_somebody(story, plan, shipment.order_line.order.customer.division)
    assessing.find_liable(story, plan, shipment.order_line.order.customer.division)
    return story


class _Pace:
    """When the steps are taken: most within what their stage allows, each plan in its own tempo."""

    def __init__(self, plan: Plan) -> None:
        self.draw = random.Random(SEED + plan.index)  # noqa: S311 - a story, not a secret
        self.tempo = plan.days / sum(_WEIGHTS.values())

    def next(self, stage: str, since: datetime) -> datetime:
        """The moment of the step that leaves this stage."""
        if stage == "draft":
            return since + timedelta(minutes=self.draw.randrange(15, 55))
        days = self.tempo * _WEIGHTS.get(stage, 1) * self.draw.uniform(0.5, 1.3)
        return max(in_hours(since + timedelta(days=days)), since + timedelta(minutes=12))


_WEIGHTS = {
    "acceptance": 0.5, "investigation": 2.4, "production": 1.7, "plant_opinion": 0.7,
    "rnd_opinion": 0.2, "check": 0.7, "proposal": 0.6, "first_opinion": 0.6, "ruling": 0.7,
    "negotiation": 0.15, "superior_read": 0.1, "consolidated": 0.6, "decision": 0.7,
    "determination": 0.5, "instruction": 0.15, "closing": 0.1,
}  # fmt: skip
"""How much of the time a stage usually takes."""
