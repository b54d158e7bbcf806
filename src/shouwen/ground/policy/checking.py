"""What no clause can know of itself: that it fits its regulation and the other regulations."""

from collections.abc import Iterator, Sequence

from shouwen.ground.foundation.refusal import N_

from .folders import Draft
from .reading import Mistake
from .shapes import Clause


def check(drafts: Sequence[Draft]) -> Iterator[Mistake]:
    """Everything that is wrong between clauses."""
    present = {draft.text.head.code: draft for draft in drafts}
    seen: set[tuple[str, int]] = set()
    for draft in drafts:
        edition = (draft.text.head.code, draft.text.number)
        if edition in seen:
            message = N_("%(code)s 的第 %(number)s 版有两个文件夹")
            code, number = edition
            yield draft.head.mistake(("edition",), message, code=code, number=number)
        seen.add(edition)
        yield from _homes(draft)
        yield from _ties(draft)
        if present[draft.text.head.code] is draft:
            yield from _kin(draft, present)
            yield from _repeats(draft, present)


def _places(draft: Draft) -> Iterator[tuple[int, Clause]]:
    for index, raw in enumerate(draft.clauses.data):
        yield index, draft.text.clauses[raw["id"]]


def _homes(draft: Draft) -> Iterator[Mistake]:
    """Each clause carries the code of its regulation and stands in one of its groups."""
    groups = {group.key for group in draft.text.head.groups}
    for index, clause in _places(draft):
        if clause.regulation != draft.text.head.code:
            message = N_("%(id)s 不属于 %(code)s")
            code = draft.text.head.code
            yield draft.clauses.mistake((index, "id"), message, id=clause.id, code=code)
        if clause.group not in groups | {""}:
            message = N_("regulation.yaml 中没有“%(group)s”这一组")
            yield draft.clauses.mistake((index, "group"), message, group=clause.group)
        keys = [value.key for value in clause.values]
        for place, key in enumerate(keys):
            if key in keys[:place]:
                message = N_("“%(key)s”写了两次")
                yield draft.clauses.mistake((index, "values", place), message, key=key)


def _ties(draft: Draft) -> Iterator[Mistake]:
    """Of two clauses on one question one must be the narrower."""
    taken: dict[tuple[str, str, frozenset[tuple[str, str]]], str] = {}
    sides = ((index, side) for index, clause in _places(draft) for side in clause.sides)
    for index, clause in sides:
        if not clause.concerns:
            continue
        question = (clause.kind, clause.concerns, frozenset(clause.scope.items()))
        if question in taken:
            message = N_("%(id)s 与 %(other)s 规定同一事项且范围相同，无法取舍")
            other = taken[question]
            yield draft.clauses.mistake((index, "scope"), message, id=clause.id, other=other)
        taken[question] = clause.id


def _kin(draft: Draft, present: dict[str, Draft]) -> Iterator[Mistake]:
    """`same_as` names existing clauses, and each names the other."""
    for index, clause in _places(draft):
        for place, other in enumerate(clause.same_as):
            home = present.get(other.split("-")[0])
            if home is None:
                continue
            kin = home.text.clauses.get(other)
            if kin is None:
                message = N_("没有条款 %(other)s")
                yield draft.clauses.mistake((index, "same_as", place), message, other=other)
            elif clause.id not in kin.same_as:
                message = N_("%(other)s 没有反过来写明 same_as: %(id)s")
                where = (index, "same_as", place)
                yield draft.clauses.mistake(where, message, other=other, id=clause.id)


def _repeats(draft: Draft, present: dict[str, Draft]) -> Iterator[Mistake]:
    """Each clause of a repeating text has its match in the other, but for what is a gap (R6-01)."""
    other = draft.text.head.repeats
    if not other:
        return
    if other == draft.text.head.code or other not in present:
        yield draft.head.mistake(("repeats",), N_("没有可重述的制度 %(code)s"), code=other)
        return
    for index, clause in _places(draft):
        matched = any(one.split("-")[0] == other for one in clause.same_as)
        if not matched and getattr(clause.spec, "stands_for", "") != "gap":
            message = N_("本篇重述 %(code)s,%(id)s 须在 same_as 中写明对应的条文")
            yield draft.clauses.mistake((index, "same_as"), message, code=other, id=clause.id)
