"""Authority 核决权限: which level may decide what. Pure: bands in, a level or a refusal out.

A band says up to which amount a level decides, for one method and region or for all of them. A
higher level may always decide what a lower one may. A table that does not cover a matter is no
permission: it is refused, and says where the table is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.ground.foundation.refusal import N_, Reason, Refused, refuse

CLAUSE = "R4-39"
ROLES = {
    "sales_manager": "sales.manager",
    "deputy_gm": "management.deputy_gm",
    "gm": "management.gm",
}
"""The three levels of decision, lowest first, and who stands for each."""
LEVELS = tuple(ROLES)
TITLES = {"sales_manager": _("业务经理"), "deputy_gm": _("副总经理"), "gm": _("总经理")}
ANY = ("", "*", "any", None)
WHERE = N_("请在“设置 · 公司规定值”的核决权限表中补充")


@dataclass(frozen=True)
class Band:
    """Up to `max_amount` cents (None: without limit) a level decides; empty fields mean all."""

    level: str
    method: str = ""
    region: str = ""
    max_amount: int | None = None

    def covers(self, method: str, region: str) -> bool:
        """Whether the band speaks of this method and region."""
        return self.method in (*ANY, method) and self.region in (*ANY, region)

    @property
    def narrowness(self) -> int:
        """A band that names a method or region beats one that does not."""
        return 2 * (self.method not in ANY) + (self.region not in ANY)


Rows = Iterable[Band | Mapping[str, Any]] | None


def bands_of(rows: Rows) -> list[Band]:
    """Bands of a company table; refuses a missing or empty one."""
    bands = [row if isinstance(row, Band) else _band(row) for row in rows or ()]
    if not bands:
        raise refuse(N_("公司尚未规定核决权限"), CLAUSE, instead=WHERE)
    return bands


def _band(row: Mapping[str, Any]) -> Band:
    return Band(
        row["level"], row.get("method") or "", row.get("region") or "", row.get("max_amount")
    )


def required_level(bands: Rows, *, method: str, region: str, amount_cents: int | None) -> str:
    """The lowest level that may decide; None as amount (not known yet) needs an unlimited band."""
    limits = _limits(bands_of(bands), method, region)
    for level in LEVELS:
        if level in limits and _within(amount_cents, limits[level]):
            return level
    raise refuse(
        N_("核决权限表没有规定谁可以核决此项"),
        CLAUSE,
        instead=WHERE,
        method=method,
        region=region,
        amount_cents=amount_cents,
    )


def _limits(bands: list[Band], method: str, region: str) -> dict[str, int | None]:
    """The limit of each level: that of its narrowest band."""
    found: dict[str, Band] = {}
    for band in bands:
        if not band.covers(method, region):
            continue
        if band.level not in found or band.narrowness > found[band.level].narrowness:
            found[band.level] = band
    return {level: band.max_amount for level, band in found.items()}


def _within(amount: int | None, limit: int | None) -> bool:
    return limit is None or (amount is not None and amount <= limit)


def level_order(level: str) -> int:
    """The place of a level, from 0; raises ValueError on what is none."""
    return LEVELS.index(level)


def may_decide(level: str, required: str) -> bool:
    """Whether a level suffices; a higher one always does."""
    return level_order(level) >= level_order(required)


def deciders(required: str) -> list[str]:
    """Roles that may decide, the lowest first."""
    return [ROLES[level] for level in LEVELS[level_order(required) :]]


def why_not_decide(
    level: str,
    bands: Rows,
    *,
    method: str,
    region: str,
    amount_cents: int | None,
) -> list[Reason]:
    """Why a level may not decide this; empty when it may."""
    try:
        required = required_level(bands, method=method, region=region, amount_cents=amount_cents)
    except Refused as refused:
        return list(refused.reasons)
    if may_decide(level, required):
        return []
    return [
        Reason(
            N_("此项超出%(level)s的核决权限，应由%(required)s核决"),
            CLAUSE,
            instead=N_("请送%(required)s核决"),
            facts={
                "level": TITLES[level],
                "required": TITLES[required],
                "amount_cents": amount_cents,
            },
        )
    ]


def why_not_bands(rows: Rows) -> list[Reason]:
    """What is wrong with a table: a line given twice, or a lower level that may decide more."""
    bands = bands_of(rows)
    lines = [(band.level, band.method, band.region) for band in bands]
    reasons: list[Reason] = []
    for index, band in enumerate(bands):
        if lines[index] in lines[:index]:
            text, cell = N_("同一级别、方式和地区写了两行"), "level"
        elif any(_upside_down(band, other) for other in bands):
            text, cell = N_("下级的金额上限高于上级"), "max_amount"
        else:
            continue
        reasons.append(Reason(text, CLAUSE, f"value.{index}.{cell}"))
    return reasons


def _upside_down(lower: Band, higher: Band) -> bool:
    """Whether the lower of two levels of one line has the higher limit."""
    if (lower.method, lower.region) != (higher.method, higher.region):
        return False
    if level_order(lower.level) >= level_order(higher.level) or higher.max_amount is None:
        return False
    return lower.max_amount is None or lower.max_amount > higher.max_amount
