"""The thirteen kinds of clauses: each has one owner, which says what shape its figures have.

An engine registers its kinds in its own `kinds.py`. Until it does, the kind's figures are kept as
written and nobody acts on them: such a kind is *pending*, and the coverage report says so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from shouwen.ground.foundation.words import Words

KINDS = {
    "deadline": "engines.dues",
    "duty": "engines.dues",
    "quota": "engines.dues",
    "limit": "engines.tallies",
    "flow": "engines.flows",
    "authority": "ground.org",
    "document": "engines.documents",
    "checklist": "engines.documents",
    "notice": "engines.notices",
    "shift": "work.rosters",
    "tolerance": "outcomes.settlement",
    "charge": "outcomes.assessment",
    "norm": "ground.policy",
}
"""Kind -> the package that owns it, or will."""


class PendingSpec(BaseModel):
    """Any figures, as written: the owner of the kind has not said yet what they must be."""

    model_config = ConfigDict(extra="allow", frozen=True)


Contact = Literal["call", "visit", "letter", "case", "workplace"]


class NormSpec(BaseModel):
    """What only people can do is no rule of a machine: this is what stands for it.

    `items` are inspected and marked `during` a contact of these kinds, `codes` are violations that
    may be found; a bare `item` is the only one of its sort and is called by the clause's text.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    stands_for: Literal["acknowledgement", "inspection", "violation", "record", "setting", "gap"]
    item: str = Field(pattern=re.compile(r"^[a-z][a-z0-9_]*$"))
    """Code of the inspection item, violation, record or setting."""
    items: Mapping[str, Words] = Field(default_factory=dict)
    codes: Mapping[str, Words] = Field(default_factory=dict)
    during: tuple[Contact, ...] = ()
    rated: tuple[str, ...] = ()
    """A contact that the customer rated so is put before the manager to check."""
    corrected: tuple[str, ...] = ()
    """Violations after which the customer is told what is right."""
    phrases: tuple[str, ...] = ()
    """Words that the text itself names as a violation."""

    @property
    def inspected(self) -> tuple[str, ...]:
        """Codes of the items a reviewer marks."""
        only = (self.item,) if self.stands_for == "inspection" and not self.items else ()
        return (*self.items, *only)

    @property
    def violations(self) -> tuple[str, ...]:
        """Codes of the violations that may be found."""
        only = (self.item,) if self.stands_for == "violation" and not self.codes else ()
        return (*self.codes, *only)


@dataclass(frozen=True)
class Kind:
    """One kind of clause, its owner, the shape of its `spec`."""

    name: str
    spec: type[BaseModel]
    owner: str
    pending: bool


_kinds = {name: Kind(name, PendingSpec, owner, True) for name, owner in KINDS.items()}


def register(kind: str, spec_model: type[BaseModel], owner: str) -> None:
    """Take over a kind: from now on its clauses are checked by `spec_model` when they are read."""
    if kind not in KINDS:
        raise ValueError(f"no kind {kind!r}; there are {', '.join(KINDS)}")
    taken = _kinds[kind]
    if not taken.pending and (taken.owner, taken.spec) != (owner, spec_model):
        raise ValueError(f"kind {kind!r} is owned by {taken.owner} already")
    _kinds[kind] = Kind(kind, spec_model, owner, False)


def find(name: str) -> Kind:
    """The kind of that name; KeyError for what is none."""
    return _kinds[name]


def signature() -> tuple[tuple[str, str], ...]:
    """Changes whenever an owner registers, so that nothing parsed by an older shape is kept."""
    return tuple((kind.name, kind.spec.__qualname__) for kind in _kinds.values())


register("norm", NormSpec, owner="ground.policy")
