"""Whether a declared flow can be walked at all. Pure; yields faults in words for its author."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import Flow, Stage

RANKS = ("staff", "supervisor", "deputy_manager", "manager", "deputy_gm", "gm")
ROLE = re.compile(rf"[a-z][a-z_]*(\.({'|'.join(RANKS)}))?|unit:[\w-]+")
DECIDER = "decider"
ANYBODY = "any"


def faults(flow: "Flow") -> Iterator[str]:
    """Everything that is wrong with a flow by itself."""
    yield from _names(flow)
    broken = [*_broken_links(flow)]
    yield from broken
    if not broken:
        yield from _dead_ends(flow)
    for stage in flow.stages:
        yield from _stage(flow, stage)
    yield from _tests(flow)


def _names(flow: "Flow") -> Iterator[str]:
    for what, keys in (
        ("stage", [stage.key for stage in flow.stages]),
        ("move", [move.move for move in flow.moves]),
        ("lane", [lane.role for lane in flow.lanes]),
        ("send_back from", [back.source for back in flow.send_back]),
    ):
        yield from (f"{what} {key} twice" for key, n in Counter(keys).items() if n > 1)


def _broken_links(flow: "Flow") -> Iterator[str]:
    order = {stage.key: place for place, stage in enumerate(flow.stages)}
    if flow.start not in order:
        yield f"start {flow.start} is no stage"
    for move in flow.moves:
        for end in (move.source, move.target):
            if end not in order:
                yield f"move {move.move}: no stage {end}"
    for back in flow.send_back:
        for end in (back.source, *back.back_to):
            if end not in order:
                yield f"send_back: no stage {end}"
            elif end != back.source and order[end] >= order.get(back.source, -1):
                yield f"send_back from {back.source}: {end} is not earlier"


def _dead_ends(flow: "Flow") -> Iterator[str]:
    forward: dict[str, set[str]] = {}
    backward: dict[str, set[str]] = {}
    for move in flow.moves:
        forward.setdefault(move.source, set()).add(move.target)
        backward.setdefault(move.target, set()).add(move.source)
    ends = [stage.key for stage in flow.stages if stage.end]
    reached, finishing = _closure([flow.start], forward), _closure(ends, backward)
    for stage in flow.stages:
        if stage.key not in reached:
            yield f"stage {stage.key} is never reached"
        if stage.key not in finishing:
            yield f"from stage {stage.key} no end is reached"
        if stage.end and stage.key in forward:
            yield f"stage {stage.key} is an end and has a move"


def _closure(start: Iterable[str], links: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    todo = [*start]
    while todo:
        here = todo.pop()
        if here not in seen:
            seen.add(here)
            todo += links.get(here, ())
    return seen


def _stage(flow: "Flow", stage: "Stage") -> Iterator[str]:
    if stage.lane not in {lane.role for lane in flow.lanes}:
        yield f"stage {stage.key}: no lane {stage.lane}"
    if stage.by == ANYBODY and not (stage.person_from or stage.unit_from):
        yield f"stage {stage.key}: anybody is nobody; say whom by person_from or unit_from"
    if not stage.end and not stage.by:
        yield f"stage {stage.key}: nobody acts (by)"
    for role in (stage.by, *stage.switch_by, *(stage.signoff.by if stage.signoff else ())):
        if role and role != DECIDER and not ROLE.fullmatch(role):
            yield f"stage {stage.key}: no role {role}"
    if (stage.by == DECIDER) != bool(stage.measure):
        yield f"stage {stage.key}: a decider is found by what is measured, nobody else"
    onward = flow.moves_from(stage.key)
    if stage.optional and (len(onward) != 1 or onward[0].when or stage.key == flow.start):
        yield f"stage {stage.key}: an optional stage has one unconditional move and is no start"
    if not stage.optional and (stage.on_when or stage.switch_by):
        yield f"stage {stage.key}: on_when and switch_by belong to an optional stage"


def _tests(flow: "Flow") -> Iterator[str]:
    sections = {stage.section for stage in flow.stages if stage.section}
    for where, name in _fields(flow):
        section, dot, field = name.partition(".")
        if not (name in flow.facts or (dot and field and section in sections)):
            yield f"{where}: {name} is no declared fact and no field of a stage's section"
    for stage in flow.stages:
        if stage.not_signer_of and stage.not_signer_of not in sections:
            yield f"stage {stage.key}: no section {stage.not_signer_of}"
    for move in flow.moves:
        yield from (f"move {move.move}: no section {s}" for s in move.needs if s not in sections)
        if move.by and move.by != DECIDER and not ROLE.fullmatch(move.by):
            yield f"move {move.move}: no role {move.by}"


def _fields(flow: "Flow") -> Iterator[tuple[str, str]]:
    """Every fact the flow looks at, and where."""
    for stage in flow.stages:
        for measure in stage.measure:
            yield from ((f"stage {stage.key}", name) for name in (measure.method, measure.amount))
        person = stage.person_from if "." in stage.person_from else ""
        named = (stage.unit_from, person, *stage.on_when)
        yield from ((f"stage {stage.key}", name) for name in named if name)
    for move in flow.moves:
        named = (*move.when, *move.tells.values(), *move.keeps.values())
        yield from ((f"move {move.move}", name) for name in named)


def unknown_sections(flow: "Flow", sections: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """What the flow speaks of and its form lacks; `sections` maps a section to its fields."""
    for stage in flow.stages:
        if stage.section and stage.section not in sections:
            yield f"stage {stage.key}: the form {flow.form} has no section {stage.section}"
    for where, name in _fields(flow):
        section, _, field = name.partition(".")
        if name not in flow.facts and section in sections and field not in set(sections[section]):
            yield f"{where}: section {section} has no field {field}"
