"""Open and settle dues; every other verb of theirs by name. Nobody else writes them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet

from shouwen.engines.notices.saying import packed
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.prepared import prepared
from shouwen.ground.journal.actions import kind_of
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.org.worktime import Unit as Count

from . import ledger, opening
from .answering import hand_over, pause, react_overdue, resume
from .clockwork import timing
from .clockwork.sweeping import say_missed, sweep
from .models import Due, DueQuerySet, Pause
from .rhythms.sweeping import open_rhythms
from .tied.clauses import gives_to
from .tied.periodic import open_periodic
from .tied.reminding import remind

__all__ = [
    "assign",
    "cancel",
    "follow",
    "hand_over",
    "open_due",
    "open_dues",
    "open_periodic",
    "open_rhythms",
    "pause",
    "react_overdue",
    "remind",
    "restore",
    "resume",
    "settle",
    "settle_these",
    "sweep",
]


def open_due(
    title: str,
    *,
    subject: models.Model,
    division: Unit | int,
    kind: str = "task",
    clause: str = "",
    matter: models.Model | None = None,
    unit: Unit | int | None = None,
    role: str = "",
    person: Person | None = None,
    start: datetime | None = None,
    days: int | None = None,
    hours: Decimal | float | None = None,
    count: Count = "calendar",
    due_at: datetime | None = None,
    warn: Sequence[int | timedelta] = (),
    params: Mapping[str, Any] | None = None,
    link: str = "",
    key: str | None = None,
    pausable: bool = False,
    by: Person | None = None,
    at: datetime | None = None,
) -> Due:
    """Put something on the desk of a person, a role or a unit.

    `days` from `start` end with the day (`count` says which days), `hours` are working hours,
    `due_at` is the first late moment; with none of them it has no moment. `warn` says how long
    before: days, or spans of working time. `key` keeps it from being opened twice. `params` fill
    the title and may carry `matter`, what the matter is called; words, days and moments are said
    in the reader's language.
    """
    at = at or clock.now()
    due = Due(
        kind=Due.Kind(kind),
        title=title,
        params=packed(params or {}),
        clause=clause,
        key=key,
        division_id=org.key(division),
        unit_id=org.key(unit) if unit is not None else None,
        role=role,
        person=person,
        link=link,
        pausable=pausable,
        **_about(subject, matter),
        **_term(start or at, days, hours, count, due_at, warn),
    )
    return opening.place(due, by=by, at=at)


def open_dues(dues: Iterable[Due], *, by: Person | None, at: datetime) -> list[Due]:
    """Put many filled-in dues on their desks at once; those whose key is known stay as they are."""
    return opening.place_all(dues, by=by, at=at)


def _about(subject: models.Model, matter: models.Model | None) -> dict[str, Any]:
    about = matter if matter is not None else subject
    return {
        "subject_kind": kind_of(subject),
        "subject_id": subject.pk,
        "matter_kind": kind_of(about),
        "matter_id": about.pk,
    }


def _term(
    start: datetime,
    days: int | None,
    hours: Decimal | float | None,
    count: Count,
    due_at: datetime | None,
    warn: Sequence[int | timedelta],
) -> dict[str, Any]:
    return {
        "start_at": start,
        "days": days,
        "minutes": None if hours is None else round(float(hours) * 60),
        "count": count,
        "due_at": due_at,
        "warn_days": [one for one in warn if isinstance(one, int)],
        "warn_hours": [one / timedelta(hours=1) for one in warn if isinstance(one, timedelta)],
    }


def assign(
    subject: models.Model,
    to: Person,
    *,
    kind: str | None = None,
    by: Person | None = None,
    at: datetime | None = None,
) -> list[Due]:
    """Give the open dues of a record to somebody, where an act of its own decided that he has it.

    The act has asked whether he may; `hand_over` is what people do on the desk.
    """
    at = at or clock.now()
    wanted = _wanted(None, subject, None, kind, None, None, None)
    return _give(Due.objects.open().filter(**wanted), to, by=by, at=at)


def follow(
    matter: models.Model,
    word: str,
    *,
    before: Person | int | None,
    to: Person,
    by: Person | None = None,
    at: datetime | None = None,
) -> list[Due]:
    """Whom a matter names by a word of its clauses has changed: `handler`, `first_contact_owner`.

    What those clauses gave to the former goes to the new one; what somebody was handed stays his.
    """
    wanted = _wanted(None, None, matter, None, None, None, None)
    found = Due.objects.open().filter(**wanted, person=before)
    named = [due.pk for due in found if gives_to(due.clause, word)] if before else []
    return _give(found.filter(pk__in=named), to, by=by, at=at or clock.now()) if named else []


def _give(found: DueQuerySet, to: Person, *, by: Person | None, at: datetime) -> list[Due]:
    with transaction.atomic(savepoint=False):
        dues = list(found.select_for_update())
        before = {due.pk: due.person_id for due in dues}
        Due.objects.filter(pk__in=before).update(person=to)
        for due in dues:
            due.person = to
        ledger.record(
            "due.handed_over", dues, by=by, at=at,
            more=lambda due: {"from": before[due.pk], "to": to.pk, "reason": ""},
        )  # fmt: skip
    return dues


def settle(
    due: Due | None = None,
    *,
    subject: models.Model | None = None,
    matter: models.Model | None = None,
    kind: str | None = None,
    clause: str | None = None,
    key: str | None = None,
    person: Person | None = None,
    by: Person | None = None,
    at: datetime | None = None,
    entry: int | None = None,
) -> list[Due]:
    """Settle a due, or all open ones that fit; returns those that were open. Three statements.

    What is settled after its moment was missed, whether or not the sweep came by in between.
    """
    wanted = _wanted(due, subject, matter, kind, clause, key, person)
    return _close(partial(_taken, wanted), by=by, at=at or clock.now(), entry=entry)


def settle_these(
    dues: Iterable[Due], *, by: Person | None, at: datetime, entry: int | None = None
) -> list[Due]:
    """Settle those of the dues that are still open."""
    found = Due.objects.open().filter(pk__in=[due.pk for due in dues])
    taken = found.select_for_update().order_by("id")
    return _close(lambda: list(taken), by=by, at=at, entry=entry)


def cancel(
    due: Due | None = None,
    *,
    subject: models.Model | None = None,
    matter: models.Model | None = None,
    kind: str | None = None,
    clause: str | None = None,
    key: str | None = None,
    reason: str = "",
    by: Person | None = None,
    at: datetime | None = None,
) -> list[Due]:
    """Take dues off the desk that are no longer wanted; they were neither kept nor missed."""
    wanted = _wanted(due, subject, matter, kind, clause, key, None)
    taken = partial(_taken, wanted)
    return _close(taken, by=by, at=at or clock.now(), cancelled=True, reason=reason)


def restore(ids: Sequence[int], *, by: Person | None = None, at: datetime | None = None) -> int:
    """Put dues back on the desks that were cancelled by an act that is undone; returns how many."""
    at = at or clock.now()
    with transaction.atomic(savepoint=False):
        dues = list(Due.objects.filter(pk__in=ids, cancelled=True).select_for_update())
        for one in dues:
            one.settled_at, one.settled_by, one.settled_entry = None, None, None
            one.cancelled = False
            timing.set_moments(one, timing.spans_of(one), at)
            one.save()
        ledger.record("due.restored", dues, by=by, at=at, more=lambda one: {})
    return len(dues)


def _wanted(
    due: Due | None,
    subject: models.Model | None,
    matter: models.Model | None,
    kind: str | None,
    clause: str | None,
    key: str | None,
    person: Person | None,
) -> dict[str, Any]:
    if due is None and subject is None and matter is None and key is None:
        raise ValueError("say which dues: the due, its subject, its matter or its key")
    given: dict[str, Any] = {
        "pk": due and due.pk, "kind": kind, "clause": clause, "key": key,
        "person_id": person and person.pk,
    }  # fmt: skip
    for name, record in (("subject", subject), ("matter", matter)):
        if record is not None:
            given |= {f"{name}_kind": kind_of(record), f"{name}_id": record.pk}
    return {name: value for name, value in given.items() if value is not None}


def _taken(wanted: Mapping[str, Any]) -> list[Due]:
    return _open_ones(*wanted.values(), named=tuple(wanted))


@prepared
def _open_ones(*values: Any, named: tuple[str, ...]) -> QuerySet[Due]:
    found = Due.objects.open().filter(**dict(zip(named, values, strict=True)))
    return found.select_for_update().order_by("id")


def _close(
    take: Callable[[], list[Due]],
    *,
    by: Person | None,
    at: datetime,
    entry: int | None = None,
    cancelled: bool = False,
    reason: str = "",
) -> list[Due]:
    with transaction.atomic(savepoint=False):
        dues = take()
        if not dues:
            return []
        if not cancelled:
            say_missed([one for one in dues if one.is_late(at) and not one.missed_at], at)
        changed = {
            "settled_at": at,
            "settled_by_id": by.pk if by else None,
            "settled_entry": entry,
            "cancelled": cancelled,
            "next_wake_at": None,
        }
        Due.objects.filter(pk__in=[one.pk for one in dues]).update(**changed)
        if any(one.paused_at for one in dues):
            Pause.objects.filter(due__in=dues, until__isnull=True).update(until=at, resumed_by=by)
        for one in dues:
            for name, value in changed.items():
                setattr(one, name, value)
        event = "due.cancelled" if cancelled else "due.settled"
        ledger.record(
            event, dues, by=by, at=at,
            more=lambda one: {"late": one.missed_at is not None, "entry": entry, "reason": reason},
        )  # fmt: skip
    return dues
