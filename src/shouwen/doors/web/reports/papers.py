"""The sheet as PDF, with the heads' seals, and as a workbook."""

from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from shouwen.doors.web.people import Request
from shouwen.engines.documents import printing
from shouwen.engines.flows.circumstances import asked_name
from shouwen.engines.flows.models import Round
from shouwen.ground.foundation import clock, money
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import queries as org
from shouwen.outcomes.reports import access, countersigning
from shouwen.outcomes.reports.models import Report
from shouwen.work.customers.workbooks import Money, Sheet, workbook

from . import reading

FIGURES = ("loss", "days")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachment(data: bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep, under its own name."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = (
        f"attachment; filename=\"report.{name.rpartition('.')[2]}\"; filename*=UTF-8''{quote(name)}"
    )
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def pdf(request: Request, pk: int) -> HttpResponse:
    """The paper, landscape, with the seals under it."""
    report = access.access_report(request.person, pk)
    known = reading.Words()
    lines = [reading.Line(row, report, known) for row in report.rows]
    total = [""] * 11
    total[0], total[5] = _("合计"), money.yuan(sum(row["loss_cents"] for row in report.rows))
    paper = printing.report(
        _("客诉案件统计表"),
        [printing.ReportColumn(name, key in FIGURES) for key, name in _labels().items()],
        [_printed(line) for line in lines],
        division=report.division,
        matter=report,
        by=request.person,
        subtitle=report.period,
        above=_above(report),
        total=total if lines else (),
        notes=_notes(report),
        signatures=_signatures(report, countersigning.round_of(report)),
    )
    name = f"{_('客诉案件统计表')}-{report.period}-v{report.edition}.pdf"
    return attachment(paper, "application/pdf", name)


def _labels() -> dict[str, str]:
    """What the columns of the paper and of the workbook are called."""
    return {
        "number": _("编号"),
        "customer": pgettext("column", "客户"),
        "parts": pgettext("column", "产品"),
        "cause": pgettext("column", "原因"),
        "liable": _("责任单位与比率"),
        "loss": _("损失金额"),
        "days": _("天数"),
        "measure": pgettext("column", "改善对策"),
        "status": _("状态"),
        "result": pgettext("column", "处理结果"),
        "checked_by": _("检查人"),
    }


def _printed(line: reading.Line) -> list[str]:
    return [
        line.row["number"], line.customer, line.parts, line.cause, line.liable,
        money.yuan(line.row["loss_cents"]), str(line.row["days"]), line.row["measure"],
        str(line.status[1]), line.row["result"], line.checked_by,
    ]  # fmt: skip


def _above(report: Report) -> list[tuple[str, str]]:
    days = [
        (_("编制"), clock.day_of(report.drawn_up_at).isoformat()),
        (_("编制人"), report.drawn_up_by.name),
        (_("版次"), str(report.edition)),
        (_("状态"), str(reading.STATES[report.state][1])),
    ]
    if report.finalised_at:
        days.append((_("定案于"), clock.day_of(report.finalised_at).isoformat()))
    return days


def _notes(report: Report) -> list[str]:
    notes = [
        _("%(number)s 转自 %(since)s：%(measure)s — %(status)s。%(result)s")
        % {
            "number": row["number"],
            "since": row["since"],
            "measure": row["measure"],
            "status": reading.STATUSES[row["status"]][1] if row["status"] else "—",
            "result": row["result"],
        }
        for row in report.carried
    ]
    if report.reason:
        notes.append(_("另编新版的理由：%(reason)s") % {"reason": report.reason})
    return notes


def _signatures(report: Report, newest: Round | None) -> list[tuple[str, Any]]:
    if newest is None:
        roles = access.signers(report.division, clock.now())
        return [(org.role_title(role, report.division), None) for role in roles]
    return [
        (
            asked_name(place, report.division_id),
            printing.Sealed(place.by, place.at, place.for_person, place.opinion)
            if place.by and place.at and place.state == "signed"
            else None,
        )
        for place in newest.signings.all()
        if place.state != "dropped"
    ]


@require_GET
def export(request: Request, pk: int) -> HttpResponse:
    """The sheet as a workbook: its lines, what was carried over, and how it was signed."""
    report = access.access_report(request.person, pk)
    known = reading.Words()
    lines = [reading.Line(row, report, known) for row in report.rows]
    carried = [reading.Line(row, report, known) for row in report.carried]
    labels = _labels()
    headings = [
        labels["number"], _("事由"), labels["customer"], labels["parts"], _("客诉项目"),
        _("原因分类"), labels["liable"], labels["loss"], _("受理"), _("结案"), labels["days"],
        _("时限"), labels["measure"], labels["status"], labels["result"], labels["checked_by"],
        _("转自"),
    ]  # fmt: skip
    sheets = [Sheet(report.period, headings, [_cells(line) for line in (*lines, *carried)])]
    sheets += [_counts(report, key, known) for key in reading.CHARTED]
    data = workbook(*sheets)
    journal.record("report.exported", report, by=request.person, rows=len(lines),
                   period=report.period, edition=report.edition)  # fmt: skip
    return attachment(data, XLSX, f"{_('客诉案件统计表')}-{report.period}-v{report.edition}.xlsx")


def _cells(line: reading.Line) -> list[Any]:
    row, known = line.row, line.known
    return [
        row["number"], row["title"], line.customer, line.parts,
        known.items.get(row["cause_item"], row["cause_item"]),
        known.classes.get(row["cause_class"], row["cause_class"]), line.liable,
        Money(row["loss_cents"]), date.fromisoformat(row["accepted_on"]),
        date.fromisoformat(row["closed_on"]), row["days"],
        _("逾期结案") if row["late"] else _("按期结案"), row["measure"], str(line.status[1]),
        row["result"], line.checked_by, row.get("since", ""),
    ]  # fmt: skip


def _counts(report: Report, key: str, known: reading.Words) -> Sheet:
    title = str(reading.DIMENSIONS[key].title)
    counts = reading.tally(report.rows, key, known)
    return Sheet(
        title,
        [title, _("件数"), _("损失金额")],
        [[one.name, one.cases, Money(one.loss_cents)] for one in counts],
    )
