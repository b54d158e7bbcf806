"""Figures and checks of the periodic papers: values in, numbers and reasons out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from shouwen.ground.foundation.money import plain
from shouwen.ground.foundation.refusal import N_, Reason

Row = Mapping[str, Any]
CHECKED = ("measure", "status", "result", "checked_by")
"""What R4-51 asks of every complaint on the sheet."""
STATUSES = ("open", "done", "exempt")
"""How an improvement stands: an open one goes on to the next month, an exempt one is not listed."""


@dataclass(frozen=True)
class Receivable:
    """One invoice line due in the month; `complaint` is the number that delays it, if any."""

    invoice: str
    order: str
    part: str
    amount_cents: int
    collected_cents: int
    complaint: str = ""
    case: int | None = None
    customer: str = ""
    due_on: str = ""

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
    lines: tuple[Receivable, ...]
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
        lines=tuple(receivables),
        exclusions=excluded,
    )


@dataclass(frozen=True)
class Dispute:
    """A complaint as it bears on a payment: when it came, how and when it ended."""

    opened_on: date
    closed_on: date | None = None
    upheld: bool = False
    settled_on: date | None = None
    """When allowance or return was booked; None while it is open, or when there is none."""
    collect_by: date | None = None
    """Not upheld: the day by which the receivable is to be collected after all (R4-57)."""
    disputed: bool = False

    def delays(self, last: date) -> bool:
        """Whether the customer may hold his payment back at the end of a day.

        While the complaint is open, while what was granted is not booked, and, when it was not
        upheld, until the new collection period is over or the objection is answered.
        """
        if self.opened_on > last:
            return False
        if self.closed_on is None or self.closed_on > last:
            return True
        if self.upheld:
            return self.settled_on is None or self.settled_on > last
        return self.disputed or (self.collect_by is not None and self.collect_by > last)


def shares(parts: Sequence[Row], rule: str) -> list[str]:
    """The ratios a sheet starts with, by the company's rule (R4-50): text, empty when to agree."""
    if rule == "agreed":
        return ["" for _part in parts]
    if rule == "equal" and parts:
        each = (Decimal(100) / len(parts)).quantize(Decimal("0.01"))
        rest = Decimal(100) - each * (len(parts) - 1)
        return [plain(each)] * (len(parts) - 1) + [plain(rest)]
    return [plain(Decimal(str(part["ratio"]))) for part in parts]


def why_not_shares(parts: Sequence[Row], total: int) -> list[Reason]:
    """Shares as somebody writes them: each a percentage of a unit, together the whole (R4-50)."""
    reasons, units = [], set()
    for index, part in enumerate(parts):
        share = number_of(part.get("ratio"))
        if share is None or not 0 < share <= total:
            reasons.append(
                Reason(N_("比率须是 0 到 100 之间的数"), "R4-50", field=f"ratio-{index}")
            )
        if part["unit"] in units:
            reasons.append(Reason(N_("同一责任单位填了两行"), "R4-50", field=f"unit-{index}"))
        units.add(part["unit"])
    if reasons:
        return reasons
    whole = sum((number_of(part["ratio"]) or Decimal(0) for part in parts), Decimal(0))
    if whole == total:
        return []
    facts = {"sum": plain(whole), "total": total}
    message = N_("责任比率合计为 %(sum)s%%，须为 %(total)s%%")
    return [Reason(message, "R4-50", field="ratio-0", facts=facts)]


def number_of(written: Any) -> Decimal | None:
    """A written figure; None when it is none, empty or not finite."""
    try:
        found = Decimal(str(written).strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


@dataclass(frozen=True)
class Said:
    """One remark as the rules look at it, oldest first: `confirmed`, `objected`, `amended`."""

    case: int
    kind: str
    role: str = ""


Stands = Mapping[tuple[int, str], str]


def stands(remarks: Iterable[Said]) -> dict[tuple[int, str], str]:
    """Where each head stands on each complaint; changed ratios make every earlier word void."""
    found: dict[tuple[int, str], str] = {}
    for said in remarks:
        if said.kind == "amended":
            for key in [key for key in found if key[0] == said.case]:
                del found[key]
        elif said.kind in ("confirmed", "objected"):
            found[said.case, said.role] = said.kind
    return found


def why_not_sign(
    rows: Sequence[Row], role: str, stood: Mapping[tuple[int, str], str]
) -> list[Reason]:
    """A head signs once he has confirmed every complaint on the sheet (R4-50)."""
    silent = [row["number"] for row in rows if (row["case"], role) not in stood]
    against = [row["number"] for row in rows if stood.get((row["case"], role)) == "objected"]
    reasons = []
    if silent:
        reasons.append(
            Reason(
                N_("还有 %(count)s 件没有确认或提出异议：%(numbers)s"),
                "R4-50",
                instead=N_("逐件确认，或用“其余全部确认”"),
                facts={"count": len(silent), "numbers": listed(silent)},
            )
        )
    if against:
        reasons.append(
            Reason(
                N_("您对 %(numbers)s 提出的异议还没有了结"),
                "R4-50",
                instead=N_("生产管理组更改比率或答复后，确认该件再签署"),
                facts={"numbers": listed(against)},
            )
        )
    return reasons


def listed(numbers: Sequence[str], most: int = 8) -> str:
    """Several numbers in one text; a long list is cut and says so."""
    text = ", ".join(numbers[:most])
    return f"{text} …" if len(numbers) > most else text


def why_not_final(
    rows: Sequence[Row], carried: Sequence[Row], missing: Sequence[str], total: int
) -> list[Reason]:
    """Everything that keeps the sheet from being final: signers, ratios, blanks (R4-50, R4-51)."""
    reasons = [
        Reason(
            N_("尚缺 %(who)s 的会签"),
            "R4-50",
            instead=N_("可在“今日”催办，或请其代理人签署"),
            facts={"who": who},
        )
        for who in missing
    ]
    reasons += why_not_ratios(rows, total)
    blank = why_not_checked(rows) + why_not_checked(carried, "carried")
    return reasons + blank


def why_not_check(written: Row) -> list[Reason]:
    """What somebody writes of one complaint: measure, status and result together (R4-51)."""
    reasons = [
        Reason(N_("请填写"), "R4-51", field=name)
        for name in ("measure", "result")
        if not str(written.get(name) or "").strip()
    ]
    if written.get("status") not in STATUSES:
        reasons.append(Reason(N_("请选择改善状态"), "R4-51", field="status"))
    return reasons


def why_not_ratios(rows: Sequence[Row], total: int) -> list[Reason]:
    """The shares of every complaint add up to the whole (R4-50)."""
    return [
        Reason(
            N_("%(number)s 的责任比率合计为 %(sum)s%%,须为 %(total)s%%"),
            "R4-50",
            field=f"rows.{index}.liability",
            facts={"number": row["number"], "sum": plain(_sum(row)), "total": total},
        )
        for index, row in enumerate(rows)
        if _sum(row) != total
    ]


def _sum(row: Row) -> Decimal:
    return sum((number_of(part["ratio"]) or Decimal(0) for part in row["liability"]), Decimal(0))


def why_not_checked(rows: Sequence[Row], part: str = "rows") -> list[Reason]:
    """Measure, status, result and checker stand beside every complaint (R4-51)."""
    return [
        Reason(
            N_("%(number)s 的改善对策或处理结果尚未检查"),
            "R4-51",
            field=f"{part}.{index}.{blank[0]}",
            facts={"number": row["number"]},
        )
        for index, row in enumerate(rows)
        if (blank := [name for name in CHECKED if not row.get(name)])
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
