"""Cases that the product's own verbs play: each kind, each stage, in time and late.

A story is told up to a stage and then left, or to its end; between two steps the workers take their
sweeps, so that what they write belongs to it too.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F

from shouwen.doors.demo.company import Company
from shouwen.doors.jobs.sweeps import registered
from shouwen.engines.dues.models import Due
from shouwen.engines.notices.models import Notice
from shouwen.engines.search import actions as search
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import Rehearsal
from shouwen.ground.org.models import Person
from shouwen.regulations.r04_quality_complaints import rehearse
from shouwen.regulations.vocabulary.cases import called_back, go_on
from shouwen.work.cases import actions as cases
from shouwen.work.cases.centre import contacting, replying
from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Customer, Shipment
from shouwen.work.interactions import actions as interactions

from . import company, words
from .company import PHONE
from .tables import FIRST_MARK

WATCHED = ("dues.sweep", "notices.mail", "knowledge.taboo")
FOLLOW_UPS = 10
NEWS = timedelta(days=2)
AFTERWARDS = timedelta(days=20)
STALE = 45
"""Days after which the last clock of an open case has been said to be missed."""


@dataclass(frozen=True)
class Archetype:
    """One case to be played.

    `weight`: its share among the closed, or among the open ones. `acts`: after so many it is left
    as it is; None plays to the end. `begins`: days before now, for an open one; `hour` of that day.
    `followed` ones are talked about ten times more.
    """

    kind: str
    buyer: str
    weight: float
    acts: int | None = None
    begins: int = 0
    hour: int = 9
    slow: bool = False
    followed: bool = False
    variant: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is left open."""
        return self.acts is not None

    @property
    def is_stale(self) -> bool:
        """Left open for so long that every clock of it has run out: nothing is to come for it."""
        return self.is_open and self.begins >= STALE

    @property
    def name(self) -> str:
        """What the progress says."""
        end = f"open after {self.acts}" if self.is_open else "closed"
        marks = [self.variant, "slow" * self.slow, "followed" * self.followed]
        return " ".join([self.kind, end, *filter(None, marks)])


@dataclass
class Stage:
    """Where a story is played: people, customer, clock."""

    firm: Company
    customer: Customer
    shipment: Shipment | None
    day: Rehearsal
    until: datetime

    def who(self, name: str) -> Person:
        """A person by user name."""
        return self.firm.people[name]

    def later(self, hours: float) -> bool:
        """Let time pass to an hour at which people work; false where the story has to stop."""
        moment = self.day.at + timedelta(hours=hours)
        local = moment.astimezone(clock.COMPANY_ZONE)
        if local.hour >= 17 or local.hour < 8:
            on = local.date() + timedelta(days=local.hour >= 17)
            moment = clock.local(on, time(9, 7))
        while moment.astimezone(clock.COMPANY_ZONE).weekday() > 4:
            moment += timedelta(days=1)
        if moment >= self.until:
            return False
        self.let_pass(moment)
        return True

    def let_pass(self, until: datetime) -> None:
        """Time goes by; the workers say what comes due in it at the moment at which it does."""
        dues = Due.objects.filter(pk__gt=FIRST_MARK, settled_at__isnull=True)
        while True:
            waking = dues.filter(next_wake_at__gt=self.day.at, next_wake_at__lte=until)
            first = waking.order_by("next_wake_at").first()
            if first is None or first.next_wake_at is None:
                break
            self.day.move(first.next_wake_at)
            self.sweep()
        self.day.move(until)

    def sweep(self) -> None:
        """What the workers do in a quiet moment."""
        looks = {one.name: one.look for one in registered()}
        for name in WATCHED:
            while looks[name](clock.now()):
                pass
        while search.index_waiting():
            pass


Act = tuple[float, Callable[[], object]]


def play(archetype: Archetype, stage: Stage) -> Case:
    """The case, as far as its archetype goes; then the workers come until nothing is left to do."""
    case = _OPENINGS[archetype.kind](archetype, stage)
    stage.sweep()
    for number, (hours, act) in enumerate(_course(archetype, stage, case)):
        if number == archetype.acts or not stage.later(hours * (4 if archetype.slow else 1)):
            break
        act()
        case.refresh_from_db()
        stage.sweep()
    _wait(archetype, stage)
    return case


def _wait(archetype: Archetype, stage: Stage) -> None:
    """Days go by, to this day for an open case: what comes due in them is said."""
    last = stage.until if archetype.is_open else min(stage.until, stage.day.at + AFTERWARDS)
    stage.let_pass(last)
    _read(stage.until)


