"""Scenarios as the people who write regulations write them: an example and a counter-example.

`scenarios/*.yaml` holds a scenario or a list of them, `walks.yaml` the ways that many of them
begin with. Every step is one line with one of the keys of `steps`; what is misspelt is refused with
file and line, before anything is played, and so is a story that could not fail.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from shouwen.ground.foundation.refusal import N_
from shouwen.ground.policy.loading import ROOT
from shouwen.ground.policy.reading import Document, Mistakes, Where, read, said

from .steps import KINDS, Refused, Step

Part = Literal["example", "counter"]
COMPANY = "company.yaml"
"""Steps that set up the company in which every scenario plays."""


@dataclass(frozen=True)
class Line:
    """A step and where it is written."""

    step: Step
    file: str
    number: int

    @property
    def place(self) -> str:
        """File and line, as said to whoever wrote it."""
        return f"{self.file}:{self.number}"


@dataclass(frozen=True)
class Scenario:
    """One part of a story: what is played, and for which clauses."""

    clauses: tuple[str, ...]
    part: Part
    lines: tuple[Line, ...]
    file: str
    number: int

    @property
    def regulation(self) -> str:
        """Code of the regulation it belongs to."""
        return self.clauses[0].split("-")[0]

    def __str__(self) -> str:
        return f"{self.file}:{self.number} {' '.join(self.clauses)} {self.part}"


@dataclass(frozen=True)
class Way:
    """A recorded way: what it takes (with defaults), its steps, and which record it is about."""

    gives: str
    takes: dict[str, Any]
    lines: tuple[Line, ...]


class _Story(BaseModel):
    """What stands in a file: a story of one clause or of several."""

    model_config = ConfigDict(extra="forbid")

    clause: str | list[str]
    about: str = ""
    example: list[Any] = Field(min_length=1)
    counter: list[Any] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_clause_at_least(self) -> "_Story":
        if not self.clause:
            raise said(N_("场景须写明所属条款"))
        return self


class _WayText(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    gives: str
    takes: dict[str, Any] = Field(default_factory=dict, alias="with")
    steps: list[Any] = Field(min_length=1)


def read_scenarios(root: Path = ROOT) -> list[Scenario]:
    """Every scenario under `root`, in the order of the folders; raises `Mistakes`."""
    found = [
        scenario
        for path in sorted(root.glob("*/scenarios/*.yaml"))
        for scenario in _scenarios_of(_document(path, root))
    ]
    return sorted(
        found, key=lambda one: (int(one.regulation[1:]), one.clauses, one.part != "example")
    )


def read_ways(root: Path = ROOT) -> dict[str, Way]:
    """Every recorded way, by its name."""
    ways: dict[str, Way] = {}
    for path in sorted(root.glob("*/walks.yaml")):
        document = _document(path, root)
        for name, raw in (document.data or {}).items():
            text = _validated(_WayText, raw, document, (name,))
            lines = tuple(_lines(text.steps, document, (name, "steps")))
            ways[name] = Way(text.gives, text.takes, lines)
    return ways


def read_company(root: Path = ROOT) -> tuple[Line, ...]:
    """The steps that set up the company; none when there is no file."""
    path = root / COMPANY
    if not path.exists():
        return ()
    document = _document(path, root)
    return tuple(_lines(document.data or [], document, ()))


def _document(path: Path, root: Path) -> Document:
    return read(path, path.relative_to(root).as_posix())


def _scenarios_of(document: Document) -> Iterator[Scenario]:
    several = isinstance(document.data, list)
    for index, raw in enumerate(document.data if several else [document.data]):
        where: Where = (index,) if several else ()
        story = _validated(_Story, raw, document, where)
        clauses = (story.clause,) if isinstance(story.clause, str) else tuple(story.clause)
        parts: tuple[tuple[Part, list[Any]], ...] = (
            ("example", story.example),
            ("counter", story.counter),
        )
        for part, steps in parts:
            lines = tuple(_lines(steps, document, (*where, part)))
            _require_proof(document, (*where, part), clauses, lines)
            yield Scenario(clauses, part, lines, document.file, document.line((*where, part)))


def _require_proof(
    document: Document, where: Where, clauses: tuple[str, ...], lines: tuple[Line, ...]
) -> None:
    """A part states something, and is refused by its own clauses only: else it shows another's."""
    part = where[-1]
    if not any(line.step.shows for line in lines):
        message = N_("“%(part)s”什么也没有证明：须有 expect、refused、fact 或 due")
        raise Mistakes([document.mistake(where, message, part=part)])
    for index, line in enumerate(lines):
        if isinstance(line.step, Refused) and line.step.refused.clause not in clauses:
            message = N_("以 %(other)s 拒绝，并不能证明 %(own)s")
            facts = {"other": line.step.refused.clause, "own": "、".join(clauses)}
            raise Mistakes([document.mistake((*where, index), message, **facts)])


def _lines(steps: list[Any], document: Document, where: Where) -> Iterator[Line]:
    for index, raw in enumerate(steps):
        place = (*where, index)
        kind = next((key for key in KINDS if isinstance(raw, dict) and key in raw), None)
        if kind is None:
            message = N_("不认识的步骤；步骤之一：%(kinds)s")
            raise Mistakes([document.mistake(place, message, kinds="、".join(KINDS))])
        yield Line(
            _validated(KINDS[kind], raw, document, place), document.file, document.line(place)
        )


def _validated(shape: type[Any], raw: Any, document: Document, where: Where) -> Any:
    try:
        return shape.model_validate(raw)
    except ValidationError as error:
        raise Mistakes(document.mistakes(error, where)) from error
