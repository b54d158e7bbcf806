"""Copies of stories as the lines that COPY takes; the ids of many cases run into one another.

Where cases live at the same time their facts stand in the journal in the order of their moments,
not case by case, as they do in a company that works.
"""

import hashlib
import random
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from shouwen.engines.search import index, rules
from shouwen.engines.search.models import SearchDoc
from shouwen.ground.foundation import clock
from shouwen.ground.org import naming
from shouwen.work.customers import spelling

from .schedule import Copy, Story
from .tables import Table
from .templates import JOURNAL, SEARCH, Slot, Template, Values, earlier, escaped, linked, unescaped
from .words import Writer

_ENDS = re.compile("[。\n]")
_DOC = SearchDoc()
_ORDINAL, _PLACE = 12, 16
"""Bits of a sorting key: which row of a case, which case of a portion."""


@dataclass
class Customers:
    """The copies of one kind of customer: where their ids begin, what they are called."""

    template: Template
    count: int
    first: dict[int, int]
    number: int
    """Which kind, for codes and telephone numbers."""
    offset: int
    """How many customers there were before."""
    lives_there: bool = False

    def id_of(self, table: int, place: int, customer: int) -> str:
        """The id of a row of a customer."""
        return str(self.first[table] + customer * self.template.count(table) + place)

    def serial(self, customer: int) -> str:
        """Part of his code and of the number of his order."""
        return f"{self.number}{self.offset + customer:06}"

    def phone(self, customer: int) -> str:
        """His telephone number."""
        return f"139{self.number}{(self.offset + customer) % 10**7:07}"

    def texts(self, writer: Writer, customer: int) -> dict[int, str]:
        """His names and address."""
        seed = self.number * 10_000_000 + self.offset + customer
        return writer.resident(seed) if self.lives_there else writer.of_customer(seed)


@dataclass
class Portion:
    """Cases that are written together; `first` are the ids with which each table begins."""

    start: int
    copies: Sequence[Copy]
    numbers: Sequence[tuple[str, ...]]
    first: dict[int, int]


@dataclass
class Rendered:
    """Lines by table; `sealed` are the facts in the order of their ids: id and hashed text."""

    lines: dict[int, list[str]] = field(default_factory=dict)
    sealed: list[tuple[str, str]] = field(default_factory=list)

    def seals(self, previous: str, number: int) -> tuple[list[str], str]:
        """The links of the chain, from the one before on."""
        made = []
        for number, (entry, body) in enumerate(self.sealed, number):  # noqa: B020
            previous = linked(previous, body)
            made.append(f"{number}\t{entry}\t{previous}\n")
        return made, previous


class Renderer:
    """Makes lines out of templates."""

    def __init__(
        self, tables: Sequence[Table], stories: Sequence[Story],
        customers: dict[str, Customers], writer: Writer,
    ) -> None:  # fmt: skip
        self.tables = {one.index: one for one in tables}
        self.stories, self.customers, self.writer = stories, customers, writer
        self.fillers: dict[tuple[int, int], _Filler] = {}
        self.computed = {one.index: _COMPUTED[one.name] for one in tables if one.name in _COMPUTED}
        self.journal = next(one.index for one in tables if one.name == JOURNAL)

    def portion(self, portion: Portion) -> Rendered:
        """The lines of some cases."""
        templates = [self.stories[copy.story].template for copy in portion.copies]
        openings = [copy.opened for copy in portion.copies]
        ids, order = _ids(templates, openings, portion.first)
        values = [
            self._filler(copy).values(copy, portion.start + place, numbers, ids[place])
            for place, (copy, numbers) in enumerate(
                zip(portion.copies, portion.numbers, strict=True)
            )
        ]
        return self._written(templates, values, order)

    def customer_lines(self, customers: Customers, start: int, stop: int) -> Rendered:
        """The lines of some customers of one kind."""
        template = customers.template
        filler = _Filler(template, 0, customers, self.writer)
        values, order = [], {}
        for customer in range(start, stop):
            ids = {
                (table, place): customers.id_of(table, place, customer)
                for table, own in template.own.items()
                for place in range(len(own))
            }
            second = f"{customer % 59:02}.{customer % 999_999 + 1:06}"
            copy = Copy(0, 0, 0, second, customer)
            values.append(filler.values(copy, 0, (), ids))
        for table, lines in template.lines.items():
            order[table] = [
                (place, row) for place in range(stop - start) for row in range(len(lines))
            ]
        return self._written([template] * (stop - start), values, order)

    def _filler(self, copy: Copy) -> "_Filler":
        key = (copy.story, copy.weeks)
        if key not in self.fillers:
            if len(self.fillers) > 1000:
                self.fillers.clear()
            story = self.stories[copy.story]
            customers = self.customers[story.archetype.buyer]
            self.fillers[key] = _Filler(story.template, copy.weeks, customers, self.writer)
        return self.fillers[key]

    def _written(
        self, templates: Sequence[Template], values: Sequence[Values],
        order: dict[int, list[tuple[int, int]]],
    ) -> Rendered:  # fmt: skip
        made = Rendered()
        for table, rows in order.items():
            compute = self.computed.get(table)
            lines = made.lines[table] = []
            for place, row in rows:
                line = templates[place].lines[table][row]
                filled = values[place]
                text = line.text % line.which(filled)
                if compute:
                    text = compute(self.tables[table], text)
                lines.append(text + "\n")
                if line.sealed_by:
                    body = line.sealed % line.sealed_by(filled)
                    made.sealed.append((filled[line.key], body))
        return made