def _read(at: datetime) -> None:
    """People read what they were told; only the last days are still news."""
    told = Notice.objects.filter(pk__gt=FIRST_MARK, at__lt=at - NEWS)
    told.filter(read_at__isnull=True).update(read_at=F("at"))


def _course(archetype: Archetype, stage: Stage, case: Case) -> Iterator[Act]:
    acts = _COURSES[archetype.kind](archetype, stage, case)
    if archetype.followed:
        first = next(acts, None)
        yield from [first] if first else []
        yield from _follow_ups(stage, case)
    yield from acts


def _follow_ups(stage: Stage, case: Case) -> Iterator[Act]:
    """The customer asks, is answered, asks again."""
    agent = stage.who("liangxiaoman")

    def asks(number: int) -> None:
        draft = interactions.Draft(
            case.division, words.mark(words.TALK + number), nature="follow_up",
            customer=case.customer, name=words.mark(words.CALLER), phone=PHONE,
        )  # fmt: skip
        spoken = interactions.record_interaction(draft, by=agent)
        contacting.tie_contact(spoken, case, by=agent)

    def answers(number: int) -> None:
        text = words.mark(words.TALK + number)
        replying.reply(case, text, definite=False, by=agent)

    for number in range(FOLLOW_UPS):
        act = asks if number % 2 == 0 else answers
        yield 0.4, lambda act=act, number=number: act(number)  # type: ignore[misc]


# -- the factory -----------------------------------------------------------------------------------


def _story(archetype: Archetype, stage: Stage) -> rehearse.Story:
    assert stage.shipment is not None
    method, _sign, severity = archetype.variant.partition("/")
    return rehearse.Story(
        shipment=stage.shipment,
        defective=Decimal(12),
        title=words.mark(words.TITLE),
        phenomenon=words.mark(words.BODY),
        demand="explain",
        method=method or "rework",
        amount="800",
        quantity="12",
        upheld=method != "none",
        severity=int(severity or 1),
    )


def _open_quality(archetype: Archetype, stage: Stage) -> Case:
    intake = rehearse.intake_of(_story(archetype, stage))
    spoken = replace(intake, caller=words.mark(words.CALLER), phone=PHONE)
    assert stage.customer.salesperson is not None
    return cases.open_case(spoken, by=stage.customer.salesperson)


def _quality(archetype: Archetype, stage: Stage, case: Case) -> Iterator[Act]:
    story = _story(archetype, stage)
    yield 0.5, lambda: rehearse.step(case, story)
    while case.state == "open":
        yield _PACE.get(case.stage, 5), lambda: rehearse.step(case, story)
    yield 3, lambda: _receive_copies(case)


def _receive_copies(case: Case) -> None:
    """Every unit signs for its copy."""
    from shouwen.engines.documents import actions as documents
    from shouwen.engines.documents.models import Copy
    from shouwen.ground.org import queries as org

    waiting = Copy.objects.filter(sheet__matter_kind="case", sheet__matter_id=case.pk)
    for copy in waiting.filter(received_at__isnull=True).select_related("sheet", "unit"):
        by = org.people(f"unit:{copy.unit.code}", copy.sheet.division_id)[0]
        documents.receive_copy(copy, by=by)


_PACE = {"acceptance": 4, "investigation": 24, "production": 20, "determination": 7}
"""Hours that a stage takes."""


def _open_ordinary(archetype: Archetype, stage: Stage) -> Case:
    intake = cases.Intake(
        stage.customer.division, stage.customer, archetype.variant or "delivery",
        words.mark(words.TITLE), words.mark(words.BODY), causes_loss=False,
        caller=words.mark(words.CALLER), phone=PHONE,
    )  # fmt: skip
    assert stage.customer.salesperson is not None
    return cases.open_case(intake, by=stage.customer.salesperson)


def _ordinary(archetype: Archetype, stage: Stage, case: Case) -> Iterator[Act]:
    by = stage.customer.salesperson
    assert by is not None
    yield 6, lambda: cases.close_ordinary(case, words.mark(words.WANTED), by=by)


# -- the service centre ----------------------------------------------------------------------------

TAKER, AGENT = "fuxinyi", "liangxiaoman"
_NATURE = {"complaint": "problem", "consultation": "enquiry", "repair": "service"}
_CATEGORY = {"complaint": "noise", "consultation": "parking", "repair": "repair"}


