"""Who is in the house, and one visit from the door to the door."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.customers.showing import event
from shouwen.doors.web.forms import PaperForm, at_fields, carried_out
from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.ground.journal.queries import timeline
from shouwen.ground.org.models import Person
from shouwen.work.cases.access import visible
from shouwen.work.customers import access as customers
from shouwen.work.customers import phones
from shouwen.work.reception import access, queries, rating, rules
from shouwen.work.reception import actions as reception
from shouwen.work.reception.models import Visit

from .forms import DepartureForm, FollowUpForm, RatingForm, SignatureForm, VisitForm
from .people import division_for

MOST, EVENTS = 100, 30


@require_GET
def today(request: Request) -> HttpResponse:
    """Who is here, who was forgotten yesterday, whose bad reception waits for me."""
    at = clock.now()
    day = clock.local(clock.day_of(at))
    here = list(queries.here_now(request.person)[:MOST])
    gone = [one for one in queries.of_day(request.person, clock.day_of(at))[:MOST] if one.left_at]
    context = {
        "at": "today",
        "here": [_line(one, at) for one in here if one.arrived_at >= day],
        "forgotten": [one for one in here if one.arrived_at < day],
        "gone": gone,
        "follow_up": list(queries.to_follow_up(request.person, at)[:MOST]),
    }
    return render(request, "reception/today.html", context)


def _line(visit: Visit, at: Any) -> dict[str, Any]:
    """A visitor in the house: how long he waits, and whether that is too long."""
    limit = queries.allowed_minutes(visit.division_id, at)
    waiting = visit.received_at is None
    minutes = rules.minutes_between(visit.arrived_at, at) if waiting else visit.waited_minutes
    over = rules.is_over(minutes or 0, [limit] if limit else []) if waiting else visit.over_limit
    return {"visit": visit, "minutes": minutes, "waiting": waiting, "over": over, "limit": limit}


def new(request: Request) -> HttpResponse:
    """Write a visitor down."""
    division = division_for(request.person)
    form = VisitForm(request.POST or None, division=division, person=request.person)
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            made = reception.register_visit(
                form.draft(), by=request.person, matter=form.cleaned_data["matter"]
            )
            messages.success(request, _("已登记 %(number)s,并通知接待人") % {"number": made.number})
            return redirect("reception:visit", made.pk)
    wrong = request.method == "POST"
    return render(
        request, "reception/new.html", {"form": form, "division": division},
        status=422 if wrong else 200,
    )  # fmt: skip


@require_GET
def visit(request: Request, pk: int) -> HttpResponse:
    """One visit with what can be done next."""
    return _page(request, access.access_visit(request.person, pk))


def _page(request: Request, one: Visit, **forms: PaperForm) -> HttpResponse:
    at = clock.now()
    matter = one.interaction.matter if one.interaction else None
    case = visible(request.person).filter(pk=matter[1]).first() if matter else None
    context = {
        "visit": one,
        "line": _line(one, at),
        "phone": one.phone if _sees_phone(one, request.person) else phones.masked(one.phone),
        "case": case if matter and matter[0] == "case" else None,
        "departure": DepartureForm(),
        "signature": SignatureForm(),
        "rating": RatingForm(),
        "follow_up": FollowUpForm(),
        "may_rate": one.host_id != request.person.pk and not one.rating,
        "may_follow_up": one.to_follow_up
        and not one.followed_up_at
        and rating.may_follow_up(one, request.person, at),
        "events": [event(entry) for entry in timeline(one)[:EVENTS]],
        **forms,
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "reception/visit.html", context, status=422 if wrong else 200)


def _sees_phone(one: Visit, person: Person) -> bool:
    """In the clear for who calls customers, the host, and who wrote it down."""
    mine = person.pk in (one.host_id, one.registered_by_id)
    return mine or customers.may_see_phones(person, one.division_id)


def _done(
    request: Request, pk: int, name: str, form: PaperForm, verb: Callable[..., Visit]
) -> HttpResponse:
    """Gate, verb, answer for every form of the page."""
    one = access.access_visit(request.person, pk)
    request.about = one
    if carried_out(request, form, verb, one):
        return redirect("reception:visit", pk)
    return _page(request, one, **{name: form})


@require_POST
def receive(request: Request, pk: int) -> HttpResponse:
    """The visitor is being received."""
    one = access.access_visit(request.person, pk)
    request.about = one
    reception.receive_visit(one, by=request.person)
    return redirect("reception:visit", pk)


@require_POST
def leave(request: Request, pk: int) -> HttpResponse:
    """The visitor leaves."""
    form = DepartureForm(request.POST)
    return _done(request, pk, "departure", form, reception.record_departure)


@require_POST
def sign(request: Request, pk: int) -> HttpResponse:
    """The visitor signs on the screen, or a name stands for it."""
    form = SignatureForm(request.POST)
    return _done(request, pk, "signature", form, reception.confirm_visit)


@require_POST
def rate(request: Request, pk: int) -> HttpResponse:
    """Enter what the visitor thought."""
    return _done(request, pk, "rating", RatingForm(request.POST), reception.rate_visit)


@require_POST
def follow_up(request: Request, pk: int) -> HttpResponse:
    """The manager says what he found."""
    form = FollowUpForm(request.POST)
    return _done(request, pk, "follow_up", form, reception.follow_up_visit)
