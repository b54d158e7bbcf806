"""Filters of the settings room."""

from datetime import date

from django import template
from django.utils import dates, formats
from django.utils.translation import gettext

from shouwen.doors.web import saying
from shouwen.ground.org.calendars import intervals_text
from shouwen.ground.org.worktime import Week

register = template.Library()
_FIGURES = ("integer", "decimal", "percent", "money", "minutes", "hours", "days")


@register.filter
def role_name(role: str) -> str:
    """A role or function in words."""
    return saying.role(role)


@register.filter
def month_name(day: date) -> str:
    """`二月` or `February`."""
    return formats.date_format(day, "F")


@register.filter
def week_lines(week: Week) -> list[tuple[str, str]]:
    """Each weekday with its hours."""
    return [(str(dates.WEEKDAYS[n]), intervals_text(hours)) for n, hours in enumerate(week)]


@register.simple_tag
def weekday_letters() -> list[str]:
    """The heads of a month: 一 二 三 四 五 六 日."""
    return gettext("一 二 三 四 五 六 日").split()


@register.filter
def is_figure(kind: str) -> bool:
    """Whether a column holds figures, which stand to the right."""
    return kind in _FIGURES
