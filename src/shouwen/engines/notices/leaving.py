"""How letters leave: one by one, each claimed by one worker; one that fails never holds up others.

When the mail server cannot be reached, nothing is counted against the letters: they leave by
themselves as soon as it is back. A kind of letter is a table that is a `Leaving`, and an `Errand`.
"""

import logging
import smtplib
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q, QuerySet

from shouwen.ground.foundation import clock

from . import rules
from .models import Leaving

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)
"""After this long without news of its worker a letter is free again."""
LONGEST = 240.0
"""Seconds of the machine after which a sweep ends: well before its first lease does."""
PATIENCE = 20.0
"""Seconds to wait for an answer of the mail server."""
L = TypeVar("L", bound=Leaving)


@dataclass(frozen=True)
class Errand(Generic[L]):
    """One kind of letter: its rows, how one is written, and what follows when it is given up."""

    rows: Callable[[], QuerySet[L]]
    written: Callable[[L], EmailMessage]
    given_up: Callable[[L, datetime], object]
    sent: Callable[[L, datetime], object] = lambda letter, now: None


def new_message_id(stem: object, sender: str = "") -> str:
    """A name that no other letter has, in the domain of whoever sends it."""
    domain = parseaddr(sender or settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    return f"<{stem}.{uuid.uuid4().hex}@{domain}>"


def send_due(errand: Errand[L], now: datetime | None = None, *, limit: int = 200) -> int:
    """Send the letters that are due; returns how many left. Any number of workers."""
    now = now or clock.now()
    due = list(
        free(errand.rows(), now).order_by("after", "id").values_list("pk", flat=True)[:limit]
    )
    if not due:
        return 0
    connection = get_connection(timeout=PATIENCE)
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        log.warning("the mail server cannot be reached, %d letters wait: %s", len(due), error)
        return 0
    try:
        return _send_each(errand, due, connection, now)
    finally:
        connection.close()


def _send_each(
    errand: Errand[L], due: list[int], connection: BaseEmailBackend, now: datetime
) -> int:
    sent, started = 0, time.monotonic()
    for pk in due:
        if time.monotonic() - started > LONGEST:
            break
        letter = claim(errand.rows(), pk, now)
        if letter is None:
            continue
        try:
            connection.send_messages([errand.written(letter)])
        except Exception as error:
            _failed(errand, letter, error, now)
            if is_cut_off(error):
                break
            continue
        errand.rows().filter(pk=pk).update(sent_at=now, claimed_until=None, error="")
        errand.sent(letter, now)
        sent += 1
    return sent


def free(rows: QuerySet[L], now: datetime) -> QuerySet[L]:
    """Those that are due and that no worker has in hand."""
    unclaimed = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    return rows.filter(unclaimed, sent_at__isnull=True, given_up_at__isnull=True, after__lte=now)


def claim(rows: QuerySet[L], pk: int, now: datetime) -> L | None:
    """The letter, for the one worker whose update changed the row."""
    claimed = free(rows, now).filter(pk=pk)
    changed: dict[str, Any] = {"claimed_until": now + LEASE, "attempts": F("attempts") + 1}
    return rows.get(pk=pk) if claimed.update(**changed) else None


def _failed(errand: Errand[L], letter: L, error: Exception, now: datetime) -> None:
    log.warning("letter %s did not leave: %s", letter.message_id, error)
    again = None if is_final(error) else rules.next_attempt(letter.attempts, now)
    letter.error = f"{type(error).__name__}: {error}"[:300]
    letter.claimed_until = None
    letter.after = again or letter.after
    letter.given_up_at = None if again else now
    letter.save(update_fields=["error", "claimed_until", "after", "given_up_at"])
    if letter.given_up_at:
        errand.given_up(letter, now)


def is_cut_off(error: Exception) -> bool:
    """The line is dead; smtplib's own errors are OSErrors too, but most leave the line alive."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, smtplib.SMTPServerDisconnected)
    return isinstance(error, OSError)


def is_final(error: Exception) -> bool:
    """The server knows no such receiver: to ask again would not change that."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _text in error.recipients.values())
