"""What is late where somebody leads."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web import links, paging, saying
from shouwen.doors.web.caselists import exporting
from shouwen.doors.web.papers.filing import settled_by
from shouwen.doors.web.tables import Column, Table
from shouwen.engines.dues import queries as dues
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org import roles
from shouwen.ground.org.models import Person, Unit

SIZE = 50
OVERSEERS = ("pm_group", "management.deputy_gm")
"""R4-14: the production management group reacts to what is late anywhere in the division."""


def places(person: Person, at: datetime) -> list[Unit]:
    """The topmost units whose late list somebody sees: those led, or a whole division."""
    seen = [
        org.unit_by_id(division)
        for division in org.divisions_visible(person, at)
        if any(org.holds(person, role, division, at) for role in OVERSEERS)
    ]
    least = roles.order_of(roles.Rank.SUPERVISOR)
    led = [
        held.post.unit
        for held in org.posts_of(person, at)
        if roles.order_of(held.post.rank) >= least
    ]
    return _topmost([*seen, *led])


def _topmost(units: list[Unit]) -> list[Unit]:
    """Without those that stand under another of them."""
    paths = {unit.path for unit in units}
    found = {unit.pk: unit for unit in units if not _stands_under(unit.path, paths)}
    return sorted(found.values(), key=lambda unit: unit.path)


def _stands_under(path: str, paths: set[str]) -> bool:
    return any(path != other and path.startswith(other) for other in paths)


def late_page(unit: Unit, at: datetime, before: str) -> tuple[list[Due], str]:
    """One page of a unit's late dues, the longest first, and the key of the next page."""
    found = dues.late(at, unit=unit, before=_place(before), limit=SIZE + 1)
    last = found[SIZE - 1] if len(found) > SIZE else None
    key = paging.encode([last.due_at.isoformat(), last.pk]) if last and last.due_at else ""
    return found[:SIZE], key


def late_table(rows: list[Due]) -> Table:
    """The late dues as a table."""
    columns = [
        Column("name", _("事项"), link=address),
        Column("matter_name", _("案件")),
        Column("clause", _("条文"), kind="clause", phone=False),
        Column("owner", _("承办"), read=owner_text),
        Column("due", _("期限"), kind="due", read=lambda due: due),
        Column("escalated_at", _("上报"), kind="moment", phone=False),
    ]
    return Table(columns, rows, caption=_("逾期事项"))


def late_lines(unit: Unit, at: datetime) -> tuple[list[str], list[list[Any]]]:
    """All that is late in a unit for a workbook: headings, and a line for each due."""
    headings = [_("事项"), _("案件"), _("条文"), _("承办"), _("期限"), _("逾期天数"), _("上报")]
    today = clock.day_of(at)
    lines = [
        [
            due.name, due.matter_name, due.clause, owner_text(due), due.last_day,
            (today - due.last_day).days,
            clock.day_of(due.escalated_at) if due.escalated_at else None,
        ]
        for due in dues.late(at, unit=unit, limit=exporting.MOST)
    ]  # fmt: skip
    return [str(heading) for heading in headings], lines


def owner_text(due: Due) -> str:
    """Whose it is: a person, a unit, or a role."""
    if due.person is not None:
        return str(due.person.name)
    return due.unit.name if due.unit is not None else saying.role(due.role)


def address(due: Due) -> str:
    """Where the work is done: at the paper that settles it, its own link, its matter, or itself."""
    if due.is_open and (paper := settled_by(due)):
        return paper
    matter = links.url(due.matter_kind, due.matter_id)
    return due.link or matter or reverse("desk:due", args=[due.pk])


def _place(word: str) -> tuple[datetime, int] | None:
    key = paging.decode(word)
    try:
        return (datetime.fromisoformat(key[0]), int(key[1])) if key and len(key) == 2 else None
    except (TypeError, ValueError):
        return None
