from datetime import timedelta
from typing import Any

from shouwen.doors.web.access import Route
from shouwen.ground.foundation import clock
from shouwen.ground.org import actions as org
from shouwen.work.customers.actions import create_customer
from shouwen.work.customers.drafts import CustomerDraft
from shouwen.work.surveys import actions as surveys
from shouwen.work.surveys import bounds
from shouwen.work.surveys.models import AreaResult, Campaign, Questionnaire, Recipient, Response


def a_questionnaire(cast: Any) -> dict[str, Any]:
    """One with a question on every area."""
    made = surveys.draw_up(cast.division, "yearly", surveys.Heading("年度问卷"), by=None)
    for area in bounds.areas(cast.division, clock.now()):
        draft = surveys.QuestionDraft(f"您对{area.label}满意吗？", area.key)
        surveys.put_question(made, draft, by=None)
    return {"pk": made.pk}


def campaign_of(cast: Any) -> Campaign:
    """A planned campaign with a customer to ring."""
    made = Questionnaire.objects.get(**a_questionnaire(cast))
    closes = clock.today() + timedelta(days=20)
    campaign = surveys.plan(cast.division, "年度调查", made, closes, by=None)
    draft = CustomerDraft("S-1", "受访客户", "domestic", phone="025-87654321")
    customer = create_customer(cast.division, draft, by=None)
    surveys.invite(campaign, [surveys.Wanted(customer, "telephone")], by=None)
    return campaign


def a_campaign(cast: Any) -> dict[str, Any]:
    """Its address."""
    return {"pk": campaign_of(cast).pk}


def running(cast: Any) -> Recipient:
    """Its recipient, once it was started."""
    return surveys.start(campaign_of(cast), by=None).recipients.get()


def a_recipient(cast: Any) -> dict[str, Any]:
    """The address of its recipient."""
    return {"pk": running(cast).pk}


def a_recipient_campaign(cast: Any) -> dict[str, Any]:
    """A campaign with papers to print."""
    return {"pk": running(cast).campaign_id}


def an_asked(cast: Any) -> dict[str, Any]:
    """A recipient who has answered, and is not to be struck off any more."""
    return {"pk": answered(cast).recipient_id}


def a_link(cast: Any) -> dict[str, Any]:
    """The link that a customer holds."""
    return {"token": running(cast).token}


def answered(cast: Any) -> Response:
    """A bad set of answers, as an agent keyed it in."""
    recipient = running(cast)
    questions = recipient.campaign.questionnaire.questions.all()
    given = {one.pk: surveys.Given(mark=1) for one in questions}
    return surveys.key_in(recipient, given, by=cast.agent)


def an_answer(cast: Any) -> dict[str, Any]:
    """Its address."""
    return {"pk": answered(cast).pk}


def a_result(cast: Any) -> dict[str, Any]:
    """What an area came to in a campaign that was closed."""
    org.adopt_regulation(cast.division, "R5", 1, by=None)
    for key, value in (("threshold", "3.5"), ("days", 14), ("owner", "customer_service.manager")):
        org.set_value(f"R5-46.{key}", value, division=cast.division, by=None)
    campaign = answered(cast).campaign
    surveys.close(campaign, by=None)
    return {"pk": AreaResult.objects.filter(campaign=campaign, low=True)[0].pk}


def a_rating(cast: Any) -> dict[str, Any]:
    """What a customer thinks of the agent."""
    campaign = campaign_of(cast)
    return {"pk": surveys.rate(campaign, 2, "等太久", person=cast.agent, by=None).pk}


def a_drop(cast: Any) -> dict[str, Any]:
    """The act that is none."""
    return a_questionnaire(cast) | {"key": "heading"}


def a_start(cast: Any) -> dict[str, Any]:
    """The act that starts a campaign."""
    return a_campaign(cast) | {"key": "start"}


def _all(status: int, *groups: str) -> dict[str, Any]:
    return dict.fromkeys(groups, status)


NOT_MINE = 409
KEYERS = (
    "staff", "sales", "sales_manager", "quality", "deputy_gm", "gm", "office_manager", "pm_group",
    "agent", "cs_director",
)  # fmt: skip
RUNNERS = ("deputy_gm", "gm", "office_manager", "pm_group", "cs_director")
READ, RUN = _all(200, *KEYERS), _all(200, *RUNNERS)
SEEN = _all(NOT_MINE, *KEYERS)
"""Who reads surveys may not run them: told so, not hidden."""
ABOVE_THE_AGENT = _all(200, "agent", *RUNNERS)

ROUTES = [
    Route("surveys:public", open=True, args=a_link),
    Route("surveys:index", everyone=NOT_MINE, **READ),
    Route("surveys:export", everyone=NOT_MINE, **READ),
    Route("surveys:new", everyone=NOT_MINE, **RUN),
    Route("surveys:campaign", args=a_campaign, everyone=404, **READ),
    Route("surveys:act", "POST", args=a_start, everyone=404, **{**SEEN, "pm_group": 302}),
    Route("surveys:recipients", args=a_campaign, everyone=404, **{**SEEN, **RUN}),
    Route("surveys:recipients_export", args=a_campaign, everyone=404, **READ),
    Route("surveys:strike", "POST", args=an_asked, everyone=404, **SEEN),
    Route("surveys:paper", args=a_recipient_campaign, everyone=404, **READ),
    Route("surveys:statistics", args=a_campaign, everyone=404, **READ),
    Route("surveys:statistics_export", args=a_campaign, everyone=404, **READ),
    Route("surveys:answers", everyone=NOT_MINE, **READ),
    Route("surveys:answers_export", everyone=NOT_MINE, **READ),
    Route("surveys:entry", everyone=NOT_MINE, **READ),
    Route("surveys:key_in", args=a_recipient, everyone=404, **READ),
    Route("surveys:calls", everyone=NOT_MINE, **READ),
    Route("surveys:in_vain", "POST", args=a_recipient, everyone=404, **_all(302, *KEYERS)),
    Route("surveys:answer", args=an_answer, everyone=404, **READ),
    Route("surveys:correct", args=an_answer, everyone=404, **READ),
    Route("surveys:questionnaires", everyone=NOT_MINE, **READ),
    Route("surveys:questionnaire_new", everyone=NOT_MINE, **RUN),
    Route("surveys:questionnaire", args=a_questionnaire, everyone=404, **READ),
    Route("surveys:write", "POST", args=a_drop, everyone=404, **_all(422, *KEYERS)),
    Route("surveys:result", args=a_result, everyone=404, **READ),
    Route("surveys:ratings"),
    Route("surveys:ratings_export"),
    Route("surveys:rating", args=a_rating, everyone=404, **ABOVE_THE_AGENT),
]
