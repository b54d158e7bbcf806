"""Facts of the journal as lines of a timeline."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language

from shouwen.doors.web import moments, saying
from shouwen.ground.foundation import clock
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.org.roster import roster


@dataclass(frozen=True)
class Line:
    """One fact, as `_timeline.html` takes it."""

    at: datetime
    person: Person | None
    title: str
    detail: str
    icon: str
    state: str
    clause: str = ""
    url: str = ""


def of(entries: Iterable[Entry]) -> list[Line]:
    """Each fact with its words and what there is to add."""
    return [_line(entry) for entry in entries]


def _line(entry: Entry) -> Line:
    words = saying.event(entry.event)
    who = roster().persons.get(entry.actor_id) if entry.actor_id else None
    title = saying.event_title(entry.event)
    return Line(entry.at, who, title, _detail(entry), words.icon, words.state)


def _detail(entry: Entry) -> str:
    """What changed, as far as it can be said in a line."""
    data, parts = entry.data, []
    for key in ("before", "parent", "successor"):
        if found := _unit(data.get(key)):
            parts.append(found.name)
    if post := roster().posts.get(data.get("post") or 0):
        parts.append(f"{post.unit.name} {post.title}")
    if substitute := roster().persons.get(data.get("substitute") or 0):
        parts.append(substitute.name)
    for change in (data.get("changed") or {}).values():
        parts.append(" → ".join(str(value) for value in change if value))
    for key in ("since", "until"):
        if key in data and "T" not in str(data[key]):
            parts.append(_day(str(data[key])))
    parts.append(str(data.get("reason") or data.get("note") or ""))
    return " · ".join(part for part in parts if part)


def _day(text: str) -> str:
    language = get_language() or "zh-hans"
    return moments.day_text(date.fromisoformat(text), clock.today(), language, weekday=False)


def _unit(pk: int | None) -> Unit | None:
    return queries.unit_by_id(pk) if pk else None
