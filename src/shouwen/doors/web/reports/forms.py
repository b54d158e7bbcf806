"""Forms of one complaint on the sheet: its check, and shares of liability."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.doors.web.forms import PaperForm

from . import reading

SPARE = 2
"""Empty lines below the units that stand there."""
Choices = list[tuple[Any, Any]]


class CheckForm(PaperForm):
    """Measure, status and result, written by whoever checked them (R4-51)."""

    clauses = {"measure": "R4-51"}
    wide = {"measure", "result"}
    version = forms.IntegerField(widget=forms.HiddenInput)
    measure = forms.CharField(
        label=pgettext_lazy("column", "改善对策"), max_length=2000, widget=forms.Textarea
    )
    status = forms.ChoiceField(
        label=_("状态"),
        choices=[("", "—"), *((key, word) for key, (_sign, word) in reading.STATUSES.items())],
    )
    result = forms.CharField(
        label=pgettext_lazy("column", "处理结果"), max_length=2000, widget=forms.Textarea
    )


class SharesForm(PaperForm):
    """Liable units with their ratios, and why; one line a unit and some to spare."""

    clauses = {"reason": "R4-50"}

    def __init__(
        self, units: Choices, parts: Sequence[dict[str, Any]], data: Any = None, *, prefix: str
    ) -> None:
        super().__init__(data, prefix=prefix)
        self.lines = max(len(parts) + SPARE, self._lines_in(data))
        for index in range(self.lines):
            part = parts[index] if index < len(parts) else {"unit": "", "ratio": ""}
            self.fields[f"unit-{index}"] = forms.TypedChoiceField(
                label=_("责任单位"), choices=[("", "—"), *units], coerce=int, required=False,
                initial=part["unit"], widget=forms.Select(attrs={"class": "form-select"}),
            )  # fmt: skip
            self.fields[f"ratio-{index}"] = forms.CharField(
                label=_("比率"), max_length=8, required=False, initial=part["ratio"],
                widget=forms.TextInput(
                    attrs={"class": "form-control is-number", "inputmode": "decimal"}
                ),
            )  # fmt: skip
        self.fields["reason"] = forms.CharField(
            label=_("理由"), max_length=1000, required=False,
            widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
        )  # fmt: skip
        for field in self.fields.values():
            field.clause = ""  # type: ignore[attr-defined]

    def _lines_in(self, data: Any) -> int:
        return sum(str(name).startswith(f"{self.prefix}-unit-") for name in data or ())

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The lines as they stand under each other."""
        return [(self[f"unit-{index}"], self[f"ratio-{index}"]) for index in range(self.lines)]

    @property
    def parts_written(self) -> list[dict[str, Any]]:
        """The units somebody wrote, in their order."""
        found = []
        for index in range(self.lines):
            unit = self.cleaned_data.get(f"unit-{index}")
            ratio = str(self.cleaned_data.get(f"ratio-{index}") or "").strip()
            if unit or ratio:
                found.append({"unit": unit or 0, "ratio": ratio, "line": index})
        return found
