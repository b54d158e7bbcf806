"""Loss and penalty by the company's basis tables: values in, proposals out (R4-43, R4-44)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from shouwen.engines.dues.tied import periods
from shouwen.ground.foundation.money import plain
from shouwen.ground.foundation.refusal import N_, Reason

Row = Mapping[str, Any]
NEGLIGENCE = "human_negligence"
SET_IT = N_("请制度管理员在“设置 · 公司规定值”中录入")


@dataclass(frozen=True)
class LossLine:
    """One item of the loss sheet: its figure, and what the basis makes of it, in cents."""

    item: str
    base: str
    amount_cents: int


def loss_lines(
    basis: Sequence[Row], *, quantity: Decimal, defective: Decimal, amount_cents: int
) -> list[LossLine]:
    """One line for each row of the basis (annex 1): the chosen figure × percent or × unit price."""
    figures = {"quantity": quantity, "defective": defective}
    lines = []
    for row in basis:
        share = Decimal(str(row.get("percent") if row.get("percent") is not None else 100)) / 100
        if row["formula"] == "amount":
            value = _whole(Decimal(amount_cents) * share)
            base = f"{Decimal(amount_cents) / 100:.2f} × {plain(share * 100)}%"
        else:
            figure = figures[row["formula"]]
            price = int(row.get("unit_price") or 0)
            value = _whole(figure * price * share)
            base = f"{plain(figure)} × {Decimal(price) / 100:.2f}"
            if share != 1:
                base += f" × {plain(share * 100)}%"
        lines.append(LossLine(str(row["item"]), base, value))
    return lines


def split(total_cents: int, shares: Sequence[Decimal]) -> list[int]:
    """Split an amount by percent shares so that the parts add up to it to the cent.

    The cents left by rounding go to the largest remainders, first come first served.
    """
    exact = [Decimal(total_cents) * share / 100 for share in shares]
    parts = [int(value) for value in exact]
    left = total_cents - sum(parts) if sum(shares) == 100 else 0
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for index in order[:left]:
        parts[index] += 1
    return parts


def own_part(total_cents: int, claimed: Sequence[Decimal]) -> int:
    """What is left of a loss for the own departments after the shares of third parties (R4-56)."""
    ours = max(Decimal(100) - sum(claimed, Decimal(0)), Decimal(0))
    return _whole(Decimal(total_cents) * ours / 100)


def repeat_since(day: date, months: int) -> date:
    """From which day on an earlier penalty counts: the same day so many months before."""
    period = periods.period_of("month", day)
    for _month in range(months):
        period = periods.before("month", period)
    return min(period.first + timedelta(days=day.day - 1), period.last)


def penalty_for(
    basis: Sequence[Row], *, negligence: bool, cause_class: str, severity: str, times: int
) -> Row | None:
    """The row of the basis that fits: the exact cause before `any`, the highest `from_time`.

    `times` counts this occurrence within the time that counts as a repeat, from 1. None when no
    row fits.
    """
    cause = NEGLIGENCE if negligence else cause_class
    fitting = [
        row
        for row in basis
        if row["cause"] in (cause, "any")
        and row["severity"] == severity
        and int(row.get("from_time") or 1) <= times
    ]
    if not fitting:
        return None
    return max(fitting, key=lambda row: (row["cause"] != "any", int(row.get("from_time") or 1)))


def why_not_penalty(index: int, proposed: Row, computed: Row | None) -> list[Reason]:
    """A penalty that departs from the basis wants a reason (R4-44)."""
    if proposed.get("deviation") or computed is None or not proposed.get("kind"):
        return []
    same_kind = proposed["kind"] == computed["kind"]
    if same_kind and all(
        int(proposed.get(figure) or 0) == int(computed.get(figure) or 0)
        for figure in ("amount", "points")
    ):
        return []
    return [
        Reason(
            N_("惩处与罚扣判定基准不同,须写明理由"),
            "R4-44",
            field=f"determination.penalties.{index}.deviation",
            instead=N_("按基准填写,或写明与基准不同的理由"),
        )
    ]


def why_not_sanction(index: int, proposed: Row, codes: Sequence[str]) -> list[Reason]:
    """An administrative sanction names one of the company's kinds (R4-46)."""
    if proposed.get("kind") != "administrative" or proposed.get("sanction") in codes:
        return []
    return [
        Reason(
            N_("行政处分须从公司规定的处分种类中选择"),
            "R4-46",
            field=f"determination.penalties.{index}.sanction",
        )
    ]


@dataclass(frozen=True)
class Annex:
    """One annex that the text names and does not include: its word and what uses it here."""

    name: str
    needed: bool
    there: bool


def why_not_annexes(annexes: Sequence[Annex]) -> list[Reason]:
    """What cannot be approved because the company has not entered an annex (R4-87)."""
    return [
        Reason(N_("缺少%(annex)s,不能核准"), "R4-87", instead=SET_IT, facts={"annex": annex.name})
        for annex in annexes
        if annex.needed and not annex.there
    ]


def why_not_computed(losses: Sequence[Row], basis_since: str | None) -> list[Reason]:
    """The loss was never computed because the basis came later: compute it before approval."""
    if basis_since or losses:
        return []
    return [
        Reason(
            N_("损失金额尚未依基准核算,不能核准"),
            "R4-43",
            instead=N_("退回“责任判定”,由生产管理组重新核算"),
        )
    ]


def why_not_shares(share: Decimal, others: Sequence[Decimal]) -> list[Reason]:
    """The shares of third parties never exceed the whole (R4-56)."""
    left = Decimal(100) - sum(others, Decimal(0))
    if share <= left:
        return []
    return [
        Reason(
            N_("各方责任比率合计不得超过 100%%,尚余 %(left)s%%"),
            "R4-56",
            field="claim.share",
            facts={"left": plain(left)},
        )
    ]


def _whole(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))
