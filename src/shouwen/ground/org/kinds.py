"""The kind of clause this primitive owns: who may decide. And what its table must be like."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, field_validator, model_validator

from shouwen.ground.foundation.refusal import Reason
from shouwen.ground.policy import kinds
from shouwen.ground.policy.shapes import Clause

from . import authority, roles, values

SUPERIOR = "superior"
"""Whoever stands above the person concerned; no role of a post."""


class AuthoritySpec(BaseModel):
    """Who decides what: one role, the superior, or the level that a company table asks for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    decides: str
    by: str = ""
    table: str = ""
    """Key of the company value that holds the bands."""
    levels: dict[str, str] = {}
    """Levels of the table, lowest first, and the role that stands for each."""
    within: str = ""
    """The earlier decision that bounds this one."""
    form: str = ""
    outcomes: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    """Functions about whose people is decided."""

    @field_validator("by")
    @classmethod
    def _role(cls, by: str) -> str:
        if by and by != SUPERIOR:
            roles.parse(by)
        return by

    @field_validator("levels")
    @classmethod
    def _roles(cls, levels: dict[str, str]) -> dict[str, str]:
        for role in levels.values():
            roles.parse(role)
        return levels

    @model_validator(mode="after")
    def _somebody_decides(self) -> Self:
        if not (self.by or self.table):
            raise ValueError("say who decides: `by` a role, or by a `table` of bands")
        return self


kinds.register("authority", AuthoritySpec, owner="ground.org")


@values.checks("authority")
def why_not_authority(clause: Clause, key: str, value: Any) -> list[Reason]:
    """A table of bands must not contradict itself."""
    is_table = isinstance(clause.spec, AuthoritySpec) and clause.spec.table == key
    return authority.why_not_bands(value) if is_table else []
