"""Rows of a recorded story with blanks where each copy differs: ids, moments, numbers, texts.

A row stays the very line that COPY wrote; what is not a blank is copied as it is, whatever table,
column or key of a JSON value it stands in.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from typing import Any

from shouwen.ground.foundation import clock
from shouwen.ground.journal import chain
from shouwen.ground.journal.models import Entry

from . import words
from .company import PHONE, SERIAL
from .recording import FIRST_NUMBER, STEP, Given, Recorded
from .tables import FIRST_MARK, Table
from .tables import STEP as OF_TABLE

Values = list[str]
Slot = tuple[Any, ...]
"""What goes into a blank; the first word says of which kind it is."""
_MOMENT = r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[+-]\d\d(?::\d\d)?|Z)"
BLANK = re.compile(
    "|".join(
        f"(?P<{kind}>{pattern})"
        for kind, pattern in {
            "text": "[\ue100-\ue1ff]\ue000*",
            "digest": r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])",
            "uuid": r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}",
            "hex": r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])",
            "id": r"(?<!\d)7[12]\d{11}(?!\d)",
            "number": r"(?<!\d)83\d{11}(?!\d)",
            "serial": r"(?<!\d)84\d{11}(?!\d)",
            "phone": f"{PHONE}|{PHONE[::-1]}",
            "moment": _MOMENT,
            "day": r"(?<![\d-])\d{4}-\d\d-\d\d(?![\d-])",
            "month": r"(?<![\d-])\d{4}-\d\d(?![\d-])",
        }.items()
    )
)
_PARTS = re.compile(r"(\d{4}-\d\d-\d\d)([ T]\d\d:\d\d)(?::(\d\d(?:\.\d+)?))?(.*)")
UNMARKED = re.compile(r"(?<![0-9a-f])(?:7[12]|8[34])\d{11}(?!\d)|[\ue000-\ue1ff]")
SEARCH, JOURNAL = "search_searchdoc", "journal_entry"


@dataclass(frozen=True)
class Line:
    """One row: `text % which(values)`; `offset` is in seconds since the story began."""

    text: str
    which: Callable[[Values], Any]
    offset: int
    key: int = -1
    """The place of its own id among the values; -1 where it carries another's."""
    sealed: str = ""
    sealed_by: Callable[[Values], Any] | None = None
    """What the chain takes the hash of, where it is a fact."""


@dataclass
class Template:
    """A story as lines by table, and the blanks they share."""

    name: str
    began: datetime
    ended: datetime
    given: list[Given]
    lines: dict[int, list[Line]] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)
    places: dict[Slot, int] = field(default_factory=dict)
    digests: list[tuple[str, Callable[[Values], Any]]] = field(default_factory=list)
    own: dict[int, list[int]] = field(default_factory=dict)
    """The recorded ids of each table, in their order."""
    of_customer: dict[int, list[int]] = field(default_factory=dict)
    row: dict[str, str] = field(default_factory=dict)
    """The row of the case itself, by column."""

    def count(self, table: int) -> int:
        """How many ids of a table one copy takes."""
        return len(self.own.get(table, ()))


def of_customer(tables: list[Table], found: Recorded, name: str, began: datetime) -> Template:
    """The lines of a customer."""
    made = Template(name, began, began, found.given, own=_ids(tables, found.customer))
    _compile(made, tables, found.customer, found)
    return made


def of_case(tables: list[Table], found: Recorded, name: str) -> Template:
    """The lines of a case; what it says of its customer is filled in from a copy of him."""
    made = Template(
        name, found.began, found.ended, found.given,
        own=_ids(tables, found.case), of_customer=_ids(tables, found.customer),
    )  # fmt: skip
    _compile(made, tables, found.case, found)
    cases = next(one for one in tables if one.name == "cases_case")
    made.row = dict(zip(cases.columns, found.case[cases.index][0].split("\t"), strict=True))
    return made


def _ids(tables: list[Table], rows: dict[int, list[str]]) -> dict[int, list[int]]:
    by_index = {one.index: one for one in tables}
    found = {}
    for index, lines in rows.items():
        table = by_index[index]
        place = table.columns.index(table.key)
        ids = [int(line.split("\t")[place]) for line in lines]
        if table.sequence:
            found[index] = ids
    return found


