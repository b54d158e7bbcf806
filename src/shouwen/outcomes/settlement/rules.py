"""Matching and limits of settlement: values in, numbers and reasons out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shouwen.ground.foundation.money import plain
from shouwen.ground.foundation.refusal import N_, Reason

ALLOWANCE_METHODS = ("allowance", "compensation")
RETURN_METHODS = ("return", "exchange", "rework")
EQUAL, LESS, WITHIN, BEYOND = "equal", "less", "within", "beyond"


@dataclass(frozen=True)
class Tolerance:
    """How much more than approved may come back, and who said so (R4-76).

    `percent` is relative to the approved quantity; `source` is `order` or `company`.
    """

    percent: Decimal
    source: str


@dataclass(frozen=True)
class Match:
    """What accounting finds when it lays copy 4 beside the slip (R4-73 to R4-77)."""

    branch: str
    approved: Decimal
    actual: Decimal
    limit: Decimal
    tolerance: Tolerance

    @property
    def difference(self) -> Decimal:
        """Actual less approved; shown on the complaint."""
        return self.actual - self.approved


def kind_of(method: str) -> str:
    """`allowance`, `return`, or nothing to settle."""
    if method in ALLOWANCE_METHODS:
        return "allowance"
    return "return" if method in RETURN_METHODS else ""


def tolerance_of(order: Decimal | None, company: Decimal) -> Tolerance:
    """The order's own tolerance when the customer stated one, else the company's (R4-76)."""
    return Tolerance(company, "company") if order is None else Tolerance(order, "order")


def match(approved: Decimal, actual: Decimal, tolerance: Tolerance) -> Match:
    """Compare one line: equal, less, within the tolerance, or beyond it."""
    limit = approved * (1 + tolerance.percent / 100)
    if actual == approved:
        branch = EQUAL
    elif actual < approved:
        branch = LESS
    else:
        branch = WITHIN if actual <= limit else BEYOND
    return Match(branch, approved, actual, limit, tolerance)


def voucher_quantity(found: Match, ruling: str = "") -> Decimal:
    """The quantity the voucher follows: the actual one, or what a ruling made of an excess.

    An excess sent back or put on a new form leaves the approved quantity.
    """
    if found.branch != BEYOND or ruling == "accept":
        return found.actual
    return found.approved


def why_not_voucher(found: Match, ruling: str = "") -> list[Reason]:
    """An excess beyond the tolerance waits for a ruling (R4-75, R4-77)."""
    if found.branch != BEYOND or ruling:
        return []
    return [
        Reason(
            N_("实退量 %(actual)s 超出核定量 %(approved)s 的允收上限 %(limit)s,不能开立传票"),
            "R4-77",
            field="actual",
            instead=N_("呈主管批示超量的处理方式"),
            facts={
                "actual": plain(found.actual),
                "approved": plain(found.approved),
                "limit": plain(found.limit),
            },
        )
    ]


def why_not_kind(decided: str, wanted: str) -> list[Reason]:
    """Only the decided kind of settlement may be opened (R4-67)."""
    if kind_of(decided) == wanted:
        return []
    return [
        Reason(
            N_("核决的处理方式与所开单据不符"),
            "R4-67",
            instead=N_("按结案表第三联所载的方式办理"),
            facts={"decided": decided, "wanted": wanted},
        )
    ]


def why_not_amount(decided_cents: int, earlier_cents: int, wanted_cents: int) -> list[Reason]:
    """Certificates of one case never exceed the decided amount (R4-68)."""
    left = decided_cents - earlier_cents
    if wanted_cents <= left:
        return []
    return [
        Reason(
            N_("折让金额 %(wanted)s 元超出核决余额 %(left)s 元"),
            "R4-68",
            field="allowance.amount",
            instead=N_("按核决金额以内开立,或呈请重新核决"),
            facts={"wanted": f"{wanted_cents / 100:.2f}", "left": f"{left / 100:.2f}"},
        )
    ]


def why_not_sign_receipt(pairs: list[tuple[Decimal, Decimal]], instruction: bool) -> list[Reason]:
    """Goods that differ from the slip are signed for only after an instruction (R4-79).

    `pairs` are (approved, actual) of each line.
    """
    wrong = [index for index, (approved, actual) in enumerate(pairs) if approved != actual]
    if not wrong or instruction:
        return []
    return [
        Reason(
            N_("实物与退货单不符,须先请示再签收"),
            "R4-79",
            field=f"receipt.lines.{index}.actual",
            instead=N_("请主管在“不符请示”栏批示"),
        )
        for index in wrong
    ]


def why_not_approved(decided: Decimal | None, wanted: Decimal) -> list[Reason]:
    """The slip never approves more than was decided (R4-73)."""
    if decided is None or wanted <= decided:
        return []
    return [
        Reason(
            N_("退货单核定量合计 %(wanted)s 超出核决数量 %(decided)s"),
            "R4-73",
            field="slip.lines",
            facts={"wanted": plain(wanted), "decided": plain(decided)},
        )
    ]


def why_not_collected(day: date, today: date) -> list[Reason]:
    """Money that came in came in by today (R4-57)."""
    if day <= today:
        return []
    return [Reason(N_("收款日期不能晚于今天"), "R4-57", field="collected_on")]
