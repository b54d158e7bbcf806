"""The verbs of answers: sent by the customer, keyed in by us, corrected beside the original."""

from collections.abc import Mapping
from datetime import datetime

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org.models import Person

from . import bounds, queries, rules
from .access import require_keyer
from .models import Campaign, Rating, Recipient, Reply, Response
from .rating import rate
from .rules import Given

Answers = Mapping[int, Given]
"""What was answered, by the id of the question."""


@one_act
def answer(recipient: Recipient, given: Answers, *, at: datetime | None = None) -> Response:
    """The customer answers by his link. A second sending gives what the first one left."""
    moment = at or clock.now()
    if known := queries.first_response(recipient):
        return known
    campaign = _campaign_of(recipient)
    if not campaign.is_open_to_customers(moment):
        raise refuse(N_("调查已经结束，不再接受回答"))
    return _take(recipient, given, recipient.channel, None, moment)


@one_act
def key_in(
    recipient: Recipient,
    given: Answers,
    channel: str = "",
    received_at: datetime | None = None,
    *,
    by: Person,
    at: datetime | None = None,
) -> Response:
    """Key in what came on paper, by fax or by telephone; it counts by that channel (R5-44)."""
    moment = at or clock.now()
    campaign = _campaign_of(recipient)
    require_keyer(by, campaign.division_id, moment)
    _require_running(campaign)
    counted = channel or recipient.channel
    clause = bounds.channel_clause(campaign.division_id, moment)
    allowed = bounds.channels(campaign.division_id, moment)
    refuse_any(rules.why_not_channel(counted, allowed, clause.id if clause else ""))
    if received_at and received_at > moment:
        raise refuse(N_("收到的时间不能晚于现在"), field="received_on")
    if queries.first_response(recipient):
        raise refuse(
            N_("这位客户已经回答过了"), instead=N_("答卷有误时，请打开原答卷更正，并写明理由")
        )
    return _take(recipient, given, counted, by, moment, received_at)


def _take(
    recipient: Recipient,
    given: Answers,
    channel: str,
    by: Person | None,
    at: datetime,
    received_at: datetime | None = None,
) -> Response:
    """Keep the answers; of two sendings at once the second one gets those of the first."""
    own = _own(recipient.campaign, given)
    came = received_at or at
    claimed = Recipient.objects.filter(pk=recipient.pk, answered_at__isnull=True)
    if not claimed.update(answered_at=came, mail_after=None):
        return Response.objects.get(recipient=recipient, replaces__isnull=True)
    if by is not None:  # asked by telephone or on site in the same moment
        unsent = Recipient.objects.filter(pk=recipient.pk, sent_at__isnull=True)
        unsent.update(sent_at=came, sent_by=by)
    response = Response.objects.create(
        campaign=recipient.campaign, recipient=recipient, customer_id=recipient.customer_id,
        channel=channel, at=came, keyed_by=by,
    )  # fmt: skip
    _keep(response, own, at)
    return response


@one_act
def correct(
    response: Response, given: Answers, reason: str, *, by: Person, at: datetime | None = None
) -> Response:
    """Correct what was keyed in wrongly: a new answer counts, the original stays readable."""
    moment = at or clock.now()
    campaign = Campaign.objects.select_for_update().get(pk=response.campaign_id)
    require_keyer(by, campaign.division_id, moment)
    _require_running(campaign)
    if response.keyed_by_id is None:
        raise refuse(N_("客户自己填写的答卷不能由我方更正"))
    if Response.objects.filter(replaces=response).exists():
        raise refuse(N_("这份答卷已经更正过"), instead=N_("请打开最新的一份"))
    if not reason.strip():
        raise refuse(N_("请写明更正的理由"), field="reason")
    own = _own(campaign, given)
    corrected = Response.objects.create(
        campaign=campaign, recipient_id=response.recipient_id, customer_id=response.customer_id,
        channel=response.channel, at=response.at, keyed_by=by, replaces=response,
        reason=reason.strip(),
    )  # fmt: skip
    _keep(corrected, own, moment)
    return corrected


def _campaign_of(recipient: Recipient) -> Campaign:
    """The campaign as it stands now, held so that it is not closed meanwhile."""
    found = Campaign.objects.select_for_update(of=("self",)).select_related("division")
    recipient.campaign = found.get(pk=recipient.campaign_id)
    return recipient.campaign


def _own(campaign: Campaign, given: Answers) -> Answers:
    """The answers to this campaign's questions, and to no others; refuses what is missing."""
    asked = queries.asked(campaign.questionnaire_id)
    refuse_any(rules.why_not_answered(asked, given))
    return {one.key: given[one.key] for one in asked if one.key in given}


def _keep(response: Response, given: Answers, at: datetime) -> None:
    """Write the replies, say so, and rate by their mean."""
    kept = [
        Reply(
            response=response, question_id=question, mark=one.mark, choice=one.choice, text=one.text
        )
        for question, one in given.items()
        if not one.is_empty
    ]
    Reply.objects.bulk_create(kept)
    record(
        "survey.corrected" if response.replaces_id else "survey.answered", response,
        by=response.keyed_by, at=at, matter=response.campaign, channel=response.channel,
        online=response.keyed_by_id is None, reason=response.reason,
    )  # fmt: skip
    _rate(response, kept, at)


def _rate(response: Response, kept: list[Reply], at: datetime) -> None:
    mark = rules.mean_mark([one.mark for one in kept if one.mark is not None])
    if mark is None:
        return
    before = Rating.objects.filter(key=f"response:{response.replaces_id}").first()
    rate(
        response.campaign, mark, "\n".join(one.text for one in kept if one.text),
        customer=response.customer, channel=response.channel, key=f"response:{response.pk}",
        replaces=before, by=response.keyed_by, at=at,
    )  # fmt: skip


def _require_running(campaign: Campaign) -> None:
    if campaign.state != "running":
        raise refuse(N_("调查还没有开始") if campaign.state == "draft" else N_("调查已经结束"))
