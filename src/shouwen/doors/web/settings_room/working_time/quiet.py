"""Quiet hours: from when to when a division's people get no letters but urgent ones."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import PaperForm
from shouwen.doors.web.people import Request
from shouwen.doors.web.settings_room import gates
from shouwen.doors.web.settings_room.pages import form_page
from shouwen.engines.notices import actions as notices
from shouwen.engines.notices import queries
from shouwen.ground.foundation import clock


def _clock() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class QuietHours(PaperForm):
    """Both moments, or neither."""

    begins = forms.TimeField(label=_("开始"), required=False, widget=_clock())
    ends = forms.TimeField(label=_("结束"), required=False, widget=_clock())

    def clean(self) -> dict[str, Any]:
        """One moment alone says nothing."""
        found = super().clean() or {}
        for one, other in (("begins", "ends"), ("ends", "begins")):
            if found.get(one) and not found.get(other) and other not in self.errors:
                self.add_error(other, _("起止时刻要一起填；不需要静默时段则都留空"))
        return found


def quiet_hours(request: Request) -> HttpResponse:
    """Set or lift the quiet hours of a division."""
    unit = gates.place(request)
    gates.keeper_only(request, unit)
    kept = queries.quiet_hours(unit)
    start = {"begins": kept.begins, "ends": kept.ends} if kept else {}
    form = QuietHours(request.POST or None, initial=start)

    def act(data: dict[str, Any]) -> None:
        if data["begins"]:
            notices.set_quiet_hours(unit, data["begins"], data["ends"], by=request.person)
        else:
            notices.forget_quiet_hours(unit, by=request.person)

    back = f"{reverse('settings:year', args=[clock.today().year])}?division={unit.code}"
    return form_page(
        request, form, act, title=_("通知静默时段"), back=back, button=_("保存"), done=_("已保存"),
        hint=_("这段时间内不寄信，到点再寄；紧急的照寄，系统内通知不受影响。都留空即取消。"),
    )  # fmt: skip
