"""The course of a settlement: which steps it has, which is next, and on whose desk that lies.

The order follows the papers; who takes a step is what the form says of the section or signature.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.definitions import FormDef, SectionDef, SignatureDef
from shouwen.engines.documents.models import Sheet
from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.money import plain
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.org import authority, values
from shouwen.ground.org.models import Person
from shouwen.ground.policy import queries as policy
from shouwen.work.cases.models import Case
from shouwen.work.customers.deliveries import unit_prices

from . import queries, rules
from .invoices import filled_in, invoices_of, said
from .models import ReturnLine, Settlement

Data = dict[str, Any]

ASKED = {
    "certificate": N_("开立销货折让证明单:%(paper)s"),
    "sign": N_("签核销货折让证明单:%(paper)s"),
    "seal": N_("取得客户签章:%(paper)s"),
    "book": N_("折让作账:%(paper)s"),
    "slip": N_("开立成品退货单:%(paper)s"),
    "approve": N_("批示成品退货单:%(paper)s"),
    "mismatch": N_("指示实物不符的退货:%(paper)s"),
    "receive": N_("清点签收退货:%(paper)s"),
    "excess": N_("批示超量退货:%(paper)s"),
    "proof": N_("取得退货证明:%(paper)s"),
    "post": N_("退货作账:%(paper)s"),
}
"""What stands on the desk for a step; a step that is not here may be taken, but nobody owes it."""


@dataclass(frozen=True)
class Step:
    """One step: `section` has the blanks it asks for, `role` says who takes it."""

    key: str
    title: Any
    clause: str
    role: str
    sheet: Sheet | None = None
    section: SectionDef | None = None
    start: Data = field(default_factory=dict)
    done: bool = False
    note: Any = ""
    beside: bool = False
    """May be left out: the next step stands open beside it."""
    taken_on: Sheet | None = None
    """The paper that was signed for it, where that is not `sheet`: a voucher, a ruling."""

    @property
    def version(self) -> int:
        """How often its section was saved."""
        if self.sheet is None or self.section is None:
            return 0
        parts = self.sheet.sections.all()
        return next((part.version for part in parts if part.key == self.section.key), 0)


def steps_of(case: Case) -> list[Step]:
    """The steps of a case's settlement as far as it has come, oldest first; some ten queries."""
    found = Settlement.objects.filter(case=case).first()
    if found is None:
        return []
    every = _allowance(case, found) if found.kind == Settlement.Kind.ALLOWANCE else []
    every = every or _return(case, found)
    shown: list[Step] = []
    for step in every:
        if step.beside and step.done:
            continue
        shown.append(step)
        if not step.done and not step.beside:
            break
    return shown


def _form(key: str) -> FormDef:
    found: FormDef = policy.form(key, on=clock.today())
    return found


def _at(form: FormDef, key: str, step: str, sheet: Sheet | None = None, **more: Any) -> Step:
    """The step that fills in a section of a form."""
    section = form.section(key)
    assert section is not None
    given = {"title": section.title, "sheet": sheet, "section": section, **more}
    return Step(step, clause=section.clause or form.clause, role=section.by, **given)


def _signature(place: SignatureDef, step: str, sheet: Sheet, *, done: bool) -> Step:
    return Step(step, place.title, place.clause, place.role, sheet, done=done)


def _opened(sheet: Sheet) -> Step:
    first = sheet.definition.sections[0]
    return Step(
        "opened", sheet.title, first.clause, first.by, sheet, done=True, note=sheet.label
    )  # fmt: skip


def _posted(step: str, title: Any, clause: str, sheet: Sheet) -> Step:
    """Accounting's step: who may is what the voucher says."""
    voucher = getattr(sheet, "posted", None)
    role = _form(queries.VOUCHER).sections[0].by
    note = voucher.number if voucher else ""
    taken_on = voucher.sheet if voucher else None
    return Step(
        step, title, clause, role, sheet, done=voucher is not None, note=note, taken_on=taken_on
    )


