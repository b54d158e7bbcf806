"""Marks of customers: the list behind the month's rate, one mark, and its follow-up."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from shouwen.doors.web import links
from shouwen.doors.web.caselists import listing
from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.forms import carried_out
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.outcomes.reports import service
from shouwen.outcomes.reports.rows import month
from shouwen.work.surveys import access, bounds, queries
from shouwen.work.surveys import actions as surveys
from shouwen.work.surveys.models import FollowUp, Rating

from .forms import FollowUpForm, RatingFilters

STATES = {
    "low": Q(low=True),
    "open": Q(low=True, follow_up__isnull=True),
    "staff": service.ABOUT_STAFF,
}


def _rows(filters: RatingFilters, divisions: set[int]) -> QuerySet[Rating]:
    found = Rating.objects.filter(replaced_by__isnull=True)
    found = found.select_related("customer", "person", "unit", "follow_up")
    if period := filters.asked("month"):
        try:
            days = month(period)
        except ValueError:
            return found.none()
        found = found.filter(at__gte=clock.local(days.first), at__lt=clock.end_of(days.last))
    for name in ("division", "unit", "person"):
        if value := filters.asked(name):
            found = found.filter(**{f"{name}_id": value})
    state = filters.asked("state")
    if state == "satisfied":
        return found.filter(_satisfied(divisions))
    return found.filter(STATES.get(state, Q()))


def _satisfied(divisions: set[int]) -> Q:
    """The marks from which on each division counts a customer as satisfied (R2-18)."""
    at, found = clock.now(), Q(pk__in=())
    for pk in divisions:
        edge = service.targets(pk, at).satisfied_from
        if edge is not None:
            found |= Q(division=pk, mark__gte=edge)
    return found


def _columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("about", _("事项"), link=lambda row: reverse("surveys:rating", args=[row.pk])),
        Column("mark", _("评分"), kind="number"),
        Column("word", _("评价"), read=lambda row: str(bounds.MARKS[row.mark])),
        Column("customer", _("客户"), read="customer.name"),
        Column("person", _("服务人员"), read="person.name"),
        Column("unit", _("部门"), read="unit.name"),
        Column("at", _("时间"), kind="moment"),
        Column("state", _("跟进"), kind="badge", read=follow_up_state),
    ]


def follow_up_state(row: Rating) -> tuple[str, Any] | None:
    """Whether a bad mark was followed up, in a word."""
    if not row.low:
        return None
    return ("done", _("已跟进")) if hasattr(row, "follow_up") else ("soon", _("待跟进"))


RATINGS = Listing(
    "ratings", gettext_lazy("客户评价"), RatingFilters, _rows, _columns, ("-at", "-id"),
    lambda: Empty(
        _("没有这样的评价"), _("回访、调查和网上评价的每一次打分都列在这里。"), "star"
    ),
    None, "surveys/ratings.html",
)  # fmt: skip


def _mine(request: Request) -> Listing:
    seen = access.readable_ratings(request.person)
    return replace(RATINGS, rows=lambda asked, divisions: _rows(asked, divisions).filter(seen))


@require_GET
def index(request: Request) -> HttpResponse:
    """The marks this person may read."""
    return listing.show(request, _mine(request))


@require_GET
def export(request: Request) -> HttpResponse:
    """The same as a workbook."""
    return listing.export(request, _mine(request))


def show(request: Request, pk: int) -> HttpResponse:
    """One mark; its follow-up is written here by the superior (R7-71)."""
    rating = access.access_rating(request.person, pk)
    request.about = rating
    form = FollowUpForm(request.POST or None, of_customer=rating.customer_id is not None)
    if carried_out(request, form, surveys.follow_up, rating):
        messages.success(request, _("已记下跟进。"))
        return redirect("surveys:rating", pk)
    clause = bounds.person_clause(rating.division_id, clock.now())
    done = FollowUp.objects.filter(rating=rating).select_related("by").first()
    context = {
        "rating": rating,
        "word": bounds.MARKS[rating.mark],
        "channel": bounds.channel_name(rating.channel),
        "matter": links.kind(rating.matter_kind),
        "matter_url": links.url(rating.matter_kind, rating.matter_id),
        "clause": clause.id if clause else "",
        "due": Due.objects.filter(subject_kind="rating", subject_id=rating.pk).first(),
        "done": done,
        "became": links.url("case", became) if (became := queries.matter_of(rating)) else "",
        "may": rating.low
        and done is None
        and access.may_follow_up(request.person, rating, clock.now()),
        "form": form,
    }
    return render(request, "surveys/rating.html", context, status=422 if form.errors else 200)
