"""The questionnaire on paper: for letters, faxes and visits, one for each recipient."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shouwen.doors.web.numbers import number_of
from shouwen.doors.web.people import Request
from shouwen.doors.web.reports.papers import attachment
from shouwen.engines.documents import printing
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.work.surveys import access, bounds, queries
from shouwen.work.surveys.mailing import address
from shouwen.work.surveys.models import Campaign, Question, Recipient

MOST = 300
"""Papers of one print; the next ones are printed once these are marked as sent."""


@require_GET
def paper(request: Request, pk: int) -> HttpResponse:
    """The papers of a channel that wait to be sent, or of one recipient."""
    campaign = access.access_campaign(request.person, pk)
    if campaign.state == "draft":
        raise refuse(N_("调查还没有开始，问卷可能还会改"), instead=N_("请先开始调查，再打印问卷"))
    found = _chosen(request, campaign)
    if not found:
        raise refuse(N_("没有待打印的问卷"), instead=N_("已发出的可以在名单中逐份再印"))
    data = printing.inquiry(
        campaign.questionnaire.title,
        [_asked(one) for one in queries.questions(campaign)],
        [_addressee(one) for one in found],
        division=campaign.division,
        matter=campaign,
        by=request.person,
        opening=campaign.questionnaire.opening,
        closing=_("请在 %(day)s 前答复；也可以扫描右上角的二维码在手机上作答。")
        % {"day": campaign.closes_on.isoformat()},
    )
    return attachment(data, "application/pdf", f"{campaign.number}.pdf")


def _chosen(request: Request, campaign: Campaign) -> list[Recipient]:
    one = number_of(request.GET.get("recipient", ""))
    if one is not None:
        return list(queries.recipients(campaign).filter(pk=one))
    channel = request.GET.get("channel", "")
    return list(queries.recipients(campaign, channel, "waiting").order_by("id")[:MOST])


def _asked(one: Question) -> printing.Inquiry:
    if one.kind == Question.Kind.MARK:
        boxes = [f"{mark} {word}" for mark, word in reversed(bounds.MARKS.items())]
    else:
        boxes = [words for _place, words in one.options]
    return printing.Inquiry(one.text, boxes)


def _addressee(one: Recipient) -> printing.Addressee:
    name = f"{one.customer.name} {one.contact.name}" if one.contact else one.customer.name
    where = one.customer.address if one.channel == "letter" else ""
    return printing.Addressee(name, one.short, where, address(one))
