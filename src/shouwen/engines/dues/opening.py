"""Put a due on the desk; the one place where rows of `Due` are made."""

from collections.abc import Sequence
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


def place_all(dues: Sequence[Due], *, at: datetime) -> list[Due]:
    """Open many dues that were filled in, all with keys; those open already are left out.

    Three statements, however many. Whoever calls it has locked what they are opened for.
    """
    keys = [due.key for due in dues]
    known = set(Due.objects.filter(key__in=keys).values_list("key", flat=True))
    new = [due for due in dues if due.key not in known]
    for due in new:
        say(due.title, due.params)
        due.opened_at = at
        due.unit_id = people.home_of(due, at)
        timing.set_moments(due, [], at)
    Due.objects.bulk_create(new, batch_size=500)
    ledger.record(
        "due.opened", new, by=None, at=at,
        more=lambda due: {"title": due.title, "params": due.params},
    )  # fmt: skip
    return new
