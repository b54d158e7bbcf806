"""The whole organisation in memory, so that asking who holds a role costs no query.

Every write to this primitive changes the token of one row (`bump`). A process looks at the token at
most once a second and reads everything again when it differs. Inside a transaction that wrote, the
writer sees its own uncommitted roster and nobody else does; a rollback forgets it. What the roster
hands out is shared between threads: read it, never change it.
"""

import secrets
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any
from weakref import WeakSet

from django.db import connection, transaction
from django.db.models import QuerySet

from shouwen.ground.foundation.prepared import prepared

from .models import Appointment, Person, Placement, Post, Substitution, Unit, Version
from .staffing import Staffing

CHECK_EVERY = 1.0
"""Seconds between two looks at the token; so late may another process notice a change."""
KEPT_DAYS = 64


class Roster:
    """Everything at one token; `on(day)` is the organisation of one day."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.units = {unit.pk: unit for unit in Unit.objects.order_by("pk")}
        self.persons = {person.pk: person for person in Person.objects.order_by("pk")}
        self.posts = {post.pk: post for post in Post.objects.order_by("pk")}
        self.placements = list(Placement.objects.order_by("since"))
        self.appointments = list(Appointment.objects.order_by("since", "pk"))
        self.absences: dict[int, list[Substitution]] = defaultdict(list)
        self.standing_in: dict[int, list[Substitution]] = defaultdict(list)
        self._link()
        self._days: dict[date, Staffing] = {}
        self._memo: dict[Any, Any] = {}

    def _link(self) -> None:
        """Tie the rows together so that following them asks the database nothing."""
        for unit in self.units.values():
            if unit.parent_id:
                unit.parent = self.units[unit.parent_id]
            if unit.successor_id:
                unit.successor = self.units[unit.successor_id]
        for post in self.posts.values():
            post.unit = self.units[post.unit_id]
        for held in self.appointments:
            held.person, held.post = self.persons[held.person_id], self.posts[held.post_id]
        for absence in Substitution.objects.order_by("since", "pk"):
            absence.person = self.persons[absence.person_id]
            absence.substitute = self.persons[absence.substitute_id]
            self.absences[absence.person_id].append(absence)
            self.standing_in[absence.substitute_id].append(absence)

    def on(self, day: date) -> Staffing:
        """The organisation as it stood, or will stand, on a day."""
        staffing = self._days.get(day)
        if staffing is None:
            if len(self._days) >= KEPT_DAYS:
                self._days.clear()
            staffing = self._days[day] = Staffing(self, day)
        return staffing

    def memo(self, key: Any, make: Callable[[], Any]) -> Any:
        """Keep something derived from the same rows, such as a calendar, until the next write."""
        if key not in self._memo:
            self._memo[key] = make()
        return self._memo[key]


class _Written:
    """Stands in the transaction's list of callbacks as long as its write may still vanish."""

    def __init__(self) -> None:
        _waiting.add(self)

    def __call__(self) -> None:
        _shared.checked = float("-inf")


class _Shared:
    """The committed roster of this process."""

    roster: Roster | None = None
    checked = float("-inf")


_shared = _Shared()
_waiting: WeakSet[_Written] = WeakSet()
"""The writes of all threads that may still vanish; mostly none, which is quickly seen."""
_own = threading.local()


def bump() -> None:
    """Say that the organisation changed; every verb does so in its transaction."""
    token = secrets.token_hex(16)
    if not Version.objects.filter(pk=1).update(token=token):
        Version.objects.create(pk=1, token=token)
    transaction.on_commit(_Written())


def roster() -> Roster:
    """The organisation now; at most one cheap query a second, none while nothing was written."""
    written = _written_here()
    if not written:
        _own.roster = None
        return _committed()
    if getattr(_own, "roster", None) is None or _own.written != written:
        _own.roster, _own.written = Roster(_token()), written
    own: Roster = _own.roster
    return own


def forget() -> None:
    """Read anew at the next question: after a restore, between tests that empty tables."""
    _shared.roster, _shared.checked, _own.roster = None, float("-inf"), None


def _written_here() -> tuple[_Written, ...]:
    """Writes of this transaction; Django drops those that a rollback took away."""
    if not _waiting:
        return ()
    return tuple(entry[1] for entry in connection.run_on_commit if isinstance(entry[1], _Written))


def _committed() -> Roster:
    now = time.monotonic()
    if _shared.roster is None or now - _shared.checked > CHECK_EVERY:
        token = _token()
        if _shared.roster is None or _shared.roster.token != token:
            _shared.roster = Roster(token)
        _shared.checked = now
    return _shared.roster


def _token() -> str:
    """Read before the rows, so that a write in between is noticed at the next look."""
    return str(_version.first(1) or "")


@prepared
def _version(pk: int) -> "QuerySet[Version, str]":
    return Version.objects.filter(pk=pk).values_list("token", flat=True)
