"""What a campaign came to: charts with their tables; every number opens the answers behind it."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from shouwen.doors.web.caselists import listing
from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.forms import carried_out
from shouwen.doors.web.people import Request
from shouwen.doors.web.reports.papers import XLSX, attachment
from shouwen.doors.web.tables import Column, Empty
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.journal import actions as journal
from shouwen.work.customers.workbooks import Sheet, workbook
from shouwen.work.surveys import access, bounds, figures, queries
from shouwen.work.surveys import actions as surveys
from shouwen.work.surveys.models import Campaign, FollowUp, Response

from .campaigns import require_reader
from .forms import AnswerFilters, WordsForm

DRAWN = 10
"""Bars of one chart; the table beside it has them all."""


@dataclass(frozen=True)
class Count:
    """One line of a statistic, with the address of its answers."""

    name: str
    tally: figures.Tally
    url: str
    low: bool = False


@dataclass(frozen=True)
class Chart:
    """One chart with its table."""

    key: str
    title: Any
    counts: list[Count]

    @property
    def script(self) -> str:
        """Under which name the page keeps the numbers for the script."""
        return f"numbers-{self.key}"

    @property
    def drawn(self) -> dict[str, Any]:
        """What the script draws."""
        shown = self.counts[:DRAWN]
        return {
            "kind": "bars",
            "names": [one.name for one in shown],
            "values": [float(one.tally.average or 0) for one in shown],
            "urls": [one.url for one in shown],
        }


def answers_url(campaign: Campaign, **more: Any) -> str:
    """The list of the answers behind a number."""
    asked = {"campaign": campaign.pk, **{key: value for key, value in more.items() if value}}
    return f"{reverse('surveys:answers')}?{urlencode(asked)}"


def charts(campaign: Campaign) -> list[Chart]:
    """By area, channel and customer."""
    now = clock.now()
    names = bounds.area_names(campaign.division_id, now)
    edge = campaign.threshold
    if edge is None:
        clause = bounds.problem_clause(campaign.division_id, now)
        edge = bounds.of_company(clause, "threshold", campaign.division_id, now)
    areas = [
        Count(
            names.get(one.key, one.key), one, answers_url(campaign, area=one.key),
            edge is not None and one.total < edge * one.marks,
        )
        for one in figures.by_area(campaign)
    ]  # fmt: skip
    channels = [
        Count(bounds.channel_name(one.key), one, answers_url(campaign, channel=one.key))
        for one in figures.by_channel(campaign)
    ]
    customers = [
        Count(customer.name, one, answers_url(campaign, customer=customer.pk))
        for customer, one in figures.by_customer(campaign)
    ]
    return [
        Chart("areas", _("按方面"), areas),
        Chart("channels", _("按渠道"), channels),
        Chart("customers", _("按客户"), customers),
    ]


def trend(campaign: Campaign) -> dict[str, Any]:
    """From campaign to campaign, area by area."""
    steps = figures.trend(campaign)
    names = bounds.area_names(campaign.division_id, clock.now())
    keys = [*names, *sorted({key for step in steps for key in step.areas} - set(names))]
    rows: list[dict[str, Any]] = [
        {
            "name": names.get(key, key),
            "cells": [
                {
                    "average": step.areas[key].average if key in step.areas else None,
                    "url": answers_url(step.campaign, area=key),
                }
                for step in steps
            ],
        }
        for key in keys
        if any(key in step.areas for step in steps)
    ]
    drawn = {
        "kind": "lines",
        "names": [step.campaign.number for step in steps],
        "lines": [
            {"name": row["name"], "values": [_number(cell["average"]) for cell in row["cells"]]}
            for row in rows
        ],
        "urls": [reverse("surveys:statistics", args=[step.campaign.pk]) for step in steps],
    }
    return {"steps": steps, "rows": rows, "drawn": drawn}


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _questions(campaign: Campaign) -> list[dict[str, Any]]:
    tallies, taken = figures.by_question(campaign), figures.choices(campaign)
    return [
        {
            "question": one,
            "tally": tallies.get(one.pk),
            "url": answers_url(campaign, question=one.pk),
            "options": [
                (words, taken.get(one.pk, {}).get(place, 0)) for place, words in one.options
            ],
        }
        for one in queries.questions(campaign)
    ]


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """The statistics of a campaign."""
    campaign = access.access_campaign(request.person, pk)
    invited, answered = campaign.recipients.count(), queries.current(campaign).count()
    context = {
        "campaign": campaign,
        "invited": invited,
        "answered": answered,
        "answered_url": answers_url(campaign),
        "charts": charts(campaign),
        "trend": trend(campaign),
        "questions": _questions(campaign),
        "words": list(figures.words(campaign, 50)),
    }
    return render(request, "surveys/statistics.html", context)


@require_GET
def export(request: Request, pk: int) -> HttpResponse:
    """The same as a workbook: a sheet for each cut, and what customers wrote."""
    campaign = access.access_campaign(request.person, pk)
    heads = [_("答卷"), _("打分"), _("平均分")]
    sheets = [
        Sheet(
            str(chart.title),
            [str(chart.title), *heads],
            [
                [one.name, one.tally.responses, one.tally.marks, one.tally.average]
                for one in chart.counts
            ],
        )
        for chart in charts(campaign)
    ]
    found = trend(campaign)
    numbers = [step.campaign.number for step in found["steps"]]
    rows = [
        [row["name"], *["" if c["average"] is None else c["average"] for c in row["cells"]]]
        for row in found["rows"]
    ]
    sheets.append(Sheet(_("走势"), [_("方面"), *numbers], rows))
    told = [
        [one.response.customer.name, one.question.text, one.text] for one in figures.words(campaign)
    ]
    sheets.append(Sheet(_("客户的话"), [_("客户"), _("题目"), _("内容")], told))
    journal.record("survey.exported", campaign, by=request.person, rows=len(told))
    return attachment(workbook(*sheets), XLSX, f"{campaign.number}-{_('统计')}.xlsx")


# -- the answers behind a number ------------------------------------------------------------------


def _rows(filters: AnswerFilters, divisions: set[int]) -> QuerySet[Response]:
    return queries.responses(divisions, filters.sought())


def _columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("customer", _("客户"), read="customer.name", link=_answer),
        Column("campaign", _("调查"), read="campaign.number"),
        Column("channel", _("渠道"), read=lambda row: bounds.channel_name(row.channel)),
        Column("at", _("收到"), kind="moment"),
        Column(
            "keyed_by", _("录入"),
            read=lambda row: row.keyed_by.name if row.keyed_by else _("客户自填"),
        ),
    ]  # fmt: skip


def _answer(row: Any) -> str:
    return reverse("surveys:answer", args=[row.pk])


ANSWERS = Listing(
    "answers", gettext_lazy("答卷"), AnswerFilters, _rows, _columns, ("-id",),
    lambda: Empty(_("没有这样的答卷"), _("收到或录入之后在这里。"), "clipboard-check"),
    None, "surveys/answers.html",
)  # fmt: skip


def _mine(request: Request) -> Listing:
    require_reader(request)
    seen = access.reading_divisions(request.person)
    return replace(ANSWERS, rows=lambda asked, _all: _rows(asked, seen))


@require_GET
def answers(request: Request) -> HttpResponse:
    """The answers behind a number."""
    return listing.show(request, _mine(request))


@require_GET
def answers_export(request: Request) -> HttpResponse:
    """The same as a workbook."""
    return listing.export(request, _mine(request))


def result(request: Request, pk: int) -> HttpResponse:
    """A weak area: what it came to, and what is done about it (R5-46)."""
    found = access.access_result(request.person, pk)
    campaign = found.campaign
    request.about = campaign
    form = WordsForm(request.POST or None)
    if carried_out(request, form, surveys.improve, found):
        messages.success(request, _("已记下改善办法。"))
        return redirect("surveys:result", pk)
    names = bounds.area_names(campaign.division_id, clock.now())
    clause = bounds.problem_clause(campaign.division_id, clock.now())
    done = FollowUp.objects.filter(result=found).select_related("by").first()
    context = {
        "result": found,
        "campaign": campaign,
        "area": names.get(found.area, found.area),
        "clause": clause.id if clause else "",
        "url": answers_url(campaign, area=found.area),
        "low_url": answers_url(campaign, area=found.area, at_most=2),
        "due": Due.objects.filter(subject_kind="arearesult", subject_id=found.pk).first(),
        "done": done,
        "may": found.low
        and done is None
        and access.may_improve(request.person, campaign.division_id, clock.now()),
        "form": form,
    }
    return render(request, "surveys/result.html", context, status=422 if form.errors else 200)
