"""Goods that come back: the slip in four copies, the warehouse's count, the ruling on an excess."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from shouwen.engines.documents import access
from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.models import Copy, Sheet
from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.money import plain
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import authority, values
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.work.cases.actions import case_of
from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Order

from . import rules
from .course import hand_on, ruling_roles
from .models import ReturnLine, Settlement
from .opening import settlement_of
from .queries import EXCESS, SLIP, approved_in_all

NEW_FORM = "new_form"


@access.register_decider
def rules_on_excess(hand: access.Hand, place: str) -> Person | None:
    """Whoever holds one of the levels of the company's table may take the paper up (R4-77)."""
    sheet = hand.sheet
    if sheet.form != EXCESS or sheet.origin is None:
        return None
    roles = ruling_roles(sheet.origin)
    hats = (org.as_whom(hand.by, role, sheet.division_id, hand.at) for role in roles)
    return next((hat for hat in hats if hat), None)


@one_act
def open_slip(case: Case, data: dict[str, Any], *, by: Person, at: datetime | None = None) -> Sheet:
    """Draw up a return slip with reason, method and basis, within the decided quantity (R4-71)."""
    moment = at or clock.now()
    settlement = settlement_of(case, Settlement.Kind.RETURN)
    given = {"basis": case.number, **data}
    if given["basis"] != case.number:
        raise refuse(
            N_("退回依据须是本案编号 %(number)s"), "R4-71", field="slip.basis", number=case.number
        )
    sheet = documents.open_sheet(SLIP, division=case.division, matter=case, by=by, at=moment)
    slip = documents.save_section(sheet, "slip", given, version=0, by=by, at=moment).data
    wanted = sum((Decimal(str(line["approved"])) for line in slip["lines"]), Decimal(0))
    refuse_any(rules.why_not_approved(settlement.quantity, wanted + approved_in_all(case)))
    documents.sign_section(sheet, "slip", by=by, at=moment)
    ReturnLine.objects.bulk_create(
        ReturnLine(
            slip=sheet,
            position=index,
            order_number=line["order"],
            part_number=line["part"],
            approved=Decimal(str(line["approved"])),
            unit_price_cents=line["unit_price"],
        )
        for index, line in enumerate(slip["lines"])
    )
    record("slip.opened", sheet, by=by, at=moment, matter=case)
    hand_on(case, by=by, at=moment)
    return sheet


@one_act
def approve_slip(
    sheet: Sheet, *, by: Person, at: datetime | None = None, opinion: str = ""
) -> Sheet:
    """The (deputy) manager releases the slip: copy 1 stays, 2 to 4 go to the warehouse (R4-72)."""
    moment = at or clock.now()
    documents.sign_place(sheet, "manager", by=by, at=moment, opinion=opinion)
    issued = documents.issue(sheet, by=by, at=moment)
    case = case_of(sheet)
    record("slip.released", sheet, by=by, at=moment, matter=case)
    hand_on(case, by=by, at=moment)
    return issued


@one_act
def instruct_mismatch(
    sheet: Sheet, data: dict[str, Any], *, version: int = 0, by: Person, at: datetime | None = None
) -> Sheet:
    """The superior's instruction on goods that differ from the slip (R4-79)."""
    moment = at or clock.now()
    documents.save_section(sheet, "mismatch", data, version=version, by=by, at=moment)
    documents.sign_section(sheet, "mismatch", by=by, at=moment)
    case = case_of(sheet)
    record("slip.instructed", sheet, by=by, at=moment, matter=case)
    hand_on(case, by=by, at=moment)
    return sheet


@one_act
def count_goods(
    sheet: Sheet, data: dict[str, Any], *, version: int = 0, by: Person, at: datetime | None = None
) -> Sheet:
    """Write down what came in, not signed yet, so that an instruction can be asked for (R4-79)."""
    moment = at or clock.now()
    documents.save_section(sheet, "receipt", data, version=version, by=by, at=moment)
    hand_on(case_of(sheet), by=by, at=moment)
    return sheet


