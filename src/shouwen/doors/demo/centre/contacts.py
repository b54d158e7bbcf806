"""A year of contacts at the service centre, made by the verbs at the days on which they happened.

Calls, letters, visits, mail: complaints of each class, consultations, repairs and requests;
answered in time and late, handed on, sent back by a customer who was not content. Each follows a
plan drawn from a fixed seed. Those of the last days are made at once; the worker fills in the rest.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from shouwen.doors.demo.company import Company
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import Rehearsal, rehearsal
from shouwen.ground.journal.actions import record
from shouwen.ground.journal.models import Entry
from shouwen.ground.org.models import Person
from shouwen.regulations.vocabulary.cases import called_back, go_on
from shouwen.work.cases.actions import Intake
from shouwen.work.cases.centre import contacting, owning, replying
from shouwen.work.cases.models import Case
from shouwen.work.customers import actions as sales
from shouwen.work.customers.drafts import CustomerDraft
from shouwen.work.customers.models import Customer
from shouwen.work.interactions import actions as interactions

from . import staff
from .sayings import SAYINGS, Saying

CONTACTS = 160
SEED = 3_56
RECENT = timedelta(days=12)
MADE = "demo.contact"
MORNING, EVENING = time(9, 5), time(17)
AGENTS = ("liangxiaoman", "fuxinyi", "mengzihan", "pengzhigang")
CHANNELS = ("phone", "phone", "phone", "phone", "visit", "letter", "mail", "fax")


@dataclass(frozen=True)
class Plan:
    """One contact before it happens."""

    index: int
    opened_at: datetime
    saying: Saying
    customer: int
    taker: str
    channel: str
    late: bool
    content: bool
    """What the customer says when he is called back the first time."""
    handed_on: bool


def build_customers(company: Company, at: datetime) -> list[Customer]:
    """Who lives and trades there; made now unless they exist."""
    found = Customer.objects.filter(division=company.sister).order_by("id")
    if not found.exists():
        with rehearsal(at - timedelta(days=400)), transaction.atomic():
            for draft in _drafts(company.people["jinmanlou"]):
                sales.create_customer(company.sister, draft, by=company.people["jinmanlou"])
    return list(found.all())


def _drafts(salesperson: Person) -> list[CustomerDraft]:
    homes = [
        CustomerDraft(f"Y1-{room}", name, "domestic", salesperson=salesperson,
                      phone=f"1390000{index:04}", address=f"悦府一栋{room}室")
        for index, (room, name) in enumerate(staff.RESIDENTS, 1)
    ]  # fmt: skip
    shops = [
        CustomerDraft(f"S-{place}", zh, "domestic", salesperson=salesperson, name_en=en,
                      phone=f"1370000{index:04}", address=f"悦府商铺{place}")
        for index, (place, zh, en) in enumerate(staff.SHOPS, 1)
    ]  # fmt: skip
    return homes + shops


def plans(company: Company, at: datetime) -> list[Plan]:
    """Every contact of the year up to a moment, oldest first; the same for the same day."""
    draw = random.Random(SEED)  # noqa: S311 - a story, not a secret
    first = clock.day_of(at) - timedelta(days=360)
    days = sorted(draw.randrange(361) for _each in range(CONTACTS))
    customers = [one.pk for one in build_customers(company, at)]
    made = []
    for index, day in enumerate(days):
        moment = clock.local(first + timedelta(days=day), _office_hour(draw))
        plan = Plan(
            index, moment, draw.choice(SAYINGS), draw.choice(customers), draw.choice(AGENTS),
            draw.choice(CHANNELS), draw.random() < 0.12, draw.random() < 0.85,
            draw.random() < 0.08,
        )  # fmt: skip
        if moment < at:
            made.append(plan)
    return made


def _office_hour(draw: random.Random) -> time:
    return time(9 + draw.randrange(8), draw.randrange(60))


def missing(company: Company, at: datetime) -> list[Plan]:
    """Plans that have not happened yet: the last days first, then from the oldest on."""
    done = set(Entry.objects.filter(event=MADE).values_list("data__plan", flat=True))
    waiting = [plan for plan in plans(company, at) if plan.index not in done]
    recent = [plan for plan in waiting if plan.opened_at >= at - RECENT]
    return recent + [plan for plan in waiting if plan.opened_at < at - RECENT]


def recent_only(waiting: list[Plan], at: datetime) -> list[Plan]:
    """Those that have to stand before anybody looks."""
    return [plan for plan in waiting if plan.opened_at >= at - RECENT]


def make(company: Company, wanted: list[Plan], at: datetime) -> int:
    """Let the contacts happen, each in its own transaction; returns how many."""
    for plan in wanted:
        with rehearsal(plan.opened_at) as day, transaction.atomic():
            case = _Player(company, plan, day, at).play()
            record(MADE, case, by=None, plan=plan.index)
    return len(wanted)


class _Player:
    """Plays one contact through its course, as far as the time reaches."""

    def __init__(self, company: Company, plan: Plan, day: Rehearsal, until: datetime) -> None:
        self.people, self.plan, self.day, self.until = company.people, plan, day, until
        self.draw = random.Random(SEED + plan.index)  # noqa: S311
        self.customer = Customer.objects.select_related("division").get(pk=plan.customer)
        self.agent = self.people["fuxinyi" if plan.taker == "liangxiaoman" else "liangxiaoman"]

    def play(self) -> Case:
        """The contact, and what came of it."""
        taker, said = self.people[self.plan.taker], self.plan.saying
        draft = interactions.Draft(
            self.customer.division, said.words, channel=self.plan.channel,
            nature=said.nature, customer=self.customer, name=self.customer.name_zh,
            phone=self.customer.phone, subject=said.title, wanted=said.wanted,
        )  # fmt: skip
        spoken = interactions.record_interaction(draft, by=taker)
        intake = Intake(
            self.customer.division, self.customer, said.category, said.title, said.words,
            kind=said.kind, wanted=said.wanted,
            sheet={"address": self.customer.address, "handler": self.agent.pk},
        )  # fmt: skip
        case = contacting.open_from(spoken, intake, by=taker)
        for hours, act in self._acts(said.kind, case):
            if not self._later(hours):
                break
            act()
            case.refresh_from_db()
        return case

    def _later(self, hours: float) -> bool:
        """Let time pass, to an hour at which people work; false where the story has to stop."""
        moment = self.day.at + timedelta(hours=hours * (4 if self.plan.late else 1))
        if moment > clock.local(clock.day_of(moment), EVENING):
            moment = clock.local(clock.day_of(moment) + timedelta(days=1), MORNING)
        if moment >= self.until:
            return False
        self.day.move(moment)
        return True

    def _acts(self, kind: str, case: Case) -> list[tuple[float, Callable[[], object]]]:
        return {
            "complaint": self._complaint,
            "consultation": self._consultation,
            "repair": self._repair,
            "request": self._request,
        }[kind](case)

    def _go(self, case: Case, who: Person, data: dict[str, Any] | None = None) -> Case:
        return go_on(case, data=data, by=who)

    def _complaint(self, case: Case) -> list[tuple[float, Callable[[], object]]]:
        said, people, plan = self.plan.saying, self.people, self.plan
        taker = people[plan.taker]
        graded = {"category": said.category, "grade": said.grade, "true_cause": said.cause,
                  "handler": self.agent}  # fmt: skip
        done = {"measures": said.measure, "result": said.result, "met": "yes_"}
        acts: list[tuple[float, Callable[[], object]]] = [
            (0.2, lambda: self._go(case, taker)),
            (0.5, lambda: self._go(case, people["panyuting"], graded)),
        ]
        if said.grade != "small":
            told = {"instruction": "当天处置，明确答复客户。"}
            acts.append((0.4, lambda: self._go(case, people["suqinghe"], told)))
        if said.grade == "serious":
            acts.append((0.2, lambda: replying.reply(
                case, "已派人到场，稍后告知进展。", definite=False, by=self.agent)))  # fmt: skip
        if plan.handed_on:
            boss, reason = people["zhaotiezhu"], "属工程维修部职责。"
            acts += [
                (0.5, lambda: owning.transfer(case, boss, reason=reason, by=self.agent)),
                (1, lambda: owning.take_over(
                    case.transfers.get(state="waiting"), handler=self.agent, by=boss)),
            ]  # fmt: skip
        acts += [
            (3, lambda: self._go(case, self.agent, done)),
            (1, lambda: replying.reply(case, said.answer, by=self.agent)),
        ]
        if not plan.content:
            acts += [
                (5, lambda: called_back(case, False, "问题还在，没有解决。", by=taker)),
                (6, lambda: self._go(case, self.agent, {**done, "measures": "再次上门处理。"})),
            ]
        filed = {"problem": said.title, "solution": said.measure}
        return [
            *acts,
            (5, lambda: called_back(case, True, "已解决，谢谢。", by=taker)),
            (1, lambda: self._go(case, taker, filed) if case.grade != "serious" else case),
        ]

    def _consultation(self, case: Case) -> list[tuple[float, Callable[[], object]]]:
        taker = self.people[self.plan.taker]
        answer = {"text": self.plan.saying.answer, "satisfied": "yes_"}
        return [(0.1, lambda: self._go(case, taker)), (0.3, lambda: self._go(case, taker, answer))]

    def _repair(self, case: Case) -> list[tuple[float, Callable[[], object]]]:
        people, taker = self.people, self.people[self.plan.taker]
        repairer = people[self.draw.choice(("niuxiaobing", "goubaoguo"))]
        sent = {"repairer": repairer}

        def repaired() -> Case:
            work = {
                "arrived_at": (clock.now() - timedelta(minutes=40)).isoformat(),
                "done": self.plan.saying.measure,
                "finished_at": clock.now().isoformat(),
            }
            return self._go(case, repairer, work)

        return [
            (0.1, lambda: self._go(case, taker)),
            (0.5, lambda: self._go(case, people["qiaodashan"], sent)),
            (3, repaired),
            (2, lambda: replying.reply(case, self.plan.saying.answer, by=self.agent)),
            (1, lambda: called_back(case, True, "修好了。", by=self.agent)),
        ]

    def _request(self, case: Case) -> list[tuple[float, Callable[[], object]]]:
        taker = self.people[self.plan.taker]

        def fulfilled() -> Case:
            today: date = clock.today()
            done = {"result": self.plan.saying.result, "fulfilled_on": today.isoformat()}
            return self._go(case, self.agent, done)

        return [
            (0.2, lambda: self._go(case, taker)),
            (5, fulfilled),
            (1, lambda: replying.reply(case, self.plan.saying.answer, by=self.agent)),
            (2, lambda: called_back(case, True, "办好了。", by=taker)),
        ]
