"""A customer complains about an employee: from a contact, from a matter, or as it is heard."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.people import Request
from shouwen.doors.web.quick import channels
from shouwen.doors.web.reception.people import colleagues, division_for
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.outcomes.conduct import actions as conduct
from shouwen.outcomes.conduct import norms
from shouwen.work.cases import access as cases
from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Customer
from shouwen.work.interactions import access as interactions
from shouwen.work.interactions import queries as spoken
from shouwen.work.interactions.actions import Draft
from shouwen.work.interactions.models import Direction, Interaction, Nature

from .forms import GrievanceForm


@dataclass(frozen=True)
class Heard:
    """Where the complaint came up: in a contact, about a matter, or neither."""

    division: Unit
    back: str
    contacts: list[Interaction] = field(default_factory=list)
    matter: Case | None = None
    customer: Customer | None = None
    name: str = ""
    phone: str = ""


def new(request: Request) -> HttpResponse:
    """A complaint as it is heard: the contact is registered with it."""
    return _form(request, Heard(division_for(request.person), reverse("conduct:mine")))


def in_contact(request: Request, pk: int) -> HttpResponse:
    """A complaint that the customer brought in a contact on record."""
    row = interactions.access_interaction(request.person, pk)
    back = reverse("quick:interaction", args=[pk])
    return _form(request, Heard(row.division, back, [row], customer=row.customer))


def about_matter(request: Request, pk: int) -> HttpResponse:
    """A complaint in the course of a matter: in one of its contacts, or in a new one."""
    case = cases.access_case(request.person, pk)
    said = spoken.of_matter(case).filter(direction=Direction.IN)
    heard = Heard(
        case.division, reverse("cases:show", args=[pk]), list(said), case, case.customer,
        case.text.caller, case.text.phone,
    )  # fmt: skip
    return _form(request, heard)


def _form(request: Request, heard: Heard) -> HttpResponse:
    codes = norms.known_codes(heard.division, clock.now())
    form = GrievanceForm(
        request.POST or None, people=colleagues(heard.division), codes=codes,
        contacts=heard.contacts, anew=heard.matter is not None or not heard.contacts,
        asks_who=heard.customer is None, channels=channels.choices(request.person),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            person = _file(request, heard, form.cleaned_data)
            messages.success(request, _("已登记，交%(name)s的上级核实") % {"name": person.name})
            return redirect(heard.back)
    context = {"form": form, "heard": heard, "any": bool(codes)}
    status = 422 if request.method == "POST" else 200
    return render(request, "conduct/grievance_new.html", context, status=status)


def _file(request: Request, heard: Heard, told: dict[str, Any]) -> Person:
    person, code, words = org.person(told["person"]), told["code"], told["words"]
    contact = next((one for one in heard.contacts if one.pk == told.get("contact")), None)
    if contact is not None:
        conduct.file_grievance(contact, person, code, words, by=request.person)
        return person
    way = channels.chosen(told["channel"], request.person)
    draft = Draft(
        heard.division, words, channel=way.channel, nature=Nature.OPINION,
        customer=heard.customer, name=told.get("name", heard.name),
        phone=told.get("phone", heard.phone), more=dict(way.more),
    )  # fmt: skip
    conduct.take_grievance(
        draft, person, code, words, matter=heard.matter, by=request.person
    )  # fmt: skip
    return person
