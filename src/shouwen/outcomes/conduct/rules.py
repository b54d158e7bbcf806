"""Decisions on reviews, findings and measures: values in, reasons out. No database, no clock."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from shouwen.ground.foundation.refusal import N_, Reason

ANSWERABLE = "open"
DECIDABLE = ("acknowledged", "objected")


@dataclass(frozen=True)
class Item:
    """One thing that is marked, with every clause that asks for it."""

    code: str
    clauses: tuple[str, ...]


def items_of(found: Iterable[tuple[str, Collection[str]]]) -> list[Item]:
    """Items of (clause, its item codes); clauses with the same item share it."""
    clauses: dict[str, list[str]] = {}
    for clause, codes in found:
        for code in codes:
            clauses.setdefault(code, []).append(clause)
    return [Item(code, tuple(ids)) for code, ids in clauses.items()]


def why_not_reviewed(
    items: Iterable[Item],
    marks: Mapping[str, int],
    comments: Mapping[str, str],
    least: int,
    scale: tuple[int, int],
) -> list[Reason]:
    """Every item is marked on the scale; what fails needs a comment (R2-02, R2-03)."""
    reasons = []
    for item in items:
        mark, clause, field = marks.get(item.code), item.clauses[0], f"mark_{item.code}"
        if mark is None:
            reasons.append(Reason(N_("每个检查项目都要评分"), clause, field=field))
        elif not scale[0] <= mark <= scale[1]:
            facts = {"low": scale[0], "high": scale[1]}
            reasons.append(
                Reason(N_("评分为 %(low)s 至 %(high)s"), clause, field=field, facts=facts)
            )
        elif mark < least and not comments.get(item.code, "").strip():
            reasons.append(
                Reason(N_("不合格的项目须写明评语"), clause, field=f"comment_{item.code}")
            )
    return reasons


def why_not_opened(described: str, code: str, known: Collection[str], clause: str) -> list[Reason]:
    """A finding is of a kind that the division's rules know, and says what happened."""
    reasons = []
    if code not in known:
        reasons.append(Reason(N_("本单位的制度没有这一行为项目"), clause, field="code"))
    if not described.strip():
        reasons.append(Reason(N_("请写明经过"), clause, field="described"))
    return reasons


def why_not_answered(state: str, mine: bool, clause: str) -> list[Reason]:
    """The person himself, once, while nothing is decided."""
    if not mine:
        return [Reason(N_("只有本人可以确认或提出异议"), clause)]
    if state != ANSWERABLE:
        return [Reason(N_("该记录已经答复过或已有结论"), clause)]
    return []


def why_not_decided(state: str, term_over: bool, words: str, clause: str) -> list[Reason]:
    """After the person was heard, or let the time pass; with the reason in words."""
    reasons = []
    if state not in DECIDABLE and not (state == ANSWERABLE and term_over):
        late = state == ANSWERABLE
        reasons.append(
            Reason(
                N_("须先听取本人意见") if late else N_("该记录已有结论"),
                clause,
                instead=N_("等本人确认或提出异议,或答复期限届满") if late else "",
            )
        )
    if not words.strip():
        reasons.append(Reason(N_("请写明认定或不予认定的理由"), clause, field="words"))
    return reasons


def why_not_measured(
    state: str, kind: str, allowed: Collection[str], words: str, clause: str
) -> list[Reason]:
    """Only after it was confirmed, and only a measure that the rules name (R5-14)."""
    if state != "confirmed":
        return [Reason(N_("只有已认定的行为才能采取措施"), clause)]
    reasons = []
    if kind not in allowed:
        reasons.append(Reason(N_("制度没有规定这种措施"), clause, field="kind"))
    if not words.strip():
        reasons.append(Reason(N_("请写明措施的内容和理由"), clause, field="words"))
    return reasons


def why_not_closed(
    state: str, wanted: Collection[str], taken: Collection[str], clause: str
) -> list[Reason]:
    """A confirmed finding is closed once one of the measures its clause names is recorded."""
    if state != "confirmed":
        return [Reason(N_("只有已认定的行为才能办结"), clause)]
    if wanted and not set(wanted) & set(taken):
        return [
            Reason(
                N_("办结之前须记录批评、教育或处分"),
                clause,
                instead=N_("请先记录部门决定的措施"),
            )
        ]
    return []


def why_not_transferred(
    same_post: bool, since: date, today: date, held_since: date, clause: str
) -> list[Reason]:
    """To another post, from a day that is still to come (R5-15)."""
    reasons = []
    if same_post:
        reasons.append(Reason(N_("新岗位与原岗位相同"), clause, field="new_post"))
    if since <= max(today, held_since):
        reasons.append(Reason(N_("调离日须在今天和原任命之后"), clause, field="since"))
    return reasons
