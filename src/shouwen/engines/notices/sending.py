"""The letters of notices: in the receiver's language, held back in quiet hours."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from shouwen.ground.foundation import clock
from shouwen.ground.journal import actions as journal

from . import leaving, rules
from .leaving import Errand
from .models import Mail, QuietHours
from .saying import say


def send_mail(now: datetime | None = None, *, limit: int = 200) -> int:
    """Send the letters that are due; returns how many left. Any number of workers."""
    now = now or clock.now()
    _keep_quiet(now)
    return leaving.send_due(NOTICES, now, limit=limit)


def _rows() -> QuerySet[Mail]:
    return Mail.objects.select_related("notice__person")


def _keep_quiet(now: datetime) -> None:
    """Put off what is not urgent where a division is in its quiet hours."""
    for hours in QuietHours.objects.all():
        until = rules.quiet_until(now, hours.begins, hours.ends)
        if until:
            free = leaving.free(Mail.objects.all(), now)
            free.filter(notice__division=hours.division_id, notice__urgent=False).update(
                after=until
            )


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


def _given_up(mail: Mail, now: datetime) -> None:
    about = (mail.notice.about_kind, mail.notice.about_id)
    data = {"attempts": mail.attempts, "error": mail.error}
    journal.record_all(
        "notice.undelivered", [journal.Fact(mail.notice, about, data)], by=None, at=now
    )


NOTICES = Errand(_rows, letter, _given_up)
