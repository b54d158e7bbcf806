from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shouwen.doors.api.visitors import address
from shouwen.engines.limits import actions as limits
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit
from shouwen.work.ways import actions as ways
from shouwen.work.ways import queries
from shouwen.work.ways.filing import FromWeb
from shouwen.work.ways.models import PlaceLabel, Way

from .forms import FilingForm
from .hanging import hanging, in_public
from .holding import hold
from .limits import FILED


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The ways to reach the company, as they are published (R8-28), and what hangs on the board."""
    return shown(request, "home", ways=_by_division(), boards=hanging(in_public()))


def shown(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of the portal; what is somebody's own is kept nowhere."""
    response = render(request, f"portal/{template}.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _by_division() -> list[tuple[Unit, list[tuple[Way, str]]]]:
    found: dict[int, list[tuple[Way, str]]] = {}
    for way in queries.published():
        found.setdefault(way.division_id, []).append((way, link_of(way)))
    return [(org.unit_by_id(pk), rows) for pk, rows in found.items()]


def link_of(way: Way) -> str:
    """What a published address opens; an address that opens nothing is plain text."""
    text = way.address.strip()
    if way.channel == "phone":
        return "tel:" + "".join(sign for sign in text if sign.isdigit() or sign == "+")
    if way.channel == "mail" and "@" in text and " " not in text:
        return f"mailto:{text}"
    return text if text.startswith(("https://", "http://", "/portal/")) else ""


def new(request: HttpRequest) -> HttpResponse:
    """File a matter."""
    if request.method == "POST":
        return _file(request)
    return _form(request, FilingForm(queries.open_on_the_web()), None)


@require_GET
def at(request: HttpRequest, code: str) -> HttpResponse:
    """What a QR code leads to: the form, with division and place filled in."""
    label = queries.label(code)
    if label is None or label.retired_at:
        return shown(request, "no_label", 410 if label else 404)
    form = FilingForm([label.division], initial={"label": label.code})
    return _form(request, form, label)


def _form(
    request: HttpRequest, form: FilingForm, label: PlaceLabel | None, status: int = 200
) -> HttpResponse:
    units = form.fields["division"].choices  # type: ignore[attr-defined]
    return shown(request, "new", status, form=form, label=label, open=bool(units))


def _file(request: HttpRequest) -> HttpResponse:
    label = queries.label(request.POST.get("label", "")[:16]) if request.POST.get("label") else None
    units = [label.division] if label else queries.open_on_the_web()
    form = FilingForm(units, request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, label, 422)
    used = limits.spend(FILED, address(request))
    if used.is_over:
        form.add_error(None, _("填报过于频繁，请过一会儿再试，或拨打公示的电话。"))
        return _form(request, form, label, 429)
    try:
        row = ways.file(_told(form.cleaned_data, label), form.cleaned_data["photos"])
    except Refused as refused:
        form.take(refused)
        return _form(request, form, label, 422)
    response = HttpResponseRedirect(reverse("portal:matter", args=[row.pk]) + "?new=1")
    hold(request, response, row.pk)
    return response


def _told(data: dict[str, Any], label: PlaceLabel | None) -> FromWeb:
    return FromWeb(
        division=org.unit_by_id(data["division"]), name=data["name"], phone=data["phone"],
        body=data["body"], wanted=data["wanted"], label=label, once=data["token"],
        language=(get_language() or "zh-hans")[:10],
    )  # fmt: skip
