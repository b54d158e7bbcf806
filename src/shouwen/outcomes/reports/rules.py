"""Figures and checks of the periodic papers: values in, numbers and reasons out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shouwen.ground.foundation.refusal import N_, Reason

Row = Mapping[str, Any]
CHECKED = ("measure", "status", "result", "checked_by")
"""What R4-51 asks of every complaint on the sheet."""


@dataclass(frozen=True)
class Receivable:
    """One invoice line due in the month; `complaint` is the number that delays it, if any."""

    invoice: str
    order: str
    part: str
    amount_cents: int
    collected_cents: int
    complaint: str = ""

    @property
    def excluded_cents(self) -> int:
        """What is still outstanding because of a complaint."""
        return self.amount_cents - self.collected_cents if self.complaint else 0


@dataclass(frozen=True)
class Bonus:
    """The base of the collection-rate bonus and its exclusions, in cents (R4-81)."""

    receivable_cents: int
    excluded_cents: int
    collected_cents: int
    exclusions: tuple[Receivable, ...]

    @property
    def base_cents(self) -> int:
        """Receivables less those of complained part numbers."""
        return self.receivable_cents - self.excluded_cents

    @property
    def rate(self) -> Decimal | None:
        """Collected of the base in percent, two places; None when nothing was due."""
        if self.base_cents <= 0:
            return None
        return (Decimal(self.collected_cents) * 100 / self.base_cents).quantize(Decimal("0.01"))


def bonus(receivables: Sequence[Receivable]) -> Bonus:
    """Sum one salesperson's month; what a complaint delays does not count against him."""
    excluded = tuple(one for one in receivables if one.excluded_cents)
    return Bonus(
        receivable_cents=sum(one.amount_cents for one in receivables),
        excluded_cents=sum(one.excluded_cents for one in excluded),
        collected_cents=sum(one.collected_cents for one in receivables),
        exclusions=excluded,
    )


def why_not_ratios(rows: Sequence[Row], total: int) -> list[Reason]:
    """The shares of every complaint add up to the whole (R4-50)."""
    return [
        Reason(
            N_("%(number)s 的责任比率合计为 %(sum)s%%,须为 %(total)s%%"),
            "R4-50",
            field=f"rows.{index}.liability",
            facts={"number": row["number"], "sum": _sum(row), "total": total},
        )
        for index, row in enumerate(rows)
        if _sum(row) != total
    ]


def _sum(row: Row) -> Decimal:
    return sum((Decimal(str(part["ratio"])) for part in row["liability"]), Decimal(0))


def why_not_checked(rows: Sequence[Row]) -> list[Reason]:
    """Measure, status, result and checker stand beside every complaint (R4-51)."""
    return [
        Reason(
            N_("%(number)s 的改善对策或处理结果尚未检查"),
            "R4-51",
            field=f"rows.{index}.{name}",
            facts={"number": row["number"]},
        )
        for index, row in enumerate(rows)
        for name in CHECKED
        if not row.get(name)
    ]


def carried_over(rows: Sequence[Row]) -> list[Row]:
    """Complaints whose improvement is still open go on to the next month's sheet."""
    return [row for row in rows if row.get("status") == "open"]


def tally(rows: Sequence[Row], key: str) -> dict[str, int]:
    """How many complaints of the sheet fall under each value of a column, most first."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[str(row.get(key) or "")] = counts.get(str(row.get(key) or ""), 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
