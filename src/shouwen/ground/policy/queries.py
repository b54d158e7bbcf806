"""What the regulations said on a day. Answers come from memory; other processes are noticed.

Published editions never change, so each is parsed once for as long as the process lives; which
editions there are is asked of the database at most once in `CHECK_EVERY` seconds.
"""

import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shouwen.ground.foundation import clock

from . import kinds, parsers
from .models import Edition
from .shapes import Clause, EditionText, RegulationHead, shaped
from .values import ValueSpec

CHECK_EVERY = 3.0
Stamp = tuple[object, ...]


class NotInForce(LookupError):  # noqa: N818 - a day without a rule
    """Nothing of that name on that day: an error of the program or of the data, never silent."""


@dataclass
class _Memory:
    """What this process knows; `checked` is the machine's own seconds, no moment of the company."""

    checked: float = float("-inf")
    stamp: Stamp | None = None
    editions: Mapping[str, tuple[EditionText, ...]] = field(default_factory=dict)
    parsed: dict[tuple[object, ...], EditionText] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)


_memory = _Memory()


def forget() -> None:
    """Look at the database again at the next question."""
    _memory.checked, _memory.stamp = float("-inf"), None


def clause(
    clause_id: str, on: date | None = None, *, edition: int | None = None, kind: str = ""
) -> Clause:
    """One clause as it was on a day (today), or as a given edition has it.

    With a `kind`, as the clause of that kind which it is too (R2-04).
    """
    code = clause_id.split("-")[0]
    found = _text(code, on, edition).clauses.get(clause_id)
    for side in found.sides if found else ():
        if not kind or side.kind == kind:
            return side
    raise NotInForce(f"no {kind} {clause_id} in the edition of {on or clock.today()}")


def clauses(
    regulation: str | None = None, on: date | None = None, *, edition: int | None = None
) -> list[Clause]:
    """Every clause in force on a day, of one regulation or of all, in the order of the text."""
    if regulation:
        return list(_text(regulation, on, edition).clauses.values())
    return [one for text in _texts(on or clock.today()) for one in text.clauses.values()]


def repeated(clause_id: str, on: date | None = None) -> Clause | None:
    """The clause that one of a repeating regulation says again: its feature serves both (R6-01)."""
    head = regulation(clause_id.split("-")[0], on)
    same = [one for one in clause(clause_id, on).same_as if one.split("-")[0] == head.repeats]
    return clause(same[0], on) if same else None


def counted_as(clause: Clause) -> frozenset[str]:
    """Under which numbers its dues may stand: its own, and those of what it is the same as.

    Of clauses on one question only the first acts in a division (see `in_force`): where R2-04
    counts the minutes, R5-18 is kept by the same due.
    """
    questions = {side.concerns for side in clause.sides if side.concerns}
    kin = {number for number in clause.same_as if questions & _questions(number)}
    return frozenset({clause.id, *kin})


def _questions(clause_id: str) -> set[str]:
    text = _pick(_editions().get(clause_id.split("-")[0], ()), clock.today(), None)
    found = text.clauses.get(clause_id) if text else None
    return {side.concerns for side in found.sides} if found else set()


def regulation(code: str, on: date | None = None, *, edition: int | None = None) -> RegulationHead:
    """Title, purpose, groups and edition of a regulation."""
    return _text(code, on, edition).head


def regulations(on: date | None = None) -> list[RegulationHead]:
    """The regulations in force on a day, by code."""
    return [text.head for text in _texts(on or clock.today())]


def in_force(
    kind: str,
    on: date,
    *,
    adopted: Mapping[str, int] | None = None,
    facts: Mapping[str, Any] | None = None,
    **match: Any,
) -> list[Clause]:
    """Clauses of a kind whose figures match: `in_force("deadline", day, starts="case.accepted")`.

    A list among the figures matches when it holds the value. `adopted` (regulation -> edition)
    leaves only what a division works by; `facts` are held against the scopes, and of clauses that
    concern the same question only the narrowest stays: of two texts that say the same, the first.
    """
    found = [
        one
        for text in _adopted(on, adopted)
        for one in text.by_kind.get(kind, ())
        if _matches(one.spec, match) and _covers(one, facts)
    ]
    return _narrowest(found)


def value_spec(key: str, on: date | None = None) -> ValueSpec:
    """The company value of that key: its label, type and choices."""
    for spec in clause(key.split(".")[0], on).values:
        if spec.key == key:
            return spec
    raise NotInForce(f"no company value {key} on {on or clock.today()}")


def value_specs(regulation: str | None = None, on: date | None = None) -> list[ValueSpec]:
    """Every value the text leaves to the company, in the order of the text."""
    return [spec for one in clauses(regulation, on) for spec in one.values]


