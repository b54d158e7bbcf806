from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.doors.web import shell
from shouwen.doors.web.people import Request
from shouwen.engines.dues import queries as dues
from shouwen.engines.notices import queries as notices
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_

from . import panels
from .late import address, owner_text, places

FEW = 6


def late_below(request: Request) -> panels.Panel | None:
    """The late list of those who lead."""
    now = clock.now()
    units = places(request.person, now)
    if not units:
        return None
    late = dues.late(now, units=units)
    longest = [dues.with_people(due) for due in late[:FEW]]
    count = late.count() if len(longest) == FEW else len(longest)
    rows = [panels.Row(due.name, address(due), _hint(due), due) for due in longest]
    return panels.Panel(
        _("本单位逾期"), "alert-triangle", rows, count, reverse("desk:late"),
        _("您负责的单位没有逾期事项。"),
    )  # fmt: skip


def _hint(due: Any) -> str:
    return " · ".join(filter(None, (due.matter_name, owner_text(due))))


def unread(request: Request) -> panels.Panel | None:
    """What one was told and has not read."""
    found = notices.inbox(request.person, unread=True, limit=FEW)
    rows = [
        panels.Row(notice.text, reverse("notices:open", args=[notice.pk]), due=notice.at)
        for notice in found
    ]
    return (
        panels.Panel(_("未读通知"), "bell", rows, None, reverse("notices:list")) if rows else None
    )


shell.room("desk", N_("今日"), "calendar-check", "desk:today", 10, quick="d")
panels.register("late", 10, late_below)
panels.register("notices", 50, unread)