def _compile(
    made: Template, tables: list[Table], rows: dict[int, list[str]], found: Recorded
) -> None:
    blanks = _Blanks(made, found)
    by_index = {one.index: one for one in tables}
    named: dict[Slot, set[Slot]] = {}
    for index, lines in rows.items():
        table, last = by_index[index], 0
        kept = made.lines.setdefault(index, [])
        for place, raw in enumerate(lines):
            columns = raw.split("\t")
            if table.name == SEARCH:
                columns[table.columns.index("vec")] = r"\N"  # made anew from the words of the copy
                raw = "\t".join(columns)
            last = max(last, blanks.offset(raw))
            text, which = blanks.fill(raw)
            key = blanks.place(("own", index, place)) if table.sequence else -1
            named["own", index, place] = blanks.ids(raw)
            sealed = _body(table, columns) if table.name == JOURNAL else ""
            body, body_by = blanks.fill(sealed) if sealed else ("", None)
            kept.append(Line(text, which, last, key, body, body_by))

    _require_whole(made.name, named, by_index)


def _require_whole(name: str, named: dict[Slot, set[Slot]], by_index: dict[int, Table]) -> None:
    """Every row belongs to the story: it names another row of it, or another one names it."""
    by_others = {slot for row, slots in named.items() for slot in slots if slot != row}
    for row, slots in named.items():
        if not slots - {row} and row not in by_others and len(named) > 1:
            raise ValueError(f"{name}: a row of {by_index[row[1]].name} belongs to no case")


def _body(table: Table, columns: list[str]) -> str:
    """What the chain hashes of an entry, as text; held against the chain itself."""
    one = dict(zip(table.columns, map(unescaped, columns), strict=True))
    entry = Entry(
        pk=int(one["id"]), at=datetime.fromisoformat(one["at"]), event=one["event"],
        subject_kind=one["subject_kind"], subject_id=int(one["subject_id"]),
        matter_kind=one["matter_kind"], matter_id=int(one["matter_id"]),
        actor_id=None if one["actor_id"] == r"\N" else int(one["actor_id"]),
        division_id=None if one["division_id"] == r"\N" else int(one["division_id"]),
        data=json.loads(one["data"]),
    )  # fmt: skip
    told = [
        entry.pk, entry.at.astimezone(UTC).isoformat(timespec="microseconds"), entry.event,
        entry.subject_kind, entry.subject_id, entry.matter_kind, entry.matter_id, entry.actor_id,
        entry.data,
    ]  # fmt: skip
    if entry.division_id is not None:
        told.append(entry.division_id)
    body = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if linked(chain.GENESIS, body) != chain.link(chain.GENESIS, entry):
        raise ValueError("the product seals its journal otherwise than this loader knows")
    return body


def linked(previous: str, body: str) -> str:
    """The hash of one link, as `chain.link` makes it."""
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def unescaped(column: str) -> str:
    """A column as COPY wrote it, back to what it says."""
    if "\\" not in column or column == r"\N":
        return column
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), column)


