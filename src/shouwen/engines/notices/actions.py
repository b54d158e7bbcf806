"""Tell people something, and note that they read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import lru_cache
from typing import Any

from django.db.models import Model

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal import actions as journal
from shouwen.ground.org.access import require_keeper
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.waiting import announce

from .leaving import new_message_id
from .models import Mail, Notice, QuietHours
from .queries import unread_count
from .saying import packed, say
from .sending import send_mail

__all__ = [
    "Telling",
    "forget_quiet_hours",
    "mark_read",
    "send_mail",
    "set_quiet_hours",
    "tell",
    "tell_all",
    "unread_count",
]


@dataclass(frozen=True)
class Telling:
    """One message for some people. `about` is (kind, id) of the record it speaks of."""

    people: Sequence[Person]
    message: str
    about: tuple[str, int]
    key: str
    link: str = ""
    clause: str = ""
    division: int | None = None
    urgent: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


def tell(
    people: Iterable[Person],
    message: str,
    *,
    about: Model,
    key: str,
    link: str = "",
    at: datetime | None = None,
    clause: str = "",
    urgent: bool = False,
    **facts: Any,
) -> None:
    """Tell each person once. `urgent` letters leave in quiet hours too.

    Cost: three statements, however many people.
    """
    record = (journal.kind_of(about), about.pk)
    division = getattr(about, "division_id", None)
    told = Telling(list(people), message, record, key, link, clause, division, urgent, facts)
    tell_all([told], at=at)


@one_act
def tell_all(tellings: Sequence[Telling], *, at: datetime | None = None) -> None:
    """Tell many things at once; three statements in all. A message that cannot be said raises."""
    at = at or clock.now()
    rows = [row for telling in tellings for row in _rows(telling, at)]
    if not rows:
        return
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    reachable = {one.pk for telling in tellings for one in telling.people if one.email}
    new = Notice.objects.filter(key__in={row.key for row in rows}, at=at, mail__isnull=True)
    told = new.filter(person__in=reachable).values_list("pk", flat=True)
    mails = [Mail(notice_id=pk, after=at, message_id=new_message_id(pk)) for pk in told]
    Mail.objects.bulk_create(mails, ignore_conflicts=True, batch_size=1000)
    if mails:
        announce(Mail)


def _rows(telling: Telling, at: datetime) -> list[Notice]:
    facts = packed(telling.facts)
    _require_sayable(telling.message, tuple(facts))
    kind, pk = telling.about
    return [
        Notice(
            person_id=person,
            division_id=telling.division,
            message=telling.message,
            facts=facts,
            clause=telling.clause,
            about_kind=kind,
            about_id=pk,
            link=telling.link,
            key=telling.key,
            urgent=telling.urgent,
            at=at,
        )
        for person in dict.fromkeys(one.pk for one in telling.people if one.active)
    ]


@lru_cache(maxsize=1024)
def _require_sayable(message: str, facts: tuple[str, ...]) -> None:
    """A gap without its fact is a mistake of the program, and must not wait for the reader."""
    say(message, dict.fromkeys(facts, 0))


def mark_read(
    person: Person, notices: Iterable[int] | None = None, *, at: datetime | None = None
) -> int:
    """Note that a person read these of his notices, or all of them; returns how many were new."""
    unread = Notice.objects.filter(person=person, read_at__isnull=True)
    if notices is not None:
        unread = unread.filter(pk__in=list(notices))
    return unread.update(read_at=at or clock.now())


@one_act
def set_quiet_hours(
    division: Unit, begins: time, ends: time, *, by: Person | None, at: datetime | None = None
) -> QuietHours:
    """From when to when a division's people get no letters but urgent ones."""
    require_keeper(by, division)
    if begins == ends:
        raise refuse(
            N_("静默时段的起止时刻不能相同"),
            field="ends",
            instead=N_("不需要静默时段时请将其取消"),
        )
    hours, _new = QuietHours.objects.update_or_create(
        division=division, defaults={"begins": begins, "ends": ends}
    )
    journal.record(
        "quiet_hours.set", hours, by=by, at=at, matter=division, begins=f"{begins}", ends=f"{ends}"
    )
    return hours


@one_act
def forget_quiet_hours(division: Unit, *, by: Person | None, at: datetime | None = None) -> None:
    """Letters leave at any hour again."""
    require_keeper(by, division)
    for hours in QuietHours.objects.filter(division=division):
        journal.record("quiet_hours.lifted", hours, by=by, at=at, matter=division)
        hours.delete()
