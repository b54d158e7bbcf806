"""The lines of the desk in their sections. Pure: `now` and the readings are given."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from shouwen.doors.web.moments import Reading
from shouwen.engines.dues.queries import Asked, Item
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.org.models import Person

SECTIONS = {
    "serious": N_("严重事件"),
    "late": N_("已经逾期"),
    "today": N_("今天到期"),
    "soon": N_("两个工作日内"),
    "later": N_("以后"),
    "paused": N_("已暂停"),
    "none": N_("没有期限"),
}
VIEWS = {
    "mine": N_("指定给我"),
    "sign": N_("待我签署"),
    "copy": N_("待签收"),
    "unit": N_("我单位的"),
    "acting": N_("代理"),
}
ICONS = {
    "stage": "arrow-right-circle", "sign": "signature", "deadline": "clock", "report": "report",
    "duty": "repeat", "task": "checkbox", "copy": "inbox",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One due as the desk shows it."""

    item: Item
    reading: Reading
    url: str

    @property
    def icon(self) -> str:
        """The sign of its kind."""
        return ICONS.get(self.item.due.kind, "checkbox")


@dataclass
class Section:
    """Lines of one urgency."""

    key: str
    title: str
    lines: list[Line] = field(default_factory=list)


def views_of(item: Asked, person: Person) -> frozenset[str]:
    """Under which headings a reader looks for a due."""
    found = set()
    if item.for_person is not None:
        found.add("acting")
    elif item.due.person_id == person.pk:
        found.add("mine")
    else:
        found.add("unit")
    if item.due.kind in ("sign", "copy"):
        found.add(item.due.kind)
    return frozenset(found)


def sections(lines: Iterable[Line], serious: Collection[int] = ()) -> list[Section]:
    """By urgency, empty ones left out; inside, the order the lines came in.

    What is asked in a `serious` case stands above all of it (R2-15).
    """
    made = {key: Section(key, title) for key, title in SECTIONS.items()}
    for line in lines:
        due = line.item.due
        on_top = due.matter_kind == "case" and due.matter_id in serious
        made["serious" if on_top else line.reading.state].lines.append(line)
    return [section for section in made.values() if section.lines]


def counts(views: Sequence[frozenset[str]]) -> list[tuple[str, str, int]]:
    """How many dues each view has: (key, title, count), only where there are some."""
    found = ((key, title, sum(key in one for one in views)) for key, title in VIEWS.items())
    return [one for one in found if one[2]]


def version(lines: Iterable[Line], *more: Any) -> str:
    """Changes when anything on the page would: a line, its owner, or what its moment says."""
    shown = [
        (line.item.due.pk, line.item.due.person_id, line.item.due.title, line.reading)
        for line in lines
    ]
    return f"{crc32(repr((shown, more)).encode()):08x}"
