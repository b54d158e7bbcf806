"""What carried his words beside the interaction itself: visits, letters, calls, e-mail, verdicts.

Each is found by the interactions it belongs to and by the numbers and addresses of the person, so
what nobody registered (a missed call, a quarantined mail) goes too.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from shouwen.engines.documents.attaching.verbs import erase_attachments
from shouwen.engines.documents.models import Attachment
from shouwen.ground.foundation.refusal import N_
from shouwen.work.customers.phones import read
from shouwen.work.dossiers.rules import GONE, Who
from shouwen.work.mail import erasing as mail
from shouwen.work.mail.models import Outgoing, RawMail
from shouwen.work.reception import erasing as reception
from shouwen.work.reception.models import Letter, Visit
from shouwen.work.telephony import erasing as telephony
from shouwen.work.telephony.models import Call
from shouwen.work.ways import erasing as ways
from shouwen.work.ways.models import Verdict

from . import Row, Source, register
from .finding import interactions_of

TAIL = 4
"""So many last digits of a number are looked for in what telephones sent; then it is read."""


def _visits(who: Who) -> QuerySet[Visit]:
    found = Visit.objects.filter(interaction__in=interactions_of(who).values("pk"))
    return found.select_related("signature__blob").order_by("pk")


def _visited(who: Who) -> Iterator[Row]:
    for one in _visits(who):
        yield {
            "number": one.number, "arrived_at": one.arrived_at.isoformat(),
            "left_at": one.left_at.isoformat() if one.left_at else None, "visitor": one.visitor,
            "company": one.company, "phone": one.phone, "purpose": one.purpose,
            "outcome": one.outcome, "rating": one.rating, "words": one.rating_words,
        }  # fmt: skip


def _forget_visited(who: Who, at: datetime) -> int:
    visits = list(_visits(who))
    signatures = Attachment.objects.filter(pk__in=[one.signature_id for one in visits])
    erase_attachments(list(signatures.select_related("blob")), mark=GONE, at=at)
    ids = [one.pk for one in visits]
    return reception.forget_visits(Visit.objects.filter(pk__in=ids), GONE)


def _letters(who: Who) -> QuerySet[Letter]:
    """Letters from him, and to him, sent or still lying in the post book."""
    his = interactions_of(who).values("pk")
    found = Q(interaction__in=his) | Q(answers__interaction__in=his)
    if who.whole:
        found |= Q(customer__in=who.customers)
    return Letter.objects.filter(found).order_by("pk")


def _written(who: Who) -> Iterator[Row]:
    for one in _letters(who):
        yield {
            "number": one.number, "on": one.on.isoformat(), "direction": one.direction,
            "channel": one.channel, "party": one.party, "address": one.address,
            "fax_number": one.fax_number, "subject": one.subject, "body": one.body,
        }  # fmt: skip


def _forget_written(who: Who, at: datetime) -> int:
    ids = list(_letters(who).values_list("pk", flat=True))
    return reception.forget_letters(Letter.objects.filter(pk__in=ids), GONE)


def _calls(who: Who) -> QuerySet[Call]:
    """Calls that were registered as his, and those from his numbers that nobody registered."""
    ids = set(
        Call.objects.filter(interaction__in=interactions_of(who).values("pk"))
        .values_list("pk", flat=True)
    )  # fmt: skip
    for key in who.keys:
        rang = Call.objects.filter(division_id=who.division, caller__endswith=key[-TAIL:])
        numbers = ((one.pk, read(one.caller)) for one in rang)
        ids |= {pk for pk, number in numbers if number and number.key in who.keys}
    return Call.objects.filter(pk__in=ids).order_by("pk")


def _rang(who: Who) -> Iterator[Row]:
    for one in _calls(who):
        yield {
            "heard_at": one.heard_at.isoformat(), "caller": one.caller, "state": one.state,
            "answered_at": one.answered_at.isoformat() if one.answered_at else None,
            "ended_at": one.ended_at.isoformat() if one.ended_at else None,
        }  # fmt: skip


def _forget_rung(who: Who, at: datetime) -> int:
    return telephony.forget(_calls(who))


def _mails(who: Who) -> QuerySet[RawMail]:
    found = Q(interaction__in=interactions_of(who).values("pk")) | Q(sender__in=who.emails)
    return RawMail.objects.filter(found, mailbox__division_id=who.division).order_by("pk")


def _sent(who: Who) -> QuerySet[Outgoing]:
    found = Q(interaction__in=interactions_of(who).values("pk")) | Q(to__in=who.emails)
    return Outgoing.objects.filter(found, mailbox__division_id=who.division).order_by("pk")


def _mailed(who: Who) -> Iterator[Row]:
    for one in _mails(who):
        yield {
            "direction": "in", "at": one.stored_at.isoformat(), "from": one.sender,
            "name": one.sender_name, "subject": one.subject, "body": "",
        }  # fmt: skip
    for sent in _sent(who):
        yield {
            "direction": "out", "at": sent.queued_at.isoformat(), "to": sent.to,
            "subject": sent.subject, "body": sent.body,
        }  # fmt: skip


def _forget_mailed(who: Who, at: datetime) -> int:
    sent = list(_sent(who).values_list("pk", flat=True))
    gone = mail.forget_received(list(_mails(who)), GONE, at)
    return gone + mail.forget_sent(Outgoing.objects.filter(pk__in=sent), GONE, at)


def _verdicts(who: Who) -> QuerySet[Verdict]:
    return Verdict.objects.filter(of__in=interactions_of(who).values("pk")).order_by("pk")


def _judged(who: Who) -> Iterator[Row]:
    for one in _verdicts(who):
        yield {"at": one.at.isoformat(), "satisfied": one.satisfied, "words": one.words}


def _forget_judged(who: Who, at: datetime) -> int:
    return ways.forget(_verdicts(who), GONE)


# Before the interactions: it is by them that these are found.
register(Source("visits", N_("来访"), _visited, _forget_visited))
register(Source("letters", N_("信函与传真"), _written, _forget_written))
register(Source("calls", N_("来电记录"), _rang, _forget_rung))
register(Source("mails", N_("电子邮件"), _mailed, _forget_mailed))
register(Source("verdicts", N_("办理后的评价"), _judged, _forget_judged))
