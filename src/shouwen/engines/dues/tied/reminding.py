"""Remind the owners of what is open under a clause, on the weekday the company has set (R4-11)."""

from datetime import datetime, timedelta

from django.db.models import Q

from shouwen.engines.dues import ledger, rules
from shouwen.engines.dues.clockwork.report import Report
from shouwen.engines.dues.models import Due
from shouwen.engines.notices import actions as notices
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling, values
from shouwen.ground.org.calendars import calendar
from shouwen.ground.org.models import Unit
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.shapes import Clause

from . import clauses, periods

SLICE = 1000


def remind(now: datetime | None = None) -> int:
    """Remind once a week of what is still open; returns of how many. Any number of workers.

    A worker that stood still on the day does it when it is back. Where the company has not set the
    day, nobody is reminded.
    """
    now, reminded = now or clock.now(), 0
    day = clock.day_of(now)
    for division in org.divisions(day):
        adopted = ruling.editions(division.pk, day)
        for clause in policy.in_force("duty", day, adopted=adopted):
            if not clauses.is_reminder(clause):
                continue
            weekday = values.find(clause.spec.value, division, now)
            if weekday:
                reminded += _remind(clause, division, _last(weekday, division, now), now)
    return reminded


def _last(weekday: str, division: Unit, now: datetime) -> datetime:
    """The morning of the last such weekday that has begun."""
    today = clock.day_of(now)
    day = today - timedelta(days=(today.weekday() - periods.WEEKDAYS.index(weekday)) % 7)
    moment = rules.morning(calendar(division), day)
    return moment if moment <= now else rules.morning(calendar(division), day - timedelta(days=7))


@one_act
def _remind(clause: Clause, division: Unit, moment: datetime, now: datetime) -> int:
    earlier = Q(reminded_at__isnull=True) | Q(reminded_at__lt=moment)
    waiting = Due.objects.open().filter(
        earlier, division=division, clause=clause.id, opened_at__lt=moment, paused_at__isnull=True
    )
    dues = list(waiting.order_by("id").select_for_update(skip_locked=True)[:SLICE])
    if not dues:
        return 0
    Due.objects.filter(pk__in=[due.pk for due in dues]).update(reminded_at=now)
    ledger.record("due.reminded", dues, by=None, at=now, more=lambda _due: {"under": clause.id})
    report, day = Report(now), clock.day_of(moment)
    notices.tell_all(report.tellings([report.reminder(due, clause, day) for due in dues]), at=now)
    return len(dues)
