"""The automatic answer to a new letter: that it came, and its number. Never to a machine."""

from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext

from shouwen.engines.notices.leaving import new_message_id
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.waiting import announce
from shouwen.work.interactions.models import Interaction
from shouwen.work.mail import rules
from shouwen.work.mail.coming.threading import Place
from shouwen.work.mail.models import Mailbox, Outgoing, Purpose, RawMail
from shouwen.work.mail.reading import Letter

from .outgoing import chain, footed

HOUR = timedelta(hours=1)
BODY = N_(
    "您的来信已收到,编号 %(number)s,我们会尽快答复您。\n"
    "本邮件由系统自动发出;补充情况时请直接回复本邮件。"
)


def acknowledge(
    raw: RawMail, letter: Letter, row: Interaction, place: Place, *, at: datetime
) -> Outgoing | None:
    """Queue a receipt, within what one address gets in an hour from all mailboxes together.

    Whoever answers in a matter we know of needs none; nor does a letter that was only taken in
    because somebody said so.
    """
    box = raw.mailbox
    if place.follows is not None or place.matter is not None or raw.forced:
        return None
    earlier = Outgoing.objects.filter(
        to=letter.sender, purpose=Purpose.RECEIPT, queued_at__gt=at - HOUR
    )
    sent = earlier[: box.answers_per_hour].count()
    ours = set(Mailbox.objects.values_list("address", flat=True))
    if not rules.may_acknowledge(letter.nature, letter.sender, ours, sent, box.answers_per_hour):
        return None
    announce(Outgoing)
    return Outgoing.objects.create(
        mailbox=box, purpose=Purpose.RECEIPT, interaction=row, to=letter.sender,
        subject=_subject(letter.subject, row), body=footed(_both_languages(row), row),
        queued_at=at, after=at, message_id=new_message_id(f"r{row.pk}", box.address),
        **chain(letter.message_id, letter.references),
    )  # fmt: skip


def _subject(subject: str, row: Interaction) -> str:
    return f"Re: {rules.bare_subject(subject)[:150]} [{row.number}]"


def _both_languages(row: Interaction) -> str:
    """Nobody knows which language a new customer reads."""
    texts = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            texts.append(gettext(BODY) % {"number": row.number})
    return "\n\n".join(texts)
