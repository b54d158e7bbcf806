"""Rules between the fields of a section, each with its clause and its own words.

`of` names a table. `sum`, `covers` and `distinct` look down its column; the other rules then hold
in each of its rows. A rule whose figures are not all there yet says nothing: that a field is
missing is said by the field.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from shouwen.ground.foundation import money
from shouwen.ground.foundation.refusal import N_, Reason
from shouwen.ground.foundation.words import Words

from .conditions import Condition, Data, Key, holds, is_empty

Sections = Mapping[str, Data]
CLAUSE = r"^(R\d+-\d+)?$"


class Rule(BaseModel):
    """What all rules share."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: str
    of: Key | None = None
    when: Condition = {}
    clause: str = Field(default="", pattern=CLAUSE)
    message: Words
    at_save: bool = False
    """Refused already on saving; else the signature waits for it."""

    def why_not(self, data: Data, sections: Sections, kinds: Mapping[str, str]) -> list[Reason]:
        """Every breach of this rule; `kinds` are the types of the fields, `table.column` inside."""
        if self.of is None:
            return list(self._one("", data, data, sections, kinds))
        found: list[Reason] = []
        for place, row in enumerate(_rows(data, self.of)):
            path = f"{self.of}.{place}."
            found += self._one(path, row, data, sections, kinds)
        return found

    def _one(
        self, path: str, row: Data, data: Data, sections: Sections, kinds: Mapping[str, str]
    ) -> Iterator[Reason]:
        if holds(self.when, {**data, **row}) and (found := self.breach(row, kinds)) is not None:
            yield self.reason(path + found[0], found[1])

    def breach(self, row: Data, kinds: Mapping[str, str]) -> tuple[str, str] | None:
        """The field that breaks the rule and what was found instead; None when it is kept."""
        return None

    @abstractmethod
    def names(self) -> list[str]:
        """The fields it looks at, in its table when it has one."""

    def reason(self, field: str, found: str = "") -> Reason:
        """Say it: the rule's own words, with the figure found."""
        message = N_("%(rule)s(现为 %(found)s)") if found else "%(rule)s"
        facts = {"rule": str(self.message)} | ({"found": found} if found else {})
        return Reason(message, self.clause, field, facts=facts)

    def kind_of(self, name: str, kinds: Mapping[str, str]) -> str:
        """The type of a field this rule looks at."""
        return kinds.get(f"{self.of}.{name}" if self.of else name, "text")


class NotMore(Rule):
    """A field may not exceed another: defective of shipped (R4-24)."""

    rule: Literal["not_more"]
    at_save: bool = True
    field: Key
    than: Key

    def names(self) -> list[str]:
        """Both fields."""
        return [self.field, self.than]

    def breach(self, row: Data, kinds: Mapping[str, str]) -> tuple[str, str] | None:
        """The field that is larger than it may be."""
        value, most = (number(row.get(name)) for name in self.names())
        if value is None or most is None or value <= most:
            return None
        shown = [shown_number(row[name], self.kind_of(name, kinds)) for name in self.names()]
        return self.field, " > ".join(shown)


class Total(Rule):
    """Two fields together equal a third: returned + kept = invoiced (R4-84)."""

    rule: Literal["total"]
    at_save: bool = True
    a: Key
    b: Key
    field: Key

    def names(self) -> list[str]:
        """The three fields."""
        return [self.a, self.b, self.field]

    def breach(self, row: Data, kinds: Mapping[str, str]) -> tuple[str, str] | None:
        """The sum that does not come out."""
        a, b, total = (number(row.get(name)) for name in self.names())
        if a is None or b is None or total is None or a + b == total:
            return None
        shown = [shown_number(row[name], self.kind_of(name, kinds)) for name in self.names()]
        return self.field, f"{shown[0]} + {shown[1]} ≠ {shown[2]}"


class Product(Rule):
    """Quantity by price is the amount, to the cent (R4-84)."""

    rule: Literal["product"]
    at_save: bool = True
    a: Key
    b: Key
    field: Key

    def names(self) -> list[str]:
        """The three fields."""
        return [self.a, self.b, self.field]

    def breach(self, row: Data, kinds: Mapping[str, str]) -> tuple[str, str] | None:
        """The product that does not come out; a half cent is rounded away from zero."""
        a, b, amount = (number(row.get(name)) for name in self.names())
        if a is None or b is None or amount is None:
            return None
        exact = a * b
        if self.kind_of(self.field, kinds) == "money":
            exact = Decimal(money.cents(exact / 100))
        if exact == amount:
            return None
        shown = [shown_number(row[name], self.kind_of(name, kinds)) for name in self.names()]
        return self.field, f"{shown[0]} × {shown[1]} ≠ {shown[2]}"


