"""What scenarios say of questionnaires, campaigns, answers and ratings."""

from datetime import timedelta
from typing import Any

from django.db.models import Model

from shouwen.ground.foundation import clock
from shouwen.ground.org.models import Person, Unit
from shouwen.outcomes.reports import service, waiting
from shouwen.work.customers.models import Customer
from shouwen.work.surveys import actions as surveys
from shouwen.work.surveys import bounds, figures, queries
from shouwen.work.surveys.models import AreaResult, Campaign, Rating, Recipient, Response

WEEKS = timedelta(weeks=4)


def plan_survey(
    division: Unit,
    title: str = "上半年满意度调查",
    without: str = "",
    code: str = "half_year",
    *,
    by: Person,
) -> Campaign:
    """A campaign over every area of the clause, one question each; `without` leaves one out."""
    made = surveys.draw_up(division, code, surveys.Heading("满意度调查问卷"), by=by)
    for area in bounds.areas(division, clock.now()):
        if area.key != without:
            draft = surveys.QuestionDraft(f"您对{area.label}满意吗？", area.key)
            surveys.put_question(made, draft, by=by)
    return surveys.plan(division, title, made, clock.today() + WEEKS, by=by)


def ask(campaign: Campaign, customer: Customer, channel: str, *, by: Person) -> Recipient:
    """Put a customer on the list of a campaign."""
    return surveys.invite(campaign, [surveys.Wanted(customer, channel)], by=by)[0]


def answers(campaign: Campaign, mark: int, but: dict[str, int] | None = None) -> Any:
    """The same mark to every question; `but` gives other marks to some areas."""
    other = but or {}
    return {
        one.pk: surveys.Given(mark=other.get(one.area, mark)) for one in queries.questions(campaign)
    }


def key_in_answers(
    recipient: Recipient,
    mark: int,
    channel: str = "",
    but: dict[str, int] | None = None,
    *,
    by: Person,
) -> Response:
    """Key in what came on paper."""
    return surveys.key_in(recipient, answers(recipient.campaign, mark, but), channel, by=by)


def answer_by_link(recipient: Recipient, mark: int) -> Response:
    """The customer answers by himself."""
    return surveys.answer(recipient, answers(recipient.campaign, mark))


def counted_by_channel(campaign: Campaign) -> dict[str, int]:
    """How many answered by each channel."""
    return {one.key: one.responses for one in figures.by_channel(campaign)}


def averages(campaign: Campaign) -> dict[str, str]:
    """The average of each area."""
    return {one.key: str(one.average) for one in figures.by_area(campaign)}


def low_areas(campaign: Campaign) -> list[str]:
    """The areas that were below the threshold when the campaign was closed."""
    return [one.area for one in campaign.results.filter(low=True).order_by("area")]


def low_result(campaign: Campaign) -> AreaResult:
    """The first of them."""
    return campaign.results.filter(low=True).order_by("area")[0]


def rate_service(
    matter: Model, person: Person, mark: int, words: str = "", *, by: Person | None
) -> Rating:
    """A customer says how satisfied he is with somebody in a matter."""
    return surveys.rate(matter, mark, words, person=person, by=by)


def service_month(division: Unit, period: str) -> dict[str, Any]:
    """The figures of a month: rate, last month's, target, and whether it is below."""
    line = service.of_division(division, period)
    told = line.satisfaction
    return {
        "rate": told.value and str(told.value), "before": told.before and str(told.before),
        "target": told.target and str(told.target), "missed": told.missed, "count": told.whole,
        "clauses": list(told.clauses),
    }  # fmt: skip


def rated_in(division: Unit, period: str) -> list[str]:
    """What the marks of a month are about: the list behind the rate."""
    found = service.ratings_of(division, period)
    return [one.about for one in found.order_by("id")]


def waiting_of(unit: Unit, division: Unit, period: str) -> waiting.Waiting | None:
    """How long a department let the tasks of a month wait."""
    rows = waiting.by_unit(division.pk, period)
    return next((one for one in rows if one.unit == unit), None)


WORDS = {
    "plan_survey": plan_survey,
    "ask": ask,
    "start_survey": surveys.start,
    "close_survey": surveys.close,
    "key_in_answers": key_in_answers,
    "answer_by_link": answer_by_link,
    "counted_by_channel": counted_by_channel,
    "averages_of": averages,
    "low_areas": low_areas,
    "low_result": low_result,
    "rate_service": rate_service,
    "follow_up_mark": surveys.follow_up,
    "improve_area": surveys.improve,
    "service_month": service_month,
    "waiting_of": waiting_of,
    "rated_in": rated_in,
}
