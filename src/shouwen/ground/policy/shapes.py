"""What one clause, one regulation and one edition look like once they are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from shouwen.ground.foundation.refusal import N_
from shouwen.ground.foundation.words import Words

from . import kinds
from .reading import said
from .values import ValueSpec

_STRICT = ConfigDict(extra="forbid", frozen=True)
_ID = r"^R\d+-\d\d$"
Mode = Literal["enforced", "recorded", "scheduled", "detected", "attested"]


def _known(kind: str) -> str:
    if kind not in kinds.KINDS:
        every = "、".join(kinds.KINDS)
        raise said(N_("没有“%(kind)s”这一种类；只有：%(kinds)s"), kind=kind, kinds=every)
    return kind


Kind = Annotated[str, AfterValidator(_known)]


class Side(BaseModel):
    """A further rule in the same sentence: what is to be complete and prompt is two kinds."""

    model_config = _STRICT

    kind: Kind
    spec: Any = None
    concerns: str = ""


class Clause(BaseModel):
    """One clause: the text, its kind, its figures (`spec`, shaped by the owner of the kind).

    `evidence` are the facts of the journal that show it was kept. `scope` narrows it to facts with
    these values (`region: overseas`); clauses that `concern` the same question compete, and the
    narrower scope wins. `running` says that this product does what the clause asks. Where one
    sentence rules more than one thing, `also` has its other kinds.
    """

    model_config = _STRICT

    id: str = Field(pattern=_ID)
    text: Words
    kind: Kind
    mode: Mode
    module: str
    feature: Words | None = None
    group: str = ""
    running: bool = False
    evidence: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    scope: Mapping[str, str] = Field(default_factory=dict)
    concerns: str = ""
    values: tuple[ValueSpec, ...] = ()
    spec: Any = None
    also: tuple[Side, ...] = ()
    edition: int = 0
    since: date | None = None

    @model_validator(mode="after")
    def _own_names(self) -> "Clause":
        for value in self.values:
            if value.clause != self.id:
                raise said(N_("公司规定值 %(key)s 不属于本条"), key=value.key)
        return self

    @property
    def regulation(self) -> str:
        """Code of its regulation: `R4`."""
        return self.id.split("-")[0]

    @property
    def sides(self) -> tuple["Clause", ...]:
        """The clause as each of its kinds; most have one."""
        also = ({**dict(side), "also": ()} for side in self.also)
        return (self, *(self.model_copy(update=side) for side in also))

    @property
    def owner(self) -> str:
        """The package that acts on this kind of clause."""
        return kinds.find(self.kind).owner

    @property
    def pending(self) -> bool:
        """Nobody acts on this kind yet: its figures are kept as written."""
        return kinds.find(self.kind).pending


class Group(BaseModel):
    """A part of a regulation, as its pages are divided."""

    model_config = _STRICT

    key: str
    title: Words


class EditionHead(BaseModel):
    """Number and first day of the edition that a folder holds."""

    model_config = _STRICT

    number: int = Field(ge=1)
    since: date


class RegulationHead(BaseModel):
    """What regulation.yaml says about the whole."""

    model_config = _STRICT

    code: str = Field(pattern=r"^R\d+$")
    title: Words
    purpose: Words
    source: Words | None = None
    repeats: str = Field(default="", pattern=r"^(R\d+)?$")
    """Code of the regulation whose words these are: its papers and courses serve both (R6-01)."""
    edition: EditionHead
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True)
class EditionText:
    """One edition, parsed: what queries answer from."""

    head: RegulationHead
    clauses: Mapping[str, Clause]
    forms: Mapping[str, Any] = field(default_factory=dict)
    flows: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def by_kind(self) -> Mapping[str, Sequence[Clause]]:
        """The clauses of each kind in the order of the text, seen as that kind."""
        found: dict[str, list[Clause]] = {}
        for clause in self.clauses.values():
            for side in clause.sides:
                found.setdefault(side.kind, []).append(side)
        return found

    @property
    def number(self) -> int:
        """Number of the edition."""
        return self.head.edition.number

    @property
    def since(self) -> date:
        """The first day on which it holds."""
        return self.head.edition.since


def figures(ruled: Clause | Side) -> BaseModel:
    """The figures in the shape of their kind; pydantic's error says what is wrong with them."""
    return kinds.find(ruled.kind).spec.model_validate(ruled.spec or {})


def shaped(clause: Clause, head: RegulationHead) -> Clause:
    """The clause with the figures of each of its kinds in shape, dated by its edition."""
    also = tuple(side.model_copy(update={"spec": figures(side)}) for side in clause.also)
    dated = {"edition": head.edition.number, "since": head.edition.since}
    return clause.model_copy(update={"spec": figures(clause), "also": also, **dated})
