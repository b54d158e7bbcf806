"""Put a due on the desk; the one place where rows of `Due` are made."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from shouwen.engines.notices.saying import say
from shouwen.ground.foundation import writing
from shouwen.ground.journal.actions import Actor
from shouwen.ground.org import roles

from . import ledger, people
from .clockwork import timing
from .models import Due


def place(due: Due, *, by: Actor | None, at: datetime) -> Due:
    """Open a due that was filled in; of one key only the first is opened, later calls get it.

    A title that cannot be said, a role that is none and a due without owner are mistakes of the
    program and raise.
    """
    if due.key and (known := Due.objects.filter(key=due.key).first()):
        return known
    _fill(due, at)
    with transaction.atomic(savepoint=False):
        writing.insert(due)
        ledger.record("due.opened", [due], by=by, at=at, more=_called)
    return due


def place_all(dues: Iterable[Due], *, by: Actor | None, at: datetime) -> list[Due]:
    """Open many dues in three statements; returns those that are new."""
    wanted = list(dues)
    keys = [due.key for due in wanted if due.key]
    known = set(Due.objects.filter(key__in=keys).values_list("key", flat=True))
    new = [due for due in wanted if due.key not in known]
    place_new(new, by=by, at=at)
    return new


def place_new(dues: list[Due], *, by: Actor | None, at: datetime) -> None:
    """Open dues of which the caller knows that there are none like them; two statements."""
    for due in dues:
        _fill(due, at)
    with transaction.atomic(savepoint=False):
        writing.insert_all(dues)
        ledger.record("due.opened", dues, by=by, at=at, more=_called)


def _fill(due: Due, at: datetime) -> None:
    """Whose it is, where it stands, and its moments."""
    say(due.title, due.params)
    if due.role:
        roles.parse(due.role)
    elif not due.person_id and not due.unit_id:
        raise ValueError(f"nobody owes “{due.title}”: give a person, a role or a unit")
    due.opened_at = at
    due.unit_id = people.home_of(due, at)
    timing.set_moments(due, [], at)


def _called(due: Due) -> dict[str, object]:
    return {"title": due.title, "params": due.params}
