"""One complaint on a sheet: its check, what each head says of it, its shares, the exchange."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web import refusals
from shouwen.doors.web.caselists import words as choices
from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, Refused, refuse
from shouwen.ground.org import queries as org
from shouwen.outcomes.reports import access, countersigning
from shouwen.outcomes.reports import actions as reports
from shouwen.outcomes.reports.models import Remark, Report

from . import reading
from .forms import CheckForm, SharesForm
from .sheet import STANDS

UNPROCESSABLE = 422
WRITTEN = ("measure", "status", "result")
"""What somebody who checks a complaint writes."""
CHOICE = "choose."
"""`choose.<field>` = `theirs` takes what the other one saved."""
SIGNS = {
    "confirmed": ("check", "done"),
    "objected": ("message-exclamation", "late"),
    "answered": ("message-reply", ""),
    "amended": ("percentage", ""),
}


@dataclass(frozen=True)
class Theirs:
    """A field in which somebody else wrote something different meanwhile."""

    key: str
    label: Any
    text: Any


@require_GET
def show(request: Request, pk: int, case: int) -> HttpResponse:
    """The page of one complaint."""
    report = access.access_report(request.person, pk)
    return _page(request, report, _row(report, case))


def _row(report: Report, case: int) -> dict[str, Any]:
    for row in (*report.rows, *report.carried):
        if row["case"] == case:
            return row
    raise Http404(case)


def _page(
    request: Request, report: Report, row: dict[str, Any], wrong: dict[str, Any] | None = None
) -> HttpResponse:
    now = clock.now()
    newest = countersigning.round_of(report)
    remarks = list(report.remarks.filter(case=row["case"]).select_related("person"))
    stood = countersigning.stands_on(remarks)
    mine = countersigning.places_for(newest, request.person, now)
    draws = access.is_drawer(request.person, report.division_id, now)
    in_month = "since" not in row
    known = reading.Words()
    forms = {} if report.is_frozen else _forms(request, report, row)
    context = {
        "report": report,
        "state": reading.STATES[report.state],
        "row": row,
        "line": reading.Line(row, report, known),
        "parts": [(part, reading.said(part)) for part in row["liability"]],
        "heads": _heads(report, row, stood) if in_month and newest else [],
        "said": [stood.get((row["case"], place.role), "") for place in mine],
        "thread": [_event(report, one) for one in reversed(remarks)],
        "can_check": not report.is_frozen
        and access.may_check(request.person, report.division_id, now),
        "can_speak": bool(mine) and in_month,
        "can_amend": draws and in_month and not report.is_frozen,
        "can_answer": draws and "objected" in stood.values(),
        **forms,
        **_neighbours(report, row),
        **(wrong or {}),
    }
    return render(request, "reports/row.html", context, status=UNPROCESSABLE if wrong else 200)


def _forms(request: Request, report: Report, row: dict[str, Any]) -> dict[str, Any]:
    units = choices.units(request.person)
    start = {key: row[key] for key in ("measure", "status", "result", "version")}
    return {
        "check": CheckForm(initial=start),
        "shares": SharesForm(units, row["liability"], prefix="amend"),
        "objection": SharesForm(units, row["liability"], prefix="object"),
    }


def _heads(report: Report, row: dict[str, Any], stood: Any) -> list[dict[str, Any]]:
    """Where each head stands on this complaint."""
    roles = access.signers(report.division, report.submitted_at or clock.now())
    return [
        {
            "title": org.role_title(role, report.division_id),
            "badge": STANDS[stood.get((row["case"], role), "")],
        }
        for role in roles
    ]


def _event(report: Report, one: Remark) -> dict[str, Any]:
    icon, state = SIGNS[one.kind]
    role = org.role_title(one.role.split("|")[0], report.division_id) if one.role else ""
    shares = "; ".join(f"{reading.said(part)} {part['ratio']}%" for part in one.shares)
    return {
        "at": one.at,
        "person": one.person,
        "title": f"{one.get_kind_display()} · {role}" if role else one.get_kind_display(),
        "detail": " — ".join(filter(None, [one.text, shares])),
        "icon": icon,
        "state": state,
    }


def _neighbours(report: Report, row: dict[str, Any]) -> dict[str, Any]:
    """The complaints before and after on the sheet."""
    order = [one["case"] for one in (*report.rows, *report.carried)]
    place = order.index(row["case"])
    return {
        "place": place + 1,
        "count": len(order),
        "before": order[place - 1] if place else None,
        "after": order[place + 1] if place + 1 < len(order) else None,
    }


# -- acts -----------------------------------------------------------------------------------------


def _check(request: Request, report: Report, case: int) -> dict[str, Any]:
    form = CheckForm(request.POST)
    form.is_valid()
    try:
        version = int(request.POST.get("version", ""))
    except ValueError:
        version = -1
    row = _row(report, case)
    written = {key: _chosen(request, row, key) for key in WRITTEN}
    for field in [*form.errors]:
        del form.errors[field]
    try:
        reports.write_check(report, case, written, version=version, by=request.person)
    except Refused as refused:
        if row["version"] != version:
            return _clash(request, row, written, refused)
        return _at_fields(request, form, refused, "check")
    return {}


def _chosen(request: Request, row: dict[str, Any], key: str) -> str:
    """What was typed; where two wrote, the other's text if that was chosen."""
    theirs = request.POST.get(f"{CHOICE}{key}") == "theirs"
    return str(row[key] if theirs else request.POST.get(key, ""))


