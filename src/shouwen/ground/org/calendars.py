"""The company's working calendar: built-in lists, the company's own days, its hours."""

from datetime import date, datetime

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, Reason

from . import holidays, queries
from .models import Unit, WorkDay, WorkHours, WorkYear
from .roster import roster
from .worktime import FIVE_DAYS, Calendar, Interval, SpecialDay, Week

ESTIMATED_YEARS = 4
"""So many years past the last published list are estimated; every day of them is marked."""
NOTICE_MONTH = 12
"""The list of the next year is out by then; from the first of this month its absence is said."""


def calendar(division: Unit | int | None = None) -> Calendar:
    """The calendar of a division, or of the company; costs no query until the next change."""
    division_id = queries.key(division) if division is not None else None
    found: Calendar = roster().memo(("calendar", division_id), lambda: _build(division_id))
    return found


def own_days(division: Unit | int | None = None) -> list[WorkDay]:
    """What the company, or one division, said of single days or imported lists."""
    division_id = queries.key(division) if division is not None else None
    found: list[WorkDay] = roster().memo(
        ("own days", division_id), lambda: _rows(WorkDay, division_id)
    )
    return found


def _build(division: int | None) -> Calendar:
    imported = set(WorkYear.objects.values_list("year", flat=True))
    last = max({holidays.LAST_YEAR, *imported})
    days: dict[date, SpecialDay] = {}
    for year in range(holidays.FIRST_YEAR, last + 1):
        if year not in imported:
            days |= holidays.built_in(year) or holidays.estimate(year)
    for year in range(last + 1, last + 1 + ESTIMATED_YEARS):
        days |= holidays.estimate(year)
    for row in _rows(WorkDay, division):
        days[row.date] = SpecialDay(row.kind == WorkDay.Kind.WORKDAY, row.name)
    return Calendar(_hours(division), days, _known_until(imported))


def _rows(table: type[WorkDay], division: int | None) -> list[WorkDay]:
    """The company's days, then the division's own, which win."""
    rows = [row for row in table.objects.all() if row.division_id in (None, division)]
    return sorted(rows, key=lambda row: row.division_id is not None)


def _known_until(imported: set[int]) -> date:
    """The end of the last year in an unbroken row of published or imported lists."""
    year = holidays.LAST_YEAR
    while year + 1 in imported:
        year += 1
    return date(year, 12, 31)


def _hours(division: int | None) -> tuple[tuple[date, Week], ...]:
    """Hours from each day on: the division's own rows where it has any, else the company's."""
    rows = list(WorkHours.objects.order_by("since"))
    own = [row for row in rows if row.division_id == division]
    found = own or [row for row in rows if row.division_id is None]
    weeks = [(row.since, week_of(row.pattern)) for row in found]
    return ((date.min, FIVE_DAYS), *weeks)


def week_of(pattern: dict[str, list[list[str]]]) -> Week:
    """A week as it is stored (`{"0": [["08:30", "12:00"]]}`) as minutes of the day."""
    return tuple(
        tuple((minute_of(start), minute_of(end)) for start, end in pattern.get(str(weekday), []))
        for weekday in range(7)
    )


def minute_of(clock_time: str) -> int:
    """`08:30` is minute 510; `24:00` is the end of the day. Raises ValueError otherwise."""
    hour, _colon, minute = clock_time.partition(":")
    total = int(hour) * 60 + int(minute)
    if not (0 <= int(minute) < 60 and 0 <= total <= 1440):
        raise ValueError(f"no time of day: {clock_time!r}")
    return total


def clock_time(minute: int) -> str:
    """Minute 510 is `08:30`."""
    return f"{minute // 60:02}:{minute % 60:02}"


def calendar_warning(on: date | datetime | None = None) -> Reason | None:
    """What to say when a day, or from December the coming year, has no published list yet."""
    on = on or clock.today()
    day = clock.day_of(on) if isinstance(on, datetime) else on
    known = calendar().known_until
    year = day.year
    if day <= known:
        if not (day.month >= NOTICE_MONTH and day.year == known.year):
            return None
        year += 1
    return Reason(
        N_("%(year)d 年的放假安排尚未录入，该年的工作日按法定节假日估算"),
        instead=N_("请在“设置 · 工作日历”中录入国务院公布的放假安排"),
        facts={"year": year},
    )


def intervals_text(intervals: tuple[Interval, ...]) -> str:
    """`08:30–12:00 13:00–17:30`."""
    return " ".join(f"{clock_time(a)}–{clock_time(b)}" for a, b in intervals)
