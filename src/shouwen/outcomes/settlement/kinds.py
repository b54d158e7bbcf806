"""The shape of a tolerance clause: what the voucher follows when goods come back."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from shouwen.ground.policy import kinds


class ToleranceSpec(BaseModel):
    """`branch` is what the matching found, `voucher` what follows from it.

    `source` names, in order, where the ratio is taken from; `value` is the company's own.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    branch: Literal["equal", "below", "within", "beyond", ""] = ""
    voucher: Literal["actual", "blocked", ""] = ""
    copy_no: int | None = Field(default=None, alias="copy")
    source: tuple[str, ...] = ()
    form: str = ""
    value: str = ""


kinds.register("tolerance", ToleranceSpec, owner="outcomes.settlement")
