"""The bytes first: a letter is stored in a transaction of its own before anybody looks at it."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from tempfile import SpooledTemporaryFile

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from shouwen.ground.foundation import clock
from shouwen.ground.waiting import announce
from shouwen.work.mail.models import Mailbox, RawMail
from shouwen.work.mail.reading import glance
from shouwen.work.mail.reading.parsing import GLANCE

IN_MEMORY = 2 * 1024 * 1024


def store(
    mailbox: Mailbox,
    pieces: Iterable[bytes],
    *,
    uidvalidity: int,
    uid: int,
    at: datetime | None = None,
) -> RawMail:
    """Keep a letter that came piece by piece; fetched twice, it is kept once.

    The file is written before the row: one without the other is found again by its digest.
    """
    moment = at or clock.now()
    digest, size, head = hashlib.sha256(), 0, b""
    with SpooledTemporaryFile(IN_MEMORY) as whole:
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            head += piece[: max(0, GLANCE - len(head))]
            whole.write(piece)
        whole.seek(0)
        path = _written(digest.hexdigest(), File(whole))
    seen = glance(head)
    with transaction.atomic():
        row, _new = RawMail.objects.get_or_create(
            mailbox=mailbox, source=mailbox.source, uidvalidity=uidvalidity, uid=uid,
            defaults={
                "sha256": digest.hexdigest(), "size": size, "path": path, "stored_at": moment,
                "after": moment, "message_id": seen.message_id[:250], "sender": seen.sender,
                "sender_name": seen.sender_name, "subject": seen.subject,
            },
        )  # fmt: skip
        # Not over a mailbox that was altered meanwhile: another folder counts anew.
        box = Mailbox.objects.filter(pk=mailbox.pk, version=mailbox.version)
        box.update(uidvalidity=uidvalidity, last_uid=uid)
        announce(RawMail)
    return row


def bytes_of(letter: RawMail) -> bytes:
    """The letter as it came."""
    with default_storage.open(letter.path) as kept:
        found: bytes = kept.read()
        return found


def _written(digest: str, content: "File[bytes]") -> str:
    path = f"mail/{digest[:2]}/{digest}.eml"
    if not default_storage.exists(path):
        return default_storage.save(path, content)
    return path
