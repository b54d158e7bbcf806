"""The lines of the desk, hundreds on a busy one: drawn in Python like the cells of a table."""

from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from shouwen.doors.web import links
from shouwen.doors.web.desk.grouping import Line, Section
from shouwen.doors.web.drawing import marks
from shouwen.engines.dues.models import Due
from shouwen.ground.org.models import Person

register = template.Library()


@register.simple_tag
def desk_lines(section: Section, person: Person) -> SafeString:
    """The dues of one urgency: what it is, of which matter, whose, by which clause, until when."""
    why = escape(gettext("为什么是这一天"))
    return SafeString("".join(_line(line, person, why) for line in section.lines))


def _line(line: Line, person: Person, why: str) -> str:
    due = line.item.due
    return (
        f'<li class="desk-line" data-line id="due-{due.pk}">'
        f'<span class="desk-kind">{marks.icon(line.icon)}</span><div class="desk-what">'
        f'<p class="desk-title"><a href="{escape(line.url)}">{escape(due.name)}</a></p>'
        f'<p class="desk-meta">{_about(due)}{_whose(line, person)}{marks.clause(due.clause)}</p>'
        f'</div><a class="desk-due" href="{links.address("desk:due", due.pk)}" title="{why}">'
        f"{marks.reading(line.reading)}</a></li>"
    )


def _about(due: Due) -> str:
    return f"<span>{escape(due.matter_name)}</span>" if due.matter_name else ""


def _whose(line: Line, person: Person) -> str:
    """Whom the reader stands in for; else the unit, where it is not his by name."""
    instead_of: Any = line.item.for_person
    if instead_of:
        words = gettext("代 %(name)s") % {"name": instead_of.name}
        return f'<span class="desk-for">{marks.icon("user-share")}{escape(words)}</span>'
    due = line.item.due
    if due.person_id == person.pk:
        return ""
    return f"<span>{escape((due.unit or due.division).name)}</span>"