class Implies(Rule):
    """When the one holds, so must the other: not upheld → no method (R4-57)."""

    rule: Literal["implies"]
    then: Condition
    field: Key

    def names(self) -> list[str]:
        """The field at which it is said and those compared."""
        return [self.field, *self.then]

    def breach(self, row: Data, kinds: Mapping[str, str]) -> tuple[str, str] | None:
        """The field that does not follow."""
        return None if holds(self.then, row) or self._unanswered(row) else (self.field, "")

    def _unanswered(self, row: Data) -> bool:
        return all(is_empty(row.get(key)) for key in self.then)


class ExactlyOne(Rule):
    """Exactly one of the fields is filled in or ticked."""

    rule: Literal["exactly_one"]
    fields: list[Key] = Field(min_length=2)

    def names(self) -> list[str]:
        """All of them."""
        return self.fields

    def breach(self, row: Data, kinds: Mapping[str, str]) -> tuple[str, str] | None:
        """How many there are instead."""
        given = [key for key in self.fields if not is_empty(row.get(key)) and row[key] is not False]
        return None if len(given) == 1 else ((given or self.fields)[-1], str(len(given)))


class Sum(Rule):
    """A column adds up to a figure or to another field: the shares to 100 (R4-16)."""

    rule: Literal["sum"]
    of: Key
    field: Key
    equals: Decimal | Key

    def names(self) -> list[str]:
        """The column."""
        return [self.field]

    def why_not(self, data: Data, sections: Sections, kinds: Mapping[str, str]) -> list[Reason]:
        """The sum, when it does not come out."""
        rows = _rows(data, self.of)
        if not rows or not holds(self.when, data):
            return []
        found = sum((number(row.get(self.field)) or Decimal(0) for row in rows), Decimal(0))
        wanted = number(data.get(self.equals)) if isinstance(self.equals, str) else self.equals
        if wanted is None or found == wanted:
            return []
        return [self.reason(self.of, shown_number(found, self.kind_of(self.field, kinds)))]


class Covers(Rule):
    """A column names every value that another section's column has (R4-21)."""

    rule: Literal["covers"]
    of: Key
    field: Key
    other: str = Field(pattern=r"^[a-z0-9_]+\.[a-z0-9_]+\.[a-z0-9_]+$")

    def names(self) -> list[str]:
        """The column."""
        return [self.field]

    def why_not(self, data: Data, sections: Sections, kinds: Mapping[str, str]) -> list[Reason]:
        """The values nobody has named."""
        wanted = column(sections, self.other)
        have = {str(row.get(self.field, "")) for row in _rows(data, self.of)}
        missing = [value for value in dict.fromkeys(wanted) if value not in have]
        if not missing or not holds(self.when, data):
            return []
        facts = {"rule": str(self.message), "missing": ", ".join(missing)}
        return [Reason(N_("%(rule)s:尚缺 %(missing)s"), self.clause, self.of, facts=facts)]


class Distinct(Rule):
    """No two rows have the same values in these columns."""

    rule: Literal["distinct"]
    at_save: bool = True
    of: Key
    fields: list[Key] = Field(min_length=1)

    def names(self) -> list[str]:
        """The columns."""
        return self.fields

    def why_not(self, data: Data, sections: Sections, kinds: Mapping[str, str]) -> list[Reason]:
        """Each row that repeats an earlier one."""
        seen: set[tuple[str, ...]] = set()
        found: list[Reason] = []
        for place, row in enumerate(_rows(data, self.of)):
            values = tuple(str(row.get(key, "")) for key in self.fields)
            if all(values) and values in seen:
                found.append(self.reason(f"{self.of}.{place}.{self.fields[0]}", " · ".join(values)))
            seen.add(values)
        return found


Check = Annotated[
    NotMore | Total | Product | Implies | ExactlyOne | Sum | Covers | Distinct,
    Field(discriminator="rule"),
]


def column(sections: Sections, path: str) -> list[str]:
    """The values of `section.table.column`, in order, as text."""
    section, table, name = path.split(".")
    rows = _rows(sections.get(section, {}), table)
    return [str(row[name]) for row in rows if not is_empty(row.get(name))]


def number(value: Any) -> Decimal | None:
    """A stored figure as a number: quantities are kept as text, money in cents."""
    if value is None or isinstance(value, bool):
        return None
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return None


def shown_number(value: Any, kind: str) -> str:
    """A figure as people write it."""
    found = number(value)
    if found is None:
        return str(value)
    if kind == "money":
        return money.yuan(int(found))
    text = f"{found:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}%" if kind == "percent" else text


def _rows(data: Data, table: str | None) -> list[Data]:
    rows = data.get(table or "")
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
