"""What one person was tested in, what is missing, and the trainings he was invited to."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.forms import carried_out
from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.ground.org.models import Person
from shouwen.work.training import access, queries
from shouwen.work.training import actions as training
from shouwen.work.training.models import Skill

from .forms import TestForm
from .lists import post_of

ATTENDED, UNPROCESSABLE = 50, 422
SOON_DAYS = 30


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """The skills of somebody."""
    return _page(request, access.access_person(request.person, pk), TestForm())


def _page(request: Request, one: Person, form: TestForm) -> HttpResponse:
    at = clock.now()
    home = access.home_of(one, at)
    wanted = queries.required([home.pk] if home else [], at).get(one.pk, [])
    held = queries.held([one.pk])[one.pk]
    gaps = queries.gaps(wanted, held, at)
    context = {
        "who": one,
        "post": post_of(one, at),
        "skills": [
            {"skill": row, "state": _state(row), "asked": row.name in wanted} for row in held
        ],
        "never": [gap for gap in gaps if gap.expired_on is None],
        "missing": len(gaps),
        "asked": wanted,
        "names": list(dict.fromkeys([*wanted, *(row.name for row in held)])),
        "form": form,
        "may": home is not None and access.may_test(request.person, one, home, at),
        "attended": queries.attended(one)[:ATTENDED],
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "training/person.html", context, status=status)


def _state(row: Skill) -> tuple[str, str]:
    left = (row.expires_on - clock.today()).days
    if left <= 0:
        return ("late", _("已到期"))
    return ("soon", _("即将到期")) if left <= SOON_DAYS else ("done", _("有效"))


@require_POST
def test(request: Request, pk: int) -> HttpResponse:
    """He passed the test of a skill."""
    one = access.access_person(request.person, pk)
    request.about = one
    home = access.home_of(one, clock.now())
    if home is None:
        raise Http404
    form = TestForm(request.POST)
    if carried_out(request, form, training.pass_skill, home, one):
        messages.success(request, _("已登记测试结果"))
        return redirect("training:person", pk)
    return _page(request, one, form)


@require_GET
def skill(request: Request, pk: int) -> HttpResponse:
    """A skill is looked at among the others of its person."""
    found = Skill.objects.filter(pk=pk, person__in=access.concerned(request.person, clock.now()))
    row = found.only("person_id").first()
    if row is None:
        raise Http404
    return redirect("training:person", row.person_id)