def _ids(
    templates: Sequence[Template], openings: Sequence[int], first: dict[int, int]
) -> tuple[list[dict[tuple[int, int], str]], dict[int, list[tuple[int, int]]]]:
    """New ids, in the order of the moments at which the rows came about."""
    keys: dict[int, list[int]] = {}
    for place, template in enumerate(templates):
        low = place << _ORDINAL
        for table, lines in template.lines.items():
            keys.setdefault(table, []).extend(
                (openings[place] + line.offset) << (_ORDINAL + _PLACE) | low | row
                for row, line in enumerate(lines)
            )
    ids: list[dict[tuple[int, int], str]] = [{} for _ in templates]
    order = {}
    for table, found in keys.items():
        found.sort()
        rows = order[table] = [
            (key >> _ORDINAL & (1 << _PLACE) - 1, key & (1 << _ORDINAL) - 1) for key in found
        ]
        if table in first:
            for number, (place, row) in enumerate(rows, first[table]):
                ids[place][table, row] = str(number)
    return ids, order


class _Filler:
    """Fills the blanks of one story in one week."""

    def __init__(
        self, template: Template, weeks: int, customers: Customers, writer: Writer
    ) -> None:
        self.template, self.customers, self.writer = template, customers, writer
        self.start: list[str] = [""] * len(template.slots)
        self.steps: list[tuple[int, Slot]] = []
        self.acted: list[tuple[int, str, str]] = []
        self.hashed: list[tuple[int, str, Callable[[Values], object]]] = []
        for place, (kind, *rest) in enumerate(template.slots):
            if kind == "fixed":
                self.start[place] = earlier(rest[0], weeks) + rest[1]
            elif kind == "month":
                self.start[place] = earlier(rest[0], weeks)[:7]
            elif kind == "acted":
                day, hour, zone = rest
                self.acted.append((place, f"{earlier(day, weeks)}{hour}:", zone))
            elif kind == "digest":
                self.hashed.append((place, rest[1], rest[2]))
            else:
                self.steps.append((place, (kind, *rest)))
        self.known_customers: dict[int, dict[int, str]] = {}

    def values(
        self, copy: Copy, number: int, numbers: tuple[str, ...],
        ids: dict[tuple[int, int], str],
    ) -> Values:  # fmt: skip
        """What stands in the blanks of one copy."""
        made, second = self.start.copy(), copy.second
        for place, before, zone in self.acted:
            made[place] = f"{before}{second}{zone}"
        texts = self.writer.of_case(number)
        for place, slot in self.steps:
            match slot:
                case ("own", table, row):
                    made[place] = ids[table, row]
                case ("customer", table, row):
                    made[place] = self.customers.id_of(table, row, copy.customer)
                case ("number", which):
                    made[place] = numbers[which]
                case ("case_text", kind, length):
                    text = texts.get(kind) or self.writer.talk(number, kind)
                    made[place] = text[:length] if length else text
                case ("customer_text", kind, length):
                    text = self._customer(copy.customer)[kind]
                    made[place] = text[:length] if length else text
                case ("serial", _which):
                    made[place] = self.customers.serial(copy.customer)
                case ("phone", forwards):
                    phone = self.customers.phone(copy.customer)
                    made[place] = phone if forwards else phone[::-1]
                case ("hex", _text):
                    made[place] = _new().hex
                case ("uuid", _text):
                    made[place] = str(_new())
        for place, text, which in self.hashed:
            made[place] = _digest(text % which(made))
        return made

    def _customer(self, customer: int) -> dict[int, str]:
        if len(self.known_customers) > 500:
            self.known_customers.clear()
        if customer not in self.known_customers:
            self.known_customers[customer] = self.customers.texts(self.writer, customer)
        return self.known_customers[customer]


