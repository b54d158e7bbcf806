"""Letters by e-mail: each claimed by one worker, tried again with patience, never sent twice alike.

Notices go to people of the company; a customer has no desk and no bell, so that a survey's letters
wait at their recipients and leave from here.
"""

import logging
import smtplib
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.translation import gettext as _

from shouwen.engines.notices.leaving import LONGEST, PATIENCE, is_cut_off
from shouwen.engines.notices.rules import next_attempt
from shouwen.ground.foundation import clock
from shouwen.ground.journal.actions import record
from shouwen.work.customers.models import Region

from .models import Recipient

log = logging.getLogger(__name__)


class LineDead(Exception):  # noqa: N818 - only ends the sweep
    """The server hung up: the letters that are left wait for the next look."""


LEASE = timedelta(minutes=10)
"""After this long without news of its worker a letter is free again."""


def send_waiting(now: datetime | None = None, *, limit: int = 100) -> int:
    """Send the invitations and reminders whose time has come; any number of workers."""
    now = now or clock.now()
    waiting = Recipient.objects.filter(mail_after__lte=now, answered_at__isnull=True)
    due = list(waiting.order_by("mail_after", "id").values_list("pk", flat=True)[:limit])
    if not due:
        return 0
    connection = get_connection(timeout=PATIENCE)
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        log.warning("the mail server cannot be reached, %d invitations wait: %s", len(due), error)
        return 0
    try:
        return _send_each(due, connection, now)
    finally:
        connection.close()


def _send_each(due: list[int], connection: BaseEmailBackend, now: datetime) -> int:
    sent, began = 0, time.monotonic()
    for pk in due:
        if time.monotonic() - began > LONGEST:  # what is claimed later would be free at once
            break
        try:
            sent += _send(pk, connection, now)
        except LineDead:
            break
    return sent


def _send(pk: int, connection: BaseEmailBackend, now: datetime) -> bool:
    free = Recipient.objects.filter(pk=pk, mail_after__lte=now, answered_at__isnull=True)
    if not free.update(mail_after=now + LEASE):
        return False
    recipient = Recipient.objects.select_related(
        "campaign__division", "campaign__questionnaire", "customer", "contact"
    ).get(pk=pk)
    try:
        connection.send_messages([letter(recipient)])
    except Exception as error:
        _failed(recipient, error, now)
        if is_cut_off(error):
            raise LineDead from error
        return False
    sent = Recipient.objects.filter(pk=pk)
    sent.update(mail_after=None, sent_at=Coalesce("sent_at", Value(now)), mail_error="")
    return True


def _failed(recipient: Recipient, error: Exception, now: datetime) -> None:
    log.warning("invitation %d did not leave: %s", recipient.pk, error)
    recipient.mail_failures += 1
    recipient.mail_after = next_attempt(recipient.mail_failures, now)
    recipient.mail_error = f"{type(error).__name__}: {error}"[:200]
    with transaction.atomic():
        recipient.save(update_fields=["mail_failures", "mail_after", "mail_error"])
        if recipient.mail_after is None:
            record(
                "survey.undelivered", recipient.campaign, by=None, at=now,
                customer=recipient.customer_id, error=recipient.mail_error,
            )  # fmt: skip


def letter(recipient: Recipient) -> EmailMessage:
    """The invitation in the customer's language, with nothing but the link in it."""
    campaign = recipient.campaign
    overseas = recipient.customer.region == Region.OVERSEAS
    with translation.override("en" if overseas else "zh-hans"):
        title = campaign.questionnaire.title
        lines = [
            _("您好！"),
            campaign.questionnaire.opening or _("请您对我们的服务作一次评价。"),
            _("打开下面的链接即可作答，不需要登录，约需两分钟："),
            address(recipient),
            _("回答截止到 %(day)s。本邮件由系统发出，请勿直接回复。")
            % {"day": campaign.closes_on.isoformat()},
            campaign.division.name,
        ]
        subject = _("提醒：%(title)s") % {"title": title} if recipient.sent_at else title
    attempt = f"{recipient.pk}.{int(recipient.sent_at is not None)}"
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    return EmailMessage(
        subject=" ".join(f"{subject} · {campaign.division.name}".split()),
        body="\n\n".join(lines),
        to=[email_of(recipient)],
        headers={
            "Message-ID": f"<survey.{attempt}.{recipient.token[:8]}@{host}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )


def address(recipient: Recipient) -> str:
    """Where the recipient answers: the link of his letters and of his QR code."""
    return f"{settings.BASE_URL.rstrip('/')}/q/{recipient.token}/"


def email_of(recipient: Recipient) -> str:
    """The contact's address, else the customer's own."""
    own = recipient.contact.email if recipient.contact else ""
    return own or recipient.customer.email
