"""Put the moments of a due on its row, from its term, its pauses and the division's calendar."""

from datetime import datetime
from typing import Any

from shouwen.engines.dues import rules
from shouwen.engines.dues.models import Due
from shouwen.engines.dues.rules import Span, Term, Warn
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.org import values
from shouwen.ground.org.calendars import calendar
from shouwen.ground.policy import queries as policy

TIMED = ("days", "minutes", "due_at", "warn_at", "warned", "next_wake_at", "awaits")
"""What `set_moments` and `give_term` may change."""


def term_of(due: Due) -> Term:
    """How long the due has."""
    return Term(due.start_at, due.days, due.minutes, due.count)  # type: ignore[arg-type]


def spans_of(due: Due) -> list[Span]:
    """Its pauses, oldest first."""
    return [Span(pause.since, pause.until) for pause in due.pauses.order_by("since")]


def set_moments(due: Due, pauses: list[Span], now: datetime) -> None:
    """Work out when it is due and when to warn; warnings whose moment is past stay said."""
    if due.days is not None or due.minutes is not None:
        due.due_at = rules.due_moment(calendar(due.division_id), term_of(due), pauses)
    if due.due_at is None:
        due.warn_at, due.next_wake_at = [], None
        return
    warn = Warn(due.warn_days, due.warn_hours)
    moments = rules.warn_moments(calendar(due.division_id), due.due_at, due.opened_at, warn)
    due.warn_at = [moment.isoformat() for moment in moments]
    due.warned = sum(moment <= now for moment in moments)
    due.next_wake_at = rules.next_wake(due.due_at, moments, due.warned)


def warn_moments(due: Due) -> list[datetime]:
    """When it warns, in order."""
    return [datetime.fromisoformat(text) for text in due.warn_at]


def value_figures(key: str, division: int, at: datetime, picked: Any = None) -> dict[str, Any]:
    """The time a company value gives; while it is not set, the due waits for it and says so.

    Of a table the row counts whose first cell is `picked`, else the one for `any`.
    """
    found = values.find(key, division, at)
    spec = policy.value_spec(key, clock.day_of(at))
    if found is not None and spec.type == "table":
        return rules.row_figures(found, [column.key for column in spec.columns], str(picked)) or {
            "awaits": key
        }
    return {"awaits": key} if found is None else rules.figures(spec.type, found)


@one_act
def date_waiting(now: datetime) -> int:
    """Give their moment to the dues whose company value was set meanwhile; returns how many."""
    dated = 0
    for due in Due.objects.open().exclude(awaits="").select_for_update(skip_locked=True):
        figures = value_figures(due.awaits, due.division_id, now, due.picked)
        if "awaits" in figures:
            continue
        due.awaits = ""
        for name, value in figures.items():
            setattr(due, name, value)
        set_moments(due, spans_of(due), now)
        due.save(update_fields=TIMED)
        dated += 1
    return dated
