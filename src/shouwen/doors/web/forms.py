"""Forms that look like paper: label, mark of duty, hint, clause, and the error where it hurts.

    class Closing(PaperForm):
        sections = [Part("ruling", _("裁示"), ["method", "amount"], clause="R4-35")]
        clauses = {"amount": "R4-39"}
        method = forms.ChoiceField(label=_("处理方式"), …)

In a template: `<form method="post" data-draft="closing">{% csrf_token %}{% once %}{{ form }}`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.forms.boundfield import BoundField
from django.forms.renderers import Jinja2, TemplatesSetting
from django.utils.translation import gettext_lazy as _

from shouwen.ground.foundation import clock

from .refusals import add_reasons, at_fields, carried_out

__all__ = ["Filters", "PaperForm", "Part", "add_reasons", "at_fields", "carried_out"]


class PaperRenderer(TemplatesSetting):
    """Forms and fields by our templates, the inputs themselves by Django's for Jinja.

    A select is a template for every option; those of Jinja are compiled and cost a tenth.
    """

    form_template_name = "web/_form.html"
    field_template_name = "web/_field.html"
    inputs = Jinja2()

    def get_template(self, template_name: str) -> Any:
        """Ours, or Django's own for an input."""
        if template_name.startswith("django/forms/widgets/"):
            return self.inputs.get_template(template_name)
        return super().get_template(template_name)


@dataclass(frozen=True)
class Part:
    """One section of a form, like a box on the paper."""

    key: str
    title: Any
    fields: list[str]
    clause: str = ""
    help: Any = ""


@dataclass(frozen=True)
class BoundPart:
    """A section with the fields it shows."""

    part: Part
    fields: list[BoundField]


class PaperForm(forms.Form):
    """The base of every form of the product."""

    default_renderer = PaperRenderer
    required_css_class = "is-required"
    error_css_class = "is-wrong"
    sections: ClassVar[list[Part]] = []
    clauses: ClassVar[dict[str, str]] = {}
    wide: ClassVar[set[str]] = set()
    """Fields that take the whole line where a form stands in two columns."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            dress(field)
            field.clause = self.clauses.get(name, "")  # type: ignore[attr-defined]
            field.wide = name in self.wide or is_long(field)  # type: ignore[attr-defined]

    @cached_property
    def parts(self) -> list[BoundPart]:
        """The sections with their fields; without sections, one nameless part."""
        parts = self.sections or [Part("", "", [*self.fields])]
        return [
            BoundPart(part, [self[name] for name in part.fields if self._is_shown(name)])
            for part in parts
        ]

    def _is_shown(self, name: str) -> bool:
        return name in self.fields and not self[name].is_hidden

    @property
    def wrong_fields(self) -> list[BoundField]:
        """The fields with errors, in the order of the page."""
        return [field for part in self.parts for field in part.fields if field.errors]


class Filters(PaperForm):
    """What a list may be filtered by; what cannot be read does not filter.

    The words are typed into `q`, and `hint` says what they find; a list without words says
    `q = None`.
    """

    hint: ClassVar[Any] = ""
    q = forms.CharField(label=_("查找"), max_length=60, required=False)

    def __init__(self, data: Any, divisions: Iterable[int] = ()) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.divisions: set[int] = set(divisions)
        if self.hint:
            self.fields["q"].widget.attrs["placeholder"] = self.hint
        self.prepare()
        self.is_valid()

    def prepare(self) -> None:
        """Fill in the choices that depend on what the reader sees."""

    def asked(self, name: str) -> Any:
        """The value of a filter, or nothing."""
        return self.cleaned_data.get(name)

    def within(self, column: str) -> Q:
        """The rows with a moment on the days asked for by `since` and `until`."""
        found = Q()
        if since := self.asked("since"):
            found &= Q(**{f"{column}__gte": clock.local(since)})
        if until := self.asked("until"):
            found &= Q(**{f"{column}__lt": clock.end_of(until)})
        return found


_LONG = (forms.Textarea, forms.CheckboxSelectMultiple)


def is_long(field: forms.Field) -> bool:
    """Whether the input wants the whole line."""
    return isinstance(field.widget, _LONG)


def dress(field: forms.Field) -> None:
    """Give an input the class of its kind; numbers stand to the right."""
    widget, classes = field.widget, []
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return  # its class would land on the box around all of them
    if widget.is_hidden:
        return
    if isinstance(widget, forms.CheckboxInput):
        classes.append("form-check-input")
    elif isinstance(widget, forms.Select):
        classes.append("form-select")
    else:
        classes.append("form-control")
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        classes.append("is-number")
        widget.attrs.setdefault("inputmode", "decimal")
        widget.input_type = "text"  # no arrows, no wheel that changes an amount unseen
    if isinstance(field, forms.DateField):
        widget.input_type = "date"
        widget.format = "%Y-%m-%d"
    if isinstance(field, forms.DateTimeField):
        widget.input_type = "datetime-local"
        widget.format = "%Y-%m-%dT%H:%M"
    if isinstance(widget, forms.Textarea):
        widget.attrs.pop("cols", None)
        if widget.attrs.get("rows") == "10":  # Django's own; ours is a few lines that can grow
            widget.attrs["rows"] = 3
    given = widget.attrs.get("class", "")
    widget.attrs["class"] = " ".join([*filter(None, [given]), *classes])