def escaped(text: str) -> str:
    """What a column says, as COPY wants it."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


class _Blanks:
    """Finds what differs from copy to copy and gives each such thing one place."""

    def __init__(self, made: Template, found: Recorded) -> None:
        self.made, self.found = made, found
        self.first = clock.local(clock.day_of(made.began))
        self.own = _index(made.own, "own")
        self.customer = _index(made.of_customer, "customer")

    def fill(self, raw: str) -> tuple[str, Callable[[Values], Any]]:
        """The text with its blanks, and which values go into them."""
        pieces, places, after = [], [], 0
        for match in BLANK.finditer(raw):
            slot = self._slot(match)
            if slot is not None:
                pieces += [raw[after : match.start()].replace("%", "%%"), "%s"]
                places.append(self.place(slot))
                after = match.end()
        pieces.append(raw[after:].replace("%", "%%"))
        if left := UNMARKED.search("".join(pieces)):
            raise ValueError(f"{self.made.name}: {left[0]} is left in {raw[:200]}")
        return "".join(pieces), _picked(places)

    def ids(self, raw: str) -> set[Slot]:
        """The rows that a row names, itself among them."""
        found = (self._slot(match) for match in BLANK.finditer(raw) if match.lastgroup == "id")
        return {slot for slot in found if slot is not None}

    def place(self, slot: Slot) -> int:
        """The place of what goes into a blank; digests are worked out from what they stand for."""
        if slot not in self.made.places:
            filled = self.fill(self.found.digests[slot[1]]) if slot[0] == "digest" else None
            self.made.places[slot] = len(self.made.slots)
            self.made.slots.append((*slot, *filled) if filled else slot)
        return self.made.places[slot]

    def offset(self, raw: str) -> int:
        """Seconds from the beginning to the earliest moment that a row tells of itself."""
        moments = [_moment(match[0]) for match in re.finditer(_MOMENT, raw) if " " in match[0]]
        own = [one for one in moments if one >= self.first]
        return int((min(own) - self.made.began).total_seconds()) if own else 0

    def _slot(self, match: re.Match[str]) -> Slot | None:
        kind, text = str(match.lastgroup), match[0]
        return getattr(self, f"_{kind}")(text)  # type: ignore[no-any-return]

    def _text(self, text: str) -> Slot:
        sign = ord(text[0])
        if sign >= words.OF_CUSTOMER:
            kind = sign - words.OF_CUSTOMER
            whole = words.customer_mark(kind)
            return ("customer_text", kind, 0 if text == whole else len(text))
        kind = sign - words.OF_CASE
        return ("case_text", kind, 0 if text == words.mark(kind) else len(text))

    def _digest(self, text: str) -> Slot | None:
        return ("digest", text) if text in self.found.digests else None

    def _uuid(self, text: str) -> Slot:
        return ("uuid", text)

    def _hex(self, text: str) -> Slot:
        return ("hex", text)

    def _id(self, text: str) -> Slot:
        number = int(text)
        slot = self.own.get(number) or self.customer.get(number)
        if slot is None:
            raise ValueError(f"{self.made.name}: nobody knows row {_named(number)}")
        return slot

    def _number(self, text: str) -> Slot:
        return ("number", int(text) - FIRST_NUMBER - 1)

    def _serial(self, text: str) -> Slot:
        return ("serial", int(text) - SERIAL)

    def _phone(self, text: str) -> Slot:
        return ("phone", text == PHONE)

    def _moment(self, text: str) -> Slot | None:
        """Moves with the copy from the day on which the story began; the past stays."""
        moment = _moment(text)
        if moment < self.first:
            return None
        parts = _PARTS.fullmatch(text)
        assert parts is not None
        day, hour, second, zone = parts.groups()
        acted = moment.minute % STEP != 0 and second is not None
        return ("acted", day, hour, zone) if acted else ("fixed", day, text[len(day) :])

    def _day(self, text: str) -> Slot | None:
        return ("fixed", text, "") if _is_day(text) and text >= _day_of(self.first) else None

    def _month(self, text: str) -> Slot | None:
        if not _is_day(f"{text}-15") or text < _day_of(self.first)[:7]:
            return None
        return ("month", f"{text}-15")


def _index(ids: dict[int, list[int]], kind: str) -> dict[int, Slot]:
    return {
        number: (kind, table, place)
        for table, numbers in ids.items()
        for place, number in enumerate(numbers)
    }


def _named(number: int) -> str:
    return f"{(number - FIRST_MARK) % OF_TABLE} of table {(number - FIRST_MARK) // OF_TABLE}"


def _picked(places: list[int]) -> Callable[[Values], Any]:
    if not places:
        return lambda values: ()
    if len(places) == 1:
        only = places[0]
        return lambda values: (values[only],)
    return itemgetter(*places)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _day_of(moment: datetime) -> str:
    return clock.day_of(moment).isoformat()


def _is_day(text: str) -> bool:
    try:
        return 2000 < date.fromisoformat(text).year < 2100
    except ValueError:
        return False


def earlier(day: str, weeks: int) -> str:
    """The day, whole weeks earlier."""
    return (date.fromisoformat(day) - timedelta(weeks=weeks)).isoformat()


def blanks_of(made: Template) -> Iterable[str]:
    """Which kinds of blanks a template has."""
    return {str(slot[0]) for slot in made.slots}
