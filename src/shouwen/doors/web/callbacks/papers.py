"""The sample and the month's report on paper and as workbooks."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shouwen.doors.web.people import Request
from shouwen.doors.web.reports.papers import XLSX, attachment
from shouwen.engines.documents import printing
from shouwen.ground.foundation import clock
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.work.callbacks import access, queries
from shouwen.work.callbacks.models import CallbackReport, Sample, SampleItem, Suggestion
from shouwen.work.callbacks.oversight import reporting
from shouwen.work.customers.workbooks import Sheet, workbook

from . import lists, registers
from .reports import named, reason_rows
from .samples import items_of

Column = printing.ReportColumn


@require_GET
def report_pdf(request: Request, pk: int) -> HttpResponse:
    """The month's report with the seals of whoever submitted and read it."""
    report = access.access_report(request.person, pk)
    paper = printing.report(
        _("回访月报"),
        [Column(head, place > 0) for place, head in enumerate(_heads())],
        [_cells(row) for row in reason_rows(report)],
        division=report.division,
        matter=report,
        by=request.person,
        subtitle=report.period,
        above=_above(report),
        total=_cells({"name": _("合计"), **report.figures["total"]}),
        notes=_notes(report),
        signatures=_seals(report),
    )
    return attachment(paper, "application/pdf", f"{_('回访月报')}-{report.period}.pdf")


def _heads() -> list[str]:
    return [_("类别"), _("应访"), _("按时回访"), _("回访率"), _("接通"), _("不满意")]


def _cells(row: dict[str, Any]) -> list[str]:
    rate = f"{row['rate']} %" if row["rate"] is not None else "—"
    figures = (row["owed"], row["called"], rate, row["reached"], row["unhappy"])
    return [str(row["name"]), *map(str, figures)]


def _above(report: CallbackReport) -> list[tuple[str, str]]:
    told = [
        (_("编制"), clock.day_of(report.drawn_at).isoformat()),
        (_("编制人"), report.drawn_by.name),
        (_("状态"), str(registers.report_state(report)[1])),
    ]
    if report.submitted_at:
        told.append((_("上交"), clock.day_of(report.submitted_at).isoformat()))
    return told


def _notes(report: CallbackReport) -> list[str]:
    notes = [_("分析意见：%(comment)s") % {"comment": report.comment or "—"}]
    notes += [
        _("%(item)s：平均 %(mean)s 分（%(marked)s 件）")
        % {"item": row["name"], "mean": row["mean"], "marked": row["marked"]}
        for row in named(report.figures["themes"])
    ]
    notes += [
        _("不满意 — %(customer)s：%(words)s") % {"customer": row["name"], "words": row["words"]}
        for row in named(report.figures["unhappy"])
    ]
    month = queries.period_named("month", report.period)
    if month is not None:
        found = queries.suggestions_between(report.division_id, month.first, month.last)
        notes += [improvement_line(one) for one in found]
    if report.answer:
        notes.append(_("主任批注：%(answer)s") % {"answer": report.answer})
    return notes


def improvement_line(row: Suggestion) -> str:
    """One line of the improvement list, as it stands on paper."""
    told = {
        "sort": row.get_sort_display(), "text": row.text,
        "state": str(registers.decision_of(row)[1]),
    }  # fmt: skip
    line = _("%(sort)s：%(text)s — %(state)s") % told
    more = [row.owner.name if row.owner else "", row.reason, row.effect]
    return " · ".join([line, *filter(None, more)])


def _seals(report: CallbackReport) -> list[tuple[str, Any]]:
    clause = reporting.clause_of(report.division_id, clock.now())
    places = (
        (access.owners_of(clause)[0], report.submitted_by, report.submitted_at, ""),
        (clause.spec.to, report.acknowledged_by, report.acknowledged_at, report.answer),
    )
    return [
        (org.role_title(role, report.division),
         _seal(by, at, opinion))
        for role, by, at, opinion in places
    ]  # fmt: skip


