"""A year of quality complaints, made by the verbs at the days on which they would have happened.

Every stage, late and in time, upheld and not, sent back, returned, allowed, objected to:
each complaint follows a plan drawn from a fixed seed, so that two installations tell one story.
Complaints of the last weeks are made at once; the worker fills in the months before.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from shouwen.engines.documents import queries as papers
from shouwen.engines.flows import actions as flows
from shouwen.engines.flows import queries as flow_queries
from shouwen.engines.notices.models import Notice
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import Rehearsal, rehearsal
from shouwen.ground.journal.actions import record
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.regulations.r04_quality_complaints.rehearse import Story, actor, open_complaint, step
from shouwen.work.cases.conveying import convey
from shouwen.work.cases.models import Case
from shouwen.work.cases.records import answer_record, file_record
from shouwen.work.customers.models import Shipment

from .aftermath import settle
from .company import Company
from .sayings import FAULTS

SEED = 4_87
COMPLAINTS = 400
MONTHS = 12
RECENT = timedelta(days=28)
MADE = "demo.complaint"
REPORT = "investigation_report"


@dataclass(frozen=True)
class Plan:
    """One complaint before it happens."""

    index: int
    opened_at: datetime
    days: float
    shipment: int
    fault: int
    method: str
    amount: int
    upheld: bool
    negligence: bool
    rnd: bool
    tracked: bool
    severity: int
    sent_back: bool


def plans(company: Company, at: datetime) -> list[Plan]:
    """Every complaint of the year up to a moment, oldest first; the same for the same day."""
    draw = random.Random(SEED)  # noqa: S311 - a story, not a secret
    today = clock.day_of(at)
    first = today - timedelta(days=30 * MONTHS)
    days = sorted(draw.randrange((today - first).days) for _ in range(COMPLAINTS))
    shipped = _shipments(company, today)
    made = []
    for index, day in enumerate(days):
        opened = _working_day(first + timedelta(days=day))
        earlier = [pk for pk, on, _quantity in shipped if on < opened - timedelta(days=3)]
        if not earlier:
            continue
        moment = clock.local(min(opened, today), time(8 + draw.randrange(9), draw.randrange(60)))
        made.append(_plan(draw, index, moment, earlier[-min(len(earlier), 40) :]))
    return [plan for plan in made if plan.opened_at < at]


def _plan(draw: random.Random, index: int, moment: datetime, shipped: list[int]) -> Plan:
    method = draw.choices(
        ["allowance", "return", "compensation", "exchange", "rework", "none"],
        [34, 24, 10, 6, 10, 16],
    )[0]
    late = draw.random() < 0.13
    return Plan(
        index=index,
        opened_at=moment,
        days=draw.uniform(16, 24) if late else draw.uniform(5, 13),
        shipment=draw.choice(shipped),
        fault=draw.randrange(len(FAULTS)),
        method=method,
        amount=draw.choice([600, 900, 1500, 2400, 3200, 4800, 8600, 15000, 36000, 68000]),
        upheld=method != "none",
        negligence=draw.random() < 0.22,
        rnd=draw.random() < 0.25,
        tracked=draw.random() < 0.3,
        severity=draw.choices([1, 2, 3], [70, 24, 6])[0],
        sent_back=draw.random() < 0.12,
    )


def _shipments(company: Company, today: date) -> list[tuple[int, date, Decimal]]:
    found = Shipment.objects.filter(
        order_line__order__division=company.division, shipped_on__lt=today, quantity__gte=20
    )
    rows = found.order_by("shipped_on", "id").values_list("id", "shipped_on", "quantity")
    return [*rows]


def _working_day(day: date) -> date:
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day


def missing(company: Company, at: datetime) -> list[Plan]:
    """Plans that have not happened yet: the last weeks first, then from the oldest on."""
    done = set(Entry.objects.filter(event=MADE).values_list("data__plan", flat=True))
    waiting = [plan for plan in plans(company, at) if plan.index not in done]
    recent = [plan for plan in waiting if plan.opened_at >= at - RECENT]
    return recent + [plan for plan in waiting if plan.opened_at < at - RECENT]


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
    _read_long_ago(at)
    return len(wanted)


def fill(company: Company, at: datetime, most: int) -> int:
    """Let some more of the missing complaints happen; the worker calls this until none is left."""
    return make(missing(company, at)[:most], at)


def _read_long_ago(at: datetime) -> None:
    """People read what they were told last month; only the last days are still news."""
    old = Notice.objects.filter(read_at__isnull=True, at__lt=at - timedelta(days=2))
    old.update(read_at=F("at"))


def _play(plan: Plan, day: Rehearsal, until: datetime) -> Case:
    story = _story(plan)
    case = open_complaint(story)
    moments = _moments(plan)
    sent_back = not plan.sent_back
    while case.state == "open":
        moment = next(moments)
        if moment >= until:
            break
        day.move(moment)
        if not sent_back and case.stage == "plant_opinion":
            _send_back(case)
            sent_back = True
        else:
            _beside(case, story)
            step(case, story)
        case.refresh_from_db()
    if case.state == "closed":
        settle(case, plan.index, day, until)
    return case


def _beside(case: Case, story: Story) -> None:
    """What people do beside the sheet: the investigation report, the word to the customer."""
    if case.stage == "production" and not papers.sheets_of(case, REPORT).exists():
        report = {"findings": "取样复检,异常属实。", "handling": "已隔离在库品。"}
        by = org.people("quality", case.division_id)[0]
        sheet = file_record(case, REPORT, report, by=by)
        gm = org.people("management.gm", case.division_id)[0]
        answer_record(sheet, "instruction", {"text": "知悉,限期改善。"}, by=gm)
    elif case.stage == "negotiation":
        said = {
            "channel": "telephone",
            "person": "王采购",
            "at": clock.now().isoformat(),
            "method": story.method if story.upheld else "none",
            "text": "已说明核决的处理方式。",
        }
        if story.upheld:
            said["amount"] = story.amount
        convey(case, said, by=case.salesperson)


def _send_back(case: Case) -> None:
    run = flow_queries.run_of(case)
    flows.send_back(run, "production", by=actor(case, run), reason="对策未写明完成的批次,请补充。")


def _story(plan: Plan) -> Story:
    shipment = Shipment.objects.select_related(
        "order_line__order__customer__division", "order_line__product"
    ).get(pk=plan.shipment)
    title, phenomenon, item = FAULTS[plan.fault]
    defective = max(Decimal(2), (shipment.quantity / 12).quantize(Decimal(1)))
    demand = plan.method if plan.method in ("allowance", "return", "compensation") else "explain"
    return Story(
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


def _moments(plan: Plan) -> Iterator[datetime]:
    """When the steps are taken: the first within the hour, the others spread over the days."""
    draw = random.Random(SEED + plan.index)  # noqa: S311
    yield plan.opened_at + timedelta(minutes=draw.randrange(15, 55))
    pace = plan.days / 17
    moment = plan.opened_at
    while True:
        moment += timedelta(days=pace * draw.uniform(0.6, 1.4))
        yield _in_hours(moment)


def _in_hours(moment: datetime) -> datetime:
    """Moved into the working day without losing the order."""
    local = moment.astimezone(clock.COMPANY_ZONE)
    minutes = (local.hour * 60 + local.minute) * 9 // 24
    return clock.local(local.date(), time(8, 30)) + timedelta(minutes=minutes, seconds=local.second)
