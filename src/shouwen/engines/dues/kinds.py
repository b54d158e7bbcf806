"""The shapes of the clause kinds `deadline`, `duty` and `quota`."""

from typing import Any, Literal, Self

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
    stops_if: dict[str, dict[str, str]] = Field(default_factory=dict)
    """Facts among `stops` that settle it only where their data say so."""
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
    per: Literal["matter", "subject"] = "matter"
    """Whether the whole matter has one such due, or each record of it its own."""

    @model_validator(mode="after")
    def _speaks_of_what_stops(self) -> Self:
        if unknown := set(self.stops_if) - set(self.stops):
            raise ValueError(f"stops_if names what does not stop it: {', '.join(sorted(unknown))}")
        return self

    @property
    def ends(self) -> dict[str, Any]:
        """What settles it, as a due keeps it."""
        return {"facts": list(self.stops), "match": self.match, "if": self.stops_if}


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
    (`form`) is opened by whoever opens the paper. One that comes round at the company's interval
    for `each` record of a kind has its days in the table `value`, by class; whom the facts name by
    the word `named` owes it, else the role `owner` (see `rhythms`).
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
    named: str = ""

    @property
    def owners(self) -> tuple[str, ...]:
        """Every role that owes it, each for itself."""
        return (self.owner,) if isinstance(self.owner, str) else self.owner


class QuotaSpec(BaseModel):
    """How much of something must come about, at least, in a period or of a whole.

    `of` is the fact that is counted, `base` the fact whose number is the whole; `by` says for whom
    it is counted apart. Whoever counts asks for it by these words: `ruling.clauses("quota", …)`.
    """

    model_config = _STRICT

    of: str
    base: str = ""
    at_least: int | None = None
    """The figure of the text; None where the company sets it."""
    unit: Literal["times", "percent", "mark", "characters_per_minute"] = "times"
    per: Literal["", "day", "month", "quarter", "campaign", "company_interval"] = ""
    by: Literal["", "person", "customer", "project"] = ""
    method: str = ""
    from_months: int | None = None
    until_months: int | None = None
    """Only of what is so old."""
    sample: Literal["", "random"] = ""
    rounding: Literal["", "up"] = ""
    owner: str = ""
    company_sets: str = ""

    @model_validator(mode="after")
    def _has_a_figure(self) -> "QuotaSpec":
        if self.at_least is None and not self.company_sets:
            raise ValueError("a quota has a figure, or says what the company sets")
        return self


kinds.register("deadline", DeadlineSpec, owner="engines.dues")
kinds.register("duty", DutySpec, owner="engines.dues")
kinds.register("quota", QuotaSpec, owner="engines.dues")


@values.checks("deadline")
def why_not_steps(clause: Clause, key: str, value: Any) -> list[Reason]:
    """Steps set by the company stay inside the time of the clauses they are `within`."""
    spec = clause.spec
    if not isinstance(spec, DeadlineSpec) or not spec.within or spec.value != key:
        return []
    whole = [policy.clause(number, kind="deadline") for number in spec.within]
    return why_not_within(value, limits_of(whole), clause.id)
