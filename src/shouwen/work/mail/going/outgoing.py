"""A letter to a customer as it leaves, and what brings its answer back to where it belongs."""

from collections.abc import Iterable
from datetime import datetime
from email.utils import formataddr

from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.db.models import QuerySet

from shouwen.engines.documents import queries as documents
from shouwen.engines.notices import leaving
from shouwen.engines.notices.leaving import Errand
from shouwen.work.interactions.models import Interaction
from shouwen.work.mail.models import Mailbox, Outgoing, Purpose
from shouwen.work.mail.reading.nature import MARK

from . import returning, tokens

MOST_REFERENCES = 20
KEEP_THIS = "回复时请保留此行 · Please keep this line"


def send_waiting(now: datetime | None = None, *, limit: int = 200) -> int:
    """Send the letters to customers that are due; returns how many left."""
    return leaving.send_due(LETTERS, now, limit=limit)


def chain(answered: str, references: Iterable[str]) -> dict[str, str]:
    """In-Reply-To and References of an answer (RFC 5322)."""
    names = [one for one in (*references, answered) if one]
    kept = list(dict.fromkeys(names))
    first, last = kept[:1], kept[1:][-MOST_REFERENCES:]
    return {"in_reply_to": answered[:250], "references": " ".join([*first, *last])}


def footed(body: str, row: Interaction) -> str:
    """A letter with the line by which its answer is known, in both languages."""
    return f"{body.rstrip()}\n\n--\n{KEEP_THIS}: {tokens.token_of(row.pk)}\n"


def reply_address(box: Mailbox, row: Interaction) -> str:
    """Where the answer goes: with the token in it where the server delivers that."""
    name, _at, domain = box.address.partition("@")
    return f"{name}+{tokens.token_of(row.pk)}@{domain}" if box.by_plus else box.address


def written(letter: Outgoing) -> EmailMessage:
    """The letter for the server; a receipt says that a machine wrote it (RFC 3834)."""
    box, row = letter.mailbox, letter.interaction
    headers = {"Message-ID": letter.message_id, MARK: row.number}
    if letter.in_reply_to:
        headers["In-Reply-To"] = letter.in_reply_to
    if letter.references:
        headers["References"] = letter.references
    if letter.purpose == Purpose.RECEIPT:
        headers |= {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
    message = EmailMessage(
        subject=" ".join(letter.subject.split()),
        body=letter.body,
        from_email=formataddr((box.sender_name, box.address), "utf-8"),
        to=[letter.to],
        reply_to=[reply_address(box, row)],
        headers=headers,
    )
    if letter.purpose == Purpose.REPLY:
        for file in documents.attachments_of(row):
            with default_storage.open(file.blob.path) as content:
                message.attach(file.name, content.read(), file.blob.mime)
    return message


def _rows() -> QuerySet[Outgoing]:
    return Outgoing.objects.select_related("mailbox", "interaction__taker", "interaction__division")


LETTERS = Errand(_rows, written, returning.note_given_up)