def form(key: str, on: date | None = None, *, edition: int | None = None) -> Any:
    """The definition of a form, as the engine of documents parsed it."""
    return _definition("forms", key, on, edition)


def forms(on: date | None = None) -> dict[str, Any]:
    """Every form in force on a day."""
    return {key: found for text in _texts(on or clock.today()) for key, found in text.forms.items()}


def flow(key: str, on: date | None = None, *, edition: int | None = None) -> Any:
    """The definition of a flow, as the engine of flows parsed it."""
    return _definition("flows", key, on, edition)


def flows(on: date | None = None) -> dict[str, Any]:
    """Every flow in force on a day."""
    return {key: found for text in _texts(on or clock.today()) for key, found in text.flows.items()}


def edition_of(form_or_flow: str, on: date | None = None) -> tuple[str, int]:
    """Which regulation and edition defines a form or a flow on a day: `("R4", 1)`."""
    for text in _texts(on or clock.today()):
        if form_or_flow in text.forms or form_or_flow in text.flows:
            return text.head.code, text.number
    raise NotInForce(f"no form or flow {form_or_flow} on {on or clock.today()}")


def _definition(kind: str, key: str, on: date | None, edition: int | None) -> Any:
    for texts in _editions().values():
        text = _pick(texts, on or clock.today(), edition)
        if text and key in getattr(text, kind):
            return getattr(text, kind)[key]
    raise NotInForce(f"nothing called {key} among the {kind} of {on or clock.today()}")


def _matches(spec: Any, match: Mapping[str, Any]) -> bool:
    for name, wanted in match.items():
        figure = getattr(spec, name, None)
        if figure == wanted or (isinstance(figure, list | tuple | set) and wanted in figure):
            continue
        return False
    return True


def _covers(one: Clause, facts: Mapping[str, Any] | None) -> bool:
    return facts is None or all(facts.get(name) == value for name, value in one.scope.items())


def _narrowest(found: list[Clause]) -> list[Clause]:
    widest: dict[str, int] = {}
    for one in found:
        widest[one.concerns] = max(widest.get(one.concerns, 0), len(one.scope))
    narrow = [one for one in found if not one.concerns or len(one.scope) == widest[one.concerns]]
    first = {one.concerns: one.id for one in reversed(narrow)}
    return [one for one in narrow if not one.concerns or first[one.concerns] == one.id]


def _adopted(on: date, adopted: Mapping[str, int] | None) -> Iterator[EditionText]:
    if adopted is None:
        yield from _texts(on)
        return
    for code, number in adopted.items():
        yield _text(code, on, number)


def _texts(on: date) -> Iterator[EditionText]:
    for texts in _editions().values():
        if text := _pick(texts, on, None):
            yield text


def _text(code: str, on: date | None, edition: int | None) -> EditionText:
    day = on or clock.today()
    text = _pick(_editions().get(code, ()), day, edition)
    if text is None:
        which = f"edition {edition}" if edition else f"in force on {day}"
        raise NotInForce(f"no {code} {which}")
    return text


def _pick(texts: tuple[EditionText, ...], on: date, edition: int | None) -> EditionText | None:
    """By number when one is given, else the newest that had begun by the day."""
    fitting = [text for text in texts if (text.number == edition if edition else text.since <= on)]
    return fitting[-1] if fitting else None


def _editions() -> Mapping[str, tuple[EditionText, ...]]:
    if time.monotonic() - _memory.checked > CHECK_EVERY:
        with _memory.lock:
            _refresh()
    return _memory.editions


def _refresh() -> None:
    published = Edition.objects.filter(published_at__isnull=False).order_by("since")
    rows = tuple(published.values_list("id", "version"))
    stamp = (rows, kinds.signature(), parsers.signature())
    if stamp != _memory.stamp:
        known: dict[str, list[EditionText]] = {}
        for edition in published:
            text = _parsed(edition)
            known.setdefault(text.head.code, []).append(text)
        in_order = sorted(known, key=lambda code: int(code.removeprefix("R")))
        _memory.editions = {code: tuple(known[code]) for code in in_order}
        _memory.stamp = stamp
    _memory.checked = time.monotonic()


def _parsed(edition: Edition) -> EditionText:
    """Parse an edition once; an engine that registers later makes it be parsed again."""
    key = (edition.version, kinds.signature(), parsers.signature())
    if key not in _memory.parsed:
        content = edition.content
        head = RegulationHead.model_validate(content["regulation"])
        parsed = [shaped(Clause.model_validate(raw), head) for raw in content["clauses"]]
        _memory.parsed[key] = EditionText(
            head,
            {one.id: one for one in parsed},
            parsers.parse("forms", content["forms"]) if content["forms"] else {},
            parsers.parse("flow", content["flow"]) if content["flow"] else {},
        )
    return _memory.parsed[key]
