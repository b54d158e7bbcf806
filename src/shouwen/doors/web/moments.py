"""Days and moments as people say them, in both languages. Pure: `now` is always given."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shouwen.ground.foundation import clock

_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NEAR_DAYS = 60
SOON_DAYS = 2
"""Due within two working days is soon: the same two as the first warning of most clauses."""


@dataclass(frozen=True)
class Reading:
    """How a due moment is shown: never by colour alone, so a state has a sign and a word."""

    state: str
    icon: str
    day: str
    left: str
    exact: str


def english(language: str) -> bool:
    """Whether the reader reads English."""
    return language.startswith("en")


def day_text(day: date, today: date, language: str, *, weekday: bool = True) -> str:
    """`2月25日 周三`, with the year when it is another one; `Wed 25 Feb`.

    The weekday is left out where nobody plans by it: in another year, months away.
    """
    weekday = weekday and (day.year == today.year or abs((day - today).days) <= NEAR_DAYS)
    if english(language):
        text = f"{day.day} {_MONTHS_EN[day.month - 1]}"
        text = f"{_WEEKDAYS_EN[day.weekday()]} {text}" if weekday else text
        return text if day.year == today.year else f"{text} {day.year}"
    text = f"{day.month}月{day.day}日"
    text = text if day.year == today.year else f"{day.year}年{text}"
    return f"{text} 周{_WEEKDAYS_ZH[day.weekday()]}" if weekday else text


def moment_text(moment: datetime, now: datetime, language: str) -> str:
    """`今天 14:03`, `昨天 09:12`, `2月25日 14:03`."""
    day, today = clock.day_of(moment), clock.day_of(now)
    at = moment.astimezone(clock.COMPANY_ZONE).strftime("%H:%M")
    return f"{day_word(day, today, language)} {at}"


def day_word(day: date, today: date, language: str) -> str:
    """`今天`, `昨天`, `2月25日`: beside moments, where no hour is known."""
    near = {0: ("今天", "today"), -1: ("昨天", "yesterday"), 1: ("明天", "tomorrow")}
    if word := near.get((day - today).days):
        return word[1] if english(language) else word[0]
    return day_text(day, today, language, weekday=False)


def exact_text(moment: datetime) -> str:
    """`2026-02-25 14:03:22 +0800`, for the hover."""
    return moment.astimezone(clock.COMPANY_ZONE).strftime("%Y-%m-%d %H:%M:%S %z")


def last_day(due_at: datetime) -> tuple[date, str]:
    """The day and, unless the whole day counts, the hour before which something is due.

    The end of a day is stored as the first moment after it, which nobody would recognise.
    """
    local = due_at.astimezone(clock.COMPANY_ZONE)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return (local - timedelta(days=1)).date(), ""
    return local.date(), local.strftime("%H:%M")


def reading(
    due_at: datetime | None,
    now: datetime,
    language: str,
    *,
    days_left: int | None = None,
    working: bool = True,
    settled_at: datetime | None = None,
    paused: bool = False,
) -> Reading:
    """State, sign and words of a due moment. `days_left` counts days after today."""
    if settled_at is not None:
        return _settled(settled_at, due_at, now, language)
    if paused:
        return Reading("paused", "player-pause", "", _say(language, "已暂停", "paused"), "")
    if due_at is None:
        return Reading("none", "infinity", "", _say(language, "无期限", "no limit"), "")
    day, hour = last_day(due_at)
    today = clock.day_of(now)
    state, icon = _state(due_at, now, day, today, days_left)
    named = _say(language, "今天", "today") if state == "today" else day_text(day, today, language)
    shown = f"{named} {hour}" if hour else named
    left = _left(state, day, today, now, due_at, days_left, working, language)
    return Reading(state, icon, shown, left, exact_text(due_at))


def _settled(
    settled_at: datetime, due_at: datetime | None, now: datetime, language: str
) -> Reading:
    late = due_at is not None and settled_at >= due_at
    word = _say(language, "逾期办结", "done late") if late else _say(language, "已办结", "done")
    day = day_text(clock.day_of(settled_at), clock.day_of(now), language)
    return Reading("done-late" if late else "done", "check", day, word, exact_text(settled_at))


def _state(
    due_at: datetime, now: datetime, day: date, today: date, days_left: int | None
) -> tuple[str, str]:
    if now >= due_at:
        return "late", "alert-triangle"
    if day == today:
        return "today", "clock-exclamation"
    left = (day - today).days if days_left is None else days_left
    return ("soon", "clock-exclamation") if left <= SOON_DAYS else ("later", "clock")


def _left(
    state: str,
    day: date,
    today: date,
    now: datetime,
    due_at: datetime,
    days_left: int | None,
    working: bool,
    language: str,
) -> str:
    if state == "late":
        late = (today - day).days
        if late:
            return _say(language, f"逾期 {late} 天", f"{late} {_days(late)} late")
        return _say(language, "已逾期", "late")
    if state == "today":
        hours = int((due_at - now).total_seconds() // 3600)
        if hours < 1:
            minutes = max(1, int((due_at - now).total_seconds() // 60))
            return _say(language, f"还有 {minutes} 分钟", f"{minutes} min left")
        return _say(language, f"还有 {hours} 小时", f"{hours} h left")
    if not days_left or not working:  # a weekend lies between: no working day is left to count
        left = (day - today).days
        return _say(language, f"还有 {left} 天", f"{left} {_days(left)} left")
    return _say(
        language, f"还有 {days_left} 个工作日", f"{days_left} working {_days(days_left)} left"
    )


def _days(count: int) -> str:
    return "day" if count == 1 else "days"


def _say(language: str, zh: str, en: str) -> str:
    return en if english(language) else zh
