"""Two campaigns of the demo's service centre, made by the verbs on the days they would have run.

The first one is closed, with a weak area that was improved; the second one runs. Whoever calls it
has built the division, its people and its customers.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from shouwen.doors.demo.company import Company
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import Rehearsal, rehearsal
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers import queries as customers
from shouwen.work.customers.models import Customer
from shouwen.work.surveys import actions as surveys
from shouwen.work.surveys import bounds, queries
from shouwen.work.surveys.models import Campaign, Question, Questionnaire, Recipient

CODE = "half_year"
FEWEST_CUSTOMERS = 5
FIRST, SECOND = timedelta(days=200), timedelta(days=18)
"""So long ago the two of them began."""
WORDS = (
    "维修师傅很准时，话也说得清楚。", "电话里态度好，就是等得久了一点。",
    "培训只讲了一遍，操作还是不太会。", "希望能在网上看到办理到哪一步了。",
)  # fmt: skip
QUESTIONS: dict[str, tuple[str, str]] = {
    "installation": ("安装与调试做得是否到位？", "Was the installation done properly?"),
    "operation": ("系统运行是否稳定？", "Does the system run reliably?"),
    "implementation": ("工程实施是否按约定进行？", "Was the project carried out as agreed?"),
    "after_sales": ("报修以后的服务是否及时？", "Was service prompt after you reported a fault?"),
    "training": ("培训是否讲得明白？", "Was the training clear?"),
}


def make_surveys(company: Company, at: datetime) -> list[Campaign]:
    """The two campaigns of the centre; none while it has too few customers or asks nobody.

    May be called again: what stands is found, not made twice.
    """
    return make_in(company.sister, at)


def make_in(division: Unit, at: datetime) -> list[Campaign]:
    """The same for any division."""
    if found := list(Campaign.objects.filter(division=division).order_by("id")[:2]):
        return found
    asked = list(customers.customers([division.pk]).filter(active=True).order_by("id")[:40])
    runners = org.people("customer_service.supervisor", division, at)
    if len(asked) < FEWEST_CUSTOMERS or not runners:
        return []
    day = clock.day_of(at)
    with rehearsal(clock.local(day - FIRST, time(9))) as now:
        first = _first(division, asked, runners[-1], now)
        now.move(clock.local(day - SECOND, time(9)))
        second = _second(division, asked, runners[-1], now)
    return [first, second]


def _first(division: Unit, asked: Sequence[Customer], by: Person, now: Rehearsal) -> Campaign:
    """Asked, answered, closed; the weakest area was improved a week later."""
    paper = _questionnaire(division, by)
    campaign = _campaign(division, "上半年满意度调查", paper, asked, by)
    began = clock.today()
    for place, recipient in enumerate(campaign.recipients.order_by("id")):
        now.move(_hour(began, place, 4))
        if place % 7 != 6:
            _answer(recipient, place, by, weak="training")
    now.move(clock.local(campaign.closes_on, time(16)))
    surveys.close(campaign, by=by)
    now.wait(days=7)
    for result in campaign.results.filter(low=True):
        surveys.improve(result, "培训改为上门讲解，另附图文操作卡片。", by=by)
    return Campaign.objects.get(pk=campaign.pk)


def _second(division: Unit, asked: Sequence[Customer], by: Person, now: Rehearsal) -> Campaign:
    """It still runs: half of them answered."""
    paper = Questionnaire.objects.filter(division=division, code=CODE).latest("version")
    campaign = _campaign(division, "下半年满意度调查", paper, asked, by)
    began = clock.today()
    for place, recipient in enumerate(campaign.recipients.order_by("id")):
        now.move(_hour(began, place, 4))
        if place % 2:
            _answer(recipient, place + 1, by, weak="")
    return campaign


def _hour(began: date, place: int, a_day: int) -> datetime:
    """When the answers come in: some a day from the next one on, while people are awake."""
    day = began + timedelta(days=1 + place // a_day)
    return clock.local(day, time(9 + place % a_day * 3, place * 7 % 60))


def _questionnaire(division: Unit, by: Person) -> Questionnaire:
    """A mark for every area, and room for words."""
    heading = surveys.Heading(
        "客户满意度调查问卷", "Customer satisfaction survey",
        "感谢您一直以来的信任。请用两分钟告诉我们做得怎么样。",
        "Thank you for your trust. Please take two minutes to tell us how we are doing.",
    )  # fmt: skip
    made = surveys.draw_up(division, CODE, heading, by=by)
    areas = bounds.areas(division, clock.now())
    for area in areas:
        zh, en = QUESTIONS.get(area.key, (f"您对{area.label}是否满意？", "Are you satisfied?"))
        surveys.put_question(made, surveys.QuestionDraft(zh, area.key, text_en=en), by=by)
    draft = surveys.QuestionDraft(
        "还有什么要告诉我们的？", areas[-1].key, Question.Kind.TEXT,
        "What else would you like to tell us?", required=False,
    )  # fmt: skip
    surveys.put_question(made, draft, by=by)
    return made


def _campaign(
    division: Unit, title: str, paper: Questionnaire, asked: Sequence[Customer], by: Person
) -> Campaign:
    closes: date = clock.today() + timedelta(days=30)
    campaign = surveys.plan(division, title, paper, closes, by=by)
    channels = bounds.channels(division, clock.now())
    wanted = [
        surveys.Wanted(customer, _channel(customer, channels[place % len(channels)]))
        for place, customer in enumerate(asked)
    ]
    surveys.invite(campaign, wanted, by=by)
    started = surveys.start(campaign, by=by)
    posted = started.recipients.exclude(channel="telephone")
    surveys.mark_sent(started, list(posted.values_list("pk", flat=True)), by=by)
    # The demo's customers are invented: no letter leaves.
    posted.update(mail_after=None)
    return started


def _channel(customer: Customer, wanted: str) -> str:
    """The wanted channel where the customer can be reached by it, else on site."""
    run = {"telephone": customer.phone, "email": customer.email, "letter": customer.address}
    return wanted if run.get(wanted, "-") else "on_site"


def _answer(recipient: Recipient, place: int, by: Person, weak: str) -> None:
    """Marks that differ from customer to customer, and words from every third of them."""
    given = {}
    for number, one in enumerate(queries.questions(recipient.campaign)):
        if one.kind == Question.Kind.TEXT:
            words = WORDS[place // 3 % len(WORDS)] if place % 3 == 0 else ""
            given[one.pk] = surveys.Given(text=words)
        else:
            mark = 5 - (place * 7 + number * 3) % 4 % 3 if one.area != weak else 2 + place % 3
            given[one.pk] = surveys.Given(mark=max(1, min(5, mark)))
    if place % 2 and recipient.channel != "telephone":
        surveys.answer(recipient, given)
    else:
        surveys.key_in(recipient, given, by=by)
