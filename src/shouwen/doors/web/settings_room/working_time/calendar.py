"""The working calendar: a year on a page, one day, a year's list pasted, the hours of the week."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.people import Request
from shouwen.doors.web.refusals import say
from shouwen.doors.web.settings_room import gates
from shouwen.doors.web.settings_room.pages import form_page, page
from shouwen.engines.notices import queries as notices
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import actions as org
from shouwen.ground.org import calendars, holiday_notice, holidays
from shouwen.ground.org.models import Unit, WorkDay, WorkHours
from shouwen.ground.org.verbs.worktimes import why_not_year
from shouwen.ground.org.worktime import Calendar, DayCount

from . import forms

LAST_YEAR_SHOWN = 2
"""So many years ahead can be looked at."""


@dataclass(frozen=True)
class Day:
    """One day of the grid; `mark` is 休 or 班 where the weekday says otherwise."""

    date: date
    count: DayCount
    special: bool
    own: bool

    @property
    def mark(self) -> Any:
        """The sign beside the number: never colour alone."""
        if not self.special:
            return ""
        return _("班") if self.count.counted else _("休")


@dataclass(frozen=True)
class Month:
    """A month as a grid that begins on Monday."""

    first: date
    gap: range
    days: list[Day]

    @property
    def working(self) -> int:
        """How many days are worked."""
        return sum(day.count.counted for day in self.days)


def this_year(request: Request) -> HttpResponse:
    """The running year."""
    return redirect("settings:year", clock.today().year)


def year(request: Request, year: int) -> HttpResponse:
    """A year month by month for the division the address asks for."""
    last = clock.today().year + LAST_YEAR_SHOWN
    if not holidays.FIRST_YEAR <= year <= last:
        raise Http404
    unit = gates.place(request)
    found = calendars.calendar(unit)
    months = [_month(found, unit, date(year, n, 1)) for n in range(1, 13)]
    warning = calendars.calendar_warning(max(date(year, 1, 1), clock.today()))
    return page(
        request, "calendar", "calendar", year=year, months=months, unit=unit,
        places=gates.places(request), before=year > holidays.FIRST_YEAR, after=year < last,
        total=sum(month.working for month in months), hours=found.hours[1:] or found.hours,
        estimated=date(year, 12, 31) > found.known_until,
        warning=say(warning) if warning else None, today=clock.today(),
        common=gates.may_keep(request, None), keeper=gates.may_keep(request, unit),
        quiet=notices.quiet_hours(unit),
    )  # fmt: skip


def _month(calendar: Calendar, unit: Unit, first: date) -> Month:
    own = {row.date for row in calendars.own_days(unit)}
    days = [first.replace(day=n) for n in range(1, monthrange(first.year, first.month)[1] + 1)]
    return Month(
        first,
        range(first.weekday()),
        [Day(day, calendar.why(day), day in calendar.days, day in own) for day in days],
    )


def day(request: Request, day: date) -> HttpResponse:
    """One day: what it is and why; the keeper makes it a holiday or a working day."""
    unit = gates.place(request)
    gates.keeper_only(request, unit)
    back = f"{reverse('settings:year', args=[day.year])}?division={unit.code}"
    rows = {row.division_id: row for row in WorkDay.objects.filter(date=day)}
    form = forms.OneDay(
        request.POST or None, unit=unit, common=gates.may_keep(request, None),
        initial=_present(rows, unit, calendars.calendar(unit).why(day)),
    )  # fmt: skip

    def act(data: dict[str, Any]) -> None:
        where = None if data["scope"] == "all" else unit
        if data["kind"] == "clear":
            org.clear_work_day(day, division=where, by=request.person)
        else:
            org.set_work_day(
                day, data["kind"], name=data["name"], division=where, by=request.person
            )

    return form_page(
        request, form, act, title=_("设定一天"), hint=day.isoformat(), back=back,
        button=_("保存"), done=_("已保存"),
    )  # fmt: skip


def _present(rows: dict[int | None, WorkDay], unit: Unit, count: DayCount) -> dict[str, str]:
    row = rows.get(unit.pk) or rows.get(None)
    kind = row.kind if row else ("workday" if count.counted else "holiday")
    scope = "unit" if unit.pk in rows or not rows else "all"
    return {"kind": kind, "name": row.name if row else count.name, "scope": scope}


def year_list(request: Request, year: int) -> HttpResponse:
    """Paste a year's list; it is read back before it counts."""
    gates.keeper_only(request, None)
    form = forms.YearList(request.POST or None)
    reading, reasons = None, []
    if request.method == "POST" and form.is_valid():
        reading = holiday_notice.read(form.cleaned_data["text"], year)
        reasons = [*reading.problems, *why_not_year(year, reading.days)]
        if "take" in request.POST and not reasons:
            try:
                org.import_year(
                    year, reading.days, source=form.cleaned_data["source"], by=request.person
                )
            except Refused as refused:
                reasons = list(refused.reasons)
            else:
                messages.success(request, _("放假安排已录入"))
                return redirect("settings:year", year)
    response = page(
        request, "year_list", "calendar", year=year, form=form,
        days=_compared(reading.days) if reading else [], reasons=[say(one) for one in reasons],
        readable=reading is not None and not reasons,
    )  # fmt: skip
    response.status_code = 422 if form.errors or reasons else 200
    return response


def _compared(days: dict[date, Any]) -> list[tuple[date, Any, bool]]:
    """Each day of the list and whether it changes what counted so far."""
    present = calendars.calendar()
    return [
        (day, special, present.works_on(day) != special.working)
        for day, special in sorted(days.items())
    ]


def hours(request: Request) -> HttpResponse:
    """The hours of the week from a day on."""
    unit = gates.place(request)
    gates.keeper_only(request, unit)
    present = calendars.calendar(unit).week_on(clock.today())
    texts = {f"day_{n}": calendars.intervals_text(day) for n, day in enumerate(present)}
    form = forms.Hours(
        request.POST or None, unit=unit, common=gates.may_keep(request, None),
        initial={**texts, "since": clock.today(), "scope": "unit"},
    )  # fmt: skip

    def act(data: dict[str, Any]) -> WorkHours:
        where = None if data["scope"] == "all" else unit
        return org.set_work_hours(
            form.pattern, since=data["since"], division=where, by=request.person
        )

    back = f"{reverse('settings:year', args=[clock.today().year])}?division={unit.code}"
    return form_page(
        request, form, act, title=_("作息时间"), hint=unit.name, back=back, button=_("保存"),
        done=_("作息时间已保存"),
    )  # fmt: skip
