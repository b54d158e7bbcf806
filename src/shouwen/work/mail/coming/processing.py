"""What became of a letter that is stored: registered, put aside for people, or left alone.

A letter is claimed first and its attempt is counted, so that one that brings a worker down is put
aside after a few times. Everything that follows from it happens in one transaction, or not at all.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from shouwen.engines.documents.attaching import Examined, ScannerSilent, examined, keep
from shouwen.engines.notices import rules as waits
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Refused
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions.models import Channel, Interaction, Nature
from shouwen.work.mail import rules
from shouwen.work.mail.going import receipts
from shouwen.work.mail.models import RawMail, State
from shouwen.work.mail.reading import Letter, Unreadable, read
from shouwen.work.ways import adding

from . import settling
from .guarding import left_alone
from .keeping import bytes_of
from .threading import Place, place_of

log = logging.getLogger(__name__)
SOURCE = "mail"
LEASE = timedelta(minutes=10)
MOST_FILES = 50


@dataclass
class Files:
    """The files of a letter: those that may be kept, and those that are only named, with why."""

    good: list[Examined] = field(default_factory=list)
    bad: list[dict[str, Any]] = field(default_factory=list)


def process_waiting(now: datetime | None = None, *, limit: int = 100) -> int:
    """Take in the letters that wait; returns how many. Any number of workers.

    The first letter of every sender comes before the second of any: nobody fills the room.
    """
    moment = now or clock.now()
    turn = Window(RowNumber(), partition_by=[F("sender")], order_by=[F("id")])
    waiting = RawMail.objects.filter(state=State.STORED, after__lte=moment).annotate(turn=turn)
    found = list(waiting.order_by("turn", "id").values_list("pk", flat=True)[:limit])
    return sum(process(pk, moment) for pk in found)


def process(pk: int, now: datetime | None = None) -> bool:
    """Take in one letter; whatever goes wrong with it concerns no other."""
    moment = now or clock.now()
    mine = RawMail.objects.filter(pk=pk, state=State.STORED, after__lte=moment)
    if not mine.update(attempts=F("attempts") + 1, after=moment + LEASE):
        return False
    raw = RawMail.objects.select_related("mailbox__division").get(pk=pk)
    try:
        if raw.attempts > len(waits.BACK_OFF) + 1:
            settling.quarantine(raw, N_("处理了多次都没有完成"), at=moment)
        else:
            _take(raw, moment)
    except Unreadable as unreadable:
        settling.quarantine(raw, unreadable.message, at=moment, **unreadable.facts)
    except ScannerSilent as silent:
        _later(raw, str(silent), moment)
    except Refused as refused:
        settling.quarantine(raw, N_("登记时未获通过:%(why)s"), at=moment, why=str(refused)[:300])
    except Exception as error:
        log.exception("letter %d was not taken in", pk)
        _later(raw, f"{type(error).__name__}: {error}"[:300], moment)
    return True


def _later(raw: RawMail, why: str, now: datetime) -> None:
    """Try again by and by; when that does not help either, people look at it."""
    again = waits.next_attempt(raw.attempts, now)
    if again is None:
        settling.quarantine(raw, N_("处理时出错:%(why)s"), at=now, why=why)
        return
    waiting = RawMail.objects.filter(pk=raw.pk, state=State.STORED)
    waiting.update(after=again, facts={"error": why})


def _take(raw: RawMail, now: datetime) -> None:
    if raw.size > settings.MAIL_MOST_BYTES:
        most = settings.MAIL_MOST_BYTES // 1024**2
        size = f"{raw.size / 1024**2:.1f}"
        raise Unreadable(N_("邮件 %(size)s MB,超过 %(most)s MB"), size=size, most=most)
    letter = read(bytes_of(raw))
    settling.note(raw, letter)
    if reason := left_alone(raw, letter, now):
        settling.leave(raw, reason, at=now)
        return
    files, place = _examine(letter), place_of(letter, raw.mailbox)
    _register(raw, letter, place, files, now)


def _examine(letter: Letter) -> Files:
    """Look at every file before the transaction: what may not be kept is named, never dropped."""
    files = Files()
    for number, part in enumerate(letter.files):
        why = part.why or (N_("附件过多,见原件") if number >= MOST_FILES else "")
        if why:
            files.bad.append({"name": part.name, "why": why})
            continue
        try:
            files.good.append(examined(part.name, part.content))
        except ScannerSilent:
            raise
        except Refused as refused:
            reason = refused.reasons[0]
            facts = {key: str(value) for key, value in reason.facts.items()}
            files.bad.append({"name": part.name, "why": reason.message, "facts": facts})
    return files


@one_act
def _register(
    raw: RawMail, letter: Letter, place: Place, files: Files, now: datetime
) -> Interaction | None:
    locked = RawMail.objects.select_for_update().get(pk=raw.pk)
    if locked.state != State.STORED:
        return None
    row = interactions.record_interaction(_draft(raw, letter, place, files), by=None, at=now)
    if place.matter is not None:
        interactions.tie(row, place.matter, by=None, at=now, repeated=not place.asked)
    elif place.adds_to is not None:
        adding.join(row, place.adds_to)
    _attach(row, files.good, now)
    raw.follows = place.follows
    settling.settle(raw, row, at=now)
    receipts.acknowledge(raw, letter, row, place, at=now)
    return row


def _attach(row: Interaction, files: Iterable[Examined], now: datetime) -> None:
    for file in files:
        keep(file, by=None, at=now, matter=row, division=row.division)


def _draft(raw: RawMail, letter: Letter, place: Place, files: Files) -> interactions.Draft:
    box = raw.mailbox
    told: dict[str, Any] = {
        "mail": raw.pk, "to": list(letter.to[:10]), "reply_to": letter.reply_to,
        "written_at": letter.written_at.isoformat() if letter.written_at else "",
        "refused_files": files.bad, "troubles": list(letter.troubles), "flags": place.flags,
        "claims": place.claims, "follows": place.follows.pk if place.follows else None,
    }  # fmt: skip
    return interactions.Draft(
        box.division,
        rules.body_of(letter.text),
        channel=Channel.MAIL,
        nature=Nature.FOLLOW_UP if place.matter or place.adds_to else Nature.PROBLEM,
        customer=place.customer,
        name=letter.sender_name[:60],
        email=letter.sender,
        subject=letter.subject,
        spoken_at=raw.stored_at,
        source=SOURCE,
        joins=place.matter is not None or place.adds_to is not None,
        external_id=f"{box.division_id}:{letter.digest[:24]}:{letter.message_id}"[:300],
        more=told,
    )
