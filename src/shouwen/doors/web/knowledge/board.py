"""The bulletin board: what the director decided, and what everybody reads."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web import refusals
from shouwen.doors.web.numbers import number_of
from shouwen.doors.web.paging import page_of
from shouwen.doors.web.people import Request
from shouwen.doors.web.reports.papers import attachment
from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.engines.documents import printing
from shouwen.engines.dues.tied import periods
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import queries as org
from shouwen.work.knowledge import access, bulletins, queries, rules
from shouwen.work.knowledge import summaries as kept
from shouwen.work.knowledge.bulletins import TopicDraft
from shouwen.work.knowledge.models import Article, Bulletin, Summary

UNPROCESSABLE = 422
PLACES = 8
"""Topics that the form has room for."""
WORDS = ("title", "text", "title_en", "text_en")
"""What a topic says; without any of it the place on the form is empty."""
TYPED = (*WORDS, "question", "article")
EACH = 20
"""Consultations a topic is linked to at most, the newest."""


@require_GET
def index(request: Request) -> HttpResponse:
    """What hangs on the board today, and earlier boards."""
    divisions = org.divisions_visible(request.person)
    at = clock.now()
    found = queries.bulletins(divisions)
    if not any(access.holds(request.person, access.CENTRE, one, at) for one in divisions):
        found = found.filter(published_at__isnull=False)
    page = page_of(found, request, order=("-period", "-id"))
    columns = [
        Column("period", _("季度"), link=lambda row: reverse("knowledge:bulletin", args=[row.pk])),
        Column("state", _("状态"), kind="badge", read=_state),
        Column("decided_by", _("决定人"), kind="person"),
        Column("decided_at", _("决定日期"), kind="day"),
        Column("published_at", _("公布日期"), kind="day"),
    ]
    empty = Empty(_("还没有宣传栏"), _("主任从每季度的咨询汇总中选定下季度的内容。"), "pin")
    division = access.home_of(request.person, at)
    context = {
        "way": "board",
        "topics": list(bulletins.published_topics(division)) if division else [],
        "page": page,
        "table": Table(columns, page.rows, request, empty, caption=_("各季度宣传栏")),
    }
    return render(request, "knowledge/board.html", context)


def _state(row: Bulletin) -> tuple[str, str]:
    return ("done", _("已公布")) if row.published_at else ("soon", _("已确定"))


@require_GET
def of_period(request: Request, division: int, period: str) -> HttpResponse:
    """Where the due leads: the bulletin of a quarter, or the summary to decide it from."""
    if division not in org.divisions_visible(request.person):
        raise Http404
    if row := bulletins.in_force(division, period):
        return redirect("knowledge:bulletin", row.pk)
    try:
        before = periods.before("quarter", kept.quarter_named(period)).key
    except ValueError:
        raise Http404 from None
    found = Summary.objects.filter(division=division, period=before, state="submitted")
    summary = found.only("pk").first()
    return redirect("knowledge:decide", summary.pk) if summary else redirect("knowledge:summaries")


def decide(request: Request, pk: int) -> HttpResponse:
    """The director chooses the topics of the next quarter from the questions of this one."""
    summary = access.access_summary(request.person, pk)
    request.about = summary
    lines = _typed(request) if request.method == "POST" else _proposed(summary)
    reasons: list[Any] = []
    if request.method == "POST":
        try:
            drafts = [_draft(one, summary) for one in lines if any(one[name] for name in WORDS)]
            row = bulletins.decide(summary, drafts, by=request.person)
        except Refused as refused:
            refusals.keep(request, refused)
            reasons = [refusals.say(one) for one in refused.reasons]
        else:
            messages.success(request, _("已确定 %(period)s 的宣传栏") % {"period": row.period})
            return redirect("knowledge:bulletin", row.pk)
    following = periods.after("quarter", kept.quarter_named(summary.period))
    context = {
        "summary": summary,
        "lines": lines,
        "questions": rules.top_questions(summary.rows),
        "articles": list(_usable(summary)),
        "reasons": reasons,
        "following": following.key,
    }
    status = UNPROCESSABLE if reasons else 200
    return render(request, "knowledge/decide.html", context, status=status)


def _usable(summary: Summary) -> Any:
    found = Article.objects.filter(division=summary.division_id, state="confirmed")
    return found.select_related("shown").order_by("-uses", "-id")[:100]


def _proposed(summary: Summary) -> list[dict[str, Any]]:
    """The questions asked most, as a beginning; the rest of the form is empty."""
    asked = rules.top_questions(summary.rows, most=PLACES)
    blank = dict.fromkeys(TYPED, "")
    lines = [{**blank, "title": one.title, "question": one.key} for one in asked]
    return [*lines[:3], *_blank(PLACES - min(len(lines), 3))]


def _blank(n: int) -> Iterator[dict[str, Any]]:
    for _place in range(n):
        yield dict.fromkeys(TYPED, "")


def _typed(request: Request) -> list[dict[str, Any]]:
    return [
        {name: request.POST.get(f"{name}_{place}", "").strip()[:4000] for name in TYPED}
        for place in range(1, PLACES + 1)
    ]


def _draft(line: dict[str, Any], summary: Summary) -> TopicDraft:
    asked = rules.chosen(summary.rows, "question", line["question"]) if line["question"] else []
    number = number_of(line["article"])
    article = None
    if number is not None:
        article = Article.objects.filter(pk=number, division=summary.division_id).first()
    cases = [row["case"] for row in asked[-EACH:]]
    return TopicDraft(
        line["title"][:120], line["text"], article=article, cases=cases,
        title_en=line["title_en"][:160], text_en=line["text_en"],
    )  # fmt: skip


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One bulletin; before it is published only the centre sees it."""
    row = access.access_bulletin(request.person, pk)
    at = clock.now()
    context = {
        "bulletin": row,
        "topics": list(row.topics.select_related("article").prefetch_related("cases")),
        "badge": _state(row),
        "may_publish": row.published_at is None
        and row.replaced_at is None
        and access.holds(request.person, access.DIRECTOR, row.division_id, at),
        "of_centre": access.holds(request.person, access.CENTRE, row.division_id, at),
    }
    return render(request, "knowledge/bulletin.html", context)


@require_POST
def publish(request: Request, pk: int) -> HttpResponse:
    """Hang it on the board."""
    row = access.access_bulletin(request.person, pk)
    request.about = row
    bulletins.publish(row, by=request.person)
    messages.success(request, _("已公布"))
    return redirect("knowledge:bulletin", row.pk)


@require_GET
def pdf(request: Request, pk: int) -> HttpResponse:
    """The bulletin to be printed and hung up."""
    row = access.access_bulletin(request.person, pk)
    lines = [[str(one.place), one.heading, one.words] for one in row.topics.all()]
    columns = [printing.ReportColumn(name) for name in ("", _("主题"), _("内容"))]
    paper = printing.report(
        _("宣传栏"), columns, lines, division=row.division, matter=row, by=request.person,
        subtitle=row.period, internal=False,
        above=[
            (_("决定人"), row.decided_by.name),
            (_("决定日期"), clock.day_of(row.decided_at).isoformat()),
        ],
    )  # fmt: skip
    return attachment(paper, "application/pdf", f"{_('宣传栏')}-{row.period}.pdf")
