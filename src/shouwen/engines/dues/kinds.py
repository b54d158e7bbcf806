"""The shapes of the clause kinds `deadline` and `duty`."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shouwen.ground.foundation.refusal import Reason
from shouwen.ground.foundation.words import Words
from shouwen.ground.org import values
from shouwen.ground.policy import kinds
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.shapes import Clause

from .tied.periods import Every
from .within import limits_of, why_not_within

_STRICT = ConfigDict(extra="forbid", frozen=True)
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class _Owned(BaseModel):
    """What both kinds say. `title` stands on the desk; the text of the clause when left out."""

    model_config = _STRICT

    stops: tuple[str, ...] = ()
    match: dict[str, str] = Field(default_factory=dict)
    """Only facts whose data say so start or settle it."""
    value: str = ""
    """Company value that gives the time: of type `hours` or `minutes` working time, of type `days`
    days. A table has a column of one of these names; `pick` says which fact finds its row."""
    pick: str = ""
    """Column of the table that names the fact: `category`. A row saying `any` is for the others."""
    title: Words | None = None
    link: str = ""
    """Where the work is done; `{matter_id}`, `{subject_id}`, a duty's `{period}` are filled in."""
    warn_days: tuple[int, ...] = ()
    warn_hours: tuple[float, ...] = ()
    company_sets: str = ""
    """What the company would have to set before this product can keep the clause."""


class DeadlineSpec(_Owned):
    """From one fact to another within days or hours.

    `owner` is a role, or the name of a fact that holds a person: `handler`. `pausable` must be
    said; R4's fifteen and twenty days never pause.
    """

    starts: str | tuple[str, ...]
    owner: str
    days: int | dict[str, int] | None = None
    """A number, or one for each region."""
    unit: Literal["calendar", "working"] = "calendar"
    pausable: bool = False
    per: Literal["matter", "subject"] = "matter"
    last_day: str = ""
    """What the fact calls the last day, where each fact brings its own: an invoice's due day."""
    at_once: bool = False
    within: tuple[str, ...] = ()
    """Clauses whose time the steps in the table `value` may not exceed together."""
    parts: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _ends(self) -> "DeadlineSpec":
        if not self.stops:
            raise ValueError("a deadline must say which fact stops it")
        return self


class DutySpec(_Owned):
    """What must happen every period, or after each fact of a kind.

    `due_day` counts from the first day of the period, `opens_day` too; neither means the whole
    period. A duty with `after` is a deadline without a figure of its own; one that is a paper
    (`form`) is opened by whoever opens the paper.
    """

    every: Every | Literal["company_interval", "holiday"] | None = None
    after: str | tuple[str, ...] = ""
    owner: str | tuple[str, ...] = ""
    opens_day: int = Field(default=1, ge=1)
    due_day: int | None = Field(default=None, ge=1)
    due: Literal["last_day"] = "last_day"
    inclusive: bool = True
    month: int | None = Field(default=None, ge=1, le=12)
    weekday: Weekday | Literal[""] = ""
    covers: Literal["", "previous_month", "next_quarter"] = ""
    form: str = ""
    to: str = ""
    each: bool | str = False
    while_open: str = ""
    half_day: str = ""
    random: bool = False

    @property
    def owners(self) -> tuple[str, ...]:
        """Every role that owes it, each for itself."""
        return (self.owner,) if isinstance(self.owner, str) else self.owner


kinds.register("deadline", DeadlineSpec, owner="engines.dues")
kinds.register("duty", DutySpec, owner="engines.dues")


@values.checks("deadline")
def why_not_steps(clause: Clause, key: str, value: Any) -> list[Reason]:
    """Steps set by the company stay inside the time of the clauses they are `within`."""
    spec = clause.spec
    if not isinstance(spec, DeadlineSpec) or not spec.within or spec.value != key:
        return []
    whole = [policy.clause(number) for number in spec.within]
    return why_not_within(value, limits_of(whole), clause.id)
