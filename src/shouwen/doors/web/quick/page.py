"""The page of one interaction: the words, their corrections, its history, its matter."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.doors.web import links, saying
from shouwen.doors.web.forms import at_fields, carried_out
from shouwen.doors.web.people import Request
from shouwen.ground.journal import queries as journal
from shouwen.ground.journal.models import Entry
from shouwen.ground.org.models import Person
from shouwen.work.cases import access as cases
from shouwen.work.customers import access as customers
from shouwen.work.customers import phones
from shouwen.work.interactions import access, actions, wording
from shouwen.work.interactions.models import Direction, Interaction
from shouwen.work.ways import actions as ways
from shouwen.work.ways import queries as ways_lists

from .forms import AnswerForm, CorrectionForm
from .queue import way_of, who

EVENTS = 30
WORDS = {
    "name": CorrectionForm.base_fields["name"].label,
    "phone": CorrectionForm.base_fields["phone"].label,
    "email": CorrectionForm.base_fields["email"].label,
    "subject": CorrectionForm.base_fields["subject"].label,
    "body": CorrectionForm.base_fields["body"].label,
    "wanted": CorrectionForm.base_fields["wanted"].label,
}


def show(request: Request, pk: int) -> HttpResponse:
    """What was said, by whom, and what became of it."""
    return _page(request, access.access_interaction(request.person, pk))


def _page(request: Request, row: Interaction, form: AnswerForm | None = None) -> HttpResponse:
    clear = sees(request, row)
    said = ways_lists.told_to_customer(row)
    context: dict[str, Any] = {
        "row": row,
        "who": who(row),
        "way": way_of(row),
        "phone": row.text.phone if clear else phones.masked(row.text.phone),
        "clear": clear,
        "corrections": [_corrected(one, clear) for one in row.corrections.select_related("by")],
        "matter": _matter(row, request.person),
        "files": ways_lists.photos([row.pk, *(one.pk for one in said)]),
        "said": said,
        "verdict": ways_lists.verdict(row),
        "events": [saying.line(one) for one in _told(row)[:EVENTS]],
        "answer": form or AnswerForm(),
        "before": getattr(row, "added_to", None),
        "letter": getattr(row, "letter", None) if row.direction == Direction.IN else None,
    }
    context["all_files"] = [one for files in context["files"].values() for one in files]
    return render(request, "quick/interaction.html", context, status=422 if form else 200)


def sees(request: Request, row: Interaction) -> bool:
    """Whether the number is shown in the clear: to who calls customers, and to who took it down."""
    mine = row.taker_id == request.person.pk
    return mine or customers.may_see_phones(request.person, row.division_id)


def _told(row: Interaction) -> QuerySet[Entry]:
    """What happened to the contact; that it holds a complaint about somebody is not everybody's."""
    return journal.timeline(row).exclude(subject_kind="grievance")


def _corrected(one: Any, clear: bool) -> dict[str, Any]:
    hide = one.field in ("phone", "email") and not clear
    return {
        "word": WORDS.get(one.field, one.field),
        "before": "****" if hide else one.before,
        "after": "****" if hide else one.after,
        "reason": one.reason, "by": one.by, "at": one.at,
    }  # fmt: skip


def _matter(row: Interaction, person: Person) -> dict[str, Any] | None:
    if row.matter_id is None or row.matter_kind != "case":
        return None
    case = cases.visible(person).filter(pk=row.matter_id).first()
    return {
        "name": case.called if case else links.kind(row.matter_kind).name,
        "url": links.url(row.matter_kind, row.matter_id) if case else "",
        "repeated": row.repeated,
    }


def correct(request: Request, pk: int) -> HttpResponse:
    """Correct what was written down, with a reason; what stood there stays readable (R2-05)."""
    row = access.access_interaction(request.person, pk)
    request.about = row
    text = row.text
    start = {name: getattr(text, name) for name in WORDS}
    sent = request.POST if request.method == "POST" else None
    form = CorrectionForm(sent, initial=start)
    if not sees(request, row):  # the form would give the number away
        del form.fields["phone"], form.fields["email"]
    if wording.is_own(text.body):  # nobody said it, so nobody has it to correct
        del form.fields["body"]
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            reason = form.cleaned_data["reason"]
            actions.correct(row, form.changes(), reason=reason, by=request.person)
            messages.success(request, _("已更正，原来的内容保留在更正记录里"))
            return redirect("quick:interaction", pk)
    status = 422 if form.errors else 200
    return render(request, "quick/correct.html", {"form": form, "row": row}, status=status)


@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Answer a customer who follows his matter on the web."""
    row = access.access_interaction(request.person, pk)
    request.about = row
    form = AnswerForm(request.POST)
    if carried_out(request, form, ways.answer, row):
        messages.success(request, _("已答复，客户凭编号和电话即可看到"))
        return redirect("quick:interaction", pk)
    return _page(request, row, form)
