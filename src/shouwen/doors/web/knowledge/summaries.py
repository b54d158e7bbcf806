"""The quarter's consultations: counted, commented, submitted, printed; every number is a list."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.forms import carried_out
from shouwen.doors.web.paging import page_of
from shouwen.doors.web.people import Request
from shouwen.doors.web.reports.papers import XLSX, attachment
from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.engines.documents import printing
from shouwen.engines.dues.tied import periods
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import queries as org
from shouwen.work.cases.course import classes
from shouwen.work.cases.models import Category
from shouwen.work.customers.workbooks import Sheet, workbook
from shouwen.work.interactions.models import Channel
from shouwen.work.knowledge import access, bulletins, queries, rules
from shouwen.work.knowledge import summaries as kept
from shouwen.work.knowledge.models import Summary

from .forms import CommentForm

UNPROCESSABLE = 422
STATES = {"draft": "draft", "submitted": "done"}


@require_GET
def index(request: Request) -> HttpResponse:
    """The quarters, the newest first; the running one may be drawn up."""
    found = queries.summaries(org.divisions_visible(request.person))
    page = page_of(found, request, order=("-period", "-id"))
    columns = [
        Column("period", _("季度"), link=lambda row: reverse("knowledge:summary", args=[row.pk])),
        Column("state", _("状态"), kind="badge",
               read=lambda row: (STATES[row.state], row.get_state_display())),
        Column("drawn_up_by", _("编制人"), kind="person"),
        Column("submitted_by", _("上报人"), kind="person"),
        Column("submitted_at", _("上报时间"), kind="moment"),
    ]  # fmt: skip
    empty = Empty(_("还没有咨询汇总"), _("每季度最后一周汇总咨询服务记录,上报主任。"), "chart-bar")
    quarter = kept.quarter_of(clock.today())
    division = access.home_of(request.person)
    context = {
        "way": "summaries",
        "page": page,
        "table": Table(columns, page.rows, request, empty, caption=_("咨询汇总")),
        "division": division,
        "periods": [quarter.key, periods.before("quarter", quarter).key],
        "may_draw": division and access.holds(
            request.person, access.CENTRE, division, clock.now()
        ),
    }  # fmt: skip
    return render(request, "knowledge/summaries.html", context)


@require_POST
def draw_up(request: Request) -> HttpResponse:
    """Count a quarter."""
    division = access.home_of(request.person)
    if division is None:
        raise Http404
    try:
        kept.quarter_named(request.POST.get("period", ""))
    except ValueError:
        raise refuse(N_("没有这样的季度"), "R3-30", field="period") from None
    row = kept.draw_up(division, request.POST["period"], by=request.person)
    return redirect("knowledge:summary", row.pk)


@require_GET
def of_period(request: Request, division: int, period: str) -> HttpResponse:
    """Where the due leads: the summary of a quarter, or the list while it is not drawn up."""
    if division not in org.divisions_visible(request.person):
        raise Http404
    row = Summary.objects.filter(division=division, period=period).only("pk").first()
    return redirect("knowledge:summary", row.pk) if row else redirect("knowledge:summaries")


def _category(row: Any, division: int) -> str:
    """A category in the reader's language; what the list has lost, as it was called then."""
    code = row["category"]
    if code in Category.values:
        return str(Category(code).label)
    known = dict(classes.choices(division, classes.CATEGORIES))
    return str(known.get(code, row["category_title"]))


class Figures:
    """What the page, the paper and the workbook show of a summary."""

    def __init__(self, summary: Summary) -> None:
        self.summary, rows = summary, summary.rows
        self.url = reverse("knowledge:counted", args=[summary.pk])
        titles = {row["category"]: _category(row, summary.division_id) for row in rows}
        channels = dict(Channel.choices)
        self.totals = [
            (_("咨询"), len(rows), self._list("all", "")),
            (_("未答复"), sum(row["open"] for row in rows), self._list("open", "1")),
            (_("不满意"), sum(row["unsatisfied"] for row in rows), self._list("unsatisfied", "1")),
        ]
        self.categories = self._counts("category", titles)
        self.channels = self._counts("channel", {key: str(one) for key, one in channels.items()})
        self.questions = [
            (one.title, one.n, self._list("question", one.key)) for one in rules.top_questions(rows)
        ]
        self.unrecorded = summary.body.get("unrecorded", 0)

    def _list(self, by: str, key: str) -> str:
        return f"{self.url}?{urlencode({'by': by, 'key': key})}"

    def _counts(self, by: str, titles: dict[str, str]) -> list[tuple[str, int, str]]:
        return [
            (titles.get(one.key, one.key), one.n, self._list(by, one.key))
            for one in rules.counts(self.summary.rows, by)
        ]

    @property
    def parts(self) -> list[tuple[str, list[tuple[str, int, str]]]]:
        """Every group of numbers with its title."""
        return [
            (_("按类别"), self.categories),
            (_("按渠道"), self.channels),
            (_("问得最多的问题"), self.questions),
        ]


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """The summary of a quarter."""
    return _page(request, access.access_summary(request.person, pk))