def _clash(
    request: Request, row: dict[str, Any], written: dict[str, str], refused: Refused
) -> dict[str, Any]:
    """Somebody else saved meanwhile: both texts side by side, and the form may be sent again."""
    refusals.keep(request, refused)
    form = CheckForm(initial={**written, "version": row["version"]})
    words = dict(form.fields["status"].choices)  # type: ignore[attr-defined]
    theirs = [
        Theirs(key, form.fields[key].label, words.get(row[key], row[key]) or "—")
        for key in WRITTEN
        if str(row[key] or "") != written[key].strip()
    ]
    return {"check": form, "open": "check", "clash": theirs, "refused": refused}


def _amend(request: Request, report: Report, case: int) -> dict[str, Any]:
    form = _shares(request, report, case, "amend")
    try:
        reports.amend(
            report, case, _named(form), form.cleaned_data.get("reason") or "", by=request.person
        )
    except Refused as refused:
        return _at_fields(request, form, refused, "shares")
    return {}


def _object(request: Request, report: Report, case: int) -> dict[str, Any]:
    form = _shares(request, report, case, "object")
    reason = form.cleaned_data.get("reason") or ""
    stands = [(part["unit"], part["ratio"]) for part in _row(report, case)["liability"]]
    try:
        shares = _named(form)
        same = [(part["unit"], part["ratio"]) for part in shares] == stands
        reports.object_to(report, case, reason, [] if same else shares, by=request.person)
    except Refused as refused:
        return _at_fields(request, form, refused, "objection")
    return {}


def _shares(request: Request, report: Report, case: int, prefix: str) -> SharesForm:
    parts = _row(report, case)["liability"]
    form = SharesForm(choices.units(request.person), parts, request.POST, prefix=prefix)
    form.is_valid()
    return form


def _named(form: SharesForm) -> list[dict[str, Any]]:
    parts = form.parts_written
    for part in parts:
        if not part["unit"]:
            raise refuse(N_("请选择责任单位"), "R4-50", field=f"unit-{part['line']}")
    return parts


def _at_fields(request: Request, form: Any, refused: Refused, name: str) -> dict[str, Any]:
    """The same page with the reasons at their fields; nothing typed is lost."""
    lines = [part["line"] for part in form.parts_written] if name != "check" else []
    moved = Refused(*(replace(one, field=_moved(one.field, lines)) for one in refused.reasons))
    refusals.keep(request, refused)
    refusals.add_reasons(form, moved)
    return {name: form, "open": name}


def _moved(field: str, lines: list[int]) -> str:
    """The line a share was written on, where empty lines stood before it."""
    name, _dash, index = field.partition("-")
    fits = name in ("unit", "ratio") and index.isdigit() and int(index) < len(lines)
    return f"{name}-{lines[int(index)]}" if fits else field


def _confirm(request: Request, report: Report, case: int) -> dict[str, Any]:
    reports.confirm(report, [case], by=request.person)
    return {}


def _answer(request: Request, report: Report, case: int) -> dict[str, Any]:
    reports.answer(report, case, request.POST.get("text", ""), by=request.person)
    return {}


Act = Callable[[Request, Report, int], dict[str, Any]]
ACTS: dict[str, tuple[Act, Any]] = {
    "check": (_check, gettext_lazy("检查已记下。")),
    "amend": (_amend, gettext_lazy("比率已更改，请各主管重新确认这一件。")),
    "object": (_object, gettext_lazy("异议已送生产管理组。")),
    "confirm": (_confirm, gettext_lazy("已确认。")),
    "answer": (_answer, gettext_lazy("答复已记下。")),
}


@require_POST
def act(request: Request, pk: int, case: int, key: str) -> HttpResponse:
    """Do one of the acts of a line."""
    report = access.access_report(request.person, pk)
    row = _row(report, case)
    if key not in ACTS:
        raise Http404(key)
    request.about = report
    verb, done = ACTS[key]
    if wrong := verb(request, report, case):
        return _page(request, report, row, wrong)
    messages.success(request, done)
    return redirect("reports:row", pk, case)
