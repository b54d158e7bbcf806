"""A person's page: posts, who is above, who stands in; and what the keeper does with people."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.ground.journal.queries import timeline
from shouwen.ground.org import actions as org
from shouwen.ground.org import queries
from shouwen.ground.org.models import Appointment, Person, Post, Substitution
from shouwen.ground.org.verbs.absences import may_send_away

from . import choices, gates, history, people_forms
from .pages import form_page, page


def person(request: Request, pk: int) -> HttpResponse:
    """One person of the company."""
    one, now = gates.person_in_sight(request, pk), clock.now()
    main = queries.main_post(one)
    division = queries.division_of(main.post.unit) if main else None
    return page(
        request, "person", "organisation", one=one, main=main, division=division,
        posts=queries.posts_ever(one), today=clock.today(),
        superiors=queries.superiors(one, division) if division else [],
        absences=queries.absences(one, now), now=now, away=queries.is_away(one, now),
        stand_ins=queries.stand_ins(one, now), covers=queries.acting_for(one, now),
        events=history.of(timeline(one)[:50]),
        keeper=gates.may_keep(request, None), may_send=may_send_away(one, request.person),
    )  # fmt: skip


def _back(person: Person) -> str:
    return reverse("settings:person", args=[person.pk])


def hire(request: Request) -> HttpResponse:
    """Take somebody in and put him on a post."""
    gates.keeper_only(request, None)
    posts = choices.posts(gates.units_in_sight(request.person))
    form = people_forms.Hire(request.POST or None, posts=posts)

    def act(data: dict[str, Any]) -> None:
        post = Post.objects.select_related("unit").get(pk=data.pop("post"))
        password = data.pop("password") or None
        person = org.hire(**data, password=password, by=request.person)
        org.appoint(person, post, by=request.person)

    return form_page(
        request, form, act, title=pgettext_lazy("act", "人员入职"),
        back=reverse("settings:organisation"), button=_("入职"), done=_("人员已入职"),
    )  # fmt: skip


def change(request: Request, pk: int) -> HttpResponse:
    """Mend what is known of a person; everybody may for himself."""
    one = gates.person_in_sight(request, pk)
    if one != request.person:
        gates.keeper_only(request, None)
    names = ("name_zh", "name_en", "email", "phone", "language")
    form = people_forms.Details(
        request.POST or None, initial={name: getattr(one, name) for name in names}
    )
    return form_page(
        request, form, lambda data: org.change_person(one, by=request.person, **data),
        title=_("修改资料"), hint=one.name, back=_back(one), button=_("保存"), done=_("已保存"),
    )  # fmt: skip


def appointment(request: Request, pk: int) -> HttpResponse:
    """Give somebody a post."""
    one = gates.person_in_sight(request, pk)
    gates.keeper_only(request, None)
    posts = choices.posts(gates.units_in_sight(request.person))
    form = people_forms.Appoint(
        request.POST or None, posts=posts, initial={"since": clock.today(), "main": True}
    )

    def act(data: dict[str, Any]) -> None:
        post = Post.objects.select_related("unit").get(pk=data["post"])
        org.appoint(one, post, since=data["since"], main=data["main"], by=request.person)

    return form_page(
        request, form, act, title=_("任命"), hint=one.name, back=_back(one), button=_("任命"),
        done=_("已任命"),
    )  # fmt: skip


def appointment_end(request: Request, pk: int, held: int) -> HttpResponse:
    """End a post."""
    one = gates.person_in_sight(request, pk)
    gates.keeper_only(request, None)
    appointment = get_object_or_404(Appointment, pk=held, person=one)
    form = people_forms.Ending(request.POST or None, initial={"last_day": clock.today()})
    return form_page(
        request, form, lambda data: org.end_appointment(appointment, by=request.person, **data),
        title=_("结束任职"), hint=f"{one.name} · {appointment.post}", back=_back(one),
        button=_("结束任职"), done=_("任职已结束"), danger=True,
    )  # fmt: skip


def absence(request: Request, pk: int) -> HttpResponse:
    """Name who stands in while somebody is away."""
    one = gates.person_in_sight(request, pk)
    if not may_send_away(one, request.person):
        raise PermissionDenied
    seen = gates.units_in_sight(one)
    form = people_forms.Absence(request.POST or None, people=choices.people(seen, one))

    def act(data: dict[str, Any]) -> None:
        other = queries.person(int(data.pop("substitute")))
        org.substitute_while_away(one, other, by=request.person, **data)

    return form_page(
        request, form, act, title=_("指定代理人"), hint=one.name, back=_back(one),
        button=_("指定"), done=_("代理人已指定"),
    )  # fmt: skip


def absence_end(request: Request, pk: int, absence: int) -> HttpResponse:
    """Back before the time, or not away at all."""
    one = gates.person_in_sight(request, pk)
    if request.method != "POST":
        raise Http404
    if not may_send_away(one, request.person):
        raise PermissionDenied
    found = get_object_or_404(Substitution, pk=absence, person=one)
    return form_page(
        request, people_forms.Nothing(request.POST),
        lambda _data: org.return_early(found, by=request.person),
        title=_("提前结束代理"), hint=one.name, back=_back(one), button=_("结束代理"),
        done=_("代理已结束"),
    )  # fmt: skip


def departure(request: Request, pk: int) -> HttpResponse:
    """Somebody leaves the company."""
    one = gates.person_in_sight(request, pk)
    gates.keeper_only(request, None)
    form = people_forms.Ending(request.POST or None, initial={"last_day": clock.today()})
    return form_page(
        request, form, lambda data: org.leave(one, by=request.person, **data),
        title=_("离职"), hint=one.name, back=_back(one), button=_("办理离职"),
        done=_("离职已办理，账号已停用"), danger=True,
    )  # fmt: skip


def password(request: Request, pk: int) -> HttpResponse:
    """Give somebody a password to begin with."""
    one = gates.person_in_sight(request, pk)
    gates.keeper_only(request, None)
    form = people_forms.Password(request.POST or None, user=one.user)
    return form_page(
        request, form,
        lambda data: org.set_password(one, data["password"], by=request.person),
        title=_("设定密码"), hint=one.name, back=_back(one), button=_("设定"),
        done=_("密码已设定，请当面告知本人"),
    )  # fmt: skip
