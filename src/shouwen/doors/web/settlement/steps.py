"""A settlement as its steps: what is done, what this person can do now, what waits for whom."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.definitions import SectionDef
from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.ground.policy import queries as policy
from shouwen.outcomes.settlement import actions as settlement
from shouwen.outcomes.settlement import rules
from shouwen.outcomes.settlement.allowances import FORM as CERTIFICATE
from shouwen.outcomes.settlement.models import Settlement
from shouwen.outcomes.settlement.proofs import certificate_of, open_return_certificate, proof_of
from shouwen.outcomes.settlement.returns import FORM as SLIP
from shouwen.outcomes.settlement.returns import count_goods, excess_ruling
from shouwen.outcomes.settlement.vouchers import matches_of
from shouwen.work.cases.models import Case

Data = dict[str, Any]


@dataclass
class Step:
    """One step: `act` names the verb, `section` the blanks it asks for, `role` who does it."""

    key: str
    title: Any
    clause: str
    role: str
    sheet: Sheet | None = None
    section: SectionDef | None = None
    start: Data = field(default_factory=dict)
    done: bool = False
    note: Any = ""
    allowed: bool = False
    waits_for: Any = ""
    version: int = 0


def steps_of(case: Case, person: Person) -> list[Step]:
    """Every step of a case's settlement as far as it has come, oldest first."""
    found = Settlement.objects.filter(case=case).first()
    if found is None:
        return []
    made = _allowance(case, found) if found.kind == "allowance" else _return(case, found)
    for step in made:
        at = clock.now()
        step.allowed = bool(org.as_whom(person, step.role, case.division_id, at))
        step.waits_for = org.role_title(step.role, case.division_id)
    return made


def _section(form: str, key: str) -> SectionDef:
    found: SectionDef | None = policy.form(form, on=clock.today()).section(key)
    assert found is not None
    return found


def _signed(sheet: Sheet, key: str) -> bool:
    return any(part.key == key and part.signed_at for part in sheet.sections.all())


def _version(sheet: Sheet, key: str) -> int:
    return next((part.version for part in sheet.sections.all() if part.key == key), 0)


def _allowance(case: Case, found: Settlement) -> list[Step]:
    sheets = list(papers.sheets_of(case, CERTIFICATE).exclude(state=Sheet.State.VOID))
    steps: list[Step] = []
    for sheet in sheets:
        signed = papers.signatures_of(sheet)
        steps.append(
            Step("opened", sheet.title, "R4-68", "sales", sheet, done=True, note=sheet.label)
        )
        for place in sheet.definition.signatures:
            steps.append(
                Step(
                    f"sign:{place.key}", place.title, place.clause, place.role, sheet,
                    done=place.key in signed,
                )
            )  # fmt: skip
        sealed = sheet.state == Sheet.State.ISSUED
        steps.append(
            Step(
                "seal", _("客户签章"), "R4-69", "sales", sheet, _section(CERTIFICATE, "seal"),
                done=sealed, version=_version(sheet, "seal"),
            )
        )  # fmt: skip
        steps.append(_posted("book", _("会计作账"), "R4-70", sheet))
    if found.done_at is None and not any(not step.done for step in steps):
        start = {"amount": found.amount_cents, "reason": case.title[:40]}
        section = _section(CERTIFICATE, "allowance")
        steps.append(
            Step("certificate", _("开立折让证明单"), "R4-68", "sales", None, section, start)
        )
    return _until_open(steps)


def _posted(key: str, title: Any, clause: str, sheet: Sheet) -> Step:
    voucher = getattr(sheet, "posted", None)
    note = voucher.number if voucher else ""
    return Step(key, title, clause, "accounting", sheet, done=voucher is not None, note=note)


def _return(case: Case, found: Settlement) -> list[Step]:
    steps: list[Step] = []
    for slip in papers.sheets_of(case, SLIP).exclude(state=Sheet.State.VOID):
        steps += _of_slip(slip)
    if found.done_at is None and not any(not step.done for step in steps):
        start = {
            "reason": case.title[:40],
            "handling": case.method if case.method in ("return", "exchange") else "rework",
            "basis": case.number,
            "lines": [
                {"order": line.order_number, "part": line.part_number,
                 "approved": str(found.quantity if found.quantity is not None else line.defective)}
                for line in case.lines.all()[:1]
            ],
        }  # fmt: skip
        section = _section(SLIP, "slip")
        steps.append(Step("slip", _("开立成品退货单"), "R4-71", "sales", None, section, start))
    return _until_open(steps)


