"""A copy that was sent out is signed for by the unit that holds it."""

from datetime import datetime

from shouwen.engines.documents import matters
from shouwen.engines.documents.models import Copy, Sheet
from shouwen.engines.dues import actions as dues
from shouwen.engines.dues import resolvers
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

DESK = "/copies/"


def ask_each(entry: Entry, sheet: Sheet) -> None:
    """Lay every copy of a paper that went out on the desk of its unit."""
    by = _actor(entry)
    called = _matter_name(sheet)
    for copy in sheet.copies.select_related("unit").order_by("no"):
        if not copy.received_at:
            _ask(copy, sheet, called, by, entry.at)


def ask_again(entry: Entry, copy: Copy) -> None:
    """A copy went on: who had it owes nothing, who gets it signs."""
    settle(entry, copy)
    if not copy.received_at:
        _ask(copy, copy.sheet, _matter_name(copy.sheet), _actor(entry), entry.at)


def settle(entry: Entry, copy: Copy) -> None:
    """Somebody has signed for it."""
    dues.settle(subject=copy, kind=Due.Kind.COPY, by=_actor(entry), at=entry.at)


def drop_each(entry: Entry, sheet: Sheet) -> None:
    """Nobody signs for the copies of a paper that was struck."""
    for copy in sheet.copies.filter(received_at__isnull=True):
        dues.cancel(subject=copy, kind=Due.Kind.COPY, by=_actor(entry), at=entry.at)


def _ask(copy: Copy, sheet: Sheet, called: str, by: Person | None, at: datetime) -> None:
    unit, form = org.current(copy.unit, at), sheet.definition
    if by and unit.pk in {held.post.unit_id for held in org.posts_of(by, at)}:
        return  # what one issues to oneself is at hand already
    about = matters.stand_in(sheet.matter_kind, sheet.matter_id) if sheet.matter_id else sheet
    dues.open_due(
        N_("签收%(title)s %(number)s 第 %(no)s 联"), kind=Due.Kind.COPY,
        clause=form.copies_clause or form.clause, subject=copy, matter=about,
        division=sheet.division_id, unit=unit, role=f"unit:{unit.code}",
        params={"title": form.title, "number": sheet.number or "", "no": copy.no, "matter": called},
        link=DESK, by=by, at=at,
    )  # fmt: skip


def _matter_name(sheet: Sheet) -> str:
    known = resolvers.facts_of(sheet.matter_kind, sheet.matter_id) if sheet.matter_id else {}
    return str(known.get("title", ""))


def _actor(entry: Entry) -> Person | None:
    return org.person(entry.actor_id) if entry.actor_id else None
