"""Decisions about owner and handler: values in, reasons out. No database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass

from shouwen.ground.foundation.refusal import N_, Reason


@dataclass(frozen=True)
class Handing:
    """What is known when somebody hands a matter on."""

    is_open: bool
    registered: bool
    is_handler: bool
    reason: str
    taker: str
    leads: bool
    """The taker is a manager of this division."""
    away: bool
    instead: Sequence[str] = ()
    """Who stands in for him."""
    waiting: bool = False
    """It waits already for another manager's answer."""


def why_not_transferred(facts: Handing, *, leader: str, absent: str, passing: str) -> list[Reason]:
    """R5-10: registered first, to a manager; R5-11: to one who is there; R7-69: with a reason."""
    if not facts.is_open:
        return [Reason(N_("事项已办结"), leader)]
    reasons = []
    if not facts.is_handler:
        reasons.append(Reason(N_("此事现在不由您承办,不能移交"), leader))
    if not facts.registered:
        reasons.append(Reason(N_("移交之前须先登记完整"), leader, "reason"))
    if not facts.reason.strip():
        reasons.append(Reason(N_("请写明不能办理的原因"), passing or leader, "reason"))
    if facts.waiting:
        reasons.append(Reason(N_("此事已转请主管接办,正等答复"), leader))
    return [*reasons, *why_not_taker(facts.taker, facts.leads, facts.away, facts.instead,
                                     leader=leader, absent=absent)]  # fmt: skip


def why_not_taker(
    taker: str, leads: bool, away: bool, instead: Sequence[str], *, leader: str, absent: str
) -> list[Reason]:
    """A matter goes to a manager of the division who is there; whoever stands in is named."""
    if not leads:
        return [Reason(N_("须移交本单位的主管领导"), leader, "to", N_("请选择主管以上人员"))]
    if not away:
        return []
    facts = {"person": taker, "instead": "、".join(instead) or "—"}
    told, other = N_("%(person)s不在,请移交%(instead)s"), N_("请改选代管此事的人员")
    return [Reason(told, absent or leader, "to", other, facts)]


def why_not_changed(
    *, own: bool, entitled: bool, reason: str, same: bool, clause: str
) -> list[Reason]:
    """R3-32: nobody takes himself off; a manager may, with a reason."""
    if own:
        return [Reason(N_("首问责任人不能自行卸责"), clause, instead=N_("请由主管改派并说明理由"))]
    reasons = []
    if not entitled:
        reasons.append(Reason(N_("只有主管可以改派首问责任人"), clause))
    if not reason.strip():
        reasons.append(Reason(N_("请写明改派的理由"), clause, "reason"))
    if same:
        reasons.append(Reason(N_("首问责任人本来就是此人"), clause, "to"))
    return reasons
