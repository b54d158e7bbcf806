"""What a `flow.yaml` may say, checked when it is loaded. No expressions, only equality tests."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shouwen.ground.foundation.words import Words

from . import soundness

DECIDER = "decider"
"""The role of whoever the company's authority table 核决权限 asks for."""

Value = str | int | bool
Mode = Literal["ordered", "parallel", "any"]


class Strict(BaseModel):
    """Refuses unknown keys and silent conversions."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)


class Lane(Strict):
    """One row of the drawing: the part of the company that works there."""

    role: str
    title: Words


class Signoff(Strict):
    """A round 会签 that opens with the stage and must agree before it can be left."""

    purpose: str
    mode: Mode
    by: list[str] = Field(min_length=1)
    title: Words | None = None
    clause: str = ""


class Measure(Strict):
    """Where the authority table finds what is being decided: `section.field` each."""

    method: str
    amount: str


class Stage(Strict):
    """A place where the paper waits for somebody."""

    key: str
    title: Words
    lane: str
    by: str = ""
    section: str | None = None
    clause: str = ""
    days: int | None = Field(default=None, ge=0)
    unit_from: str = ""
    """`section.field` naming the unit that has to act, e.g. the production unit chosen before."""
    person_from: str = ""
    """Who has to act: a fact of the subject (`first_contact_owner`) or a `section.field`."""
    not_signer_of: str = ""
    """Whoever signed this section may not act here: nobody reads his own result."""
    optional: bool = False
    on_when: list[str] = []
    """`section.field` ticks, any of which switches an optional stage on, for good."""
    switch_by: list[str] = []
    """Roles that may switch an optional stage on from any earlier stage."""
    measure: list[Measure] = []
    signoff: Signoff | None = None
    end: bool = False


class Move(Strict):
    """One way from a stage to the next."""

    move: str
    title: Words
    source: str = Field(alias="from")
    target: str = Field(alias="to")
    by: str = ""
    """A role other than the stage's, where the regulation says so."""
    needs: list[str] = []
    when: dict[str, Value | list[Value]] = {}
    clause: str = ""
    reason: bool = False
    withdrawable: bool = True
    """False where the move has done what cannot be undone, such as giving a number."""
    records: str = ""
    """The fact of the subject that the move brings about: `case.ruled`; clauses wait for it."""
    tells: dict[str, str] = {}
    """What that fact says: a name, and the `section.field` it is read from."""
    keeps: dict[str, str] = {}
    """Columns of the subject that repeat a `section.field`, for its lists."""

    def fits(self, facts: Mapping[str, Any]) -> bool:
        """Whether the facts are those this move is for."""
        return all(
            facts.get(name) in (value if isinstance(value, list) else [value])
            for name, value in self.when.items()
        )


class SendBack(Strict):
    """Where a stage may send the paper back 驳回 to."""

    source: str = Field(alias="from")
    back_to: list[str] = Field(min_length=1)
    clause: str = ""


class Flow(Strict):
    """One declared course. Stages stand in the order in which the paper is meant to travel."""

    flow: str
    title: Words
    subject: str = ""
    kind: str = ""
    """Which kind of subject takes this course: a complaint, a repair request."""
    form: str = ""
    clause: str = ""
    limits: str = ""
    """Key of the company value that holds the time limit of each stage."""
    facts: list[str] = []
    """Names of what the subject itself tells (`region`), beside the sections of its form."""
    lanes: list[Lane]
    start: str
    stages: list[Stage]
    moves: list[Move]
    send_back: list[SendBack] = []

    @model_validator(mode="after")
    def _sound(self) -> "Flow":
        faults = [*soundness.faults(self)]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def stage(self, key: str) -> Stage:
        """The stage of that key; KeyError when there is none."""
        return _find(self.stages, "key", key)

    def move(self, key: str) -> Move:
        """The move of that key; KeyError when there is none."""
        return _find(self.moves, "move", key)

    def moves_from(self, stage: str) -> list[Move]:
        """Every move that leaves a stage, as declared."""
        return [move for move in self.moves if move.source == stage]

    def back_from(self, stage: str) -> SendBack | None:
        """Where a stage may send back to."""
        return next((back for back in self.send_back if back.source == stage), None)

    def order(self, stage: str) -> int:
        """Place of a stage in the declared order."""
        return self.stages.index(self.stage(stage))

    def lane(self, role: str) -> Lane:
        """The lane of that role."""
        return _find(self.lanes, "role", role)

    def by(self, move: Move) -> str:
        """The role that may make a move."""
        return move.by or self.stage(move.source).by


Part = TypeVar("Part", Lane, Stage, Move)


def parse(raw: Any) -> Flow:
    """A flow from the plain data of its YAML; raises pydantic's error with every fault."""
    return Flow.model_validate(raw)


def check_sections(flow: Flow, sections: Mapping[str, Iterable[str]]) -> list[str]:
    """Faults against the form: sections and fields the flow speaks of and the form lacks."""
    return [*soundness.unknown_sections(flow, sections)]


def _find(items: list[Part], name: str, key: str) -> Part:
    for item in items:
        if getattr(item, name) == key:
            return item
    raise KeyError(key)