def _page(request: Request, row: Summary, form: CommentForm | None = None) -> HttpResponse:
    at = clock.now()
    quarter = kept.quarter_named(row.period)
    opens = kept.opens(row.division_id, quarter, at)
    following = periods.after("quarter", quarter)
    context = {
        "summary": row,
        "figures": Figures(row),
        "form": form or CommentForm(initial={"comment": row.comment}),
        "badge": (STATES[row.state], row.get_state_display()),
        "may_write": not row.is_frozen
        and access.holds(request.person, access.CENTRE, row.division_id, at),
        "may_submit": clock.day_of(at) >= opens,
        "opens": opens,
        "may_decide": row.is_frozen
        and access.holds(request.person, access.DIRECTOR, row.division_id, at),
        "bulletin": bulletins.in_force(row.division_id, following.key),
        "following": following.key,
    }
    status = UNPROCESSABLE if form else 200
    return render(request, "knowledge/summary.html", context, status=status)


@require_POST
def act(request: Request, pk: int, key: str) -> HttpResponse:
    """Keep the comment, or submit the summary with it."""
    row = access.access_summary(request.person, pk)
    request.about = row
    form = CommentForm(request.POST)
    verb: Any = {"comment": kept.keep_comment, "submit": kept.submit}.get(key)
    if verb is None:
        raise Http404
    if carried_out(request, form, verb, row):
        messages.success(request, _("已上报主任") if key == "submit" else _("已保存"))
        return redirect("knowledge:summary", row.pk)
    return _page(request, row, form)


@require_GET
def counted(request: Request, pk: int) -> HttpResponse:
    """The consultations behind a number, as they were counted."""
    row = access.access_summary(request.person, pk)
    by, key = request.GET.get("by", "all"), request.GET.get("key", "")
    if by not in ("all", "open", "unsatisfied", "category", "channel", "question"):
        raise Http404
    found = rules.chosen(row.rows, by, key)
    channels = dict(Channel.choices)
    columns = [
        Column("number", _("编号"), link=lambda one: reverse("cases:show", args=[one["case"]])),
        Column("title", _("所问问题")),
        Column("category", _("类别"), read=lambda one: _category(one, row.division_id)),
        Column("channel", _("渠道"), read=lambda one: str(channels.get(one["channel"], ""))),
        Column("opened", _("咨询日期"), read=lambda one: one["opened"][:10]),
        Column("state", _("状态"), kind="badge", read=_answered),
    ]
    table = Table(columns, found, request, Empty(_("没有这样的咨询")), caption=row.period)
    context = {"summary": row, "table": table, "count": len(found)}
    return render(request, "knowledge/counted.html", context)


def _answered(one: Any) -> tuple[str, str]:
    if one["open"]:
        return "late", _("未答复")
    return ("soon", _("不满意")) if one["unsatisfied"] else ("done", _("已答复"))


@require_GET
def pdf(request: Request, pk: int) -> HttpResponse:
    """The summary as a paper."""
    row = access.access_summary(request.person, pk)
    figures = Figures(row)
    lines = [[title, name, str(n)] for title, part in _all(figures) for name, n, _url in part]
    above = [
        (_("编制人"), row.drawn_up_by.name),
        (_("统计自"), clock.day_of(row.since).isoformat()),
        (_("统计至"), clock.day_of(row.until).isoformat()),
        (_("状态"), str(row.get_state_display())),
    ]
    if row.submitted_by and row.submitted_at:
        above += [
            (_("上报人"), row.submitted_by.name),
            (_("上报时间"), clock.day_of(row.submitted_at).isoformat()),
        ]
    paper = printing.report(
        _("咨询服务季度汇总"),
        [printing.ReportColumn(_("项目")), printing.ReportColumn(_("内容")),
         printing.ReportColumn(_("件数"), True)],
        lines, division=row.division, matter=row, by=request.person, subtitle=row.period,
        above=above, notes=[row.comment] if row.comment else [],
    )  # fmt: skip
    return attachment(paper, "application/pdf", f"{_('咨询服务季度汇总')}-{row.period}.pdf")


def _all(figures: Figures) -> list[tuple[str, list[tuple[str, int, str]]]]:
    return [(_("合计"), figures.totals), *figures.parts]


@require_GET
def export(request: Request, pk: int) -> HttpResponse:
    """The figures and the consultations they count, as a workbook."""
    row = access.access_summary(request.person, pk)
    figures = Figures(row)
    channels = dict(Channel.choices)
    counts = [[title, name, n] for title, part in _all(figures) for name, n, _url in part]
    rows = [
        [one["number"], one["title"], _category(one, row.division_id),
         str(channels.get(one["channel"], "")), one["opened"][:10], _answered(one)[1]]
        for one in row.rows
    ]  # fmt: skip
    headings = [_("编号"), _("所问问题"), _("类别"), _("渠道"), _("咨询日期"), _("状态")]
    data = workbook(
        Sheet(row.period, [_("项目"), _("内容"), _("件数")], counts),
        Sheet(_("咨询记录"), headings, rows),
    )
    journal.record("summary.exported", row, by=request.person, rows=len(rows), period=row.period)
    return attachment(data, XLSX, f"{_('咨询服务季度汇总')}-{row.period}.xlsx")
