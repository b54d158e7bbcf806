"""The shape of a notice clause: after which fact somebody is told."""

from pydantic import BaseModel, ConfigDict

from shouwen.ground.policy import kinds


class NoticeSpec(BaseModel):
    """`after` this fact `tells` these roles; `then`, when it still stands after `value`, those.

    `unit.<rank>` is that rank in the unit concerned, or above it. The other figures are what a
    clause says beyond that; they are read by the regulation's page and by nobody else yet.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    after: str
    tells: tuple[str, ...]
    then: tuple[str, ...] = ()
    value: str = ""
    before: str = ""
    by: str = ""
    fields: tuple[str, ...] = ()
    at_once: bool = False
    acknowledged: bool = False
    read: bool = False
    recommend: bool = False
    company_sets: str = ""


kinds.register("notice", NoticeSpec, owner="engines.notices")
