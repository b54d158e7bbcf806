"""Verbs on the working calendar: one day, a whole year's list, the hours of the week."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import pairwise

from django.db.models import Q

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.journal import actions as journal
from shouwen.ground.org.access import require_keeper
from shouwen.ground.org.calendars import clock_time, minute_of
from shouwen.ground.org.models import Person, Unit, WorkDay, WorkHours, WorkYear
from shouwen.ground.org.roster import bump
from shouwen.ground.org.worktime import SpecialDay

Pattern = Mapping[str, list[list[str]]]


@one_act
def set_work_day(
    day: date,
    kind: str,
    *,
    name: str = "",
    division: Unit | None = None,
    by: Person | None = None,
    at: datetime | None = None,
) -> WorkDay:
    """Make one day a holiday or a working day, for the company or for one division."""
    require_keeper(by, division)
    if kind not in WorkDay.Kind.values:
        raise refuse(N_("只能是放假或上班"), field="kind")
    row, _new = WorkDay.objects.update_or_create(
        date=day, division=division, defaults={"kind": kind, "name": name}
    )
    journal.record("calendar.day_set", row, by=by, at=at, day=day.isoformat(), kind=kind, name=name)
    bump()
    return row


@one_act
def clear_work_day(
    day: date,
    *,
    division: Unit | None = None,
    by: Person | None = None,
    at: datetime | None = None,
) -> None:
    """Take back what the company said of a day: the published list or the weekday counts again."""
    require_keeper(by, division)
    row = WorkDay.objects.filter(date=day, division=division).first()
    if row is None:
        raise refuse(N_("%(day)s没有另行设定"), field="date", day=day.isoformat())
    journal.record("calendar.day_cleared", row, by=by, at=at, day=day.isoformat(), kind=row.kind)
    row.delete()
    bump()


@one_act
def import_year(
    year: int,
    days: Mapping[date, SpecialDay],
    *,
    source: str,
    by: Person | None = None,
    at: datetime | None = None,
) -> WorkYear:
    """Replace the company's list of a year; from then on the year is no estimate any more."""
    at = at or clock.now()
    require_keeper(by, None)
    refuse_any(why_not_year(year, days))
    WorkDay.objects.filter(Q(date__year=year) | Q(date__in=[*days]), division=None).delete()
    WorkDay.objects.bulk_create(
        WorkDay(
            date=day,
            kind=WorkDay.Kind.WORKDAY if special.working else WorkDay.Kind.HOLIDAY,
            name=special.name,
        )
        for day, special in sorted(days.items())
    )
    row, _new = WorkYear.objects.update_or_create(
        year=year, defaults={"source": source, "imported_at": at}
    )
    journal.record("calendar.year_imported", row, by=by, at=at, year=year, days=len(days))
    bump()
    return row


def why_not_year(year: int, days: Mapping[date, SpecialDay]) -> list[Reason]:
    """Why a list cannot stand for a year: days of another year, or too few holidays.

    New Year's holiday may begin in the December before.
    """
    reasons = [
        Reason(N_("%(day)s不在 %(year)d 年"), field="days", facts={"day": f"{day}", "year": year})
        for day in days
        if day.year != year and (day.year, day.month) != (year - 1, 12)
    ]
    off = sum(not special.working for special in days.values())
    if off < 11:
        reasons.append(
            Reason(
                N_("只有 %(off)d 个放假日，一年的法定节假日不少于 11 天"),
                field="days",
                instead=N_("请粘贴全年的放假安排"),
                facts={"off": off},
            )
        )
    return reasons


@one_act
def set_work_hours(
    pattern: Pattern,
    *,
    since: date | None = None,
    division: Unit | None = None,
    by: Person | None = None,
    at: datetime | None = None,
) -> WorkHours:
    """Set the hours of the week from a day on; what is past keeps the hours it had."""
    at = at or clock.now()
    since = since or clock.day_of(at)
    require_keeper(by, division)
    if since < clock.day_of(at):
        raise refuse(N_("作息时间不能改到过去"), field="since", instead=N_("请填今天或以后的日期"))
    clean = {str(day): _tidy(pattern.get(str(day), []), day) for day in range(7)}
    if not any(clean.values()):
        raise refuse(N_("一周至少要有一段工作时间"), field="pattern")
    row, _new = WorkHours.objects.update_or_create(
        division=division, since=since, defaults={"pattern": clean}
    )
    journal.record("calendar.hours_set", row, by=by, at=at, since=since.isoformat(), pattern=clean)
    bump()
    return row


def _tidy(intervals: Iterable[Iterable[str]], weekday: int) -> list[list[str]]:
    """The intervals of a weekday in order; refuses what is no time, turned round or overlaps."""
    field = f"pattern.day_{weekday}"
    try:
        pairs = sorted((minute_of(start), minute_of(end)) for start, end in intervals)
    except ValueError as error:
        raise refuse(N_("时间应写成 08:30 这样的形式"), field=field) from error
    if any(start >= end for start, end in pairs):
        raise refuse(N_("每段时间的结束必须晚于开始"), field=field)
    if any(before[1] > after[0] for before, after in pairwise(pairs)):
        raise refuse(N_("时间段互相重叠"), field=field)
    return [[clock_time(start), clock_time(end)] for start, end in pairs]
