"""The answer to a customer by mail: an interaction of its own, and a letter on its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile, File
from django.db import models, transaction

from shouwen.engines.documents import access as documents
from shouwen.engines.documents import attaching, printing
from shouwen.engines.documents.matters import stand_in
from shouwen.engines.documents.models import Attachment, Sheet
from shouwen.engines.notices.leaving import new_message_id
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import kind_of, record
from shouwen.ground.org.models import Person
from shouwen.ground.waiting import announce
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions.models import Channel, Direction, Interaction, Nature
from shouwen.work.mail import access, queries, rules
from shouwen.work.mail.models import Mailbox, Outgoing, Purpose, RawMail
from shouwen.work.ways import adding, continuing

from .outgoing import chain, footed

MOST_ATTACHED = 20 * 1024 * 1024
"""Bytes of files in one letter: beyond that other people's servers refuse it."""


@dataclass(frozen=True)
class Enclosed:
    """What goes with an answer: new files, files that are kept already, and papers to print."""

    files: "Sequence[File[bytes]]" = ()
    kept: Sequence[Attachment] = ()
    papers: Sequence[Sheet] = ()


def reply(
    about: Interaction | models.Model,
    body: str,
    enclosed: Enclosed | None = None,
    *,
    subject: str = "",
    to: str = "",
    definite: bool = False,
    by: Person,
    at: datetime | None = None,
) -> Interaction:
    """Answer a customer's letter, or write in a matter to whoever wrote last in it.

    An internal paper never goes with it (R4-54). The letter leaves by the next sweep.
    """
    moment = at or clock.now()
    asked = about if isinstance(about, Interaction) else queries.last_letter(about)
    if asked is None:
        raise refuse(N_("此案没有客户来信可以答复"), instead=N_("请用电话或书信答复"))
    access.require_answerer(by, asked.division)
    box = _box_for(asked)
    good = _examined(enclosed or Enclosed(), by, moment)
    receiver = (to or queries.reply_to(asked)).strip().lower()
    size = sum(one.size for one in good)
    refuse_any(rules.why_not_replied(body, receiver, len(good), size, MOST_ATTACHED))
    with transaction.atomic():
        return _queue(asked, box, body, good, _titled(subject, asked), receiver, definite, by,
                      moment)  # fmt: skip


def _titled(subject: str, asked: Interaction) -> str:
    line = " ".join((subject or asked.text.subject).split())
    return f"Re: {rules.bare_subject(line)[:150]}"


def _box_for(asked: Interaction) -> Mailbox:
    """The mailbox it came through, while that is used; else one of the division."""
    through = RawMail.objects.filter(interaction=asked, mailbox__active=True).first()
    if through is not None:
        return through.mailbox
    box = Mailbox.objects.filter(division=asked.division_id, active=True).order_by("id").first()
    if box is None:
        raise refuse(N_("本单位没有在用的邮箱"), instead=N_("请由制度管理员在“设置 · 邮箱”中开设"))
    return box


def _examined(enclosed: Enclosed, by: Person, at: datetime) -> list[attaching.Examined]:
    """Everything that goes along, looked at before the transaction; internal papers are refused."""
    for sheet in enclosed.papers:
        documents.refuse_to_customer(sheet)
    good = []
    for file in enclosed.files:
        good.append(attaching.examined(file.name or "", file.read()))
    for one in enclosed.kept:
        if one.sheet is not None:
            documents.refuse_to_customer(one.sheet)
        blob = one.blob
        good.append(attaching.Examined(one.name, blob.size, blob.mime, blob.sha256, blob.path))
    for sheet in enclosed.papers:
        paper = printing.pdf(sheet, by=by, at=at)
        name = f"{sheet.title} {sheet.label}.pdf"
        good.append(attaching.examined(name, ContentFile(paper).read()))
    return good


def _queue(
    asked: Interaction,
    box: Mailbox,
    body: str,
    files: Sequence[attaching.Examined],
    subject: str,
    to: str,
    definite: bool,
    by: Person,
    at: datetime,
) -> Interaction:
    goes_on = continuing.matters_of(asked)
    matter = stand_in(*goes_on[-1]) if goes_on else None
    raw = RawMail.objects.filter(interaction=asked).order_by("id").first()
    draft = interactions.Draft(
        asked.division, body, channel=Channel.MAIL, direction=Direction.OUT,
        nature=Nature.FOLLOW_UP, customer=asked.customer, name=asked.text.name, email=to,
        subject=subject, definite=definite, more={"answers": asked.pk},
    )  # fmt: skip
    row = interactions.record_interaction(draft, by=by, at=at, matter=matter)
    if matter is None:
        adding.join(row, asked)
    for file in files:
        attaching.keep(file, by=by, at=at, matter=row, division=row.division)
    letter = Outgoing.objects.create(
        mailbox=box, purpose=Purpose.REPLY, interaction=row, to=to,
        subject=f"{subject} [{asked.number}]", body=footed(body.strip(), row), queued_at=at,
        after=at, message_id=new_message_id(f"i{row.pk}", box.address),
        **chain(raw.message_id if raw else "", queries.references_of(asked)),
    )  # fmt: skip
    announce(Outgoing)
    record("mail.replied", row, by=by, at=at, matter=matter or asked, to=to, answers=asked.number,
           files=len(files), letter=letter.pk, kind=kind_of(row))  # fmt: skip
    return row


@one_act
def resend(letter: Outgoing, *, by: Person, at: datetime | None = None) -> Outgoing:
    """Try a letter again that did not arrive; it keeps its name, so that none is read twice."""
    moment = at or clock.now()
    access.require_answerer(by, letter.interaction.division)
    row = Outgoing.objects.select_for_update().select_related("interaction").get(pk=letter.pk)
    if row.given_up_at is None and row.returned_at is None:
        raise refuse(N_("这封信没有退回,不必重寄"))
    row.given_up_at = row.sent_at = row.returned_at = row.claimed_until = None
    row.attempts, row.after, row.error, row.returned_why = 0, moment, "", ""
    row.save()
    announce(Outgoing)
    matter = stand_in(*row.interaction.matter) if row.interaction.matter else None
    record("mail.resent", row.interaction, by=by, at=moment, matter=matter, to=row.to)
    return row
