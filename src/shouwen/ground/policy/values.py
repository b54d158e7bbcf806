"""A company value: a figure the text of a clause leaves open. Its type, and what it accepts."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shouwen.ground.foundation import money
from shouwen.ground.foundation.refusal import N_, Reason, refuse_any
from shouwen.ground.foundation.words import Words

from .reading import said

Simple = Literal[
    "integer",
    "decimal",
    "percent",
    "money",
    "minutes",
    "hours",
    "days",
    "text",
    "longtext",
    "choice",
    "role",
]
_NUMBERS = ("decimal", "percent", "hours")
_COUNTS = ("integer", "days", "minutes")


class Choice(BaseModel):
    """One answer of a `choice`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    label: Words


class Column(BaseModel):
    """One column of a table, or a single value: what it is called and what it accepts.

    Money is integer cents; decimals, percents and hours are decimal text in storage. `optional`
    cells may be empty (no upper amount, say); `min` and `max` bound numbers, in yuan for money.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    label: Words
    type: Simple
    choices: tuple[Choice, ...] = ()
    optional: bool = False
    min: Decimal | None = None
    max: Decimal | None = None
    unit: Words | None = None
    help: Words | None = None

    @model_validator(mode="after")
    def _choices_for_choice(self) -> "Column":
        if (self.type == "choice") != bool(self.choices):
            raise said(N_("choices 只属于 choice 类型，且不可缺少"))
        return self


class ValueSpec(BaseModel):
    """A value the company sets; `key` is its clause and a name: `R4-76.tolerance`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str = Field(pattern=r"^R\d+-\d\d\.[a-z][a-z0-9_]*$")
    label: Words
    type: Simple | Literal["table"]
    choices: tuple[Choice, ...] = ()
    columns: tuple[Column, ...] = ()
    min: Decimal | None = None
    max: Decimal | None = None
    unit: Words | None = None
    help: Words | None = None
    example: Any = None
    """What a company might set; shown as a hint and used by the demo, never as a default."""

    @model_validator(mode="after")
    def _one_shape(self) -> "ValueSpec":
        if (self.type == "table") != bool(self.columns):
            raise said(N_("columns 只属于 table 类型，且不可缺少"))
        if (self.type == "choice") != bool(self.choices):
            raise said(N_("choices 只属于 choice 类型，且不可缺少"))
        if self.example is not None and (wrong := why_not_value(self, self.example)):
            raise said(N_("示例 example 不合规定：%(problem)s"), problem=str(wrong[0]))
        return self

    @property
    def clause(self) -> str:
        """The clause that leaves the value open."""
        return self.key.split(".")[0]


def clean(spec: ValueSpec, raw: Any) -> Any:
    """The value as it is stored (JSON); raises `Refused` with a reason for every wrong cell."""
    value, reasons = _clean(spec, raw)
    refuse_any(reasons)
    return value


def why_not_value(spec: ValueSpec, raw: Any) -> list[Reason]:
    """Why the company cannot set this value; empty when it can."""
    return _clean(spec, raw)[1]


def typed(spec: ValueSpec, stored: Any) -> Any:
    """The stored value as the rules use it: decimals as `Decimal`, money as integer cents."""
    if spec.type == "table":
        types = {column.key: column.type for column in spec.columns}
        return [
            {key: _typed(types.get(key, "text"), cell) for key, cell in row.items()}
            for row in stored
        ]
    return _typed(spec.type, stored)


def _typed(kind: str, cell: Any) -> Any:
    return Decimal(cell) if kind in _NUMBERS and cell is not None else cell


def _clean(spec: ValueSpec, raw: Any) -> tuple[Any, list[Reason]]:
    if spec.type == "table":
        return _clean_table(spec, raw)
    column = Column(
        key=spec.key.split(".")[1],
        label=spec.label,
        type=spec.type,
        choices=spec.choices,
        min=spec.min,
        max=spec.max,
    )
    value, reason = _clean_cell(column, raw, spec.clause, "value")
    return value, [reason] if reason else []


def _clean_table(spec: ValueSpec, raw: Any) -> tuple[list[dict[str, Any]], list[Reason]]:
    if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
        return [], [Reason(N_("应为一张表，每行一条"), spec.clause, "value")]
    if not raw:
        return [], [Reason(N_("表中至少要有一行"), spec.clause, "value")]
    rows: list[dict[str, Any]] = []
    reasons: list[Reason] = []
    for index, row in enumerate(raw):
        cells = {}
        for column in spec.columns:
            place = f"value.{index}.{column.key}"
            cells[column.key], reason = _clean_cell(column, row.get(column.key), spec.clause, place)
            reasons += [reason] if reason else []
        rows.append(cells)
    return rows, reasons


def _clean_cell(column: Column, raw: Any, clause: str, place: str) -> tuple[Any, Reason | None]:
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        empty = Reason(N_("“%(label)s”未填"), clause, place, facts={"label": column.label})
        return None, None if column.optional else empty
    if column.type in ("text", "longtext", "role"):
        return str(raw).strip(), None
    if column.type == "choice":
        return _clean_choice(column, raw, clause, place)
    return _clean_number(column, raw, clause, place)


def _clean_choice(column: Column, raw: Any, clause: str, place: str) -> tuple[Any, Reason | None]:
    if raw in {choice.key for choice in column.choices}:
        return raw, None
    facts = {
        "label": column.label,
        "choices": "、".join(str(choice.label) for choice in column.choices),
    }
    return None, Reason(N_("“%(label)s”只能取：%(choices)s"), clause, place, facts=facts)


def _clean_number(column: Column, raw: Any, clause: str, place: str) -> tuple[Any, Reason | None]:
    facts: dict[str, Any] = {"label": column.label, "min": column.min, "max": column.max}
    number = _number(raw)
    if number is None:
        return None, Reason(N_("“%(label)s”应为数字"), clause, place, facts=facts)
    if column.type in _COUNTS and number != number.to_integral_value():
        return None, Reason(N_("“%(label)s”应为整数"), clause, place, facts=facts)
    if column.min is not None and number < column.min:
        return None, Reason(N_("“%(label)s”不得小于 %(min)s"), clause, place, facts=facts)
    if column.max is not None and number > column.max:
        return None, Reason(N_("“%(label)s”不得大于 %(max)s"), clause, place, facts=facts)
    if column.type in _COUNTS:
        return int(number), None
    return (money.cents(number) if column.type == "money" else str(number)), None


def _number(raw: Any) -> Decimal | None:
    if isinstance(raw, bool):
        return None
    try:
        number = Decimal(str(raw).replace(",", "").strip().removesuffix("%"))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
