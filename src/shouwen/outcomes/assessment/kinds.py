"""The shape of a charge clause: a loss, a penalty, a sanction, pay or a fee."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from shouwen.ground.foundation.words import Words
from shouwen.ground.policy import kinds


class ChargeSpec(BaseModel):
    """`value` is the company's table it is computed by, `annex` the annex that table stands for.

    The figures below `readers` belong to regulations that do not run yet; the regulation's page
    reads them and nobody else.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: str = ""
    annex: str = ""
    repeat: str = ""
    """The company value of the months in which a repeated fault counts."""
    form: str = ""
    section: str = ""
    bonus: str = ""
    excludes: str = ""
    by: str = ""
    readers: tuple[str, ...] = ()

    after: str = ""
    item: str = ""
    items: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    names: Mapping[str, Words] = Field(default_factory=dict)
    """What its items and measures are called."""
    late: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    """Violation → the clauses of which to let a time limit pass is one; see `names`."""
    approver: str = ""
    """The company value naming the role without whose approval the measure has no effect."""
    criterion: str = ""
    """The company value saying when the measure may be taken."""
    waivable: bool = True
    company_sets: str = ""
    pay: str = ""
    factors: tuple[str, ...] = ()
    percent: int | None = None
    of: str = ""
    per: str = ""
    from_time: int | None = None
    until_time: int | None = None
    rerate_earlier: bool = False
    counts_as: str = ""
    when: str = ""
    shares_total: int | None = None
    between: str = ""
    fee: str = ""
    amount: int | None = None
    lines: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    collected_by: str = ""


kinds.register("charge", ChargeSpec, owner="outcomes.assessment")