@one_act
def receive_goods(
    sheet: Sheet, data: dict[str, Any], *, version: int = 0, by: Person, at: datetime | None = None
) -> Sheet:
    """Count, sign and hand the copies on: 2 stays, 3 to accounting, 4 to sales (R4-78, R4-80).

    Goods that differ are refused until the superior has instructed (R4-79).
    """
    moment = at or clock.now()
    sheet = Sheet.objects.select_for_update().get(pk=sheet.pk)
    if sheet.state != Sheet.State.ISSUED:
        raise refuse(N_("退货单尚未批准,不能收料"), "R4-72", instead=N_("待(副)经理批示"))
    saved = documents.save_section(sheet, "receipt", data, version=version, by=by, at=moment)
    lines = list(ReturnLine.objects.filter(slip=sheet).order_by("position"))
    counted = [Decimal(str(row["actual"])) for row in saved.data["lines"]]
    instructed = sheet.sections.filter(key="mismatch", signed_at__isnull=False).exists()
    pairs = [(line.approved, actual) for line, actual in zip(lines, counted, strict=True)]
    refuse_any(rules.why_not_sign_receipt(pairs, instructed))
    documents.sign_section(sheet, "receipt", by=by, at=moment)
    documents.sign_place(sheet, "warehouse", by=by, at=moment)
    _fix_lines(sheet, lines, counted, moment)
    for copy in Copy.objects.filter(sheet=sheet).exclude(then_role=""):
        documents.send_on(copy, by=by, at=moment)
    case = case_of(sheet)
    record(
        "slip.received",
        sheet,
        by=by,
        at=moment,
        matter=case,
        actual=[plain(actual) for actual in counted],
    )
    hand_on(case, by=by, at=moment)
    return sheet


def _fix_lines(sheet: Sheet, lines: list[ReturnLine], counted: list[Decimal], at: datetime) -> None:
    company = Decimal(str(values.get("R4-76.tolerance", sheet.division_id, on=at)))
    orders = dict(
        Order.objects.filter(
            division_id=sheet.division_id, number__in=[line.order_number for line in lines]
        ).values_list("number", "over_receipt_tolerance")
    )
    for line, actual in zip(lines, counted, strict=True):
        tolerance = rules.tolerance_of(orders.get(line.order_number), company)
        found = rules.match(line.approved, actual, tolerance)
        line.actual, line.branch = actual, found.branch
        line.tolerance_percent, line.tolerance_source = tolerance.percent, tolerance.source
    ReturnLine.objects.bulk_update(
        lines, ["actual", "branch", "tolerance_percent", "tolerance_source"]
    )


@one_act
def rule_excess(
    slip: Sheet, data: dict[str, Any], *, by: Person, at: datetime | None = None
) -> Sheet:
    """Rule what becomes of goods beyond the tolerance, at the level the company's table asks for.

    Refused when nothing is beyond it, or when the outcome needs a higher level (R4-77).
    """
    moment = at or clock.now()
    if not ReturnLine.objects.filter(slip=slip, branch=rules.BEYOND).exists():
        raise refuse(N_("实退量未超出允收比率,无须批示"), "R4-77")
    case = case_of(slip)
    sheet = documents.open_sheet(
        EXCESS, division=slip.division, matter=case, by=by, at=moment, origin=slip
    )
    saved = documents.save_section(sheet, "ruling", data, version=0, by=by, at=moment)
    _require_level(saved.data["choice"], slip, by, moment)
    documents.sign_section(sheet, "ruling", by=by, at=moment)
    documents.issue(sheet, by=by, at=moment)
    record(
        "excess.ruled", sheet, by=by, at=moment, matter=case, choice=saved.data["choice"],
        slip=slip.pk,
    )  # fmt: skip
    if saved.data["choice"] == NEW_FORM:
        _ask_for_new_form(case, sheet, by=by, at=moment)
    hand_on(case, by=by, at=moment)
    return sheet


def _ask_for_new_form(case: Case, ruling: Sheet, *, by: Person, at: datetime) -> None:
    """Sales files a new complaint form for the excess; it is linked to this one (R4-77)."""
    dues.open_due(
        N_("就超量另填客户抱怨处理表:%(number)s"),
        clause="R4-77",
        subject=ruling,
        matter=case,
        division=case.division,
        role="sales",
        person=case.salesperson,
        start=at,
        params={"number": case.label, "matter": case.called},
        link=f"/cases/{case.pk}/",
        by=by,
        at=at,
    )


def _require_level(choice: str, slip: Sheet, by: Person, at: datetime) -> None:
    """Each outcome names its level in the company's table; a level above always suffices."""
    rows = values.get("R4-77.rulings", slip.division_id, on=at)
    level = next((row["level"] for row in rows if row["outcome"] == choice), None)
    if level is None:
        raise refuse(
            N_("公司未允许这种处理"), "R4-77", field="ruling.choice",
            instead=N_("请在“设置 · 公司规定值”中规定"),
        )  # fmt: skip
    if not any(org.as_whom(by, role, slip.division_id, at) for role in authority.deciders(level)):
        raise refuse(
            N_("此项须由%(level)s批示"), "R4-77", field="ruling.choice",
            level=authority.TITLES[level],
        )  # fmt: skip
