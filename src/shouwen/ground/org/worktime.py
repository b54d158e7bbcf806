"""Working time: several intervals a day, holidays and make-up days 调休. Pure: no ORM, no clock.

A moment counts as work when it lies inside an interval `[start, end)` of a working day. Sums are
made in UTC, so that a change of the clock inside a day neither adds nor loses an hour.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property
from typing import Literal

from shouwen.ground.foundation.clock import COMPANY_ZONE
from shouwen.ground.foundation.refusal import N_

Unit = Literal["calendar", "working"]
Interval = tuple[int, int]
"""Minutes of the day, start and end: `(510, 720)` is 08:30 to 12:00."""
Week = tuple[tuple[Interval, ...], ...]
"""Seven days, Monday first; a day without intervals is a day off."""

OFFICE: tuple[Interval, ...] = ((510, 720), (780, 1050))
FIVE_DAYS: Week = (OFFICE,) * 5 + ((), ())
LONGEST = timedelta(days=3660)
"""No sum looks further: ten years without enough work is a mistake in the calendar."""


@dataclass(frozen=True)
class SpecialDay:
    """A day that is not what its weekday says."""

    working: bool
    name: str = ""


@dataclass(frozen=True)
class DayCount:
    """One day of a count: whether it counted and why; `why` is a message id, `name` the holiday."""

    date: date
    counted: bool
    why: str
    name: str = ""
    estimated: bool = False


@dataclass(frozen=True, eq=False)
class Calendar:
    """When a company works. `hours` are (from this day on, week), oldest first."""

    hours: tuple[tuple[date, Week], ...] = ((date.min, FIVE_DAYS),)
    days: Mapping[date, SpecialDay] = field(default_factory=dict)
    known_until: date = date.max
    """Last day of which holidays are known; later ones are an estimate."""
    zone: tzinfo = COMPANY_ZONE

    def week_on(self, day: date) -> Week:
        """The week in force on a day; before the first one, the first."""
        week = self.hours[0][1]
        for since, later in self.hours:
            if since > day:
                break
            week = later
        return week

    def works_on(self, day: date) -> bool:
        """Whether a day is a working day."""
        special = self.days.get(day)
        return special.working if special else bool(self.week_on(day)[day.weekday()])

    def intervals(self, day: date) -> tuple[Interval, ...]:
        """Working hours of a day; a make-up day takes those of the week's first working day."""
        if not self.works_on(day):
            return ()
        week = self.week_on(day)
        return week[day.weekday()] or next((hours for hours in week if hours), ())

    def spans(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """Working hours of a day as moments in UTC."""
        found = self._spans.get(day)
        if found is None:
            pairs = self.intervals(day)
            found = tuple((self._moment(day, a), self._moment(day, b)) for a, b in pairs)
            self._spans[day] = found
        return found

    @cached_property
    def _spans(self) -> dict[date, tuple[tuple[datetime, datetime], ...]]:
        return {}

    def _moment(self, day: date, minute: int) -> datetime:
        whole, minute = divmod(minute, 1440)
        at = time(minute // 60, minute % 60)
        wall = datetime.combine(day + timedelta(days=whole), at, tzinfo=self.zone)
        return wall.astimezone(UTC)

    def day_of(self, moment: datetime) -> date:
        """The calendar day of a moment in the calendar's zone."""
        return moment.astimezone(self.zone).date()

    # -- hours ------------------------------------------------------------------------------------

    def add(self, start: datetime, minutes: float) -> datetime:
        """The first moment at which that much work has passed since the start."""
        if minutes < 0:
            raise ValueError("working time is only added")
        left = timedelta(minutes=minutes)
        if not left:
            return start.astimezone(self.zone)
        for begin, end in self._work_from(start, self.day_of(start) + LONGEST):
            if left <= end - begin:
                return (begin + left).astimezone(self.zone)
            left -= end - begin
        raise ValueError(f"no {minutes} minutes of work within ten years of {start}")

    def between(self, start: datetime, end: datetime) -> float:
        """Minutes of work from a moment to another; negative when the end lies before."""
        if end < start:
            return -self.between(end, start)
        done, until = timedelta(), end.astimezone(UTC)
        for begin, finish in self._work_from(start, self.day_of(end)):
            if begin >= until:
                break
            done += min(finish, until) - begin
        return done / timedelta(minutes=1)

    def _work_from(self, start: datetime, last: date) -> Iterator[tuple[datetime, datetime]]:
        """Stretches of work from a moment to the end of a day, the first one cut."""
        moment, day = start.astimezone(UTC), self.day_of(start)
        while day <= last:
            for begin, end in self.spans(day):
                if end > moment:
                    yield max(begin, moment), end
            day += timedelta(days=1)

    # -- days -------------------------------------------------------------------------------------

    def add_days(self, start: date | datetime, days: int, unit: Unit = "calendar") -> date:
        """The day that many days after the start; the start itself is not counted."""
        return self.explain(start, days, unit)[-1].date

    def explain(self, start: date | datetime, days: int, unit: Unit = "calendar") -> list[DayCount]:
        """Every day from the start to the last one counted, and why it counts or not."""
        if days < 0:
            raise ValueError("days are only added")
        day = self.day_of(start) if isinstance(start, datetime) else start
        found = [DayCount(day, False, N_("起算日，不计"), self._name(day), day > self.known_until)]
        limit = day + LONGEST
        while days:
            day += timedelta(days=1)
            counted, why = (True, N_("日历日")) if unit == "calendar" else self._why(day)
            found.append(DayCount(day, counted, why, self._name(day), day > self.known_until))
            days -= counted
            if day > limit:
                raise ValueError(f"not enough working days within ten years of {start}")
        return found

    def why(self, day: date) -> DayCount:
        """What a day is, for the page that shows the calendar."""
        counted, why = self._why(day)
        return DayCount(day, counted, why, self._name(day), day > self.known_until)

    def _why(self, day: date) -> tuple[bool, str]:
        special, usual = self.days.get(day), bool(self.week_on(day)[day.weekday()])
        if special and special.working:
            return True, N_("工作日") if usual else N_("调休上班")
        if special:
            return False, N_("节假日")
        return (True, N_("工作日")) if usual else (False, N_("周末"))

    def _name(self, day: date) -> str:
        special = self.days.get(day)
        return special.name if special else ""
