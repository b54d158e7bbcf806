"""One blank of a paper: its type, when it is asked for, what it may hold."""

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from shouwen.ground.foundation.words import Words

from .checks import CLAUSE
from .conditions import Condition, Key

Clause = Annotated[str, StringConstraints(pattern=CLAUSE)]

FieldType = Literal[
    "text", "longtext", "integer", "quantity", "percent", "money", "date", "datetime", "choice",
    "choices", "bool", "person", "unit", "role", "phone", "order", "part", "file", "files",
    "lines", "note",
]  # fmt: skip


class Definition(BaseModel):
    """Strict and unchangeable: an unknown key is a mistake in the regulation's file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldDef(Definition):
    """One blank of the paper. `columns` make a table of it; a `note` is printed text only."""

    key: Key
    label: Words
    type: FieldType
    required: bool = False
    required_if: Condition = {}
    at_save: bool = False
    """Missing, it is refused already on saving, not only at the signature."""
    must: bool | None = None
    """The only answer with which the section can be signed: a seal that has to be there."""
    choices: dict[Key, Words] = {}
    columns: list["FieldDef"] = []
    rows_from: str | None = Field(default=None, pattern=r"^[a-z0-9_]+\.[a-z0-9_]+\.[a-z0-9_]+$")
    """A new table starts with one row for each value of `section.table.column`."""
    computed: Key | None = None
    """Worked out by a higher floor; nobody types it."""
    options_from: str | None = Field(default=None, pattern=r"^R\d+-\d\d\.[a-z][a-z0-9_]*$")
    """A text that is one of the codes of a company table (`code`, `name_zh`, `name_en`)."""
    function: Key | None = None
    """Only units (or people of units) of this function are offered."""
    capitals: bool = False
    """The amount is printed in capitals (大写) as well."""
    total: bool = False
    """This column of a table is added up below."""
    help: Words | None = None
    text: Words | None = None
    """What a `note` says; the remark a ticked box prints (R4-26)."""
    clause: Clause = ""
    min: Decimal | None = None
    max: Decimal | None = None
    """Of a figure (money in yuan); of a table the number of rows."""
    max_length: int | None = Field(default=None, gt=0)
    not_future: bool = False
    preset: Any = None
    preset_if: str | None = Field(default=None, pattern=r"^[a-z0-9_]+\.[a-z0-9_]+$")
    """The preset stands only when this field of another section says yes (R4-42)."""

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        wanted = {
            "choices": self.type in {"choice", "choices"},
            "columns": self.type == "lines",
            "text": self.type == "note" or (self.type == "bool" and self.text is not None),
        }
        for name, needed in wanted.items():
            if bool(getattr(self, name)) != needed:
                word = "needs" if needed else "has no"
                raise ValueError(f"{self.key}: a field of type {self.type} {word} {name}")
        allowed = {
            "not_future": {"date", "datetime"},
            "must": {"bool"},
            "capitals": {"money"},
            "total": {"integer", "quantity", "percent", "money"},
            "rows_from": {"lines"},
            "function": {"unit", "person"},
            "options_from": {"text"},
        }
        for name, types in allowed.items():
            if getattr(self, name) not in (None, False) and self.type not in types:
                raise ValueError(f"{self.key}: {name} is only for {', '.join(sorted(types))}")
        if any(column.type in {"lines", "note"} for column in self.columns):
            raise ValueError(f"{self.key}: a column is neither a table nor a note")
        well_named(self.columns, f"columns of {self.key}")
        return self

    def column(self, key: str) -> "FieldDef | None":
        """The column of that key."""
        return next((column for column in self.columns if column.key == key), None)


def no_twins(keys: list[str], where: str) -> None:
    """Raise ValueError when a key stands there twice."""
    twins = {key for key in keys if keys.count(key) > 1}
    if twins:
        raise ValueError(f"{where}: {sorted(twins)} stand there twice")


def well_named(fields: list[FieldDef], where: str) -> None:
    """Raise ValueError on keys that repeat and conditions that name no field."""
    keys = [field.key for field in fields]
    no_twins(keys, where)
    for field in fields:
        if unknown := set(field.required_if) - set(keys):
            raise ValueError(f"{field.key}: required_if names unknown fields {sorted(unknown)}")
