"""What a scenario may say, step by step: each is one line with one of these keys."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Step(BaseModel):
    """One step; `at` alone moves the clock, `at` with another key moves it first."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    at: str = ""

    @property
    def shows(self) -> bool:
        """Whether the step can fail a scenario: it states something."""
        return False


class Do(Step):
    """`{do: accept_case, by: clerk, with: {case: $case}, as: case}`."""

    do: str
    by: str = ""
    arguments: dict[str, Any] = Field(default_factory=dict, alias="with")
    name: str = Field(default="", alias="as")


class Refusal(Do):
    """The same act, which a clause must refuse; `says` is a part of what is said to the person."""

    clause: str
    says: str = ""
    field: str = ""


class Refused(Step):
    """`{refused: {clause: R4-24, do: …}}`."""

    refused: Refusal

    @property
    def shows(self) -> bool:
        """It does."""
        return True


class Walk(BaseModel):
    """`upto` a marked stage of a recorded way; `of` names the way where there are several."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    of: str = ""
    upto: str = ""
    arguments: dict[str, Any] = Field(default_factory=dict, alias="with")


class Walked(Step):
    """`{walk: {upto: ruling, with: {region: overseas}}, as: case}`."""

    walk: Walk
    name: str = Field(default="", alias="as")


class Stage(Step):
    """A mark in a recorded way: here the matter stands at this stage."""

    stage: str


class Let(Step):
    """`{let: {intake: {…}}}`: a name for data that several steps share."""

    let: dict[str, Any] = Field(min_length=1)


class Expect(Step):
    """`{expect: {case.number: "250507"}}`: what records say now."""

    expect: dict[str, Any] = Field(min_length=1)

    @property
    def shows(self) -> bool:
        """It does."""
        return True


class Fact(Step):
    """`{fact: case.accepted, about: case, data: {…}, times: 1}`; without `times`: at least once."""

    fact: str
    about: str = ""
    data: dict[str, Any] = Field(default_factory=dict)
    times: int | None = None

    @property
    def shows(self) -> bool:
        """It does."""
        return True


class DueState(BaseModel):
    """A due of a clause: by when (a bare day means its end), and what became of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    clause: str
    about: str = ""
    at: str = ""
    missed: bool | None = None
    settled: bool | None = None
    none: bool = False


class Due(Step):
    """`{due: {clause: R4-59, about: case, at: 2025-03-16, missed: false}}`."""

    due: DueState

    @property
    def shows(self) -> bool:
        """It does."""
        return True


KINDS: dict[str, type[Step]] = {
    "do": Do,
    "refused": Refused,
    "walk": Walked,
    "stage": Stage,
    "let": Let,
    "expect": Expect,
    "fact": Fact,
    "due": Due,
    "at": Step,
}
"""The keys of the steps, and what each becomes."""
