"""The call-backs of the demo company's service centre: made by the verbs, at their own hours.

`make_callbacks(company, at)` may be called again and again: what is answered, drawn or submitted
stays, and only what has come due since is added. The calls of the last day are left to whoever
looks.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction

from shouwen.doors.demo.company import Company
from shouwen.engines.dues.tied import periods
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
    Project,
    Reason,
    Sample,
    State,
)
from shouwen.work.callbacks.oversight import auditing
from shouwen.work.callbacks.rounds.projects import ProjectDraft
from shouwen.work.customers.models import Customer

LEFT_OPEN = timedelta(days=1)
MONTHS = 4
DECIDED_AFTER = timedelta(days=21)
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
PROJECTS = (("一期门禁改造", 16), ("地库充电桩", 7), ("园区监控升级", 2), ("会所空调更换", None))


def make_callbacks(company: Company, at: datetime) -> int:
    """Answer the calls of the past, deliver projects, draw samples, write reports; how many."""
    division = company.sister
    if figures.record_clause(division, at) is None or not org.people("customer_service", division):
        return 0
    made = _deliver_projects(division, at) + _answer(division, at)
    return made + sum(act(division, at) for act in (_sample, _audit, _report, _decide))


def _deliver_projects(division: Unit, at: datetime) -> int:
    customers = list(Customer.objects.filter(division=division).order_by("pk")[: len(PROJECTS)])
    if Project.objects.filter(division=division).exists() or not customers:
        return 0
    agent = _who(division, "customer_service")
    for place, (name, months) in enumerate(PROJECTS):
        draft = ProjectDraft(customers[place % len(customers)], name, agent)
        with rehearsal(at - timedelta(days=2)), transaction.atomic():
            project = actions.register_project(division, draft, by=agent)
            if months is not None:
                day = clock.day_of(at) - timedelta(days=months * 30)
                actions.deliver(project, day, by=agent)
    return len(PROJECTS)


def _answer(division: Unit, at: datetime) -> int:
    """Ring everybody whose call is older than a day, as it would have gone."""
    waiting = Callback.objects.filter(
        division=division, state=State.OPEN, planned_at__lt=at - LEFT_OPEN
    )
    done = 0
    for callback in waiting.exclude(reason=Reason.SAMPLE).order_by("planned_at", "id"):
        if callback.pk % 17 == 0:
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
    problem = PROBLEMS[number % len(PROBLEMS)] if _has_problem(callback) else ""
    return rules.Answer(
        satisfied=not unhappy,
        words=UNHAPPY[number % len(UNHAPPY)] if unhappy else SAID[number % len(SAID)],
        opinion=opinion, suggestion=suggestion, none_given=not (opinion or suggestion),
        problem=problem, marks=marks,
    )  # fmt: skip


def _has_problem(callback: Callback) -> bool:
    return callback.reason == "sample" and callback.pk % 4 == 0


def _sample(division: Unit, at: datetime) -> int:
    """The last quarter that ended, drawn on its first working morning; a part of it is called."""
    clause = figures.sample_quota(division, at)
    if clause is None:
        return 0
    this = periods.period_of(clause.spec.per, clock.day_of(at))
    last = periods.before(clause.spec.per, this)
    if Sample.objects.filter(division=division, period=last.key).exists():
        return 0
    director = _who(division, access.owners_of(clause)[0])
    with rehearsal(_morning(this.first, at)), transaction.atomic():
        sample = actions.draw_sample(division, last.key, by=director)
        for item in list(sample.drawn.select_related("callback"))[: sample.size * 2 // 3]:
            if item.callback:
                actions.submit(item.callback, _answer_to(item.callback), by=director)
    return 1


def _morning(day: date, at: datetime) -> datetime:
    return min(clock.local(day, time(9, 30)), at)


def _audit(division: Unit, at: datetime) -> int:
    """One of the two departments has assessed the last quarter; the other one is late."""
    clause = auditing.clause_of(division, at)
    last = periods.before(clause.spec.every, periods.period_of(clause.spec.every, clock.day_of(at)))
    if Audit.objects.filter(division=division, period=last.key).exists():
        return 0
    role = access.owners_of(clause)[0]
    if not org.people(role, division):
        return 0
    by = _who(division, role)
    with rehearsal(_morning(last.last, at)):
        try:
            with transaction.atomic():
                audit = actions.draw_audit(division, last.key, role, by=by)
                for place, item in enumerate(audit.items.all()):
                    truth, score, finding = DIFFERENT if place == 3 else ("confirmed", 95, "")
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
            if row.pk % 3 == 1:
                actions.note_effect(row, "已落实，用户反映良好。", by=agent)
    return len(found)


def _months(at: datetime) -> Iterator[periods.Period]:
    found = periods.period_of("month", clock.day_of(at))
    for _turn in range(MONTHS):
        found = periods.before("month", found)
        if queries.period_named("month", found.key):
            yield found


def _who(division: Unit, role: str) -> Person:
    """Whoever does it: the lowest rank that suffices."""
    return org.people(role, division)[0]
