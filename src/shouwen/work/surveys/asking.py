"""The verbs of campaigns: planned, filled with recipients, started, sent, reminded, closed."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet

from shouwen.engines.documents.numbers import next_number
from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.waiting import announce
from shouwen.work.customers.models import Contact, Customer

from . import bounds, figures, queries, rules
from .access import require_keyer, require_runner
from .models import AreaResult, Campaign, Questionnaire, Recipient

SERIES = "DC{yyyy}-{n:02}"
"""Its number: 调查 of the year."""
TOKEN_BYTES = 16


@dataclass(frozen=True)
class Wanted:
    """Somebody to ask: a customer or one of its contacts, by a channel."""

    customer: Customer
    channel: str
    contact: Contact | None = None


@one_act
def plan(
    division: Unit,
    title: str,
    questionnaire: Questionnaire,
    closes_on: date,
    note: str = "",
    *,
    by: Person | None,
    at: datetime | None = None,
) -> Campaign:
    """Plan a campaign; nobody is asked before it is started."""
    moment = at or clock.now()
    require_runner(by, division, moment)
    if not title.strip():
        raise refuse(N_("请写明调查名称"), field="title")
    if questionnaire.division_id != division.pk:
        raise refuse(N_("问卷属于另一单位"), field="questionnaire")
    if closes_on < clock.day_of(moment):
        raise refuse(N_("截止日已过"), field="closes_on")
    campaign = Campaign.objects.create(
        division=division, title=title.strip(), questionnaire=questionnaire, closes_on=closes_on,
        note=note.strip(), planned_by=by, planned_at=moment,
        number=next_number(f"survey:{division.pk}", SERIES, "year", moment),
    )  # fmt: skip
    record("survey.planned", campaign, by=by, at=moment, number=campaign.number)
    return campaign


@one_act
def invite(
    campaign: Campaign, wanted: Iterable[Wanted], *, by: Person | None, at: datetime | None = None
) -> list[Recipient]:
    """Add recipients; who is among them already is not asked twice. Gives the new ones."""
    moment = at or clock.now()
    row = _open(campaign, by, moment)
    asked = list(wanted)
    allowed = bounds.channels(row.division_id, moment)
    clause = bounds.channel_clause(row.division_id, moment)
    for channel in sorted({one.channel for one in asked}):
        refuse_any(rules.why_not_channel(channel, allowed, clause.id if clause else ""))
    if any(one.customer.division_id != row.division_id for one in asked):
        raise refuse(N_("客户属于另一单位"), field="recipients")
    known: set[tuple[int, int | None]] = set(
        row.recipients.values_list("customer_id", "contact_id")
    )
    added = []
    for one in asked:
        key = (one.customer.pk, one.contact.pk if one.contact else None)
        if key not in known:
            known.add(key)
            added.append(_recipient(row, one, moment))
    Recipient.objects.bulk_create(added)
    announce(Recipient)
    record("survey.invited", row, by=by, at=moment, recipients=len(added))
    return added


def _recipient(campaign: Campaign, one: Wanted, at: datetime) -> Recipient:
    """Added to a running campaign, an e-mail leaves at once."""
    leaves = campaign.state == "running" and one.channel == "email"
    return Recipient(
        campaign=campaign, customer=one.customer, contact=one.contact, channel=one.channel,
        token=secrets.token_urlsafe(TOKEN_BYTES), mail_after=at if leaves else None,
    )  # fmt: skip


@one_act
def strike(recipient: Recipient, *, by: Person | None, at: datetime | None = None) -> None:
    """Take somebody off the list whom nobody has asked yet."""
    row = Recipient.objects.select_for_update().select_related("campaign").get(pk=recipient.pk)
    campaign = _open(row.campaign, by, at or clock.now())
    if row.sent_at or row.answered_at:
        raise refuse(N_("已经发给这位客户，不能再划去"))
    customer = row.customer_id
    row.delete()
    record("survey.struck", campaign, by=by, at=at, customer=customer)


@one_act
def start(campaign: Campaign, *, by: Person | None, at: datetime | None = None) -> Campaign:
    """Start asking: the questionnaire is fixed, e-mails leave. Refuses what is missing (R5-45)."""
    moment = at or clock.now()
    row = Campaign.objects.select_for_update().get(pk=campaign.pk)
    require_runner(by, row.division_id, moment)
    clause = bounds.area_clause(row.division_id, moment)
    wanted = [
        (area.key, area.label) for area in bounds.areas(row.division_id, moment) if area.asked_by
    ]
    asked = queries.asked(row.questionnaire_id)
    refuse_any(
        rules.why_not_started(
            row.state, asked, wanted, row.recipients.count(), row.closes_on,
            clock.day_of(moment), clause.id if clause else "",
        )
    )  # fmt: skip
    row.started_by, row.started_at = by, moment
    row.save(update_fields=["started_by", "started_at"])
    unfixed = Questionnaire.objects.filter(pk=row.questionnaire_id, fixed_at__isnull=True)
    unfixed.update(fixed_at=moment)
    row.recipients.filter(channel="email").update(mail_after=moment)
    announce(Recipient)
    record(
        "survey.started", row, by=by, at=moment, recipients=row.recipients.count(),
        channels=queries.count_channels(row), areas=sorted({one.area for one in asked}),
    )  # fmt: skip
    _remember_the_end(row, by, moment)
    return row


def _remember_the_end(campaign: Campaign, by: Person | None, at: datetime) -> None:
    problem = bounds.problem_clause(campaign.division_id, at)
    dues.open_due(
        N_("结束满意度调查并处理结果：%(matter)s"), subject=campaign, division=campaign.division,
        clause=problem.id if problem else "", person=by, role="" if by else "customer_service",
        due_at=clock.end_of(campaign.closes_on), params={"matter": str(campaign)},
        link=f"/surveys/{campaign.pk}/", key=f"survey:{campaign.pk}:end", by=by, at=at,
    )  # fmt: skip


@one_act
def mark_sent(
    campaign: Campaign,
    recipients: Sequence[int],
    *,
    by: Person | None,
    at: datetime | None = None,
) -> int:
    """Say that letters were posted, faxes sent, papers handed out; gives how many now were."""
    moment = at or clock.now()
    row = _running(campaign, by, moment)
    waiting = row.recipients.filter(pk__in=recipients, sent_at__isnull=True)
    count = waiting.update(sent_at=moment, sent_by=by)
    if count:
        record("survey.sent", row, by=by, at=moment, recipients=count)
    return count


@one_act
def remind(campaign: Campaign, *, by: Person | None, at: datetime | None = None) -> int:
    """Remind everybody who was asked and has not answered; e-mails leave again by themselves."""
    moment = at or clock.now()
    row = _running(campaign, by, moment)
    silent = _silent(row)
    silent.filter(channel="email").update(mail_after=moment)
    announce(Recipient)
    count = silent.update(reminded_at=moment)
    record("survey.reminded", row, by=by, at=moment, recipients=count)
    return count


def _silent(campaign: Campaign) -> QuerySet[Recipient]:
    return campaign.recipients.filter(sent_at__isnull=False, answered_at__isnull=True)


@one_act
def call_in_vain(recipient: Recipient, *, by: Person, at: datetime | None = None) -> Recipient:
    """Note that nobody could be reached by telephone; the call stays on the list."""
    moment = at or clock.now()
    campaign = recipient.campaign
    require_keyer(by, campaign.division_id, moment)
    _require_running(campaign)
    found = Recipient.objects.filter(pk=recipient.pk, answered_at__isnull=True)
    if not found.update(tries=F("tries") + 1, tried_at=moment):
        raise refuse(N_("这位客户已经回答过了"))
    record("survey.called_in_vain", campaign, by=by, at=moment, customer=recipient.customer_id)
    recipient.refresh_from_db()
    return recipient


@one_act
def close(campaign: Campaign, *, by: Person | None, at: datetime | None = None) -> Campaign:
    """End a campaign: count it, and make every low area somebody's task (R5-46)."""
    moment = at or clock.now()
    row = _running(campaign, by, moment)
    improving = bounds.improving(row.division, moment)
    low = figures.settle(row, improving.threshold if improving else None)
    row.closed_by, row.closed_at = by, moment
    row.threshold = improving.threshold if improving else None
    row.save(update_fields=["closed_by", "closed_at", "threshold"])
    row.recipients.update(mail_after=None)
    dues.settle(key=f"survey:{row.pk}:end", by=by, at=moment)
    record(
        "survey.closed", row, by=by, at=moment, responses=queries.current(row).count(),
        low=[one.area for one in low],
        threshold=str(row.threshold) if row.threshold is not None else None,
    )  # fmt: skip
    if improving:
        for result in low:
            _open_improvement(row, result, improving, by, moment)
    return row


