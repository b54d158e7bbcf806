"""Checks of a section against what lies outside it: shipments, the ruling, the company's tables.

An upper storey adds its own with `register`. All of them are asked when a section is saved, so that
what contradicts the records never gets into the form.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation.refusal import N_, Reason
from shouwen.work.customers import queries as customers
from shouwen.work.customers.shipping import Claim

from . import rules
from .models import Case

Data = dict[str, Any]
Check = Callable[[Case, Sheet, Data, dict[str, Data]], list[Reason]]
_checks: dict[str, list[Check]] = {}


def register(section: str) -> Callable[[Check], Check]:
    """Add a check of one section of the complaint form: `check(case, sheet, data, sections)`."""

    def add(check: Check) -> Check:
        _checks.setdefault(section, []).append(check)
        return check

    return add


def why_not(
    section: str, case: Case, sheet: Sheet, data: Data, sections: dict[str, Data]
) -> list[Reason]:
    """Every reason against cleaned `data` of a section; fields begin with the section's key."""
    return [
        reason
        for check in _checks.get(section, [])
        for reason in check(case, sheet, data, sections)
    ]


@register("intake")
def against_shipments(
    case: Case, sheet: Sheet, data: Data, sections: dict[str, Data]
) -> list[Reason]:
    """Order, part, shipping date and quantity against the records, when they exist (R4-06)."""
    reasons = []
    for index, line in enumerate(data.get("lines") or []):
        claim = Claim(
            order_number=line.get("order") or "",
            part_number=line.get("part") or "",
            shipped_on=date.fromisoformat(line["ship_date"]) if line.get("ship_date") else None,
            quantity=_decimal(line.get("quantity")),
            defective_quantity=_decimal(line.get("defective")),
            customer_id=case.customer_id,
            field=f"intake.lines.{index}",
            names={
                "order_number": "order",
                "part_number": "part",
                "shipped_on": "ship_date",
                "defective_quantity": "defective",
            },
        )
        reasons += customers.why_not_shipped(claim, {case.division_id})
    return reasons


@register("intake")
def same_line_twice(
    case: Case, sheet: Sheet, data: Data, sections: dict[str, Data]
) -> list[Reason]:
    """One product line is one order, part and shipping date."""
    seen: set[tuple[Any, ...]] = set()
    reasons = []
    for index, line in enumerate(data.get("lines") or []):
        key = (line.get("order"), line.get("part"), line.get("ship_date"))
        if all(key) and key in seen:
            reasons.append(
                Reason(N_("同一批产品填了两行"), "R4-24", field=f"intake.lines.{index}.part")
            )
        seen.add(key)
    return reasons


@register("negotiation")
def within_ruling(case: Case, sheet: Sheet, data: Data, sections: dict[str, Data]) -> list[Reason]:
    """What was agreed with the customer never goes beyond the ruling (R4-52)."""
    agreed = {key: data.get(f"agreed_{key}") for key in ("method", "amount", "quantity")}
    return rules.why_not_promise(sections.get("ruling"), agreed, "negotiation.agreed_")


@register("determination")
def tracking_of_negligence(
    case: Case, sheet: Sheet, data: Data, sections: dict[str, Data]
) -> list[Reason]:
    """Tracking an improvement for human negligence wants a reason (R4-42)."""
    negligent = bool((sections.get("investigation") or {}).get("negligence"))
    return rules.why_not_tracked(negligent, data)


def _decimal(value: Any) -> Decimal | None:
    return Decimal(str(value)) if value not in (None, "") else None
