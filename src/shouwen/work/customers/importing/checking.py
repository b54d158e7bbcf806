"""From a grid to checked rows, and to the faults of those that fail, cell by cell. Pure."""

import dataclasses
from collections.abc import Iterator
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from shouwen.ground.foundation.refusal import N_, Reason

from .cells import Percent
from .files.grid import MOST_ROWS, Grid, is_blank
from .files.scanning import too_many_rows
from .headings import Columns, nothing_below

Model = TypeVar("Model", bound=BaseModel)
_EMPTY = {"missing", "string_type", "decimal_type", "date_type", "int_type", "bool_type"}


@dataclasses.dataclass(frozen=True)
class Fault:
    """What is wrong in a row; `field` empty when the whole row is meant."""

    row: int
    field: str
    reason: Reason


@dataclasses.dataclass(frozen=True)
class Numbered(Generic[Model]):
    """A checked row with its number in the file."""

    number: int
    values: Model

    @property
    def given(self) -> dict[str, Any]:
        """What the row says, without what it leaves open."""
        return {key: value for key, value in self.values if value is not None}


def check(
    grid: Grid, columns: Columns, model: type[Model]
) -> tuple[list[Numbered[Model]], list[Fault]]:
    """Every row below the headings as its model, or its faults; blank rows are passed over."""
    good: list[Numbered[Model]] = []
    faults: list[Fault] = []
    below = range(columns.row + 1, len(grid.rows) + 1)
    numbers = [number for number in below if _holds(grid, columns, number)]
    if not numbers:
        raise nothing_below(columns)
    if len(numbers) > MOST_ROWS:
        raise too_many_rows()
    for number in numbers:
        wrong = list(_marks(grid, columns, number))
        row = None if wrong else _row(grid, columns, model, number, wrong)
        faults.extend(wrong)
        if row is not None:
            good.append(Numbered(number, row))
    return good, faults


def cell(grid: Grid, row: int, column: int) -> Any:
    """The value at a place; a number from a percentage cell keeps that it was one."""
    values = grid.rows[row - 1]
    value = values[column - 1] if column <= len(values) else None
    if (row, column) in grid.percents and isinstance(value, int | float):
        return Percent(value)
    return value


def _holds(grid: Grid, columns: Columns, number: int) -> bool:
    """Whether a row holds anything: a value, or a formula whose value is blank."""
    return any(
        not is_blank(cell(grid, number, column)) or (number, column) in grid.formulas
        for column in columns.places.values()
    )


def _marks(grid: Grid, columns: Columns, number: int) -> Iterator[Fault]:
    """Formulas, error values and merged cells, which only look like values."""
    for field, column in columns.places.items():
        place = (number, column)
        if place in grid.formulas:
            message = N_("这一格是公式，请粘贴为数值")
            yield Fault(number, field, Reason(message, field=field))
        elif place in grid.faults:
            yield Fault(number, field, Reason(N_("这一格是错误值"), field=field))
        for area in grid.merged:
            if area.touches(number) and area.left <= column <= area.right:
                message = N_("%(area)s 是合并单元格，请取消合并并逐行填写")
                reason = Reason(message, field=field, facts={"area": str(area)})
                yield Fault(number, field, reason)


def _row(
    grid: Grid, columns: Columns, model: type[Model], number: int, wrong: list[Fault]
) -> Model | None:
    values = {
        field: None if is_blank(value := cell(grid, number, column)) else value
        for field, column in columns.places.items()
    }
    try:
        return model.model_validate(values)
    except ValidationError as error:
        for one in error.errors(include_url=False, include_input=False):
            field = str(one["loc"][0])
            wrong.append(Fault(number, field, _reason(field, dict(one))))
        return None


def _reason(field: str, error: dict[str, Any]) -> Reason:
    if error["type"] == "cell":
        message = error["msg"].replace("{{", "{")
        return Reason(message, field=field, facts=error.get("ctx") or {})
    if error["type"] in _EMPTY:
        return Reason(N_("不能空着"), field=field)
    return Reason(N_("内容不对"), field=field)
