"""Papers: any sheet as a page, filing a new one on a case, answering."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.doors.web import refusals
from shouwen.doors.web.numbers import number_of
from shouwen.doors.web.paging import page_of
from shouwen.doors.web.people import Request
from shouwen.engines.documents import access, printing
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.attaching.serving import download
from shouwen.engines.documents.definitions import SectionDef
from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Reason, Refused
from shouwen.ground.policy import queries as policy
from shouwen.work.cases import records
from shouwen.work.cases.access import access_case
from shouwen.work.cases.actions import case_of
from shouwen.work.cases.conveying import convey, goes_by_letter, letter_to_customer
from shouwen.work.cases.models import Case

from . import asides
from .filing import filable, forms_for
from .inputs import RefusedFiles, SectionForm, raw_with_files, section_form
from .reading import as_paper, written_on

UNPROCESSABLE = 422


def show(request: Request, pk: int) -> HttpResponse:
    """A paper as it stands, with the answer it waits for."""
    return _page(request, access.access_sheet(request.person, pk))


def _page(
    request: Request,
    sheet: Sheet,
    typed: dict[str, Any] | None = None,
    reasons: tuple[Reason, ...] = (),
    meant: SectionDef | None = None,
) -> HttpResponse:
    """The page; `typed` was `meant` for a section that somebody else may have answered by now."""
    sheet = papers.with_content(Sheet.objects.filter(pk=sheet.pk)).get()
    asked = records.next_answer(sheet) if sheet.matter_kind == "case" else None
    signatures = papers.signatures_of(sheet)
    form = _answer_form(request, sheet, asked, typed, reasons) if asked else None
    late = meant if meant and (form is None or form.section.key != meant.key) else None
    context = {
        "loose": [refusals.say(one) for one in reasons] if late else [],
        "unsaved": as_paper(late, typed or {}, sheet) if late else [],
        "sheet": sheet,
        "case": case_of(sheet) if sheet.matter_kind == "case" else None,
        "sections": written_on(sheet),
        "asked": asked,
        "form": form,
        "copies": sheet.copies.all(),
        "asides": asides.of(sheet),
        "places": [(place, signatures.get(place.key)) for place in sheet.definition.signatures],
        "by_letter": goes_by_letter(sheet),
    }
    return render(request, "papers/paper.html", context, status=UNPROCESSABLE if reasons else 200)


def _answer_form(
    request: Request,
    sheet: Sheet,
    asked: SectionDef,
    typed: dict[str, Any] | None,
    reasons: tuple[Reason, ...],
) -> SectionForm | None:
    """The form of the answer, for those who may give it."""
    hand = access.Hand(sheet, request.person, clock.now(), papers.data_of(sheet))
    if not access.may_fill(hand, asked.by, asked.key):
        return None
    data = typed if typed is not None else papers.data_to_edit(sheet, asked.key)
    version = next(part.version for part in sheet.sections.all() if part.key == asked.key)
    return section_form(
        asked, data, division=sheet.division, version=version, reasons=reasons,
        attachments=papers.attachments_of(sheet),
    )  # fmt: skip


@require_POST
def answer(request: Request, pk: int, key: str) -> HttpResponse:
    """Answer a paper: opinion, instruction, result."""
    sheet = access.access_sheet(request.person, pk)
    definition = sheet.definition.section(key)
    if definition is None:
        raise Http404
    raw: dict[str, Any] = {}
    try:
        raw = raw_with_files(definition, request, matter=sheet, division=sheet.division)
        records.answer_record(
            sheet, key, raw, version=int(request.POST.get("version") or 0), by=request.person
        )
    except Refused as refused:
        refusals.keep(request, refused)
        raw = refused.raw if isinstance(refused, RefusedFiles) else raw
        return _page(request, sheet, raw, refused.reasons, definition)
    messages.success(request, _("已签署"))
    return redirect("papers:show", pk)


def new(request: Request, case: int, form: str) -> HttpResponse:
    """File a paper on a case: a note, a request, an opinion, a petition, a conveyance."""
    found = access_case(request.person, case)
    request.about = found
    if form not in forms_for(found):
        raise Http404
    definition = policy.form(form, on=clock.today())
    section = definition.sections[0]
    reasons: tuple[Reason, ...] = ()
    raw: dict[str, Any] = {}
    if request.method == "POST":
        try:
            raw = raw_with_files(section, request, matter=found, division=found.division)
            sheet = _file(found, form, raw, request)
        except Refused as refused:
            refusals.keep(request, refused)
            raw = refused.raw if isinstance(refused, RefusedFiles) else raw
            reasons = refused.reasons
        else:
            messages.success(request, _("已签署"))
            return redirect("papers:show", sheet.pk)
    inputs = section_form(
        section, raw, division=found.division, version=0, reasons=reasons,
        attachments=papers.attachments_of(found),
    )  # fmt: skip
    context = {"case": found, "definition": definition, "section": section, "form": inputs}
    return render(request, "papers/new.html", context, status=UNPROCESSABLE if reasons else 200)


def _file(case: Case, form: str, raw: dict[str, Any], request: Request) -> Sheet:
    if form == "conveyance":
        return convey(case, raw, by=request.person)
    return records.file_record(case, form, raw, by=request.person)


def choose(request: Request, case: int) -> HttpResponse:
    """Every paper of a case, and which can be filed on it, by whom."""
    found = access_case(request.person, case)
    filed = Sheet.objects.filter(matter_kind="case", matter_id=found.pk)
    page = page_of(filed.select_related("created_by"), request)
    context = {"case": found, "forms": filable(found, request.person), "page": page}
    return render(request, "papers/choose.html", context)


def file(request: Request, uuid: UUID) -> FileResponse:
    """A file, as a download and never shown inside the page."""
    return download(access.access_attachment(request.person, uuid))


def printed(request: Request, pk: int) -> HttpResponse:
    """The paper as PDF: one copy by `?copy=3`, all of them by `?copy=all`, else the bare paper."""
    sheet = access.access_sheet(request.person, pk, "print")
    wanted = request.GET.get("copy", "")
    content = printing.pdf(
        sheet,
        copy=number_of(wanted),
        all_copies=wanted == "all",
        by=request.person,
    )
    return _pdf(content, f"{sheet.form}-{sheet.pk}")


def letter(request: Request, pk: int) -> HttpResponse:
    """What was conveyed by letter, as the letter itself; refused for an internal paper (R4-54)."""
    sheet = access.access_sheet(request.person, pk, "print")
    return _pdf(letter_to_customer(sheet, by=request.person), f"letter-{sheet.pk}")


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
