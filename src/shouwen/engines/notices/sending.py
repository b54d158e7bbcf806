"""Letters leave one by one, each claimed by one worker; a letter that fails never holds up others.

When the mail server cannot be reached, nothing is counted against the letters: they leave by
themselves as soon as it is back.
"""

import logging
import smtplib
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from shouwen.ground.foundation import clock
from shouwen.ground.journal import actions as journal

from . import rules
from .models import Mail, QuietHours
from .saying import say

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)
"""After this long without news of its worker a letter is free again."""
LONGEST = 240.0
"""Seconds of the machine after which a sweep ends: well before its first lease does."""
PATIENCE = 20.0
"""Seconds to wait for an answer of the mail server."""


def send_mail(now: datetime | None = None, *, limit: int = 200) -> int:
    """Send the letters that are due; returns how many left. Any number of workers."""
    now = now or clock.now()
    _keep_quiet(now)
    due = list(_free(now).order_by("after", "id").values_list("pk", flat=True)[:limit])
    if not due:
        return 0
    connection = get_connection(timeout=PATIENCE)
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        log.warning("the mail server cannot be reached, %d letters wait: %s", len(due), error)
        return 0
    try:
        return _send_each(due, connection, now)
    finally:
        connection.close()


def _send_each(due: list[int], connection: BaseEmailBackend, now: datetime) -> int:
    sent, started = 0, time.monotonic()
    for pk in due:
        if time.monotonic() - started > LONGEST:
            break
        mail = _claim(pk, now)
        if mail is None:
            continue
        try:
            connection.send_messages([letter(mail)])
        except Exception as error:
            _failed(mail, error, now)
            if _is_cut_off(error):
                break
            continue
        Mail.objects.filter(pk=pk).update(sent_at=now, claimed_until=None, error="")
        sent += 1
    return sent


def _free(now: datetime) -> QuerySet[Mail]:
    unclaimed = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    return Mail.objects.filter(
        unclaimed, sent_at__isnull=True, given_up_at__isnull=True, after__lte=now
    )


def _claim(pk: int, now: datetime) -> Mail | None:
    """The letter, for the one worker whose update changed the row."""
    claimed = _free(now).filter(pk=pk)
    if not claimed.update(claimed_until=now + LEASE, attempts=F("attempts") + 1):
        return None
    return Mail.objects.select_related("notice__person").get(pk=pk)


def _keep_quiet(now: datetime) -> None:
    """Put off what is not urgent where a division is in its quiet hours."""
    for hours in QuietHours.objects.all():
        until = rules.quiet_until(now, hours.begins, hours.ends)
        if until:
            quiet = _free(now).filter(notice__division=hours.division_id, notice__urgent=False)
            quiet.update(after=until)


def letter(mail: Mail) -> EmailMessage:
    """The letter in the receiver's language; one line of subject, a text without decoration."""
    notice = mail.notice
    with translation.override(notice.person.language):
        text = say(notice.message, notice.facts)
        lines = [text]
        if notice.clause:
            lines.append(_("依据：%(clause)s") % {"clause": notice.clause})
        if notice.link:
            lines.append(settings.BASE_URL.rstrip("/") + notice.link)
        lines.append(_("本邮件由系统发出，请勿直接回复。"))
    return EmailMessage(
        subject=" ".join(text.split()),
        body="\n\n".join(lines),
        to=[notice.person.email],
        headers={
            "Message-ID": mail.message_id,
            # Keeps other machines from answering this one (RFC 3834).
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )


def _failed(mail: Mail, error: Exception, now: datetime) -> None:
    log.warning("letter %s did not leave: %s", mail.message_id, error)
    again = None if _is_final(error) else rules.next_attempt(mail.attempts, now)
    mail.error = f"{type(error).__name__}: {error}"[:300]
    mail.claimed_until = None
    mail.after = again or mail.after
    mail.given_up_at = None if again else now
    mail.save(update_fields=["error", "claimed_until", "after", "given_up_at"])
    if mail.given_up_at:
        about = (mail.notice.about_kind, mail.notice.about_id)
        data = {"attempts": mail.attempts, "error": mail.error}
        journal.record_all(
            "notice.undelivered", [journal.Fact(mail.notice, about, data)], by=None, at=now
        )


def _is_cut_off(error: Exception) -> bool:
    """The line is dead; smtplib's own errors are OSErrors too, but most leave the line alive."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, smtplib.SMTPServerDisconnected)
    return isinstance(error, OSError)


def _is_final(error: Exception) -> bool:
    """The server knows no such receiver: to ask again would not change that."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _text in error.recipients.values())
