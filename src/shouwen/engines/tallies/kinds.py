"""The shape of a limit clause: how often, or how long, something may happen at most."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from shouwen.ground.foundation.words import Words
from shouwen.ground.policy import kinds


class LimitSpec(BaseModel):
    """`of` is the fact that is counted; the figure is `at_most` or the company value `value`.

    The figures below `items` belong to regulations that do not run yet; the regulation's page
    reads them and nobody else.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    of: str
    at_most: int | None = Field(default=None, ge=0)
    value: str = ""
    per: Literal[
        "matter", "case", "call", "contact", "handover", "time_out", "check", "shift", "day",
        "month", "company_interval",
    ]  # fmt: skip
    by: Literal["", "person", "customer", "technician"] = ""
    match: Mapping[str, Any] = Field(default_factory=dict)
    """Only facts whose data say so are counted."""
    idle: str = ""
    """Company value of the working hours in which something must happen to the matter."""
    item: str = ""
    names: Mapping[str, Words] = Field(default_factory=dict)
    """What the item is called where exceeding it is a violation that is put to its person."""

    items: tuple[str, ...] = ()
    unit: Literal["times", "minutes", "seconds"] = "times"
    unless: str = ""
    counts: tuple[str, ...] = ()
    warn_at: int | None = None
    lines: str = ""
    company_sets: str = ""

    @property
    def counts_matters(self) -> bool:
        """Whether it allows so many facts to one matter, which the journal can count."""
        return self.unit == "times" and self.per in ("matter", "case")


kinds.register("limit", LimitSpec, owner="engines.tallies")
