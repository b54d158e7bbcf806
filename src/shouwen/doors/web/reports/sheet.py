"""The page of a sheet: its figures, its lines, who has signed, what can be done now and why not."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web import refusals, saying
from shouwen.doors.web.cases.story import Event
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty, Table, sort_order
from shouwen.engines.flows.circumstances import asked_name
from shouwen.engines.flows.models import Round
from shouwen.ground.foundation import clock
from shouwen.ground.journal.queries import timeline
from shouwen.ground.org import queries as org
from shouwen.outcomes.reports import access, countersigning, queries, rules
from shouwen.outcomes.reports import actions as reports
from shouwen.outcomes.reports.models import Remark, Report

from . import charts, reading

STANDS = {
    "confirmed": ("done", gettext_lazy("已确认")),
    "objected": ("late", gettext_lazy("有异议")),
    "": ("off", gettext_lazy("未表态")),
}
TOLD = 60
QUIET = (
    "statistics.checked",
    "report.printed",
    "sign.asked",
    "due.opened",
    "due.settled",
    "round.opened",
    "notice.sent",
)
"""What the story of a sheet leaves out: work of the machine, and what stands on its lines."""


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """The sheet."""
    if place := access.place_of_bonus(request.person, pk):
        return redirect("reports:bonus", *place)
    report = access.access_report(request.person, pk)
    known, newest = reading.Words(), countersigning.round_of(report)
    remarks = list(report.remarks.select_related("person"))
    stood = countersigning.stands_on(remarks)
    mine = countersigning.places_for(newest, request.person, clock.now())
    rows = reading.chosen(report.rows, request.GET, known)
    lines = [reading.Line(row, report, known, _stand(row, mine, stood)) for row in rows]
    context = {
        "report": report,
        "state": reading.STATES[report.state],
        "filters": reading.asked_for(report.rows, request.GET, known),
        "table": _table(lines, request, bool(mine)),
        "carried": _carried(report, known),
        "sums": _sums(report),
        "charts": charts.of_sheet(report, known),
        "trend": charts.of_months(report),
        "signers": _signers(report, newest, stood),
        "objections": _objections(report, remarks, stood),
        "editions": queries.editions(report),
        "difference": queries.difference(report) if report.is_frozen else None,
        "events": _events(report),
        **_acts(request, report, newest, mine, stood),
    }
    return render(request, "reports/sheet.html", context)


def _stand(row: reading.Row, mine: list[Any], stood: rules.Stands) -> tuple[str, Any] | None:
    """What this head said of a row, for his own eye; the worst where he stands for two."""
    found = [stood.get((row["case"], place.role), "") for place in mine]
    for word in ("objected", "", "confirmed"):
        if word in found:
            return STANDS[word]
    return None


def _columns(mine: bool) -> list[Column]:
    columns = [
        Column("number", _("编号"), read="row.number", link="url", sort=True),
        Column("customer", pgettext("column", "客户"), sort=True),
        Column("parts", pgettext("column", "产品")),
        Column("cause", pgettext("column", "原因"), sort=True),
        Column("liable", _("责任单位与比率")),
        Column("loss", _("损失金额"), kind="money", read="row.loss_cents", sort=True),
        Column("days", _("天数"), kind="number", sort=True),
        Column("measure", pgettext("column", "改善对策"), read=_written("measure"), phone=False),
        Column("status", _("状态"), kind="badge"),
        Column("result", pgettext("column", "处理结果"), read=_written("result"), phone=False),
        Column("checked_by", _("检查人"), kind="person"),
    ]
    return [*columns, Column("stand", _("我的意见"), kind="badge")] if mine else columns


def _written(key: str, most: int = 40) -> Callable[[reading.Line], str]:
    """A text of the row, cut where it would fill the table."""

    def read(line: reading.Line) -> str:
        text = str(line.row[key])
        return text if len(text) <= most else f"{text[:most]}…"

    return read


SORTED: dict[str, Callable[[reading.Line], Any]] = {
    "number": lambda line: line.row["number"],
    "customer": lambda line: line.customer,
    "cause": lambda line: line.cause,
    "loss": lambda line: line.row["loss_cents"],
    "days": lambda line: line.row["days"],
}


def _table(lines: list[reading.Line], request: Request, mine: bool) -> Table:
    columns = _columns(mine)
    order = sort_order(request, columns, "number")
    lines.sort(key=SORTED[order.lstrip("-")], reverse=order.startswith("-"))
    total = sum(line.row["loss_cents"] for line in lines)
    return Table(
        columns,
        lines,
        request,
        Empty(_("这个月没有结案的客诉"), _("没有案件的月份也要送会签定案。"), "circle-check"),
        caption=_("客诉案件统计表"),
        row_state=lambda line: "late" if line.row["late"] else "",
        footer={"number": _("合计 %(count)s 件") % {"count": len(lines)}, "loss": total}
        if lines
        else {},
    )


def _carried(report: Report, known: reading.Words) -> Table | None:
    if not report.carried:
        return None
    columns = [
        Column("number", _("编号"), read="row.number", link="url"),
        Column("since", _("转自"), read="row.since"),
        Column("customer", pgettext("column", "客户")),
        Column("measure", pgettext("column", "改善对策"), read=_written("measure")),
        Column("status", _("状态"), kind="badge"),
        Column("result", pgettext("column", "处理结果"), read=_written("result")),
        Column("checked_by", _("检查人"), kind="person"),
    ]
    lines = [reading.Line(row, report, known) for row in report.carried]
    return Table(columns, lines, caption=_("上月转入的改善"))


def _sums(report: Report) -> list[dict[str, Any]]:
    """The figures at the head; each opens the lines it counts."""
    rows, own = report.rows, reverse("reports:sheet", args=[report.pk])
    days = [row["days"] for row in rows]
    late = sum(row["late"] for row in rows)
    unfinished = sum(row["status"] == "open" for row in rows)
    mean = f"{sum(days) / len(days):.1f}" if days else "—"
    return [
        {"label": _("结案件数"), "value": len(rows), "url": f"{own}#cases"},
        {"label": _("逾期结案"), "value": late, "url": f"{own}?late=1#cases"},
        {"label": _("平均用时(天)"), "value": mean, "url": f"{own}?sort=-days#cases"},
        {"label": _("损失金额"), "money": sum(row["loss_cents"] for row in rows),
         "url": f"{own}?sort=-loss#cases"},
        {"label": _("改善未完成"), "value": unfinished, "url": f"{own}?status=open#cases"},
    ]  # fmt: skip


def _signers(report: Report, newest: Round | None, stood: rules.Stands) -> list[dict[str, Any]]:
    """Who has to sign: with a seal once signed, with how far he has come before that."""
    if newest is None:
        roles = access.signers(report.division, clock.now())
        return [{"title": org.role_title(role, report.division)} for role in roles]
    return [
        {
            "title": asked_name(place, report.division_id),
            "place": place,
            "confirmed": sum(
                stood.get((row["case"], place.role)) == "confirmed" for row in report.rows
            ),
            "objected": sum(
                stood.get((row["case"], place.role)) == "objected" for row in report.rows
            ),
        }
        for place in newest.signings.all()
        if place.state != "dropped"
    ]


def _objections(report: Report, remarks: list[Remark], stood: rules.Stands) -> list[dict[str, Any]]:
    """Objections nobody has answered by a change, or that their head still holds."""
    numbers = {row["case"]: row["number"] for row in report.rows}
    last = {(one.case_id, one.role): one for one in remarks if one.kind == Remark.Kind.OBJECTED}
    return [
        {
            "remark": one,
            "number": numbers.get(one.case_id, ""),
            "who": org.role_title(one.role.split("|")[0], report.division_id),
            "url": reverse("reports:row", args=[report.pk, one.case_id]),
        }
        for key, one in last.items()
        if stood.get(key) == "objected"
    ]


def _events(report: Report) -> list[Event]:
    """What happened with it, newest first; one query."""
    found = timeline(report).exclude(event__in=QUIET)[:TOLD]
    return [
        Event(
            entry.at,
            org.person(entry.actor_id) if entry.actor_id else None,
            saying.event_title(entry.event),
            " · ".join(
                str(entry.data[key])
                for key in ("number", "reason", "text", "opinion")
                if entry.data.get(key)
            ),
            saying.event(entry.event).icon,
            saying.event(entry.event).state,
        )
        for entry in found
    ]


def _acts(
    request: Request, report: Report, newest: Round | None, mine: list[Any], stood: rules.Stands
) -> dict[str, Any]:
    """What this person can do, and what keeps him from it."""
    draws = access.is_drawer(request.person, report.division_id, clock.now())
    submitted = report.state == Report.State.SUBMITTED
    unsigned = [
        reason for place in mine for reason in rules.why_not_sign(report.rows, place.role, stood)
    ]
    unsaid = {row["case"] for row in report.rows for place in mine
              if (row["case"], place.role) not in stood}  # fmt: skip
    unfinished = countersigning.why_not_final(report, newest) if submitted and draws else []
    return {
        "draws": draws,
        "can_submit": draws and report.state == Report.State.DRAFT,
        "can_sign": bool(mine),
        "why_not_sign": [refusals.say(one) for one in unsigned],
        "unsaid": len(unsaid),
        "can_finalise": submitted and draws,
        "why_not_final": [refusals.say(one) for one in unfinished],
        "can_renew": draws and report.state == Report.State.FINAL,
    }


ACTS: dict[str, tuple[Callable[[Report, Request], Report], Any]] = {
    "recount": (lambda report, request: reports.recount(report, by=request.person),
                gettext_lazy("已重新汇总，写下的检查和比率都保留。")),
    "submit": (lambda report, request: reports.submit(report, by=request.person),
               gettext_lazy("已送各主管会签，本月的任务已完成。")),
    "confirm": (lambda report, request: reports.confirm(report, [], by=request.person),
                gettext_lazy("其余案件已全部确认。")),
    "sign": (lambda report, request: reports.sign(report, by=request.person),
             gettext_lazy("已签署。")),
    "finalise": (lambda report, request: reports.finalise(report, by=request.person),
                 gettext_lazy("统计表已定案。")),
    "renew": (lambda report, request: reports.new_edition(
        report, request.POST.get("reason", ""), by=request.person),
        gettext_lazy("新版已编制，原版仍可查阅。")),
}  # fmt: skip


@require_POST
def act(request: Request, pk: int, key: str) -> HttpResponse:
    """Do one of the acts of a sheet."""
    report = access.access_report(request.person, pk)
    if key not in ACTS:
        raise Http404(key)
    request.about = report
    verb, done = ACTS[key]
    made = verb(report, request)
    messages.success(request, done)
    return redirect("reports:sheet", made.pk)
