from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.doors.web.customers import showing
from shouwen.doors.web.customers.exports import file_response
from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.people import Request
from shouwen.ground.foundation.refusal import N_, Refused
from shouwen.ground.foundation.words import language, listed
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit
from shouwen.work.customers import access
from shouwen.work.customers.importing import actions as imports
from shouwen.work.customers.importing import sheets
from shouwen.work.customers.importing.checking import Fault
from shouwen.work.customers.importing.headings import headings_of, is_needed
from shouwen.work.customers.importing.kinds import KINDS, Kind
from shouwen.work.customers.importing.plans.planning import Act, Planned
from shouwen.work.customers.importing.trials import Trial
from shouwen.work.customers.models import Upload

from .forms import UploadForm

SHOWN = 200
"""Rows a page lists; the workbook has them all."""
ACTS = {
    Act.CREATE: ("now", N_("新增")),
    Act.CHANGE: ("soon", N_("更改")),
    Act.SAME: ("off", N_("不变")),
}


def start(request: Request) -> HttpResponse:
    """The kinds of file, and what one imported lately."""
    mine = Upload.objects.filter(uploaded_by=request.person).select_related("division")
    kinds = [(kind, divisions(request, kind)) for kind in KINDS.values()]
    recent = [(one, KINDS[one.kind]) for one in mine.order_by("-uploaded_at")[:10]]
    return render(request, "imports/start.html", {"kinds": kinds, "recent": recent})


def divisions(request: Request, kind: Kind) -> list[Unit]:
    """Where a person may import a kind."""
    seen = org.divisions_visible(request.person)
    found = [one for one in org.divisions() if one.pk in seen]
    return [one for one in found if access.may_write(request.person, kind.right, one)]


def upload(request: Request, kind: str) -> HttpResponse:
    """Choose a file; it is read and tried at once."""
    chosen = _kind(kind)
    places = _places(request, chosen)
    form = UploadForm(request.POST or None, request.FILES or None, divisions=places)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        division = next(one for one in places if one.code == form.cleaned_data["division"])
        with at_fields(request, form):
            made, _trial = imports.try_file(
                division, chosen.key, file.name, file.read(), by=request.person
            )
            return redirect("imports:trial", token=made.token)
    columns = [
        (heading, is_needed(chosen.row, key)) for key, heading in headings_of(chosen.row).items()
    ]
    context = {"kind": chosen, "form": form, "columns": columns}
    return render(request, "imports/upload.html", context, status=422 if form.errors else 200)


def _kind(key: str) -> Kind:
    if key not in KINDS:
        raise Http404
    return KINDS[key]


def _places(request: Request, kind: Kind) -> list[Unit]:
    found = divisions(request, kind)
    if not found:
        for division in org.divisions_visible(request.person):
            access.require_writer(request.person, kind.right, division)
        raise Http404
    return found


def template(request: Request, kind: str) -> HttpResponse:
    """An empty workbook with the headings."""
    chosen = _kind(kind)
    data = sheets.template(chosen, english=language() == "en")
    return file_response(data, _("%(what)s-模板") % {"what": chosen.title} + ".xlsx")


@dataclass(frozen=True)
class Line:
    """What one record would become."""

    rows: str
    act: Act
    state: str
    word: str
    label: str
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Wrong:
    """One fault: where, which column, what stands there, why not."""

    place: str
    heading: str
    value: str
    said: str


def trial(request: Request, token: UUID) -> HttpResponse:
    """What the file would do, or what is wrong with it."""
    upload = _upload(request, token)
    kind = KINDS[upload.kind]
    if upload.state != Upload.State.WAITING:
        return render(request, "imports/done.html", {"upload": upload, "kind": kind})
    tried = _retry(request, upload)
    if tried is None:
        return redirect("imports:upload", kind=upload.kind)
    imports.accept_anew(upload, tried)
    ordered = sorted(tried.planned, key=lambda one: (one.act is Act.SAME, one.rows))
    context = {
        "upload": upload,
        "kind": kind,
        "trial": tried,
        "lines": [_line(one) for one in ordered[:SHOWN]],
        "more": max(0, len(ordered) - SHOWN),
        "wrong": [_wrong(tried, fault) for fault in tried.faults[:SHOWN]],
        "more_wrong": max(0, len(tried.faults) - SHOWN),
    }
    return render(request, "imports/trial.html", context)


def _upload(request: Request, token: UUID) -> Upload:
    try:
        return access.access_upload(request.person, str(token))
    except ObjectDoesNotExist:
        raise Http404 from None


def _retry(request: Request, upload: Upload) -> Trial | None:
    """The trial as it stands now; None, with a word why, when the file is gone."""
    try:
        return imports.retry(upload, by=request.person)
    except Refused as refused:
        messages.error(request, sheets.say(refused.reasons[0]))
        return None


def _line(planned: Planned) -> Line:
    state, word = ACTS[planned.act]
    changes = [
        (showing.field_name(key), _value(key, old), _value(key, new))
        for key, (old, new) in planned.changes.items()
    ]
    rows = listed(planned.rows[:6]) + ("…" if len(planned.rows) > 6 else "")
    return Line(rows, planned.act, state, _(word), planned.label, changes)


def _value(key: str, given: Any) -> str:
    """A planned value; people come as records here, not as ids."""
    return str(given) if hasattr(given, "pk") else showing.value(key, given)


def _wrong(tried: Trial, fault: Fault) -> Wrong:
    heading, value = tried.heading(fault.field), tried.value(fault)
    return Wrong(
        tried.place(fault),
        str(heading) if heading else "",
        "" if value is None else str(value)[:60],
        sheets.say(fault.reason),
    )


def errors(request: Request, token: UUID) -> HttpResponse:
    """The rows with what is wrong marked in them, to mend and send again."""
    upload = _upload(request, token)
    tried = _retry(request, upload)
    if tried is None:
        return redirect("imports:upload", kind=upload.kind)
    name = _("%(what)s-问题清单") % {"what": KINDS[upload.kind].title} + ".xlsx"
    return file_response(sheets.error_sheet(tried), name)


@require_POST
def commit(request: Request, token: UUID) -> HttpResponse:
    """Write all of it."""
    upload = _upload(request, token)
    try:
        imports.commit(upload, by=request.person)
    except Refused as refused:
        messages.error(request, sheets.say(refused.reasons[0]))
        return redirect("imports:trial", token=token)
    messages.success(request, _("已导入"))
    return redirect("imports:trial", token=token)


@require_POST
def drop(request: Request, token: UUID) -> HttpResponse:
    """Forget the file."""
    upload = _upload(request, token)
    imports.drop(upload)
    messages.success(request, _("已放弃，什么也没有写入"))
    return redirect("imports:start")
