"""The call-backs of the demo company's service centre: made by the verbs, at their own hours.

`make_callbacks(company, at)` may be called again and again: what is answered, drawn or submitted
stays, and only what has come due since is added. The calls of the last day are left to whoever
looks.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.db import transaction

from shouwen.doors.demo.company import Company
from shouwen.engines.dues.models import Due
from shouwen.engines.dues.tied import periodic, periods
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.work.callbacks import access, actions, figures, queries, rules
from shouwen.work.callbacks.models import (
    Audit,
    Callback,
    CallbackReport,
    Reason,
    Sample,
    State,
)
from shouwen.work.callbacks.oversight import auditing
from shouwen.work.cases import actions as cases
from shouwen.work.surveys import actions as surveys
from shouwen.work.surveys.models import Rating

from . import rounds

LEFT_OPEN, FORGOTTEN = timedelta(days=1), timedelta(days=6)
MONTHS = 6
DECIDED_AFTER, CARRIED_OUT = timedelta(days=21), timedelta(days=60)
SAID = (
    "师傅来得很快，半小时就修好了。", "修得不错，还把地面收拾干净了。", "可以，没有再出问题。",
    "电话里讲得很清楚，满意。", "等了两天才来，修倒是修好了。",
)  # fmt: skip
UNHAPPY = ("修过之后第二天又漏水了。", "约好上午来，下午才到，也没有电话。")
SUGGESTIONS = (
    "希望晚上八点以后也能报修。", "电梯里最好贴上报修电话。", "楼道灯换成声控的。",
    "快递柜旁边加一盏灯。", "保洁最好避开早高峰。",
)  # fmt: skip
OPINIONS = ("门禁卡补办太慢。", "绿化带浇水时常溅到人行道。")
PROBLEMS = ("地库三区积水多日未处理。", "前台电话中午无人接听。")
DIFFERENT = ("different", 70, "用户说没有接到过电话。")


def make_callbacks(company: Company, at: datetime) -> int:
    """Answer the calls of the past, deliver projects, draw samples, write reports; how many."""
    division = company.sister
    if figures.record_clause(division, at) is None or not org.people("customer_service", division):
        return 0
    made = rounds.make_rounds(division, at, lambda moment: _answer(division, moment, at))
    made += _answer(division, at - LEFT_OPEN, at)
    return made + sum(
        act(division, at) for act in (_samples, _audits, _report, _decide, _follow_up)
    )


def _answer(division: Unit, until: datetime, at: datetime) -> int:
    """Ring everybody whose call was planned up to a moment, as it would have gone."""
    waiting = Callback.objects.filter(division=division, state=State.OPEN, planned_at__lte=until)
    done = 0
    for callback in waiting.exclude(reason=Reason.SAMPLE).order_by("planned_at", "id"):
        if callback.pk % 17 == 0 and callback.planned_at > at - FORGOTTEN:
            continue  # one in a while is forgotten, and the day's rate shows it
        with rehearsal(_hour(callback.planned_at, callback.pk)), transaction.atomic():
            _ring(callback)
        done += 1
    return done


def _hour(planned: datetime, number: int) -> datetime:
    """Some hours later, on the same day where that is possible."""
    evening = clock.local(clock.day_of(planned), time(20, number % 60))
    return max(planned + timedelta(minutes=5), min(planned + timedelta(hours=3), evening))


def _ring(callback: Callback) -> None:
    by = _owner(callback)
    if callback.pk % 5 == 0:
        actions.attempt(callback, "no_answer" if callback.pk % 2 else "busy", by=by)
    if callback.pk % 23 == 0:
        actions.attempt(callback, "refused", by=by)
        return
    actions.submit(callback, _answer_to(callback), by=by)


def _owner(callback: Callback) -> Person:
    if callback.person_id:
        return org.person(callback.person_id)
    return _who(callback.division, callback.role)


def _answer_to(callback: Callback) -> rules.Answer:
    number, now = callback.pk, clock.now()
    lines = figures.lines_of(callback, now)
    best = figures.asked_of(callback, now).best
    unhappy = number % 13 == 0
    marks = {
        line.key: None if (number + place) % 11 == 0 else max(1, best - (number + place * 3) % 3)
        for place, line in enumerate(lines)
    }
    suggestion = SUGGESTIONS[number % len(SUGGESTIONS)] if number % 6 == 0 else ""
    opinion = OPINIONS[number % len(OPINIONS)] if number % 14 == 0 else ""
    return rules.Answer(
        satisfied=not unhappy,
        words=UNHAPPY[number % len(UNHAPPY)] if unhappy else SAID[number % len(SAID)],
        opinion=opinion, suggestion=suggestion, none_given=not (opinion or suggestion),
        marks=marks,
    )  # fmt: skip


def _samples(division: Unit, at: datetime) -> int:
    """The two quarters that ended last, drawn on their first morning after.

    Of the older one everything is done and archived; in the newer one the last call is missing.
    """
    clause = figures.sample_quota(division, at)
    if clause is None:
        return 0
    this = periods.period_of(clause.spec.per, clock.day_of(at))
    last = periods.before(clause.spec.per, this)
    older = periods.before(clause.spec.per, last)
    made = _sample(division, older, last, at, whole=True)
    return made + _sample(division, last, this, at, whole=False)


def _sample(
    division: Unit, quarter: periods.Period, after: periods.Period, at: datetime, *, whole: bool
) -> int:
    if Sample.objects.filter(division=division, period=quarter.key).exists():
        return 0
    clause = figures.sample_quota(division, at)
    assert clause is not None
    director = _who(division, access.owners_of(clause)[0])
    with rehearsal(_morning(after.first, at)) as now, transaction.atomic():
        sample = actions.draw_sample(division, quarter.key, by=director)
        drawn = list(sample.drawn.select_related("callback"))
        for place, item in enumerate(drawn if whole else drawn[:-1]):
            now.wait(hours=2 if place % 3 else 24)
            if item.callback:
                actions.submit(item.callback, _found(item.callback, place, whole), by=director)
        if whole:
            now.wait(days=3)
            _close(sample, director)
    return 1


def _found(callback: Callback, place: int, whole: bool) -> rules.Answer:
    """What the director hears: of the first one a problem, of the second one a suggestion."""
    said = _answer_to(callback)
    if place == 0:
        problem = PROBLEMS[whole]
        return replace(said, satisfied=False, words=problem, problem=problem)
    if place == 1:
        return replace(said, suggestion=SUGGESTIONS[whole], none_given=False)
    return said


def _close(sample: Sample, director: Person) -> None:
    """What was found has its result, and the quarter is archived."""
    for item in sample.drawn.filter(linked__isnull=False).select_related("linked"):
        if item.linked:
            cases.close_ordinary(item.linked, "当天派人处理，已回告客户。", by=director)
    actions.close_sample(sample, by=director)


def _morning(day: date, at: datetime) -> datetime:
    return min(clock.local(day, time(9, 30)), at)


def _audits(division: Unit, at: datetime) -> int:
    """Both departments assessed the quarter before last; of the last one, one of them is late."""
    clause = auditing.clause_of(division, at)
    this = periods.period_of(clause.spec.every, clock.day_of(at))
    last = periods.before(clause.spec.every, this)
    older = periods.before(clause.spec.every, last)
    first, second = access.owners_of(clause)[:2]
    made = 0
    for quarter, roles in ((older, (first, second)), (last, (first,))):
        if Audit.objects.filter(division=division, period=quarter.key).exists():
            continue
        with rehearsal(clock.local(quarter.first, time(8))):
            periodic.open_duty(clause, division, quarter)
        made += sum(_audit(division, quarter, role, at) for role in roles)
    return made


def _audit(division: Unit, quarter: periods.Period, role: str, at: datetime) -> int:
    if not org.people(role, division):
        return 0
    by = _who(division, role)
    with rehearsal(_morning(quarter.last, at)):
        try:
            with transaction.atomic():
                audit = actions.draw_audit(division, quarter.key, role, by=by)
                fine = ("confirmed", 97 - len(role) % 5, "")
                for place, item in enumerate(audit.items.all()):
                    truth, score, finding = DIFFERENT if place == 3 else fine
                    actions.check(item, truth, score - place, finding=finding, by=by)
                actions.submit_audit(audit, opinion="记录基本属实，一件须查明。", by=by)
        except Refused:
            return 0  # nothing was called in that quarter yet
    return 1


def _report(division: Unit, at: datetime) -> int:
    """The reports of the past months; the newest waits for the director."""
    made = 0
    for month in _months(at):
        if CallbackReport.objects.filter(division=division, period=month.key).exists():
            continue
        calls = Callback.objects.filter(
            division=division, counted_on__range=(month.first, month.last)
        )
        if not calls.exists():
            continue
        agent = _who(division, "customer_service")
        with rehearsal(_morning(month.last + timedelta(days=3), at)), transaction.atomic():
            report = actions.draw_up(division, month.key, by=agent)
            comment = "本月以水暖报修为主，返修集中在老旧阀门，建议下月统一更换。"
            actions.write(report, comment, version=report.version, by=agent)
            actions.submit_report(report, by=agent)
            if month.last < clock.day_of(at) - timedelta(days=40):
                director = _who(division, "customer_service.manager")
                with rehearsal(clock.now() + timedelta(hours=30)):
                    actions.acknowledge(report, answer="知悉，请工程部跟进。", by=director)
        made += 1
    return made


def _decide(division: Unit, at: datetime) -> int:
    """What was suggested more than three weeks ago is decided, and some of it carried out."""
    long_ago = queries.suggestions([division.pk]).filter(decision="", at__lt=at - DECIDED_AFTER)
    director = _who(division, "customer_service.manager")
    agent = _who(division, "customer_service")
    for row in (found := list(long_ago.order_by("id"))):
        with rehearsal(row.at + DECIDED_AFTER), transaction.atomic():
            if row.pk % 3 == 0:
                actions.decide(row, "declined", reason="预算已定，列入明年计划。", by=director)
                continue
            day = clock.today() + timedelta(days=14)
            actions.decide(row, "adopted", owner=agent, due_on=day, by=director)
            if row.pk % 3 == 1 or row.at < at - CARRIED_OUT:
                actions.note_effect(row, "已落实，用户反映良好。", by=agent)
    return len(found)


def _follow_up(division: Unit, at: datetime) -> int:
    """The superiors followed up what dissatisfied customers said, but for the newest."""
    low = Rating.objects.filter(division=division, low=True, follow_up__isnull=True)
    done = 0
    for rating in low.filter(at__lt=at - FORGOTTEN).order_by("id"):
        due = Due.objects.open().filter(key=f"rating:{rating.pk}").first()
        if due is None or not (due.person or due.role):
            continue
        with rehearsal(rating.at + LEFT_OPEN), transaction.atomic():
            by = due.person or _who(division, due.role)
            surveys.follow_up(rating, "已致歉并复查，客户认可。", by=by)
        done += 1
    return done


def _months(at: datetime) -> Iterator[periods.Period]:
    found = periods.period_of("month", clock.day_of(at))
    for _turn in range(MONTHS):
        found = periods.before("month", found)
        if queries.period_named("month", found.key):
            yield found


def _who(division: Unit, role: str) -> Person:
    """Whoever does it: the lowest rank that suffices."""
    return org.people(role, division)[0]
