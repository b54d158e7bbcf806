"""After the close-out: copies received, the settlement, objections, collections."""

import random
from datetime import datetime, timedelta

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.models import Copy
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import Rehearsal
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.outcomes.settlement import actions as settlement
from shouwen.outcomes.settlement.collections import collect
from shouwen.work.cases.models import Case
from shouwen.work.cases.records import file_record


def settle(case: Case, index: int, day: Rehearsal, until: datetime) -> None:
    """What follows a closed complaint, as far as the time reaches."""
    draw = random.Random(index)  # noqa: S311 - a story, not a secret
    if not _later(day, draw.uniform(0.2, 1.5), until):
        return
    for copy in Copy.objects.filter(
        sheet__form="complaint_form", sheet__matter_kind="case", sheet__matter_id=case.pk
    ).select_related("sheet", "unit"):
        if draw.random() < 0.92 or copy.no == 3:
            documents.receive_copy(copy, by=_somebody_of(copy))
    if case.outcome == "not_upheld":
        _not_upheld(case, draw, day, until)
    elif case.method in ("allowance", "compensation"):
        _allow(case, draw, day, until)
    elif case.method in ("return", "exchange", "rework"):
        _take_back(case, draw, day, until)


def _later(day: Rehearsal, days: float, until: datetime) -> bool:
    """Let time pass; False when it has not come yet."""
    moment = day.at + timedelta(days=days)
    if moment >= until:
        return False
    day.move(moment)
    return True


def _person(case: Case, role: str) -> Person:
    return org.people(role, case.division_id)[0]


def _somebody_of(copy: Copy) -> Person:
    return org.people(f"unit:{copy.unit.code}", copy.sheet.division_id)[0]


def _not_upheld(case: Case, draw: random.Random, day: Rehearsal, until: datetime) -> None:
    if draw.random() < 0.3 and _later(day, 2, until):
        data = {"objected_on": clock.today().isoformat(), "reasons": "客户认为样品已足以说明问题。"}
        file_record(case, "objection", data, by=case.salesperson)
        return
    for one in case.collections.all():
        if draw.random() < 0.7 and _later(day, draw.uniform(3, 20), until):
            collect(one, clock.today(), by=case.salesperson)


def _allow(case: Case, draw: random.Random, day: Rehearsal, until: datetime) -> None:
    if not _later(day, draw.uniform(0.5, 2), until):
        return
    data = {
        "amount": f"{(case.amount_cents or 0) / 100:.2f}",
        "reason": "依客诉核决折让。",
        "invoice": f"FP{case.number}",
    }
    sheet = settlement.open_certificate(case, data, by=case.salesperson)
    for place, role in (("manager", "sales.deputy_manager"), ("gm", "management.deputy_gm")):
        if not _later(day, draw.uniform(0.3, 1.2), until):
            return
        settlement.sign_certificate(sheet, place, by=_person(case, role))


def _take_back(case: Case, draw: random.Random, day: Rehearsal, until: datetime) -> None:
    if not _later(day, draw.uniform(0.5, 2), until):
        return
    line = case.lines.first()
    if line is None:
        return
    handling = {"return": "return", "exchange": "exchange"}.get(case.method, "rework")
    data = {
        "reason": case.title[:40],
        "handling": handling,
        "lines": [
            {
                "order": line.order_number,
                "part": line.part_number,
                "approved": str(line.defective),
                "unit_price": "25",
            }
        ],
    }
    slip = settlement.open_slip(case, data, by=case.salesperson)
    if not _later(day, draw.uniform(0.3, 1), until):
        return
    settlement.approve_slip(slip, by=_person(case, "sales.deputy_manager"))
    if not _later(day, draw.uniform(1, 4), until):
        return
    warehouse = _person(case, "warehouse")
    count = {
        "received_on": clock.today().isoformat(),
        "lines": [{"part": line.part_number, "actual": str(line.defective), "condition": "待修"}],
    }
    settlement.receive_goods(slip, count, version=0, by=warehouse)