def _of_slip(slip: Sheet) -> list[Step]:
    issued = slip.state == Sheet.State.ISSUED
    received = _signed(slip, "receipt")
    counted = papers.figure(slip, "receipt.lines") or []
    approved = papers.figure(slip, "slip.lines") or []
    steps = [
        Step("opened", slip.title, "R4-71", "sales", slip, done=True, note=slip.label),
        Step("approve", _("(副)经理批示"), "R4-72", "sales.deputy_manager", slip, done=issued),
    ]
    differs = [str(row.get("actual")) for row in counted] != [str(r["approved"]) for r in approved]
    instructed = _signed(slip, "mismatch")
    if counted and differs and not received:
        steps.append(
            Step(
                "mismatch", _("实物不符请示"), "R4-79", "warehouse.supervisor", slip,
                _section(SLIP, "mismatch"), done=instructed, version=_version(slip, "mismatch"),
            )
        )  # fmt: skip
    rows = [{"part": row["part"], "actual": row["approved"]} for row in approved]
    start = {"received_on": clock.today().isoformat(), "lines": counted or rows}
    steps.append(
        Step(
            "receive", _("成品仓储清点签收"), "R4-78", "warehouse", slip,
            _section(SLIP, "receipt"), start, done=received, version=_version(slip, "receipt"),
        )
    )  # fmt: skip
    return steps + _after_receipt(slip) if received else steps


def _after_receipt(slip: Sheet) -> list[Step]:
    steps: list[Step] = []
    matches = matches_of(slip)
    if any(found.branch == rules.BEYOND for _line, found in matches):
        steps.append(
            Step(
                "excess", _("超量处理批示"), "R4-77", "sales.manager", slip,
                _section("excess_ruling", "ruling"), done=bool(excess_ruling(slip)),
            )
        )  # fmt: skip
    proof = proof_of(slip)
    if proof is None and certificate_of(slip) is None:
        line, found = matches[0]
        amount = int(Decimal(line.unit_price_cents) * found.actual)
        start = {
            "quantity": rules.plain(found.actual),
            "unit_price": line.unit_price_cents,
            "amount": amount,
        }
        steps.append(
            Step(
                "return_certificate", _("开立销货退回证明单(方式三)"), "R4-85", "sales", slip,
                _section("return_certificate", "certificate"), start, note=_("仅方式三需要"),
            )
        )  # fmt: skip
    steps.append(
        Step(
            "proof", _("取得退货证明(三择一)"), "R4-82", "sales", slip,
            _section("return_proof", "proof"), done=proof is not None,
            note=proof.label if proof else "",
        )
    )  # fmt: skip
    steps.append(_posted("post", _("核对并开立传票"), "R4-73", slip))
    return steps


OPTIONAL = frozenset({"return_certificate"})


def _until_open(steps: list[Step]) -> list[Step]:
    """Steps done, and the first that is not; an optional one lets the next stand beside it."""
    shown = []
    for step in steps:
        if step.key in OPTIONAL and step.done:
            continue
        shown.append(step)
        if not step.done and step.key not in OPTIONAL:
            break
    return shown


def press(case: Case, step: Step, raw: Data, by: Person) -> None:
    """Do what a step says. Raises Refused with the fields of its section."""
    if step.key.startswith("sign:") and step.sheet:
        settlement.sign_certificate(step.sheet, step.key.removeprefix("sign:"), by=by)
        return
    _VERBS[step.key](case, step, raw, by)


def _receive(case: Case, step: Step, raw: Data, by: Person) -> None:
    assert step.sheet is not None
    settlement.receive_goods(step.sheet, raw, version=step.version, by=by)


def keep_count(step: Step, raw: Data, by: Person) -> None:
    """Keep what the warehouse counted, so that the superior can instruct on a mismatch."""
    assert step.sheet is not None
    count_goods(step.sheet, raw, version=step.version, by=by)


def _on(verb: Callable[..., Any], *, versioned: bool = False) -> Callable[..., None]:
    """A verb of a sheet with the data of its section."""

    def run(case: Case, step: Step, raw: Data, by: Person) -> None:
        extra = {"version": step.version} if versioned else {}
        verb(step.sheet, raw, by=by, **extra)

    return run


_VERBS: dict[str, Callable[[Case, Step, Data, Person], None]] = {
    "certificate": lambda case, step, raw, by: _none(settlement.open_certificate(case, raw, by=by)),
    "seal": _on(settlement.seal_certificate, versioned=True),
    "book": lambda case, step, raw, by: _none(
        settlement.book_allowance(_sheet(step), raw.get("reference", ""), by=by)
    ),
    "slip": lambda case, step, raw, by: _none(settlement.open_slip(case, raw, by=by)),
    "approve": lambda case, step, raw, by: _none(settlement.approve_slip(_sheet(step), by=by)),
    "mismatch": _on(settlement.instruct_mismatch, versioned=True),
    "receive": _receive,
    "excess": _on(settlement.rule_excess),
    "return_certificate": _on(open_return_certificate),
    "proof": _on(settlement.file_proof),
    "post": lambda case, step, raw, by: _none(
        settlement.post_return(_sheet(step), reference=raw.get("reference", ""), by=by)
    ),
}


def _sheet(step: Step) -> Sheet:
    assert step.sheet is not None
    return step.sheet


def _none(_result: object) -> None:
    """The verbs return what they made; the page reads it again."""
