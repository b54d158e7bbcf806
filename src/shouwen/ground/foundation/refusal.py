"""What is said to a person when something may not be done. Never an error of the program."""

import dataclasses
from collections.abc import Iterable
from typing import Any


def N_(text: str) -> str:
    """Mark a Chinese message id for the catalogue; it is translated at the door."""
    return text


@dataclasses.dataclass(frozen=True)
class Reason:
    """One reason: a Chinese message id with named gaps, the clause it serves, where it hurts.

    `field` names the input it concerns (`section.field`, or `section.lines.2.field`),
    `instead` says what can be done, `facts` fill the gaps.
    """

    message: str
    clause: str = ""
    field: str = ""
    instead: str = ""
    facts: dict[str, Any] = dataclasses.field(default_factory=dict)

    def __str__(self) -> str:
        text = self.message % self.facts if self.facts else self.message
        return f"{self.clause} {text}".strip()


class Refused(Exception):  # noqa: N818 - it is no error: the regulation says no
    """The only domain exception: one or more reasons, each with its clause."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__("; ".join(map(str, reasons)))
        self.reasons = reasons

    @property
    def clauses(self) -> set[str]:
        """The clauses that say no."""
        return {reason.clause for reason in self.reasons if reason.clause}


def refuse(
    message: str, clause: str = "", *, field: str = "", instead: str = "", **facts: Any
) -> Refused:
    """Build a refusal of one reason: `raise refuse(N_("…"), "R4-24", field="…", shipped=100)`."""
    return Refused(Reason(message, clause, field, instead, facts))


def refuse_any(reasons: Iterable[Reason]) -> None:
    """Raise when there is at least one reason, with all of them."""
    found = tuple(reasons)
    if found:
        raise Refused(*found)
