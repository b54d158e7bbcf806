"""What `doctor` says: one finding a line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

GOOD, WEAK, BAD = "good", "weak", "bad"


@dataclass(frozen=True)
class Finding:
    """One line: how bad, what (a message id with its facts), what to do."""

    level: str
    what: str
    facts: dict[str, Any] = field(default_factory=dict)
    instead: str = ""


Checkup = Callable[[datetime], Iterator[Finding]]
