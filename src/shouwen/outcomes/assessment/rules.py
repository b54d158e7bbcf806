"""Loss and penalty by the company's basis tables: values in, proposals out (R4-43, R4-44)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from shouwen.ground.foundation.refusal import N_, Reason

Row = Mapping[str, Any]
SEVERITY = {1: "minor", 2: "serious", 3: "grave"}
"""Case severity as the penalty basis calls it."""


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
        if row["formula"] == "amount":
            share = Decimal(str(row.get("percent") or 100)) / 100
            value = _whole(Decimal(amount_cents) * share)
            base = f"{Decimal(amount_cents) / 100:.2f} × {_plain(share * 100)}%"
        else:
            figure = figures[row["formula"]]
            price = int(row.get("unit_price") or 0)
            share = Decimal(str(row.get("percent") or 100)) / 100
            value = _whole(figure * price * share)
            base = f"{_plain(figure)} × {Decimal(price) / 100:.2f}"
            if share != 1:
                base += f" × {_plain(share * 100)}%"
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


def penalty_for(
    basis: Sequence[Row], *, negligence: bool, cause_class: str, severity: int, times: int
) -> Row | None:
    """The row of the basis that fits: the exact cause before `any`, the highest `from_time`.

    `times` counts this occurrence within twelve months, from 1. None when no row fits.
    """
    cause = "human_negligence" if negligence else cause_class
    fitting = [
        row
        for row in basis
        if row["cause"] in (cause, "any")
        and row["severity"] == SEVERITY[severity]
        and int(row.get("from_time") or 1) <= times
    ]
    if not fitting:
        return None
    return max(fitting, key=lambda row: (row["cause"] != "any", int(row.get("from_time") or 1)))


def why_not_penalty(index: int, proposed: Row, computed: Row | None) -> list[Reason]:
    """A penalty that departs from the basis wants a reason (R4-44)."""
    if proposed.get("deviation") or computed is None:
        return []
    same_kind = proposed.get("kind") == computed["kind"]
    same_amount = int(proposed.get("amount") or 0) == int(computed.get("amount") or 0)
    if same_kind and same_amount:
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


def _whole(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
