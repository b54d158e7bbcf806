"""What time brings about: warnings, the miss, the report upward. Each is said once and only once.

A sweep reads the open dues whose next moment has come, through a partial index: it costs what is
due, not what is open. A slice is locked, written in some few statements and committed; rows that
another worker holds are passed by. When a slice fails, its dues are taken one by one, and the one
that fails is put off, so that it cannot hold up the others. A database that is away or busy is no
fault of theirs: the whole look fails then, and is taken again.
"""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, transaction

from shouwen.engines.dues import ledger, rules
from shouwen.engines.dues.models import Due
from shouwen.engines.dues.rules import State, Woken
from shouwen.engines.notices import actions as notices
from shouwen.ground.foundation import clock

from . import timing
from .report import Report

log = logging.getLogger(__name__)
SLICE = 1000
MOST_SLICES = 50
"""One call ends after so many; the next one goes on. A worker must be able to stop."""
PUT_OFF = timedelta(hours=1)


def sweep(now: datetime | None = None) -> int:
    """Say everything that has come due by now; returns how many dues were woken.

    Safe with any number of workers. After days of standing still every warning that was missed is
    said once, and marked late.
    """
    now, woken = now or clock.now(), 0
    for _turn in range(MOST_SLICES):
        done = _slice(now)
        woken += done
        if not done:
            break
    return woken


def _slice(now: datetime) -> int:
    waiting = Due.objects.open().filter(next_wake_at__lte=now).order_by("next_wake_at", "id")
    waiting = waiting.defer("warn_days", "warn_hours", "stops")
    try:
        with transaction.atomic():
            dues = list(waiting.select_for_update(skip_locked=True)[:SLICE])
            return _say(dues, now) if dues else 0
    except OperationalError:
        raise
    except Exception:
        log.exception("a slice of dues failed; taking them one by one")
    return sum(_one(pk, now) for pk in list(waiting.values_list("pk", flat=True)[:SLICE]))


def _one(pk: int, now: datetime) -> int:
    this = Due.objects.open().filter(pk=pk, next_wake_at__lte=now)
    try:
        with transaction.atomic():
            dues = list(this.select_for_update(skip_locked=True))
            return _say(dues, now) if dues else 0
    except OperationalError:
        raise
    except Exception:
        log.exception("due %s failed and is put off", pk)
        return this.update(next_wake_at=now + PUT_OFF)


def _say(dues: Sequence[Due], now: datetime) -> int:
    """A due that is missed already needs no word that it soon would be; the fact is kept."""
    report = Report(now)
    woken = {due: rules.wake(_state(due), now) for due in dues}
    warned = [due for due, what in woken.items() if what.warnings]
    missed = [due for due, what in woken.items() if what.missed]
    upward = [due for due, what in woken.items() if what.escalated]
    _write(woken, report)
    _record_warnings(warned, woken, now)
    _record_missed(missed, now, woken)
    _record_upward(upward, woken, report)
    words = [report.warning(due, woken[due].warnings[-1][0]) for due in warned if not due.missed_at]
    words += [one for due in missed for one in report.miss(due)]
    words += [report.upward(due) for due in upward]
    notices.tell_all(report.tellings(words), at=now)
    return len(dues)


def _state(due: Due) -> State:
    return State(
        due_at=due.due_at,
        warn_at=timing.warn_moments(due),
        warned=due.warned,
        missed=due.missed_at is not None,
        escalated=due.escalated_at is not None,
        wake_at=due.next_wake_at,
    )


def _write(woken: Mapping[Due, Woken], report: Report) -> None:
    """Rows that change alike are written together: days end at the same midnight."""
    now = report.now
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)
    for due, what in woken.items():
        change: dict[str, Any] = {"warned": due.warned + len(what.warnings)}
        if what.missed:
            change |= {"missed_at": now, "next_wake_at": report.goes_up_at(due)}
        elif what.escalated:
            change |= {"escalated_at": now, "next_wake_at": None}
        elif due.missed_at:
            change["next_wake_at"] = None
        else:
            moments = timing.warn_moments(due)
            change["next_wake_at"] = rules.next_wake(due.due_at, moments, change["warned"])
        for name, value in change.items():
            setattr(due, name, value)
        alike[tuple(change.items())].append(due.pk)
    for changes, pks in alike.items():
        Due.objects.filter(pk__in=pks).update(**dict(changes))


def say_missed(dues: Sequence[Due], now: datetime) -> None:
    """Note the miss of dues that are settled before a sweep came by; nobody need be told."""
    if dues:
        Due.objects.filter(pk__in=[due.pk for due in dues]).update(missed_at=now)
        for due in dues:
            due.missed_at = now
        _record_missed(dues, now, {})


def _record_warnings(dues: Sequence[Due], woken: Mapping[Due, Woken], now: datetime) -> None:
    """One fact for each warning, in the order of their moments."""
    most = max((len(woken[due].warnings) for due in dues), default=0)
    for place in range(most):
        _record_turn([due for due in dues if len(woken[due].warnings) > place], woken, place, now)


def _record_turn(
    dues: Sequence[Due], woken: Mapping[Due, Woken], place: int, now: datetime
) -> None:
    def more(due: Due) -> dict[str, Any]:
        moment, late = woken[due].warnings[place]
        return {"warn_at": moment.isoformat(), "said_late": late}

    ledger.record("due.warned", dues, by=None, at=now, more=more)


def _record_missed(dues: Sequence[Due], now: datetime, woken: Mapping[Due, Woken]) -> None:
    ledger.record(
        "due.missed", dues, by=None, at=now,
        more=lambda due: {
            "said_late": due in woken and woken[due].late,
            "escalates_at": due.next_wake_at.isoformat() if due.next_wake_at else None,
        },
    )  # fmt: skip


def _record_upward(dues: Sequence[Due], woken: Mapping[Due, Woken], report: Report) -> None:
    def more(due: Due) -> dict[str, Any]:
        word = report.upward(due)
        return {
            "under": word.clause.id if word.clause else "",
            "to": [person.pk for person in word.people],
            "said_late": woken[due].late,
        }

    ledger.record("due.escalated", dues, by=None, at=report.now, more=more)
