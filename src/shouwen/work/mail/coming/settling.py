"""Verbs on a letter that came in: what it became, and what people decide about it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from shouwen.engines.notices.actions import tell
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.work.interactions.models import Interaction
from shouwen.work.mail import access, rules
from shouwen.work.mail.models import RawMail, State
from shouwen.work.mail.reading import Letter

if TYPE_CHECKING:
    from .guarding import Left

ALARMED = ("customer_service.manager", "customer_service", "gm_office.manager")
"""Who hears of letters that were put aside: the first of these with somebody in it."""


def note(raw: RawMail, letter: Letter) -> None:
    """Keep what was read, by which the letter is listed and found again."""
    raw.nature, raw.digest = letter.nature, letter.digest
    raw.message_id = letter.message_id[:250]
    raw.sender, raw.sender_name = letter.sender, letter.sender_name
    raw.subject = letter.subject[:200]
    raw.save(update_fields=["nature", "digest", "message_id", "sender", "sender_name", "subject"])


def settle(raw: RawMail, interaction: Interaction, *, at: datetime) -> None:
    """It is registered."""
    _close(raw, State.PROCESSED, "", {}, at, interaction.pk)


def leave(raw: RawMail, left: "Left", *, at: datetime) -> None:
    """It is not registered, visibly and for a reason."""
    if left.state == State.QUARANTINED:
        quarantine(raw, left.why, at=at, **left.facts)
    else:
        _close(raw, left.state, left.why, left.facts, at, left.interaction)


@one_act
def quarantine(raw: RawMail, message: str, *, at: datetime, **facts: Any) -> None:
    """Put it aside until somebody has looked at it, and say so once a day."""
    if not _close(raw, State.QUARANTINED, message, facts, at, None):
        return
    record("mail.quarantined", raw, by=None, at=at, matter=raw.mailbox.division, why=message,
           facts=raw.facts, mailbox=raw.mailbox.address)  # fmt: skip
    tell(
        _alarmed(raw), N_("邮箱 %(box)s 有来信被隔离,请查看"), about=raw.mailbox,
        key=f"mail.quarantine:{raw.mailbox_id}:{clock.day_of(at)}", at=at,
        link=f"/mail/?state=quarantined&box={raw.mailbox_id}", box=raw.mailbox.address,
    )  # fmt: skip


def _alarmed(raw: RawMail) -> list[Person]:
    division = raw.mailbox.division_id
    return next((found for role in ALARMED if (found := org.people(role, division))), [])


def _close(
    raw: RawMail, state: State, why: str, facts: dict[str, Any], at: datetime, row: int | None
) -> bool:
    waiting = RawMail.objects.filter(pk=raw.pk, state=State.STORED)
    told = {key: str(value) for key, value in facts.items()}
    changed = waiting.update(
        state=state, reason=why[:200], facts=told, settled_at=at, interaction_id=row,
        follows=raw.follows,
    )  # fmt: skip
    raw.state, raw.reason, raw.facts = state, why[:200], told
    return bool(changed)


@one_act
def retry(raw: RawMail, *, by: Person, at: datetime | None = None) -> RawMail:
    """Read a letter once more that was put aside: the program may have learnt to."""
    return _again(raw, "mail.retried", forced=False, by=by, at=at or clock.now())


@one_act
def take_in(raw: RawMail, *, by: Person, at: datetime | None = None) -> RawMail:
    """Register a letter whatever the guards think of it: somebody looked at it."""
    return _again(raw, "mail.taken_in", forced=True, by=by, at=at or clock.now())


def _again(raw: RawMail, event: str, *, forced: bool, by: Person, at: datetime) -> RawMail:
    access.require_hands(by, raw.mailbox.division)
    row = RawMail.objects.select_for_update().select_related("mailbox__division").get(pk=raw.pk)
    settled = row.state not in (State.QUARANTINED, State.IGNORED) or row.interaction_id
    if settled or row.is_forgotten:
        raise refuse(N_("只有隔离的或未登记的来信可以再处理"))
    row.state, row.attempts, row.after, row.forced = State.STORED, 0, at, forced
    row.reason, row.facts, row.settled_at, row.settled_by = "", {}, None, by
    row.save()
    record(event, row, by=by, at=at, matter=row.mailbox.division, about=row.subject)
    return row


@one_act
def discard(raw: RawMail, reason: str, *, by: Person, at: datetime | None = None) -> RawMail:
    """Put a letter away that nobody will read; its bytes stay, and so does the reason."""
    moment = at or clock.now()
    access.require_hands(by, raw.mailbox.division)
    refuse_any(rules.why_not_discarded(reason))
    row = RawMail.objects.select_for_update().select_related("mailbox__division").get(pk=raw.pk)
    if row.state != State.QUARANTINED:
        raise refuse(N_("只有隔离的来信可以弃置"))
    row.state, row.reason, row.facts = State.DISCARDED, reason.strip()[:200], {}
    row.settled_at, row.settled_by = moment, by
    row.save()
    record("mail.discarded", row, by=by, at=moment, matter=row.mailbox.division,
           reason=row.reason, about=row.subject)  # fmt: skip
    return row
