"""Read a year's list of holidays: the State Council's notice as text, or a table. Pure.

A notice says "10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）上班。"; a table has a
line a day: `2027-01-01,放假,元旦`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from shouwen.ground.foundation.refusal import N_, Reason

from .worktime import SpecialDay

_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_HEADING = re.compile(r"^\s*[一二三四五六七八九十0-9]+[、.．]\s*([^：:，。]{1,12})[：:]")
_DAYS = re.compile(
    r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日"
    r"(?:\s*[至到~—-]+\s*(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日)?"
)
_TOTAL = re.compile(r"共\s*(\d+)\s*天")
_LINE = re.compile(
    r"^\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[\s,，;；]+(\S+?)(?:[\s,，;；]+(.*?))?\s*$"
)
_HOLIDAY = {"放假", "休", "节假日", "holiday", "off", "0"}
_WORKDAY = {"上班", "班", "调休上班", "补班", "workday", "work", "on", "1"}


@dataclass
class Reading:
    """What a text says of each day, and what could not be read."""

    days: dict[date, SpecialDay] = field(default_factory=dict)
    problems: list[Reason] = field(default_factory=list)


def read(text: str, year: int) -> Reading:
    """Days of a pasted text; a table when its lines begin with dates, else a notice."""
    lines = [line for line in text.splitlines() if line.strip()]
    if any(_LINE.match(line) for line in lines):
        return _read_table(lines)
    return _read_notice(text, year)


def _read_table(lines: list[str]) -> Reading:
    found = Reading()
    for number, line in enumerate(lines, 1):
        match = _LINE.match(line)
        try:
            if match is None:
                raise ValueError(line)
            day = date(int(match[1]), int(match[2]), int(match[3]))
            working = _working(match[4].lower())
        except ValueError:
            if number > 1 or match:  # the first line may be the head of the table
                found.problems.append(_problem(N_("第 %(line)d 行读不懂：%(text)s"), number, line))
            continue
        found.days[day] = SpecialDay(working, (match[5] or "").strip()[:40])
    return found


def _working(word: str) -> bool:
    if word in _WORKDAY:
        return True
    if word in _HOLIDAY:
        return False
    raise ValueError(word)


def _problem(message: str, line: int, text: str) -> Reason:
    return Reason(message, field="text", facts={"line": line, "text": text.strip()[:60]})


def _read_notice(text: str, year: int) -> Reading:
    found, name = Reading(), ""
    for number, line in enumerate(text.splitlines(), 1):
        plain = _BRACKETS.sub("", line)
        if heading := _HEADING.match(plain):
            name, plain = heading[1].strip(), plain[heading.end() :]
        for sentence in re.split(r"[。；;]", plain):
            _read_sentence(sentence, year, name, number, found)
    if not found.days:
        found.problems.append(
            Reason(
                N_("没有读到任何放假或上班的日期"),
                field="text",
                instead=N_("请粘贴通知的正文，或每行一天的表：2027-01-01,放假,元旦"),
            )
        )
    return found


def _read_sentence(sentence: str, year: int, name: str, line: int, found: Reading) -> None:
    """Dates wait for the word that says what they are; a sentence without one says nothing."""
    waiting: list[date] = []
    given: list[date] = []
    for part in re.split(r"[，,]", sentence):
        try:
            waiting += _dates(part, year)
        except ValueError:
            found.problems.append(
                _problem(N_("第 %(line)d 行有不存在的日期：%(text)s"), line, part)
            )
            return
        if "放假" in part or "上班" in part:
            working = "放假" not in part
            found.days |= {day: SpecialDay(working, name) for day in waiting}
            given, waiting = waiting, []
        if (total := _TOTAL.search(part)) and given and int(total[1]) != len(given):
            found.problems.append(
                _problem(N_("第 %(line)d 行写明的天数与日期不符：%(text)s"), line, sentence)
            )


def _dates(part: str, year: int) -> Iterator[date]:
    for match in _DAYS.finditer(part):
        from_year, month, day, to_year, to_month, to_day = match.groups()
        first = date(int(from_year or year), int(month), int(day))
        last = first
        if to_day:
            last = date(int(to_year or first.year), int(to_month or month), int(to_day))
        if last < first or last - first > timedelta(days=20):
            raise ValueError(part)
        yield from (first + timedelta(days=n) for n in range((last - first).days + 1))