@require_GET
def report_workbook(request: Request, pk: int) -> HttpResponse:
    """The figures, the themes and what the dissatisfied said."""
    report = access.access_report(request.person, pk)
    rows = [*reason_rows(report), {"name": _("合计"), **report.figures["total"]}]
    figures = [
        [str(row["name"]), row["owed"], row["called"], row["rate"], row["reached"], row["unhappy"]]
        for row in rows
    ]
    themes = [[one["name"], one["mean"], one["marked"]] for one in named(report.figures["themes"])]
    unhappy = [[one["name"], one["words"]] for one in named(report.figures["unhappy"])]
    data = workbook(
        Sheet(report.period, _heads(), figures),
        Sheet(_("评分"), [_("项目"), _("平均分"), _("件数")], themes),
        Sheet(_("不满意"), [_("客户"), _("客户原话")], unhappy),
        Sheet(_("分析意见"), [_("分析意见")], [[report.comment]]),
    )
    journal.record("report.exported", report, by=request.person, rows=len(rows),
                   period=report.period)  # fmt: skip
    return attachment(data, XLSX, f"{_('回访月报')}-{report.period}.xlsx")


@require_GET
def sample_pdf(request: Request, pk: int) -> HttpResponse:
    """The director's report of a quarter: what was drawn, found, and suggested."""
    sample = access.access_sample(request.person, pk)
    heads = _sample_heads(sample)
    paper = printing.report(
        _("主任抽查回访报告"),
        [Column(head) for head in heads],
        [[str(cell) for cell in _sample_cells(item, sample)] for item in items_of(sample)],
        division=sample.division,
        matter=sample,
        by=request.person,
        subtitle=sample.period,
        above=[
            (_("报修件数"), str(sample.base)),
            (_("抽取件数"), str(sample.size)),
            (_("抽样日"), clock.day_of(sample.drawn_at).isoformat()),
            (_("种子"), sample.seed),
        ],
        notes=[improvement_line(one) for one in _suggested(sample)],
        signatures=[(_("主任"), _seal(sample.closed_by, sample.closed_at))],
    )
    return attachment(paper, "application/pdf", f"{_('主任抽查')}-{sample.period}.pdf")


def _seal(by: Person | None, at: datetime | None, opinion: str = "") -> Any:
    return printing.Sealed(by, at, None, opinion) if by and at else None


def _suggested(sample: Sample) -> Any:
    found = queries.suggestions([sample.division_id]).filter(callback__sampled__sample=sample)
    return found.order_by("id")


def _sample_heads(sample: Sample) -> list[str]:
    lines = [row["name"] for row in named(sample.items)]
    return [_("序"), _("报修"), _("客户"), _("状态"), *lines, _("客户原话"), _("发现的问题")]


def _sample_cells(item: SampleItem, sample: Sample) -> list[Any]:
    call = item.callback
    assert call is not None
    result = call.result if call.state == "done" else None
    marks = result.marks if result else {}
    scores = [
        (marks[row["key"]] or _("不适用")) if row["key"] in marks else "—" for row in sample.items
    ]
    problem = f"{item.linked.label} {result.problem}" if item.linked and result else ""
    return [
        item.position, lists.title_of(call), call.customer.name, lists.state_of(call)[1], *scores,
        result.words if result else "", problem,
    ]  # fmt: skip


@require_GET
def sample_workbook(request: Request, pk: int) -> HttpResponse:
    """The sample as a workbook, with its seed, so that it can be drawn again."""
    sample = access.access_sample(request.person, pk)
    rows = [_sample_cells(item, sample) for item in items_of(sample)]
    facts: list[list[Any]] = [
        [_("季度"), sample.period], [_("报修件数"), sample.base], [_("抽取件数"), sample.size],
        [_("种子"), sample.seed], [_("抽样日"), clock.day_of(sample.drawn_at)],
    ]  # fmt: skip
    listed = [
        [one.text, str(registers.decision_of(one)[1]), one.effect] for one in _suggested(sample)
    ]
    data = workbook(
        Sheet(sample.period, _sample_heads(sample), rows),
        Sheet(_("改进清单"), [_("内容"), _("决定"), _("落实效果")], listed),
        Sheet(_("抽样"), [_("项目"), _("内容")], facts),
    )
    journal.record("report.exported", sample, by=request.person, rows=len(rows),
                   period=sample.period)  # fmt: skip
    return attachment(data, XLSX, f"{_('主任抽查')}-{sample.period}.xlsx")