def _signed(sheet: Sheet, key: str) -> bool:
    return any(part.key == key and part.signed_at for part in sheet.sections.all())


def _allowance(case: Case, found: Settlement) -> list[Step]:
    steps: list[Step] = []
    for sheet in queries.certificates(case):
        form, signed = sheet.definition, papers.signatures_of(sheet)
        steps.append(_opened(sheet))
        for place in form.signatures:
            steps.append(
                _signature(place, f"sign:{place.key}", sheet, done=place.key in signed)
            )  # fmt: skip
        sealed = sheet.state == Sheet.State.ISSUED
        steps.append(_at(form, "seal", "seal", sheet, done=sealed))
        steps.append(_posted("book", _("会计作账"), form.copies_clause, sheet))
    if found.done_at is None and all(step.done for step in steps):
        left = (found.amount_cents or 0) - queries.certified_cents(case)
        known = invoices_of(case)
        start = {"amount": left, "reason": case.title[:40], **only(filled_in(known), "invoice")}
        form = _form(queries.CERTIFICATE)
        steps.append(
            _at(form, "allowance", "certificate", title=form.title, start=start, note=said(known))
        )
    return steps


def _return(case: Case, found: Settlement) -> list[Step]:
    steps = [step for slip in queries.slips(case) for step in _of_slip(case, slip)]
    if found.done_at is None and all(step.done or step.beside for step in steps):
        form = _form(queries.SLIP)
        steps.append(_at(form, "slip", "slip", title=form.title, start=_new_slip(case, found)))
    return steps


def _new_slip(case: Case, found: Settlement) -> Data:
    """A fresh slip starts with its lines at the ordered price; a single one is all decided."""
    lines = list(case.lines.all())
    prices = unit_prices(case.division_id, {line.order_number for line in lines})
    left = None if found.quantity is None else found.quantity - queries.approved_in_all(case)
    return {
        "reason": case.title[:40],
        "handling": case.method,
        "basis": case.number,
        "lines": [
            {
                "order": line.order_number,
                "part": line.part_number,
                "approved": plain(line.defective if left is None or len(lines) > 1 else left),
                "unit_price": prices.get((line.order_number, line.part_number)),
            }
            for line in lines
        ],
    }


def _of_slip(case: Case, slip: Sheet) -> Iterator[Step]:
    form = slip.definition
    manager = form.signature("manager")
    assert manager is not None
    yield _opened(slip)
    yield _signature(manager, "approve", slip, done=slip.state == Sheet.State.ISSUED)
    received = _signed(slip, "receipt")
    counted = papers.figure(slip, "receipt.lines") or []
    approved = queries.lines_of(slip)
    if counted and not received and _differs(approved, counted):
        yield _at(form, "mismatch", "mismatch", slip, done=_signed(slip, "mismatch"))
    rows = [{"part": line.part_number, "actual": plain(line.approved)} for line in approved]
    start = {"received_on": clock.today().isoformat(), "lines": counted or rows}
    yield _at(form, "receipt", "receive", slip, start=start, done=received)
    if received:
        yield from _after_receipt(case, slip, queries.matches_of(slip, approved))


def _differs(approved: list[ReturnLine], counted: list[Data]) -> bool:
    came = [Decimal(str(row.get("actual") or 0)) for row in counted]
    return came != [line.approved for line in approved]


def _after_receipt(
    case: Case, slip: Sheet, matches: list[tuple[ReturnLine, rules.Match]]
) -> Iterator[Step]:
    beside = queries.beside(slip)
    if any(found.branch == rules.BEYOND for _line, found in matches):
        ruled = beside.get(queries.EXCESS)
        step = _at(
            _form(queries.EXCESS), "ruling", "excess", slip, title=_("超量处理批示"),
            done=ruled is not None, taken_on=ruled,
        )  # fmt: skip
        yield Step(**{**vars(step), "role": ruling_roles(slip)[0]})
    yield from _proven(case, slip, matches, beside)
    yield _posted("post", _("核对并开立传票"), "R4-73", slip)


