"""What scenarios say of training and of what departments are there for."""

from datetime import date
from typing import Any

from shouwen.ground.foundation import clock
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.org.verbs import duties
from shouwen.work.training import actions, queries
from shouwen.work.training.models import Plan, Session


def plan_training(
    unit: Unit,
    year: int,
    sessions_target: int = 2,
    attendance_target: int = 90,
    topics: list[str] | None = None,
    *,
    by: Person,
) -> Plan:
    """A plan of the year with a session every other month."""
    names = topics if topics is not None else ["服务用语", "投诉处理"]
    days = [(name, date(year, 2 * place + 4, 10)) for place, name in enumerate(names)]
    program = actions.Program("年度培训计划", days, sessions_target, attendance_target)
    return actions.draft_plan(unit, year, program, by=by)


def hold_training(
    plan: Plan, place: int, came: list[Person], away: list[Person] | None = None, *, by: Person
) -> Session:
    """One of its sessions is held."""
    session = plan.sessions.all()[place]
    attendance = {**{one.pk: True for one in came}, **{one.pk: False for one in away or []}}
    return actions.hold_session(session, attendance, "考核合格", by=by)


def training_progress(plan: Plan) -> dict[str, Any]:
    """What was held against the targets."""
    found = queries.progress(plan)
    return {"sessions": found.sessions, "attendance": found.attendance, "met": found.met}


def missing_plans(division: Unit, year: int) -> list[str]:
    """The departments without a submitted plan."""
    return [unit.code for unit in queries.missing(division, year, clock.now())]


def skill_gaps(division: Unit, person: Person) -> list[str]:
    """The skills that somebody's post needs and he has not, or not any more."""
    at = clock.now()
    wanted = queries.required({division.pk}, at)[person.pk]
    return [gap.name for gap in queries.gaps(wanted, queries.held([person.pk])[person.pk], at)]


def incomplete_units(division: Unit) -> list[str]:
    """The departments of which nobody said what they are there for."""
    return [unit.code for unit in duties.incomplete(division, clock.day_of(clock.now()))]


def duty_versions(unit: Unit) -> list[dict[str, Any]]:
    """Every statement with its days, the newest first."""
    return [
        {"text": one.statement.text_zh, "since": one.statement.since, "until": one.until}
        for one in duties.versions(unit)
    ]


def is_incomplete(unit: Unit, division: Unit) -> bool:
    """Whether the organisation check lists a department."""
    return unit.code in incomplete_units(division)


WORDS = {
    "plan_training": plan_training,
    "submit_plan": actions.submit_plan,
    "hold_training": hold_training,
    "training_progress": training_progress,
    "missing_plans": missing_plans,
    "pass_skill": actions.pass_skill,
    "skill_gaps": skill_gaps,
    "ask_retests": actions.ask_retests,
    "state_duties": duties.state_duties,
    "duty_versions": duty_versions,
    "is_incomplete": is_incomplete,
}
