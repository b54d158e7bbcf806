"""Which division runs under which regulation, since when."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import PaperForm
from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.ground.org import actions as org
from shouwen.ground.org import queries
from shouwen.ground.org.models import Adoption, Unit
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.models import Edition

from . import choices, gates, people_forms
from .pages import form_page, page


@dataclass(frozen=True)
class Row:
    """One adoption with the regulation's title and its state today."""

    adoption: Adoption
    title: Any
    state: tuple[str, Any]
    may_end: bool


def adoptions(request: Request) -> HttpResponse:
    """The regulations of each division in sight."""
    divisions = [unit for unit in gates.places(request) if unit.division]
    rows = [(unit, [_row(request, one) for one in queries.adoptions(unit)]) for unit in divisions]
    return page(
        request, "adoptions", "adoptions", divisions=rows,
        keeper=any(gates.may_keep(request, unit) for unit in divisions),
    )  # fmt: skip


def _row(request: Request, adoption: Adoption) -> Row:
    today = clock.today()
    if adoption.until and adoption.until < today:
        state = ("off", _("已停用"))
    elif adoption.since > today:
        state = ("soon", _("尚未施行"))
    else:
        state = ("done", _("施行中"))
    may_end = adoption.until is None and gates.may_keep(request, adoption.division)
    return Row(adoption, _title(adoption), state, may_end)


def _title(adoption: Adoption) -> Any:
    try:
        return policy.regulation(adoption.regulation, edition=adoption.edition).title
    except policy.NotInForce:
        return ""


class Adopt(PaperForm):
    """Which division, which edition, from when."""

    division = forms.ChoiceField(label=_("单位"))
    edition = forms.ChoiceField(label=_("制度与版次"))
    since = forms.DateField(
        label=_("自哪一天起"), help_text=_("此后发生的事项按此版办理；已受理的案件仍按原版。")
    )

    def __init__(self, *args: Any, divisions: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices.offer(self, "division", [(unit.code, unit.name) for unit in divisions])
        choices.offer(self, "edition", [("", "—"), *_editions()])


def _editions() -> list[tuple[str, str]]:
    """Every published edition: `R4/1`."""
    found = Edition.objects.filter(published_at__isnull=False).select_related("regulation")
    rows = sorted((int(one.regulation.code[1:]), one.number) for one in found)
    return [(f"R{code}/{number}", _edition_name(f"R{code}", number)) for code, number in rows]


def _edition_name(code: str, number: int) -> str:
    title = policy.regulation(code, edition=number).title
    return f"{code} {title} · {gettext('第 %(number)s 版') % {'number': number}}"


def adoption_new(request: Request) -> HttpResponse:
    """Adopt a regulation, or a later edition of it."""
    gates.keeper_only(request, None)
    divisions = [u for u in gates.places(request) if u.division and gates.may_keep(request, u)]
    form = Adopt(request.POST or None, divisions=divisions, initial={"since": clock.today()})

    def act(data: dict[str, Any]) -> None:
        unit = gates.division_in_sight(request, data["division"])
        code, number = data["edition"].split("/")
        org.adopt_regulation(unit, code, int(number), since=data["since"], by=request.person)

    return form_page(
        request, form, act, title=pgettext_lazy("act", "采用制度"),
        back=reverse("settings:adoptions"), button=_("采用"), done=_("制度已采用"),
    )  # fmt: skip


def adoption_end(request: Request, pk: int) -> HttpResponse:
    """Stop running under a regulation."""
    adoption = get_object_or_404(Adoption.objects.select_related("division"), pk=pk)
    gates.division_in_sight(request, adoption.division.code)
    gates.keeper_only(request, adoption.division)
    form = people_forms.Ending(request.POST or None)
    return form_page(
        request, form, lambda data: org.end_adoption(adoption, by=request.person, **data),
        title=_("停止采用"), hint=f"{adoption.division.name} · {adoption.regulation}",
        back=reverse("settings:adoptions"), button=_("停止采用"), done=_("已记录停止采用"),
        danger=True,
    )  # fmt: skip
