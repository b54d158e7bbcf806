"""Windows of time: values in, moments and a verdict out. No database, no clock."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Limit:
    """At most so many times in one window."""

    scope: str
    most: int
    per: timedelta


@dataclass(frozen=True)
class Spent:
    """What was used of a limit, and when a new window begins."""

    limit: Limit
    count: int
    until: datetime

    @property
    def is_over(self) -> bool:
        """Whether it was tried more often than it may be."""
        return self.count > self.limit.most

    @property
    def is_used_up(self) -> bool:
        """Whether the next try would be one too many."""
        return self.count >= self.limit.most

    def wait(self, at: datetime) -> int:
        """Seconds until the next window, at least one."""
        return max(1, int((self.until - at).total_seconds()))


def window(limit: Limit, at: datetime) -> datetime:
    """When the window of a moment began; windows lie end to end, the same for everybody."""
    return at - (at - EPOCH) % limit.per
