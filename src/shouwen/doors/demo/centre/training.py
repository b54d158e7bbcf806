"""How the demo's service centre trains its desk, made by the verbs on the days it would have been.

A plan of the year with trainings held and one that is late; skills of everybody at the desk, one
that expired and some that are missing. Whoever calls it has built the division and its people.
"""

from datetime import date, datetime, time, timedelta

from shouwen.doors.demo.company import Company
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import Rehearsal, rehearsal
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.work.training import access, queries
from shouwen.work.training import actions as training
from shouwen.work.training.models import Plan, Skill

PROGRAM = (
    (-200, "服务用语与忌语", "十二句忌语逐句改说法，情景演练一轮。"),
    (-110, "投诉受理与分级", "分级清单人人能背，易错的三类另发对照卡。"),
    (-35, "回访的问法", "按回访表逐项问，录音抽听两通。"),
    (-6, "工单系统操作", ""),
    (25, "年末回顾与新条文", ""),
)
"""Topic by days from today; without a result it is not held yet."""
DRAFTED = -230
OTHER_SKILL, LONG_AGO = "普通话二级", 400


def make_training(company: Company, at: datetime) -> Plan | None:
    """The plan and the skills of the centre's desk; what stands is found, not made twice."""
    return make_in(company.sister, at)


def make_in(division: Unit, at: datetime) -> Plan | None:
    """The same for any division; none where no department owes a plan."""
    heads = org.people("customer_service.manager", division, at)
    desk = queries.owing(division, at)
    if not heads or not desk:
        return None
    if found := Plan.objects.filter(unit=desk[0]).first():
        return found
    today, by = clock.day_of(at), heads[0]
    begun = today + timedelta(days=DRAFTED)
    with rehearsal(clock.local(begun, time(9))) as now:
        plan = _plan(desk[0], begun.year, today, by)
        staff = [one for one in access.people_of(desk[0], at) if one != by]
        _skills(division, staff, by, now, today)
        _hold(plan, staff, by, now, today)
    training.ask_retests(at)
    return plan


def _plan(unit: Unit, year: int, today: date, by: Person) -> Plan:
    days = [(topic, today + timedelta(days=away)) for away, topic, _result in PROGRAM]
    lines = [(topic, day) for topic, day in days if day.year == year]
    program = training.Program("客服培训计划", lines, min(4, len(lines)), 85)
    return training.submit_plan(training.draft_plan(unit, year, program, by=by), by=by)


def _hold(plan: Plan, staff: list[Person], by: Person, now: Rehearsal, today: date) -> None:
    """Everybody is invited; somebody else is away each time, somebody fails now and then."""
    results = {topic: result for _away, topic, result in PROGRAM}
    for place, session in enumerate(plan.sessions.all()):
        if session.planned_on > today or not results[session.topic]:
            continue
        now.move(clock.local(session.planned_on, time(16)))
        away = place % len(staff)
        came = {one.pk: number != away for number, one in enumerate(staff)}
        passed = {pk: number != away + 1 for number, pk in enumerate(came) if came[pk]}
        training.hold_session(session, came, results[session.topic], passed=passed, by=by)


def _skills(division: Unit, staff: list[Person], by: Person, now: Rehearsal, today: date) -> None:
    """Each lacks something else; the first one's oldest skill has expired."""
    wanted = queries.required([division.pk], clock.now())
    levels = list(Skill.Level)
    first_day = clock.now()
    for place, one in enumerate(staff):
        for number, name in enumerate(wanted.get(one.pk, [])):
            if (place + number) % 4 != 3:
                level = levels[(place + number) % len(levels)]
                training.pass_skill(division, one, name, level=level, by=by)
    if staff:
        now.move(clock.local(today - timedelta(days=LONG_AGO), time(10)))
        training.pass_skill(division, staff[0], OTHER_SKILL, by=by)
        now.move(first_day)
