"""After the close-out: copies received, the settlement step by step, objections, collections."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Copy, Sheet
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import Rehearsal
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.outcomes.settlement import actions as settlement
from shouwen.outcomes.settlement import course
from shouwen.outcomes.settlement.course import Step
from shouwen.work.cases.models import Case
from shouwen.work.cases.records import answer_record, file_record

from .plans import in_hours, is_old
from .scans import scan

MOST_STEPS = 24


def settle(case: Case, index: int, day: Rehearsal, until: datetime) -> bool:
    """What follows a closed complaint; False when the time does not reach beyond it."""
    draw = random.Random(index)  # noqa: S311 - a story, not a secret
    if not _later(day, draw.uniform(0.2, 1.5), until):
        return False
    _receive_copies(case, draw, until)
    if case.outcome == "not_upheld":
        _not_upheld(case, draw, day, until)
    else:
        _go_the_course(case, draw, day, until)
    return _later(day, draw.uniform(0.5, 3), until)


def _receive_copies(case: Case, draw: random.Random, until: datetime) -> None:
    """Nearly everybody signs for his copies; sales always does for the third of the form."""
    old = is_old(clock.now(), until)
    waiting = Copy.objects.filter(
        sheet__matter_kind="case",
        sheet__matter_id=case.pk,
        received_at__isnull=True,
        issued_at__lte=clock.now(),  # notices of a fine may have been played into later days
    ).exclude(sheet__state=Sheet.State.VOID)
    for copy in waiting.select_related("sheet", "unit"):
        if draw.random() < 0.96 or old or (copy.no == 3 and copy.sheet.form == "complaint_form"):
            documents.receive_copy(copy, by=_somebody_of(copy))


def _later(day: Rehearsal, days: float, until: datetime) -> bool:
    """Let time pass; False when it has not come yet."""
    moment = max(in_hours(day.at + timedelta(days=days)), day.at + timedelta(minutes=20))
    if moment >= until:
        return False
    day.move(moment)
    return True


def _person(case: Case, role: str) -> Person:
    return org.people(role, case.division_id)[0]


def _somebody_of(copy: Copy) -> Person:
    return org.people(f"unit:{copy.unit.code}", copy.sheet.division_id)[0]


def _not_upheld(case: Case, draw: random.Random, day: Rehearsal, until: datetime) -> None:
    if draw.random() < 0.35 and _later(day, 2, until):
        data = {"objected_on": clock.today().isoformat(), "reasons": "客户认为样品已足以说明问题。"}
        sheet = file_record(case, "objection", data, by=case.salesperson)
        if not _later(day, draw.uniform(1, 5), until):
            return
        answer = {"result": "maintain", "text": "复检记录与留样一致，维持原议。"}
        answer_record(sheet, "ruling", answer, by=_person(case, "sales.manager"))
    for one in case.collections.all():
        paid = draw.random() < 0.7 or is_old(day.at, until)
        if paid and _later(day, draw.uniform(3, 20), until):
            settlement.collect(one, clock.today(), by=case.salesperson)


def _go_the_course(case: Case, draw: random.Random, day: Rehearsal, until: datetime) -> None:
    """Take the steps of the settlement in their order; some tarry, and stay on the desk."""
    for _ in range(MOST_STEPS):
        waiting = [step for step in course.steps_of(case) if not (step.done or step.beside)]
        tarries = draw.random() < 0.02 and not is_old(day.at, until)
        if not waiting or tarries:
            return
        if not _later(day, draw.uniform(0.2, 1.6), until):
            return
        step = waiting[0]
        _ACTS[step.key.split(":")[0]](case, step, draw)
        _receive_copies(case, draw, until)


def _hand(case: Case, step: Step) -> Person:
    return case.salesperson if step.role == "sales" else _person(case, step.role)


def _sheet(step: Step) -> Sheet:
    assert step.sheet is not None
    return step.sheet


def _today() -> str:
    return clock.today().isoformat()


def _scan(case: Case, name: str) -> list[str]:
    return [scan(name, matter=case, division=case.division, by=case.salesperson)]


def _certificate(case: Case, step: Step, draw: random.Random) -> None:
    data = {
        "amount": f"{(case.amount_cents or 0) / 100:.2f}",
        "reason": "依客诉核决折让。",
        "invoice": _invoice(case),
    }
    settlement.open_certificate(case, data, by=case.salesperson)


def _sign(case: Case, step: Step, draw: random.Random) -> None:
    place = step.key.removeprefix("sign:")
    settlement.sign_certificate(_sheet(step), place, by=_hand(case, step))


def _seal(case: Case, step: Step, draw: random.Random) -> None:
    data = {"sealed": True, "sealed_on": _today(), "scan": _scan(case, "折让证明单签回")}
    settlement.seal_certificate(_sheet(step), data, by=case.salesperson)


def _book(case: Case, step: Step, draw: random.Random) -> None:
    reference = f"记-{clock.today():%m}-{case.pk:04d}"
    settlement.book_allowance(_sheet(step), reference, by=_hand(case, step))


def _slip(case: Case, step: Step, draw: random.Random) -> None:
    rows = [{**row, "unit_price": "25"} for row in step.start["lines"]]
    data = {**step.start, "lines": rows}
    settlement.open_slip(case, data, by=case.salesperson)


def _approve(case: Case, step: Step, draw: random.Random) -> None:
    settlement.approve_slip(_sheet(step), by=_hand(case, step))


def _receive(case: Case, step: Step, draw: random.Random) -> None:
    """Most come as approved; some fewer, some a little more, a few beyond the tolerance."""
    slip, by = _sheet(step), _hand(case, step)
    rows = papers.figure(slip, "receipt.lines") or _counted(slip, draw)
    data = {"received_on": _today(), "lines": rows}
    same = [row["actual"] for row in rows] == [line["actual"] for line in _counted(slip, None)]
    instructed = any(part.key == "mismatch" and part.signed_at for part in slip.sections.all())
    if same or instructed:
        settlement.receive_goods(slip, data, version=step.version, by=by)
    else:
        settlement.count_goods(slip, data, version=step.version, by=by)


def _counted(slip: Sheet, draw: random.Random | None) -> list[dict[str, Any]]:
    share = 1.0 if draw is None else draw.choices([1, 0.9, 1.02, 1.2], [76, 12, 7, 5])[0]
    approved = papers.figure(slip, "slip.lines") or []
    return [
        {
            "part": row["part"],
            "actual": str(max(1, round(float(row["approved"]) * share))),
            "condition": "待修",
        }
        for row in approved
    ]


def _mismatch(case: Case, step: Step, draw: random.Random) -> None:
    data = {"instruction": "请依实收数量签收，差异由业务部向客户说明。"}
    settlement.instruct_mismatch(_sheet(step), data, version=step.version, by=_hand(case, step))


def _excess(case: Case, step: Step, draw: random.Random) -> None:
    accept = draw.random() < 0.5
    data = {
        "choice": "accept" if accept else "send_back",
        "text": "同批同因，一并收受。" if accept else "超量部分退还客户。",
    }
    role = "management.deputy_gm" if accept else step.role
    settlement.rule_excess(_sheet(step), data, by=_person(case, role))


def _proof(case: Case, step: Step, draw: random.Random) -> None:
    data = {
        "way": "original", "invoice": _invoice(case), "invoice_date": _today(),
        "original_back": True, "buyer_seal": True, "scan": _scan(case, "原发票收回"),
    }  # fmt: skip
    settlement.file_proof(_sheet(step), data, by=case.salesperson)


def _post(case: Case, step: Step, draw: random.Random) -> None:
    settlement.post_return(_sheet(step), by=_hand(case, step))


def _invoice(case: Case) -> str:
    return f"FP{case.number}"


_ACTS: dict[str, Callable[[Case, Step, random.Random], None]] = {
    "certificate": _certificate,
    "sign": _sign,
    "seal": _seal,
    "book": _book,
    "slip": _slip,
    "approve": _approve,
    "receive": _receive,
    "mismatch": _mismatch,
    "excess": _excess,
    "proof": _proof,
    "post": _post,
}
