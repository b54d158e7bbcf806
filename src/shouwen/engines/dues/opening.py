"""Put a due on the desk; the one place where rows of `Due` are made."""

from datetime import datetime

from django.db import transaction

from shouwen.engines.notices.saying import say
from shouwen.ground.journal.actions import Actor
from shouwen.ground.org import roles

from . import ledger, people
from .clockwork import timing
from .models import Due


def place(due: Due, *, by: Actor | None, at: datetime, is_new: bool = False) -> Due:
    """Open a due that was filled in; of one key only the first is opened, later calls get it.

    `is_new` says that the caller has looked already.

    A title that cannot be said, a role that is none and a due without owner are mistakes of the
    program and raise.
    """
    if due.key and not is_new and (known := Due.objects.filter(key=due.key).first()):
        return known
    say(due.title, due.params)
    if due.role:
        roles.parse(due.role)
    elif not due.person_id and not due.unit_id:
        raise ValueError(f"nobody owes “{due.title}”: give a person, a role or a unit")
    due.opened_at = at
    due.unit_id = people.home_of(due, at)
    timing.set_moments(due, [], at)
    with transaction.atomic(savepoint=False):
        due.save(force_insert=True)
        called = {"title": due.title, "params": due.params}
        ledger.record("due.opened", [due], by=by, at=at, more=lambda _due: called)
    return due
