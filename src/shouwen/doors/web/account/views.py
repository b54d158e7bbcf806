from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from shouwen.doors.demo.complaints import filling
from shouwen.doors.web import shell
from shouwen.doors.web.numbers import number_of
from shouwen.doors.web.people import AnyRequest
from shouwen.doors.web.refusals import back_of
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.actions import change_person
from shouwen.ground.org.models import Appointment, Person
from shouwen.ground.org.roles import Rank

from .forms import SignInForm

YEAR = 365 * 24 * 3600
BACKEND = "shouwen.doors.web.account.users.UserBackend"


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: AnyRequest) -> HttpResponse:
    """User name and password; in a demo, every person of the company with one click."""
    if request.person is not None and request.method == "GET":
        return redirect(_next(request))
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.user:
        login(request, form.user)
        return redirect(_next(request))
    status = 422 if form.errors else 200
    return render(request, "account/sign_in.html", _page(request, form), status=status)


def _page(request: AnyRequest, form: SignInForm) -> dict[str, Any]:
    demo = _demo() if settings.DEMO else {}
    return {"form": form, "next": request.GET.get("next", ""), **demo}


def _demo() -> dict[str, Any]:
    """Whom one can be, and how much of the company's year is still to come."""
    return {"units": demo_people(), "filling": filling(clock.now())}


def demo_people() -> list[tuple[str, list[Appointment]]]:
    """Everybody's main post, by department in the order of the tree."""
    posts = [post for person in org.all_persons() if (post := org.main_post(person))]
    posts.sort(key=_place_in_the_tree)
    by_unit = groupby(posts, key=lambda held: held.post.unit)
    return [(unit.name, list(ones)) for unit, ones in by_unit]


def _place_in_the_tree(held: Appointment) -> tuple[list[int], int]:
    """Units in the order they were set up, each below its own; heads first."""
    path = [int(step) for step in held.post.unit.path.strip("/").split("/")]
    return path, -Rank(held.post.rank).order


def switch(request: HttpRequest) -> HttpResponse:
    """The people of the demo once more, to become another one."""
    if not settings.DEMO:
        raise Http404
    return render(request, "account/switch.html", {"next": "/", **_demo()})


@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Become a demo person. Does not exist outside the demo."""
    if not settings.DEMO:
        raise Http404
    number = number_of(request.POST.get("person", ""))
    found = Person.objects.filter(active=True, pk=number or 0)
    person = get_object_or_404(found.select_related("user"))
    logout(request)
    login(request, person.user, backend=BACKEND)
    return redirect(_next(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave; the language stays."""
    logout(request)
    return redirect("account:sign_in")


@require_POST
def language(request: AnyRequest) -> HttpResponse:
    """Read in another language from now on, on every device of this person."""
    code = request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES):
        raise Http404
    person = request.person
    if person is not None and person.language != code:
        same = {name: getattr(person, name) for name in ("name_zh", "name_en", "email", "phone")}
        change_person(person, **same, language=code, by=person)
    translation.activate(code)
    response = HttpResponseRedirect(back_of(request))
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=YEAR, samesite="Lax")
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the machine says."""
    wanted = request.POST.get("theme", "")
    if wanted not in shell.THEMES:
        raise Http404
    response = HttpResponseRedirect(back_of(request))
    response.set_cookie(shell.THEME_COOKIE, wanted, max_age=YEAR, samesite="Lax")
    return response


def keys(request: HttpRequest) -> HttpResponse:
    """The keys, for who has no `?`."""
    return render(request, "account/keys.html")


def locked_out(request: HttpRequest, credentials: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many wrong passwords: how long to wait, and whom to ask."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    context = {"minutes": minutes, "limit": settings.AXES_FAILURE_LIMIT}
    return render(request, "account/locked_out.html", context, status=429)


def _next(request: HttpRequest) -> str:
    """Where to go after signing in: a page of ours, else the desk."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe and wanted else "/"
