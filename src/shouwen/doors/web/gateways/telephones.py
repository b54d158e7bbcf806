"""Whose telephone rings: extensions and people."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import PaperForm
from shouwen.doors.web.people import Request
from shouwen.doors.web.settings_room import choices, gates
from shouwen.doors.web.settings_room.pages import form_page
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit
from shouwen.work.telephony import actions, queries
from shouwen.work.telephony.models import Extension

from .channels import Nothing
from .pages import back, division, page


class ExtensionForm(PaperForm):
    """A number and who sits there."""

    number = forms.CharField(label=_("分机号"), max_length=20)
    person = forms.ChoiceField(label=_("使用人"))

    def __init__(self, unit: Unit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = []
        for one in org.all_persons():
            post = org.main_post(one)
            if post and unit.pk in org.divisions_visible(one):
                people.append((str(one.pk), f"{one.name} · {post.post.unit.name}"))
        choices.offer(self, "person", [*choices.NONE, *people])


def listing(request: Request) -> HttpResponse:
    """The extensions of a division."""
    unit = division(request)
    return page(request, "telephones", unit, extensions=queries.extensions(unit))


def new(request: Request) -> HttpResponse:
    """Say whose telephone a number is."""
    unit = division(request)
    gates.keeper_only(request, unit)
    form = ExtensionForm(unit, request.POST if request.method == "POST" else None)

    def act(data: dict[str, Any]) -> None:
        person = org.person(int(data["person"]))
        actions.give_extension(unit, data["number"], person, by=request.person)

    return form_page(
        request, form, act, title=_("登记分机"), hint=unit.name,
        back=back("gateways:telephones", unit), button=_("登记"), done=_("分机已登记"),
    )  # fmt: skip


def end(request: Request, pk: int) -> HttpResponse:
    """The telephone is nobody's any more."""
    row = get_object_or_404(Extension.objects.select_related("division", "person"), pk=pk)
    unit = gates.division_in_sight(request, row.division.code)
    gates.keeper_only(request, unit)
    form = Nothing(request.POST if request.method == "POST" else None)
    return form_page(
        request, form, lambda _data: actions.end_extension(row, by=request.person),
        title=_("停用分机"), hint=f"{row.number} · {row.person.name}",
        back=back("gateways:telephones", unit), button=_("停用"), done=_("分机已停用"), danger=True,
    )  # fmt: skip
