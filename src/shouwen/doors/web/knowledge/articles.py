"""What is known: found, read, made from a matter, confirmed, used."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web import refusals
from shouwen.doors.web.caselists import listing
from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.numbers import number_of
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty
from shouwen.engines.search import queries as search
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.work.cases.access import access_case
from shouwen.work.cases.models import Case
from shouwen.work.knowledge import access, articles
from shouwen.work.knowledge.models import Article

from .forms import ArticleFilters, ArticleForm, ReasonForm

UNPROCESSABLE = 422
FOUND = 100
STATES = {"draft": "soon", "confirmed": "done", "retired": "off"}


def _rows(filters: ArticleFilters, divisions: set[int]) -> QuerySet[Article]:
    found = Article.objects.filter(division_id__in=divisions).select_related("shown", "made_by")
    if words := filters.asked("q"):
        docs = search.find(words, kinds=["article"], divisions=divisions, limit=FOUND)
        found = found.filter(pk__in=[doc.object_id for doc in docs])
    if state := filters.asked("state"):
        found = found.filter(state=state)
    return found.prefetch_related("versions")


def wording(row: Article) -> str:
    """The question it shows, or that of its draft."""
    newest = next(iter(row.versions.all()), None)
    shown = row.shown or newest
    return shown.question if shown else ""


def _columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("label", _("编号"), link=lambda row: reverse("knowledge:article", args=[row.pk])),
        Column("question", _("所问问题"), read=wording),
        Column("state", _("状态"), kind="badge",
               read=lambda row: (STATES[row.state], row.get_state_display())),
        Column("uses", _("引用"), kind="number"),
        Column("made_by", _("整理人"), kind="person"),
        Column("made_at", _("整理日期"), kind="day"),
    ]  # fmt: skip


ARTICLES = Listing(
    "list", gettext_lazy("知识"), ArticleFilters, _rows, _columns, ("-id",),
    lambda: Empty(
        _("没有这样的知识"),
        _("从已答复的咨询或注明可供参考的投诉整理,由另一位同事确认后在这里供大家查用。"), "book-2",
    ),
    None, "knowledge/list.html",
)  # fmt: skip


@require_GET
def index(request: Request) -> HttpResponse:
    """The list; a search finds confirmed articles by their words."""
    return listing.show(request, ARTICLES, way="list")


@require_GET
def export(request: Request) -> HttpResponse:
    """The list as a workbook."""
    return listing.export(request, ARTICLES)


def new(request: Request, case: int) -> HttpResponse:
    """Make an article from a matter, beginning with what its record says."""
    source = access_case(request.person, case)
    request.about = source
    why = [refusals.say(one) for one in articles.why_not_made(source, request.person, clock.now())]
    start = articles.proposed(source) if not why else articles.Wording("", "")
    initial = {"question": start.question, "answer": start.answer}
    form = ArticleForm(source.division_id, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            row = articles.write(source, _words(form), by=request.person)
            messages.success(request, _("已整理,请另一位同事核对确认。"))
            return redirect("knowledge:article", row.pk)
    status = UNPROCESSABLE if request.method == "POST" else 200
    context = {"form": form, "source": source, "refused": why}
    return render(request, "knowledge/write.html", context, status=status)


def edit(request: Request, pk: int) -> HttpResponse:
    """Word it anew."""
    row = access.access_article(request.person, pk)
    request.about = row
    newest = row.versions.order_by("-number").first()
    start = {"question": newest.question, "answer": newest.answer} if newest else {}
    start["category"] = row.category
    form = ArticleForm(row.division_id, request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            articles.revise(row, _words(form), by=request.person)
            messages.success(request, _("已修改,请另一位同事核对确认。"))
            return redirect("knowledge:article", row.pk)
    status = UNPROCESSABLE if request.method == "POST" else 200
    context = {"form": form, "source": row.case, "article": row}
    return render(request, "knowledge/write.html", context, status=status)


def _words(form: ArticleForm) -> articles.Wording:
    data = form.cleaned_data
    return articles.Wording(data["question"], data["answer"], data["category"])


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """An article with every wording it had."""
    return _page(request, access.access_article(request.person, pk))


def _page(request: Request, row: Article, form: ReasonForm | None = None) -> HttpResponse:
    versions = list(row.versions.select_related("written_by", "confirmed_by"))
    draft = next((one for one in versions if one.confirmed_at is None), None)
    at = clock.now()
    context = {
        "article": row,
        "versions": versions,
        "draft": draft,
        "may_confirm": draft is not None
        and row.state != "retired"
        and draft.written_by_id != request.person.pk,
        "may_edit": row.state != "retired"
        and access.holds(request.person, access.CENTRE, row.division_id, at),
        "may_retire": row.state != "retired"
        and access.holds(request.person, access.LEAD, row.division_id, at),
        "form": form or ReasonForm(),
        "badge": (STATES[row.state], row.get_state_display()),
        "title": wording(row),
    }  # fmt: skip
    return render(request, "knowledge/article.html", context, status=UNPROCESSABLE if form else 200)


@require_POST
def act(request: Request, pk: int, key: str) -> HttpResponse:
    """Confirm it, retire it, or note that it helped in a matter."""
    row = access.access_article(request.person, pk)
    request.about = row
    if key == "confirm":
        read = number_of(request.POST.get("revision", ""))
        articles.confirm(row, revision=-1 if read is None else read, by=request.person)
        messages.success(request, _("已确认,从现在起供大家查用。"))
    elif key == "retire":
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return _page(request, row, form)
        articles.retire(row, reason=form.cleaned_data["reason"], by=request.person)
        messages.success(request, _("已停用"))
    elif key == "use":
        case = _case(request)
        articles.use(row, case, by=request.person)
        messages.success(request, _("已记下这件事引用了此条知识"))
        return redirect("cases:show", case.pk)
    else:
        raise Http404
    return redirect("knowledge:article", row.pk)


def _case(request: Request) -> Case:
    number = number_of(request.POST.get("case", ""))
    if number is None:
        raise Http404
    return access_case(request.person, number)


@require_GET
def offer(request: Request) -> HttpResponse:
    """What is known about a question, while it is typed or on the page of its matter."""
    words = f"{request.GET.get('title', '')} {request.GET.get('description', '')}".strip()[:600]
    case = None
    number = number_of(request.GET.get("case", ""))
    if number is not None:
        case = access_case(request.person, number)
        words = f"{case.title} {case.text.description}"[:600]
    found = articles.offered(words, org.divisions_visible(request.person)) if words else []
    return render(request, "knowledge/_offer.html", {"found": found, "case": case})
