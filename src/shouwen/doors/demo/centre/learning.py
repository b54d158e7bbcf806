"""What the demo's service centre learns from a year: reviewed calls, articles, the board.

Made by the verbs; whoever calls it has let the contacts of the year happen. What stands is found,
not made twice.
"""

from contextlib import suppress
from datetime import datetime, time, timedelta

from django.db import transaction

from shouwen.doors.demo.company import Company
from shouwen.engines.dues.tied import periods
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.foundation.refusal import Refused
from shouwen.outcomes.conduct import actions as conduct
from shouwen.outcomes.conduct import norms
from shouwen.work.cases.models import Case
from shouwen.work.interactions.models import Direction, Interaction
from shouwen.work.knowledge import articles, bulletins, summaries, taboo
from shouwen.work.knowledge.models import Article

QUARTERS = 3
MOST_ARTICLES, TOPICS = 8, 4
PHRASES = (
    ("你自己看着办", "我来帮您看看怎么办最好"), ("跟你说了多少遍", "我再为您说明一遍"),
)  # fmt: skip
EACH = 5
"""One call in so many was listened to."""
IN_ENGLISH = {
    "停车证怎么办": (
        "How to get a parking permit",
        "Bring your vehicle licence and identity card to the front desk.",
    ),
    "大件垃圾怎么丢": (
        "Throwing away bulky things",
        "Book a Wednesday or Saturday morning; we collect at your door.",
    ),
    "充电桩怎么收费": (
        "What charging costs",
        "You pay by the unit, and a fifth less between 10 p.m. and 6 a.m.",
    ),
}
"""Titles and texts on the board for those who read no Chinese."""


def make_learning(company: Company, at: datetime) -> int:
    """Taboo phrases, reviews of calls, articles, summaries of the quarters, the bulletin."""
    if Article.objects.filter(division=company.sister).exists():
        return 0
    with transaction.atomic():
        _forbid(company, at)
        _review(company, at)
        _write(company, at)
        _sum_up(company, at)
    return Article.objects.filter(division=company.sister).count()


def _forbid(company: Company, at: datetime) -> None:
    with rehearsal(at - timedelta(days=390)):
        for phrase, instead in PHRASES:
            taboo.add_phrase(
                company.sister, phrase, instead=instead, by=company.people["suqinghe"]
            )  # fmt: skip


def _review(company: Company, at: datetime) -> None:
    """The shift lead listens to some calls; now and then an item fails, and is admitted."""
    lead = company.people["panyuting"]
    agents = [company.people[name] for name in ("liangxiaoman", "fuxinyi", "mengzihan")]
    calls = Interaction.objects.filter(
        division=company.sister, channel="phone", direction=Direction.IN, taker__in=agents,
        at__lt=at - timedelta(days=2),
    ).select_related("division", "taker")  # fmt: skip
    for place, call in enumerate(calls.order_by("at")[::EACH]):
        with rehearsal(call.at + timedelta(days=1)):
            items = norms.items(company.sister, "call", clock.now())
            marks = {one.code: 5 - (place + number) % 3 for number, one in enumerate(items)}
            comments = {}
            if place == 2:
                code = items[0].code
                marks[code], comments[code] = 1, "抢话两次，客户没有说完。"
            conduct.submit_review(call, conduct.Marks(marks, comments, "按表逐项打分。"), by=lead)


def _write(company: Company, at: datetime) -> None:
    """The commonest answers are kept; another agent confirmed all but the newest."""
    agent, other = company.people["fuxinyi"], company.people["mengzihan"]
    asked = Case.objects.filter(
        division=company.sister, kind="consultation", state="closed", closed_at__lt=at
    ).select_related("division")
    newest = {case.title: case for case in asked.order_by("closed_at")}
    chosen = sorted(newest.values(), key=lambda case: case.closed_at or at)[-MOST_ARTICLES:]
    for place, case in enumerate(chosen):
        with rehearsal(min((case.closed_at or at) + timedelta(hours=2), at)):
            made = articles.write(case, articles.proposed(case), by=agent)
            if place < len(chosen) - 1:
                articles.confirm(made, by=other)


def _sum_up(company: Company, at: datetime) -> None:
    """Each quarter that is over was summed up, and the board of the next one was decided."""
    quarter = periods.period_of("quarter", clock.day_of(at))
    for _turn in range(QUARTERS):
        quarter = periods.before("quarter", quarter)
    for _turn in range(QUARTERS):
        with rehearsal(clock.local(quarter.last, time(16))), suppress(Refused):  # nothing was asked
            _one_quarter(company, quarter.key)
        quarter = periods.after("quarter", quarter)


def _one_quarter(company: Company, key: str) -> None:
    lead, director = company.people["panyuting"], company.people["suqinghe"]
    with transaction.atomic():
        made = summaries.draw_up(company.sister, key, by=lead)
        comment = "停车与装修问得最多，建议上宣传栏。"
        made = summaries.submit(made, comment=comment, by=lead)
        asked = {row["title"]: row["case"] for row in made.rows}
        topics = [_topic(title, case) for title, case in list(asked.items())[:TOPICS]]
        board = bulletins.decide(made, topics, by=director)
        bulletins.publish(board, by=director)


def _topic(title: str, case: int) -> bulletins.TopicDraft:
    """A question of the quarter with its answer, in English too where somebody translated it."""
    answer = articles.proposed(Case.objects.get(pk=case)).answer
    title_en, text_en = IN_ENGLISH.get(title, ("", ""))
    return bulletins.TopicDraft(title, answer, None, [case], title_en, text_en)