def _new() -> uuid.UUID:
    return uuid.UUID(int=random.getrandbits(128), version=4)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# -- columns that are worked out from others -------------------------------------------------------


def _with_tokens(table: Table, line: str) -> str:
    """A document of the search with the tokens that its worker would have found in it."""
    columns = line.split("\t")
    one = dict(zip(table.columns, columns, strict=True))
    title, body, names = (unescaped(one[name]) for name in ("title", "body", "names"))
    tokens = tokens_of(title, body, names, one["kind"], _day(one["at"]))
    columns[table.columns.index("vec")] = escaped(index._literal(index.Change(_DOC, None, tokens)))
    return "\t".join(columns)


def tokens_of(title: str, body: str, names: str, kind: str, on: date) -> rules.Tokens:
    """`rules.tokens` of a short text, sentence by sentence: most of them come again and again.

    No token and no number reaches over the end of a sentence or a line.
    """
    parts = [_sentence(part) for part in _ENDS.split(f"{title}\n{body}")]
    parts.append(_names(names))
    inline = tuple(token for part in parts for token in part.inline)
    dates = (rules.kind_token(kind), rules.month_token(on), rules.year_token(on))
    extra = dict.fromkeys([*dates, *(token for part in parts for token in part.extra)])
    return rules.Tokens(inline, tuple(extra))


@lru_cache(maxsize=100_000)
def _sentence(text: str) -> rules.Tokens:
    return _bare(rules.tokens(text, "", (), "", date.min))


@lru_cache(maxsize=20_000)
def _names(text: str) -> rules.Tokens:
    return _bare(rules.tokens("", "", text.split("\n") if text else (), "", date.min))


def _bare(found: rules.Tokens) -> rules.Tokens:
    """Without the tokens of kind, month and year, which stand first."""
    return rules.Tokens(found.inline, found.extra[3:])


@lru_cache(maxsize=20_000)
def _minute(text: str) -> date:
    return clock.day_of(datetime.fromisoformat(f"{text}:00+00:00"))


def _day(at: str) -> date:
    """The company's day of a moment in UTC, as COPY writes it."""
    return _minute(at[:16])


def _spelt(table: Table, line: str) -> str:
    """A customer with the spelling of his names."""
    one = dict(zip(table.columns, map(unescaped, line.split("\t")), strict=True))
    spelt = spelling.spell(one["name_zh"], one["short_name"], one["name_en"])
    return _replaced(table, line, pinyin=spelt.pinyin, initials=spelt.initials)


def _contact_spelt(table: Table, line: str) -> str:
    name = line.split("\t")[table.columns.index("name")]
    return _replaced(table, line, pinyin=naming.pinyin(name), initials=naming.initials(name))


def _replaced(table: Table, line: str, **columns: str) -> str:
    parts = line.split("\t")
    for name, text in columns.items():
        parts[table.columns.index(name)] = escaped(text)
    return "\t".join(parts)


_COMPUTED: dict[str, Callable[[Table, str], str]] = {
    SEARCH: _with_tokens,
    "customers_customer": _spelt,
    "customers_contact": _contact_spelt,
}


def portions(
    stories: Sequence[Story], copies: Sequence[Copy], numbers: Sequence[tuple[str, ...]],
    first: dict[int, int], size: int,
) -> Iterator[Portion]:  # fmt: skip
    """The cases in portions, each with the ids it begins with."""
    following = dict(first)
    for start in range(0, len(copies), size):
        some = copies[start : start + size]
        yield Portion(start, some, numbers[start : start + size], dict(following))
        for copy in some:
            for table, own in stories[copy.story].template.own.items():
                following[table] += len(own)
