"""Company values: every figure the texts leave open, what was set, and the form that sets it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.people import Request
from shouwen.doors.web.regulations import figures
from shouwen.ground.foundation import clock
from shouwen.ground.org import actions as org
from shouwen.ground.org import queries
from shouwen.ground.org import values as company
from shouwen.ground.org.models import CompanyValue, Unit
from shouwen.ground.org.values import Setting
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.shapes import RegulationHead
from shouwen.ground.policy.values import Column, ValueSpec, typed

from . import gates
from .pages import page
from .value_form import ValueForm


@dataclass(frozen=True)
class Row:
    """One open value with what is in force and what will be."""

    spec: ValueSpec
    setting: Setting | None
    coming: CompanyValue | None
    inherited: bool

    @property
    def text(self) -> str:
        """The value in words."""
        return figures.value_text(self.spec, self.setting.value) if self.setting else ""


def values(request: Request) -> HttpResponse:
    """Every open value of the regulations a division runs under, the missing ones marked."""
    unit = gates.place(request)
    parts = [(head, _rows(head, unit)) for head in _regulations(unit)]
    parts = [(head, rows) for head, rows in parts if rows]
    missing = sum(row.setting is None for _head, rows in parts for row in rows)
    return page(
        request, "values", "values", unit=unit, places=gates.places(request), parts=parts,
        missing=missing, keeper=gates.may_keep(request, unit),
    )  # fmt: skip


def _regulations(unit: Unit) -> list[RegulationHead]:
    """What the division adopted, also from a later day; of a group, whatever there is."""
    codes = {one.regulation for one in queries.adoptions(unit) if one.until is None}
    everything = policy.regulations()
    return [head for head in everything if head.code in codes or not unit.division]


def _rows(head: RegulationHead, unit: Unit) -> list[Row]:
    today = clock.today()
    found = []
    for spec in policy.value_specs(head.code):
        setting = company.setting_of(spec.key, unit)
        later = [row for row in company.history(spec.key, unit) if row.since > today]
        coming = later[-1] if later else None
        inherited = setting is not None and setting.unit != unit
        found.append(Row(spec, setting, coming, inherited))
    return found


@dataclass(frozen=True)
class Past:
    """One line of a value's history."""

    row: CompanyValue
    text: str
    cells: list[list[tuple[Column, str]]]
    current: bool


def value(request: Request, key: str) -> HttpResponse:
    """One value: its clause, what is in force, everything set before, and the form to set it."""
    unit = gates.place(request)
    try:
        spec = policy.value_spec(key)
    except policy.NotInForce:
        raise Http404 from None
    keeper = gates.may_keep(request, unit)
    setting = company.setting_of(key, unit)
    data = request.POST if request.method == "POST" else None
    form = ValueForm(spec, setting.value if setting else None, data)
    if data is not None:
        gates.keeper_only(request, unit)
        if answer := _set(request, form, unit):
            return answer
    history = [_past(spec, row, setting) for row in company.history(key, unit)]
    response = page(
        request, "value", "values", unit=unit, places=gates.places(request), spec=spec,
        setting=setting, form=form, keeper=keeper, history=history,
        text=figures.value_text(spec, setting.value) if setting else "",
        cells=_cells(spec, setting.value) if setting else [],
        example=_example(spec), inherited=setting is not None and setting.unit != unit,
    )  # fmt: skip
    response.status_code = 422 if data is not None and "more" not in data and form.errors else 200
    return response


def _set(request: Request, form: ValueForm, unit: Unit) -> HttpResponse | None:
    """Set what was typed and go back to the page, or nothing when it must be mended."""
    if "more" in request.POST or not form.is_valid():
        return None
    withdrawn = "withdraw" in request.POST
    with at_fields(request, form):
        org.set_value(
            form.spec.key, None if withdrawn else form.raw, division=unit,
            since=form.cleaned_data["since"], note=form.cleaned_data["note"], by=request.person,
        )  # fmt: skip
    if form.errors:
        return None
    messages.success(request, _("公司规定值已撤回") if withdrawn else _("公司规定值已设定"))
    address = reverse("settings:value", args=[form.spec.key])
    return redirect(f"{address}?division={unit.code}")


def _past(spec: ValueSpec, row: CompanyValue, setting: Setting | None) -> Past:
    if row.value is None:
        return Past(row, str(_("已撤回")), [], False)
    found = typed(spec, row.value)
    return Past(row, figures.value_text(spec, found), _cells(spec, found), _counts(row, setting))


def _counts(row: CompanyValue, setting: Setting | None) -> bool:
    return setting is not None and setting.row == row.pk


def _cells(spec: ValueSpec, found: Any) -> list[list[tuple[Column, str]]]:
    return list(figures.table_rows(spec, found)) if spec.type == "table" else []


def _example(spec: ValueSpec) -> str:
    if spec.example is None or spec.type == "table":
        return ""
    return figures.value_text(spec, spec.example)
