"""The form of one company value, of every type; a table is edited row by row.

Cells are named as refusals name them: `value` for a single one, `value.<row>.<column>` in a table.
Rows left empty are closed up before anything else, so that both count the same rows.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web import saying
from shouwen.doors.web.forms import PaperForm, dress
from shouwen.ground.foundation import clock
from shouwen.ground.policy.values import Column, ValueSpec

SPARE_ROWS = 2
MOST_ROWS = 200
_UNITS = ("sales", "pm_group", "gm_office", "quality", "manufacturing", "plant_office", "rnd",
          "accounting", "warehouse", "hr", "service")  # fmt: skip
ROLES = (
    *(f"{unit}{rank}" for unit in _UNITS for rank in ("", ".supervisor", ".manager")),
    "management.deputy_gm",
    "management.gm",
)
Data = Mapping[str, Any]


class ValueForm(PaperForm):
    """The value, from when, and why."""

    since = forms.DateField(label=_("自哪一天起"))
    note = forms.CharField(
        label=_("说明"), max_length=200, required=False,
        help_text=_("依据或决议；生效日早于今天时必须写明。"),
    )  # fmt: skip
    wide: ClassVar[set[str]] = {"note"}

    def __init__(self, spec: ValueSpec, present: Any, data: Data | None = None) -> None:
        self.spec, self.filled = spec, 0
        initial: dict[str, Any] = {"since": clock.today()}
        if spec.type == "table":
            typed = _typed_rows(spec, data) if data is not None else _shown_rows(spec, present)
            self.filled = len(typed)
            cells = {
                f"value.{row}.{key}": text
                for row, values in enumerate(typed)
                for key, text in values.items()
            }
        else:
            cells = {"value": _shown(spec, present) if data is None else data.get("value", "")}
        bound = None if data is None else {**cells, **{n: data.get(n) for n in ("since", "note")}}
        super().__init__(bound, initial=initial | cells)
        for name, column in self._cells():
            self.fields[name] = _field(column)

    def _cells(self) -> list[tuple[str, Column | ValueSpec]]:
        if self.spec.type != "table":
            return [("value", self.spec)]
        rows = range(self.filled + SPARE_ROWS)
        return [(f"value.{r}.{column.key}", column) for r in rows for column in self.spec.columns]

    def clean(self) -> dict[str, Any]:
        """A table stays a table people can read."""
        if self.filled > MOST_ROWS:
            self.add_error(None, _("一张表最多 %(most)d 行") % {"most": MOST_ROWS})
        return super().clean() or {}

    @property
    def raw(self) -> Any:
        """The value as it was typed."""
        if self.spec.type != "table":
            return self.cleaned_data["value"]
        keys = [column.key for column in self.spec.columns]
        return [
            {key: self.cleaned_data[f"value.{row}.{key}"] for key in keys}
            for row in range(self.filled)
        ]

    @property
    def table(self) -> list[list[tuple[Column | ValueSpec, BoundField]]]:
        """Rows of inputs, the spare ones last."""
        width = len(self.spec.columns)
        cells = [(column, self[name]) for name, column in self._cells()]
        return [cells[at : at + width] for at in range(0, len(cells), width)]

    @property
    def own_errors(self) -> list[str]:
        """What concerns the table as a whole."""
        return [*self.non_field_errors()]


def _typed_rows(spec: ValueSpec, data: Data) -> list[dict[str, str]]:
    """The rows of a posted table that have something in them, in their order."""
    keys = [column.key for column in spec.columns]
    numbers = sorted({int(name.split(".")[1]) for name in data if _is_cell(name)})
    rows = [{key: data.get(f"value.{n}.{key}", "").strip() for key in keys} for n in numbers]
    return [row for row in rows if any(row.values())]


def _is_cell(name: str) -> bool:
    parts = name.split(".")
    return len(parts) == 3 and parts[0] == "value" and parts[1].isdecimal() and len(parts[1]) < 5


def _shown_rows(spec: ValueSpec, present: Any) -> list[dict[str, str]]:
    return [
        {column.key: _shown(column, row.get(column.key)) for column in spec.columns}
        for row in present or ()
    ]


def _shown(column: Column | ValueSpec, value: Any) -> str:
    """A stored value as a person types it: money in yuan."""
    if value is None:
        return ""
    if column.type == "money":
        return f"{(Decimal(value) / 100).normalize():f}"
    return str(value)


def _field(column: Column | ValueSpec) -> forms.Field:
    """The input of a cell; what it accepts is checked where it is set, not here."""
    options: dict[str, Any] = {"label": column.label, "required": False}
    if column.type == "choice":
        choices = [(choice.key, str(choice.label)) for choice in column.choices]
        field: forms.Field = forms.ChoiceField(choices=[("", "—"), *choices], **options)
    elif column.type == "role":
        roles = [(role, saying.role(role)) for role in ROLES]
        field = forms.ChoiceField(choices=[("", "—"), *roles], **options)
    elif column.type == "longtext":
        field = forms.CharField(
            widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, **options
        )
    else:
        field = forms.CharField(max_length=200, **options)
    dress(field)
    if column.type in ("integer", "decimal", "percent", "money", "minutes", "hours", "days"):
        field.widget.attrs["class"] += " is-number"
        field.widget.attrs["inputmode"] = "decimal"
    field.widget.attrs["aria-label"] = str(column.label)
    field.clause, field.wide = "", False  # type: ignore[attr-defined]
    return field