def _open_improvement(
    campaign: Campaign,
    result: AreaResult,
    improving: bounds.Improving,
    by: Person | None,
    at: datetime,
) -> None:
    names = bounds.area_names(campaign.division_id, at)
    dues.open_due(
        N_("改善“%(area)s”：平均 %(average)s 分，低于 %(threshold)s 分（%(matter)s）"),
        subject=result, matter=campaign, division=campaign.division, clause=improving.clause,
        role=improving.owner, days=improving.days,
        params={
            "area": names.get(result.area, result.area), "average": result.average,
            "threshold": improving.threshold, "matter": str(campaign),
        },
        link=f"/surveys/results/{result.pk}/", key=f"survey:{campaign.pk}:area:{result.area}",
        by=by, at=at,
    )  # fmt: skip


def _open(campaign: Campaign, by: Person | None, at: datetime) -> Campaign:
    row = Campaign.objects.select_for_update().get(pk=campaign.pk)
    require_runner(by, row.division_id, at)
    if row.state == "closed":
        raise refuse(N_("调查已经结束"))
    return row


def _running(campaign: Campaign, by: Person | None, at: datetime) -> Campaign:
    row = _open(campaign, by, at)
    _require_running(row)
    return row


def _require_running(campaign: Campaign) -> None:
    if campaign.state != "running":
        raise refuse(N_("调查还没有开始") if campaign.state == "draft" else N_("调查已经结束"))
