"""The page of a matter without a complaint form: ordinary, or an abnormality without loss."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from shouwen.doors.web import saying
from shouwen.doors.web.forms import PaperForm, carried_out
from shouwen.doors.web.people import Request
from shouwen.engines.documents import queries as documents
from shouwen.ground.journal import queries as journal
from shouwen.work.cases import access, actions
from shouwen.work.cases.models import Case, Kind

from .views import address_of


class SolutionForm(PaperForm):
    """How the matter was solved."""

    solution = forms.CharField(
        label=gettext_lazy("处理结果"), widget=forms.Textarea, max_length=2000
    )


def show(request: Request, pk: int) -> HttpResponse:
    """What was said, the papers filed on it, and its closing."""
    case = access.access_case(request.person, pk)
    if case.kind == Kind.QUALITY:
        return redirect(address_of(case))
    return _page(request, case)


def _page(request: Request, case: Case, form: SolutionForm | None = None) -> HttpResponse:
    entries = list(journal.timeline(case)[:30])
    closing = next((one for one in entries if one.event == "case.closed"), None)
    context = {
        "case": case,
        "form": form or SolutionForm(),
        "papers": documents.sheets_of(case),
        "solution": closing.data.get("solution", "") if closing else "",
        "events": [saying.line(entry) for entry in entries],
    }
    return render(request, "intake/matter.html", context, status=422 if form else 200)


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Close an ordinary matter with its solution; product quality never closes so (R4-03)."""
    case = access.access_case(request.person, pk)
    request.about = case
    form = SolutionForm(request.POST)
    if carried_out(request, form, actions.close_ordinary, case):
        messages.success(request, _("已办结。"))
        return redirect("intake:matter", case.pk)
    return _page(request, case, form)
