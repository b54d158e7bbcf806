"""A settlement opens when sales signs for copy 3 of the closed form (R4-67)."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from shouwen.engines.documents import actions as documents
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org.models import Person
from shouwen.work.cases.actions import section_data, sheet_of
from shouwen.work.cases.models import Case

from . import rules
from .course import hand_on
from .models import Settlement
from .queries import certificates, slips

DECIDED_ANEW = N_("重新核决")


@one_act
def open_settlement(case: Case, *, by: Person, at: datetime) -> Settlement | None:
    """Ask sales for the paper of the decided kind; nothing when nothing was granted.

    A case that was decided anew goes on in its settlement: what is not booked yet is void.
    """
    kind, decision = rules.kind_of(case.method), section_data(sheet_of(case), "decision")
    quantity = decision.get("quantity")
    terms = {
        "kind": kind,
        "amount_cents": decision.get("amount"),
        "quantity": Decimal(str(quantity)) if quantity not in (None, "") else None,
    }
    settlement = Settlement.objects.select_for_update().filter(case=case).first()
    if settlement is not None:
        return _revise(settlement, terms, by=by, at=at)
    if not kind:
        return None
    settlement = Settlement.objects.create(case=case, opened_at=at, **terms)
    record("settlement.opened", settlement, by=by, at=at, matter=case, kind=kind)
    hand_on(case, by=by, at=at)
    return settlement


def _revise(
    settlement: Settlement, terms: dict[str, Any], *, by: Person, at: datetime
) -> Settlement:
    if all(getattr(settlement, name) == value for name, value in terms.items()):
        return settlement  # copy 3 came again, the decision stayed
    case = settlement.case
    for sheet in [*certificates(case), *slips(case)]:
        if not hasattr(sheet, "posted"):
            documents.void(sheet, reason=DECIDED_ANEW, by=by, at=at)
    settlement.kind = terms["kind"] or settlement.kind
    settlement.amount_cents, settlement.quantity = terms["amount_cents"], terms["quantity"]
    settlement.done_at = None if terms["kind"] else at
    settlement.save()
    record("settlement.revised", settlement, by=by, at=at, matter=case, kind=terms["kind"])
    hand_on(case, by=by, at=at)
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