def _open_contact(archetype: Archetype, stage: Stage) -> Case:
    kind, taker = archetype.kind, stage.who(TAKER)
    draft = interactions.Draft(
        stage.customer.division, words.mark(words.BODY), nature=_NATURE.get(kind, "demand"),
        customer=stage.customer, name=words.mark(words.CALLER), phone=PHONE,
        subject=words.mark(words.TITLE), wanted=words.mark(words.WANTED),
    )  # fmt: skip
    spoken = interactions.record_interaction(draft, by=taker)
    intake = cases.Intake(
        stage.customer.division, stage.customer, _category(archetype), words.mark(words.TITLE), "",
        kind=kind, sheet={"address": stage.customer.address, "handler": stage.who(AGENT).pk},
    )  # fmt: skip
    return contacting.open_from(spoken, intake, by=taker)


def _category(archetype: Archetype) -> str:
    return archetype.variant.partition("/")[0] or _CATEGORY.get(archetype.kind, "billing")


def _complaint(archetype: Archetype, stage: Stage, case: Case) -> Iterator[Act]:
    taker, agent, lead = stage.who(TAKER), stage.who(AGENT), stage.who("panyuting")
    grade = archetype.variant.partition("/")[2] or "small"
    graded = {"category": _category(archetype), "grade": grade, "true_cause": "施工未避开午休",
              "handler": agent}  # fmt: skip
    done = {"measures": "上门核实后处理", "result": "已恢复正常", "met": "yes_"}
    yield 0.2, lambda: go_on(case, by=taker)
    yield 0.5, lambda: go_on(case, data=graded, by=lead)
    if grade != "small":
        told = {"instruction": "当天处置，明确答复客户。"}
        yield 0.4, lambda: go_on(case, data=told, by=stage.who("suqinghe"))
    yield 3, lambda: go_on(case, data=done, by=agent)
    yield 1, lambda: replying.reply(case, "已处理完毕，请您查看。", by=agent)
    yield 5, lambda: called_back(case, True, "已解决，谢谢。", by=taker)
    filed = {"problem": words.mark(words.TITLE), "solution": "上门核实后处理"}
    yield 1, lambda: go_on(case, data=filed, by=taker)


def _consultation(archetype: Archetype, stage: Stage, case: Case) -> Iterator[Act]:
    taker = stage.who(TAKER)
    answer = {"text": "带证件到前台办理，当天可取。", "satisfied": "yes_"}
    yield 0.1, lambda: go_on(case, by=taker)
    yield 0.3, lambda: go_on(case, data=answer, by=taker)


def _repair(archetype: Archetype, stage: Stage, case: Case) -> Iterator[Act]:
    repairer = stage.who("niuxiaobing")

    def repaired() -> Case:
        work: dict[str, Any] = {
            "arrived_at": (clock.now() - timedelta(minutes=40)).isoformat(),
            "done": "更换配件并试机正常。",
            "finished_at": clock.now().isoformat(),
        }
        return go_on(case, data=work, by=repairer)

    yield 0.1, lambda: go_on(case, by=stage.who(TAKER))
    yield 0.5, lambda: go_on(case, data={"repairer": repairer}, by=stage.who("qiaodashan"))
    yield 3, repaired
    yield 2, lambda: replying.reply(case, "已修好，请试用。", by=stage.who(AGENT))
    yield 1, lambda: called_back(case, True, "修好了。", by=stage.who(AGENT))


def _request(archetype: Archetype, stage: Stage, case: Case) -> Iterator[Act]:
    taker, agent = stage.who(TAKER), stage.who(AGENT)

    def fulfilled() -> Case:
        today: date = clock.today()
        done = {"result": "已办妥并通知本人", "fulfilled_on": today.isoformat()}
        return go_on(case, data=done, by=agent)

    yield 0.2, lambda: go_on(case, by=taker)
    yield 5, fulfilled
    yield 1, lambda: replying.reply(case, "您要的已经办好。", by=agent)
    yield 2, lambda: called_back(case, True, "办好了。", by=taker)


_OPENINGS: dict[str, Callable[[Archetype, Stage], Case]] = {
    "quality": _open_quality,
    "ordinary": _open_ordinary,
    "complaint": _open_contact,
    "consultation": _open_contact,
    "repair": _open_contact,
    "request": _open_contact,
}
_COURSES: dict[str, Callable[[Archetype, Stage, Case], Iterator[Act]]] = {
    "quality": _quality,
    "ordinary": _ordinary,
    "complaint": _complaint,
    "consultation": _consultation,
    "repair": _repair,
    "request": _request,
}
BUYERS = {one.name: one for one in company.BUYERS}