def _proven(
    case: Case,
    slip: Sheet,
    matches: list[tuple[ReturnLine, rules.Match]],
    beside: dict[str, Sheet],
) -> Iterator[Step]:
    """The certificate that the third way wants, and the proof; what is known is filled in."""
    proof, certificate = beside.get(queries.PROOF), beside.get(queries.RETURN_CERTIFICATE)
    known = [] if proof else invoices_of(case, _goods(matches))
    start = filled_in(known)
    form = _form(queries.RETURN_CERTIFICATE)
    if certificate is not None:
        yield _at(
            form, "certificate", "return_certificate", slip, title=form.title, done=True,
            taken_on=certificate,
        )  # fmt: skip
        start = {**start, "way": "certificate"}
    elif proof is None:
        yield _at(
            form, "certificate", "return_certificate", slip, beside=True,
            title=_("开立销货退回证明单(方式三)"), note=_("仅方式三需要"),
            start={**_certificate(matches), **only(start, "invoice")},
        )  # fmt: skip
    yield _at(
        _form(queries.PROOF), "proof", "proof", proof or slip, done=proof is not None,
        start=start, note=said(known),
    )  # fmt: skip


def _goods(matches: list[tuple[ReturnLine, rules.Match]]) -> set[tuple[str, str]]:
    return {(line.order_number, line.part_number) for line, _found in matches}


def only(data: Data, *names: str) -> Data:
    """Some of the fields."""
    return {name: data[name] for name in names if name in data}


def _certificate(matches: list[tuple[ReturnLine, rules.Match]]) -> Data:
    """A sales return certificate starts with what came back of the first line."""
    line, found = matches[0]
    return {
        "quantity": plain(found.actual),
        "unit_price": line.unit_price_cents,
        "amount": int(line.unit_price_cents * found.actual),
    }


def ruling_roles(slip: Sheet) -> list[str]:
    """Who may rule on an excess, the lowest first: the levels of the company's table (R4-77)."""
    rows = values.find("R4-77.rulings", slip.division_id, clock.now()) or []
    levels = sorted({row["level"] for row in rows}, key=authority.level_order)
    return authority.deciders(levels[0] if levels else authority.LEVELS[0])


def hand_on(case: Case, *, by: Person, at: datetime) -> None:
    """Take what is done off the desks and lay the next step on one.

    Called at the end of every verb of a settlement; costs the steps and two queries.
    """
    mark = f"settlement:{case.pk}:"
    lying = {due.key: due for due in Due.objects.open().filter(key__startswith=mark)}
    steps, earlier = steps_of(case), queries.papers_ever(case)
    wanted = {
        f"{mark}{step.sheet.pk if step.sheet else -earlier}:{step.key}": step
        for step in steps
        if not step.done and step.key.split(":")[0] in ASKED
    }
    # The warehouse keeps its task while the superior is asked about goods that differ.
    kept = {
        f"{mark}{step.sheet.pk}:receive"
        for step in wanted.values()
        if step.key == "mismatch" and step.sheet
    }
    done = [due for key, due in lying.items() if key not in wanted and key not in kept]
    dues.settle_these(done, by=by, at=at)
    for key, step in wanted.items():
        if key not in lying:
            _lay(case, step, key, by=by, at=at)


def _lay(case: Case, step: Step, key: str, *, by: Person, at: datetime) -> None:
    dues.open_due(
        ASKED[step.key.split(":")[0]],
        kind="task",
        clause=step.clause,
        subject=step.sheet or Settlement.objects.get(case=case),
        matter=case,
        division=case.division,
        role=step.role,
        person=case.salesperson if step.role == "sales" else None,
        start=at,
        params={
            "paper": (step.sheet and step.sheet.number) or case.label,
            "matter": case.called,
        },
        link=f"/settlement/{case.pk}/#step-{step.key}",
        key=key,
        by=by,
        at=at,
    )
