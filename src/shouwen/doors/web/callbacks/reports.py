"""The month's report to the director: figures, comment, submission, acknowledgement."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.caselists import listing as lists_page
from shouwen.doors.web.forms import carried_out
from shouwen.doors.web.people import Request
from shouwen.engines.dues.tied import periods
from shouwen.ground.foundation import clock, words
from shouwen.ground.org import queries as org
from shouwen.work.callbacks import access, actions, queries
from shouwen.work.callbacks.models import CallbackReport, Reason
from shouwen.work.callbacks.oversight import reporting

from . import homes, registers
from .forms import CommentForm

UNPROCESSABLE = 422


@require_GET
def listing(request: Request) -> HttpResponse:
    """Every report, and the month that is to be reported."""
    return lists_page.show(request, registers.REPORTS, offers=_offers(request))


def _offers(request: Request) -> list[dict[str, object]]:
    now, offers = clock.now(), []
    for unit in homes.bound(request.person, "duty", form=reporting.FORM):
        clause = reporting.clause_of(unit, now)
        role = access.owners_of(clause)[0]
        this = periods.period_of(clause.spec.every, clock.day_of(now))
        last = periods.before(clause.spec.every, this).key
        drawn = CallbackReport.objects.filter(division=unit, period=last).exists()
        if not drawn and org.as_whom(request.person, role, unit, now):
            offers.append({"division": unit, "period": last})
    return offers


@require_POST
def draw(request: Request) -> HttpResponse:
    """Draw a month's report up."""
    unit = homes.chosen(request, homes.bound(request.person, "duty", form=reporting.FORM))
    report = actions.draw_up(unit, request.POST.get("period", "")[:7], by=request.person)
    return redirect("callbacks:report", report.pk)


def show(request: Request, pk: int) -> HttpResponse:
    """One report; its writer comments it here."""
    report = access.access_report(request.person, pk)
    form = _comment_form(request, report)
    if form is not None and request.method == "POST":
        request.about = report
        if carried_out(request, form, actions.write, report):
            messages.success(request, _("已保存，数字已重新统计"))
            return redirect("callbacks:report", pk)
    return _page(request, report, form)


def _comment_form(request: Request, report: CallbackReport) -> CommentForm | None:
    if report.submitted_at or not _is_writer(request, report):
        return None
    stands = {"comment": report.comment, "version": report.version}
    return CommentForm(request.POST or None, initial=stands)


def _is_writer(request: Request, report: CallbackReport) -> bool:
    now = clock.now()
    roles = access.owners_of(reporting.clause_of(report.division_id, now))
    return org.as_whom(request.person, roles[0], report.division_id, now) is not None


def _is_reader(request: Request, report: CallbackReport) -> bool:
    now = clock.now()
    role = reporting.clause_of(report.division_id, now).spec.to
    return org.as_whom(request.person, role, report.division_id, now) is not None


def _page(request: Request, report: CallbackReport, form: CommentForm | None) -> HttpResponse:
    waits = report.submitted_at and not report.acknowledged_at
    month = queries.period_named("month", report.period)
    rows = queries.suggestions_between(report.division_id, month.first, month.last) if month else []
    context = {
        "at": "reports", "report": report, "form": form, "state": registers.report_state(report),
        "reasons": reason_rows(report), "themes": named(report.figures["themes"]),
        "unhappy": named(report.figures["unhappy"]), "total": report.figures["total"],
        "may_read": bool(waits) and _is_reader(request, report), "improvements": rows,
        "over": month is not None and month.last < clock.today(),
    }  # fmt: skip
    wrong = form is not None and form.is_bound
    return render(request, "callbacks/report.html", context, status=UNPROCESSABLE if wrong else 200)


def reason_rows(report: CallbackReport) -> list[dict[str, Any]]:
    """The figures by reason, each with its word."""
    return [{"name": Reason(key).label, **row} for key, row in report.figures["reasons"].items()]


def named(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with their names in the reader's language."""
    language = words.language()
    return [{**row, "name": row.get(language) or row["zh"]} for row in rows]


@require_POST
def submit(request: Request, pk: int) -> HttpResponse:
    """Hand the report up; it is locked."""
    report = access.access_report(request.person, pk)
    request.about = report
    actions.submit_report(report, by=request.person)
    messages.success(request, _("报告已上交主任"))
    return redirect("callbacks:report", pk)


@require_POST
def acknowledge(request: Request, pk: int) -> HttpResponse:
    """The director has read it."""
    report = access.access_report(request.person, pk)
    request.about = report
    answer = request.POST.get("answer", "")[:4000]
    actions.acknowledge(report, answer=answer, by=request.person)
    messages.success(request, _("已阅知"))
    return redirect("callbacks:report", pk)
