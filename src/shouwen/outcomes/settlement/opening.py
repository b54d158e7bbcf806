"""A settlement opens when sales signs for copy 3 of the closed form (R4-67)."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org.models import Person
from shouwen.work.cases.actions import section_data, sheet_of
from shouwen.work.cases.models import Case

from . import rules
from .models import Settlement

TASKS = {
    Settlement.Kind.ALLOWANCE: N_("开立销货折让证明单:%(number)s"),
    Settlement.Kind.RETURN: N_("开立成品退货单:%(number)s"),
}


@transaction.atomic
def open_settlement(case: Case, *, by: Person, at: datetime) -> Settlement | None:
    """Ask sales for the paper of the decided kind; nothing when nothing was granted."""
    kind = rules.kind_of(case.method)
    if not kind or Settlement.objects.filter(case=case).exists():
        return None
    decision = section_data(sheet_of(case), "decision")
    quantity = decision.get("quantity")
    settlement = Settlement.objects.create(
        case=case,
        kind=kind,
        amount_cents=decision.get("amount"),
        quantity=Decimal(str(quantity)) if quantity not in (None, "") else None,
        opened_at=at,
    )
    record("settlement.opened", settlement, by=by, at=at, matter=case, kind=kind)
    dues.open_due(
        TASKS[Settlement.Kind(kind)],
        kind="task",
        clause="R4-67",
        subject=settlement,
        matter=case,
        division=case.division,
        role="sales",
        person=case.salesperson,
        start=at,
        params={"number": case.label},
        link=f"/settlement/{case.pk}/",
        by=by,
        at=at,
    )
    return settlement


def settlement_of(case: Case, wanted: str) -> Settlement:
    """The open settlement of a case, if it is of the wanted kind (R4-67); locked.

    Raises Refused when the case is not closed, copy 3 not received, or another kind was decided.
    """
    if case.state != "closed":
        raise refuse(
            N_("客诉尚未结案,没有退回或折让的依据"),
            "R4-71",
            field="slip.basis",
            instead=N_("结案后依表第三联办理"),
        )
    refuse_any(rules.why_not_kind(case.method, wanted))
    settlement = Settlement.objects.select_for_update().filter(case=case).first()
    if settlement is None:
        raise refuse(
            N_("业务部尚未签收结案表第三联"),
            "R4-67",
            instead=N_("先签收第三联,再依核决方式办理"),
        )
    return settlement


def finish(settlement: Settlement, *, by: Person, at: datetime) -> None:
    """Everything of this settlement is booked."""
    settlement.done_at = at
    settlement.save(update_fields=["done_at"])
    record("settlement.done", settlement, by=by, at=at, matter=settlement.case)
