"""Why a letter is not taken in by itself: a machine wrote it, it came twice, or it needs eyes."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from shouwen.engines.notices.models import Mail
from shouwen.ground.foundation.refusal import N_
from shouwen.work.mail.going import returning
from shouwen.work.mail.models import Mailbox, Outgoing, RawMail, State
from shouwen.work.mail.reading import Letter
from shouwen.work.mail.reading.nature import Nature

from .threading import customers_of

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Left:
    """Why, in which state the letter stays, and which interaction has it already."""

    why: str
    state: State = State.IGNORED
    interaction: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def left_alone(raw: RawMail, letter: Letter, now: datetime) -> Left | None:
    """The first reason; what somebody wants taken in is only asked whether it came before."""
    if twin := _twin(raw, letter):
        return Left(N_("同一封信已登记过"), interaction=twin.interaction_id)
    if raw.forced:
        return None
    return _of_a_machine(raw, letter, now) or _for_eyes(raw, letter, now)


def _twin(raw: RawMail, letter: Letter) -> RawMail | None:
    same = RawMail.objects.filter(
        digest=letter.digest, state=State.PROCESSED, mailbox__division_id=raw.mailbox.division_id
    )
    return same.exclude(pk=raw.pk).first()


def _of_a_machine(raw: RawMail, letter: Letter, now: datetime) -> Left | None:
    if _is_ours(letter):
        return Left(N_("本系统自己寄出的信"))
    if letter.nature == Nature.BOUNCE:
        told = returning.note_returned(raw, letter, at=now)
        return Left(N_("退信,已记在寄出的信上") if told else N_("退信,找不到寄出的原信"))
    if letter.nature == Nature.AUTO:
        return Left(N_("自动回复,不登记也不答复"))
    if letter.nature != Nature.LIST or customers_of(letter.sender, raw.mailbox.division_id):
        return None
    return Left(N_("邮件列表或群发邮件"))


def _is_ours(letter: Letter) -> bool:
    if Mailbox.objects.filter(address=letter.sender).exists():
        return True
    name = letter.message_id
    if not name:
        return False
    told = Mail.objects.filter(message_id=name).exists()
    return told or Outgoing.objects.filter(message_id=name).exists()


def _for_eyes(raw: RawMail, letter: Letter, now: datetime) -> Left | None:
    if not letter.sender:
        return Left(N_("没有寄件人地址"), State.QUARANTINED)
    if "damaged" in letter.troubles:
        return Left(N_("正文的编码读不出来"), State.QUARANTINED)
    most = raw.mailbox.letters_per_hour
    taken = RawMail.objects.filter(
        mailbox=raw.mailbox, sender=letter.sender, state=State.PROCESSED,
        settled_at__gt=now - HOUR,
    )  # fmt: skip
    if taken[:most].count() >= most:
        why = N_("同一地址一小时内来信超过 %(most)s 封")
        return Left(why, State.QUARANTINED, facts={"most": most})
    return None
