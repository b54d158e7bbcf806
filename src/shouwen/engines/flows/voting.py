"""What a round comes to, and who may sign in it. Pure: states in, an outcome or reasons out.

`ordered` 依次 and `parallel` 会签 need every signature, and one refusal ends them. `any` 或签 needs
one signature, and ends refused only when nobody is left to ask. A place that was dropped 减签
counts as if it had never been there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from shouwen.ground.foundation.refusal import N_, Reason

from .rules import Hat, Need, why_not_act

DECIDED = ("signed", "declined")


def outcome(mode: str, states: Sequence[str]) -> str:
    """`agreed`, `declined` or `open`; places in their order."""
    counted = [state for state in states if state != "dropped"]
    if not counted:
        return "open"
    if mode == "any":
        if "signed" in counted:
            return "agreed"
        return "declined" if all(state == "declined" for state in counted) else "open"
    if "declined" in counted:
        return "declined"
    return "agreed" if all(state == "signed" for state in counted) else "open"


def turns(mode: str, states: Sequence[str]) -> list[int]:
    """Places that are to be asked now, by index; none once the round is decided."""
    if outcome(mode, states) != "open":
        return []
    undecided = [place for place, state in enumerate(states) if state in ("waiting", "asked")]
    return undecided[:1] if mode == "ordered" else undecided


def settled(mode: str, states: Sequence[str]) -> list[str]:
    """The states as they should be: asked where it is their turn, waiting where it is not."""
    asked = set(turns(mode, states))
    return [
        state if state in (*DECIDED, "dropped") else "asked" if place in asked else "waiting"
        for place, state in enumerate(states)
    ]


@dataclass(frozen=True)
class Place:
    """One place for a signature as it stands."""

    state: str
    need: Need
    round_open: bool = True
    decided_by: str = ""
    before: str = ""
    lent_to: str = ""
    added_by: int | None = None


def why_not_sign(place: Place, hats: Sequence[Hat]) -> list[Reason]:
    """Everything that keeps somebody from deciding here: order, authority, his own result."""
    clause = place.need.clause
    if place.state in ("signed", "declined"):
        facts = {"person": place.decided_by}
        return [Reason(N_("刚刚由%(person)s办理"), clause, facts=facts)]
    if place.state == "dropped":
        return [Reason(N_("此处签署已减去"), clause)]
    if not place.round_open:
        return [Reason(N_("此次签核已结束"), clause)]
    found = why_not_act(place.need, hats)
    if place.state == "waiting":
        facts = {"before": place.before}
        found.append(Reason(N_("尚未轮到：须待%(before)s先签"), clause, facts=facts))
    if place.lent_to:
        facts = {"person": place.lent_to}
        text = N_("已委派%(person)s，待其回复")
        found.append(Reason(text, clause, "", N_("可先收回委派"), facts))
    return found


def why_not_drop(place: Place, person: int, *, alone: bool) -> list[Reason]:
    """Why somebody cannot take a place for a signature away again 减签."""
    clause = place.need.clause
    if place.state in ("signed", "declined"):
        return [Reason(N_("已经签署，不能减签"), clause)]
    if place.state == "dropped" or not place.round_open:
        return why_not_sign(place, [])
    if place.added_by != person:
        return [Reason(N_("只有加签人可以减签"), clause)]
    return [Reason(N_("签核不能没有人"), clause)] if alone else []
