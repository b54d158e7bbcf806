"""What is late where somebody leads."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.doors.web import links, saying
from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.papers.filing import settled_by
from shouwen.doors.web.tables import Column, Empty
from shouwen.engines.dues import queries as dues
from shouwen.engines.dues.models import Due, DueQuerySet
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org import roles
from shouwen.ground.org.models import Person, Unit

from .forms import LateFilters

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


def listing_of(units: list[Unit], at: datetime, *, workbook: bool = False) -> Listing:
    """The late list of whoever leads some units; a workbook says the days as a number, too."""

    def filters(data: Any, divisions: set[int]) -> LateFilters:
        return LateFilters(data, [unit.pk for unit in units])

    def rows(asked: LateFilters, _divisions: set[int]) -> DueQuerySet:
        chosen = asked.asked("unit")
        found = dues.late(at, units=[chosen] if chosen else units)
        return found.filter(asked.condition(at))

    def columns(found: list[Any]) -> list[Column]:
        for due in found:
            dues.with_people(due)
        return _columns(at if workbook else None)

    return Listing(
        "late", _("逾期事项"), filters, rows, columns, ("due_at", "id"), _nothing,
        lambda _due: "late", "desk/late.html",
    )  # fmt: skip


def _columns(counted_at: datetime | None) -> list[Column]:
    columns = [
        Column("name", _("事项"), link=address),
        Column("matter_name", _("案件")),
        Column("clause", _("条文"), kind="clause", phone=False),
        Column("owner", _("承办"), read=owner_text),
        Column("due", _("期限"), kind="due", read=lambda due: due),
        Column("escalated_at", _("上报"), kind="moment", phone=False),
    ]
    if counted_at is not None:
        today = clock.day_of(counted_at)
        days = Column(
            "days", _("逾期天数"), kind="number", read=lambda due: (today - due.last_day).days
        )  # fmt: skip
        columns.insert(5, days)
    return columns


def _nothing() -> Empty:
    return Empty(
        _("没有逾期事项"), _("您负责的单位和下属单位现在没有这样超过期限的事项。"), "circle-check"
    )


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
    return due.link or matter or links.address("desk:due", due.pk)
