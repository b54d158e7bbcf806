"""The list of taboo phrases, where they were found, and the warning while somebody types."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.caselists import listing
from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.forms import carried_out
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.foundation.words import Words
from shouwen.ground.org import queries as org
from shouwen.ground.org import values
from shouwen.ground.org.models import Unit
from shouwen.work.cases.access import access_case
from shouwen.work.knowledge import access, matching, queries
from shouwen.work.knowledge import taboo as kept
from shouwen.work.knowledge.models import TabooHit

from .forms import HitFilters, PhraseForm

UNPROCESSABLE = 422
STANDARD = "R8-29.phrases"
LONGEST = 8000
"""Characters that are looked through while somebody types."""


def phrases(request: Request) -> HttpResponse:
    """Everybody reads the list; the director and the keeper of rules add to it."""
    at = clock.now()
    listed = queries.phrases(org.divisions_visible(request.person))
    division = access.home_of(request.person, at)
    keeps = division is not None and access.keeps_phrases(request.person, division, at)
    form = PhraseForm(request.POST or None)
    if request.method == "POST":
        if division is None:
            raise Http404
        access.require_keeper(division, request.person, at)
        if carried_out(request, form, kept.add_phrase, division):
            messages.success(request, _("已列入忌语表"))
            return redirect("knowledge:taboo")
    context = {
        "way": "taboo",
        "rows": list(listed.order_by("until", "id")),
        "form": form,
        "keeps": keeps,
        "today": clock.today(),
        "standard": _standard(division, at) if division else [],
    }  # fmt: skip
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "knowledge/taboo.html", context, status=status)


def _standard(division: Unit, at: datetime) -> list[tuple[Words, Words]]:
    """What is said on which occasion, as the company worded it (R8-29)."""
    rows = values.find(STANDARD, division, at) or ()
    return [
        (
            Words(zh=row["occasion_zh"], en=row["occasion_en"]),
            Words(zh=row["words_zh"], en=row["words_en"]),
        )
        for row in rows
    ]


@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """Take a phrase off the list."""
    phrase = access.access_phrase(request.person, pk)
    request.about = phrase
    kept.end_phrase(phrase, by=request.person)
    messages.success(request, _("已停用"))
    return redirect("knowledge:taboo")


def _rows(filters: HitFilters, divisions: set[int]) -> QuerySet[TabooHit]:
    found = queries.hits(divisions)
    if words := filters.asked("q"):
        person = Q(person__name_zh__contains=words) | Q(person__name_en__icontains=words)
        found = found.filter(person | Q(phrase__phrase__contains=words))
    return found.filter(filters.within("at"))


def _columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("at", _("时间"), kind="moment"),
        Column("person", _("人员"), kind="person"),
        Column("phrase", _("忌语"), read="phrase.phrase"),
        Column("excerpt", _("原话")),
        Column("channel", _("渠道"), read="interaction.channel_word"),
        Column("interaction", _("往来编号"), read="interaction.number", link=_matter),
    ]


def _matter(row: TabooHit) -> str:
    said = row.interaction
    return f"/cases/{said.matter_id}/" if said.matter_kind == "case" else ""


HITS = Listing(
    "hits", gettext_lazy("查出的服务忌语"), HitFilters, _rows, _columns, ("-id",),
    lambda: Empty(
        _("没有查出忌语"), _("系统逐条检查对客户说过的话,含忌语的列在这里。"), "message-check"
    ),
    None, "knowledge/hits.html",
)  # fmt: skip


@require_GET
def hits(request: Request) -> HttpResponse:
    """Where phrases were found: for the director and the keeper of rules alone."""
    _require(request)
    return listing.show(request, HITS, way="hits")


@require_GET
def export(request: Request) -> HttpResponse:
    """The same as a workbook."""
    _require(request)
    return listing.export(request, HITS)


def _require(request: Request) -> None:
    at = clock.now()
    division = access.home_of(request.person, at)
    if division is None or not access.keeps_phrases(request.person, division, at):
        clause = access.taboo_clause(division, at) if division else ""
        raise refuse(N_("查出的忌语只列给客户服务中心主任和制度管理员"), clause)


@require_POST
def check(request: Request, case: int) -> HttpResponse:
    """What of the words typed so far may not be said, and what to say instead; nothing is kept."""
    matter = access_case(request.person, case)
    typed = [str(value) for name, value in request.POST.items() if name.endswith("text")]
    words = "\n".join(typed)[:LONGEST]
    found = kept.look_into(words, matter.division, clock.now())
    context = {
        "found": [phrase for _one, phrase in found],
        "pieces": matching.pieces(words, [one for one, _phrase in found]),
    }
    return render(request, "knowledge/_warning.html", context)
