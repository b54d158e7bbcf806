"""Times of the steps that the company sets must fit into the time of the whole."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.ground.foundation.refusal import N_, Reason
from shouwen.ground.policy.shapes import Clause

REGIONS = {"domestic": _("国内"), "overseas": _("国外")}


def limits_of(clauses: Iterable[Clause]) -> dict[str, tuple[int, str]]:
    """For each region its days and the clause that says so."""
    return {
        region: (days, clause.id)
        for clause in clauses
        if isinstance(clause.spec.days, dict)
        for region, days in clause.spec.days.items()
    }


def why_not_within(
    rows: Iterable[Mapping[str, Any]], limits: Mapping[str, tuple[int, str]], clause: str
) -> list[Reason]:
    """Why the steps do not fit: for each region that is exceeded, by how much."""
    rows = list(rows)
    reasons = []
    for region, (days, whole) in limits.items():
        total = sum(row.get(region) or 0 for row in rows)
        if total > days:
            facts = {
                "region": REGIONS.get(region, region),
                "total": total,
                "days": days,
                "over": total - days,
                "whole": whole,
            }
            text = N_(
                "%(region)s各步骤合计 %(total)d 天，超过 %(whole)s 的 %(days)d 天，多出 %(over)d 天"
            )
            reasons.append(Reason(text, clause, "value", N_("请减少某些步骤的天数"), facts))
    return reasons
