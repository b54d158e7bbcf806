"""What becomes of a call by one more event: values in, values out. No database, no clock."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shouwen.ground.foundation.refusal import N_, Reason

EVENTS = ("ringing", "answered", "ended")
"""In the order in which they happen; they are heard in any."""
AHEAD = timedelta(minutes=5)
"""How far the clock of a telephone system may be before ours."""
OFFERED = timedelta(minutes=30)
"""How long a call that ended is still offered for registration."""
LOST = timedelta(hours=2)
"""A call whose end was never told is over by then."""


@dataclass(frozen=True)
class Progress:
    """How far a call came, and on whose telephone."""

    rang_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    extension: str = ""

    @property
    def state(self) -> str:
        """The furthest it came, whatever was heard last."""
        if self.ended_at:
            return "ended"
        return "answered" if self.answered_at else "ringing"


def heard(known: Progress, event: str, at: datetime, extension: str) -> Progress:
    """One more event: of one told twice the earlier moment counts, a late one takes nothing back.

    The telephone that answers is the one that counts; before, the one that rang last.
    """
    name = {"ringing": "rang_at", "answered": "answered_at", "ended": "ended_at"}[event]
    before: datetime | None = getattr(known, name)
    told = replace(known, **{name: min(before, at) if before else at})  # type: ignore[arg-type]
    if not extension:
        return told
    if event == "answered":
        return replace(told, extension=extension)
    rings_later = event == "ringing" and not known.answered_at and not known.ended_at
    return replace(told, extension=extension) if rings_later or not known.extension else told


def why_not_heard(event: str, at: datetime, now: datetime) -> list[Reason]:
    """An event is one of three, at a moment that has been."""
    reasons = []
    if event not in EVENTS:
        reasons.append(
            Reason(N_("没有“%(event)s”这种来电事件"), field="event", facts={"event": event})
        )
    if at > now + AHEAD:
        reasons.append(Reason(N_("来电时间晚于现在，请校准电话系统的时钟"), field="at"))
    return reasons
