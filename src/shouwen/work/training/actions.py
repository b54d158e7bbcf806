"""The verbs of training: plan, submit, hold, test; ask for the re-test of what expired."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.org.roles import Rank
from shouwen.ground.policy.shapes import Clause

from . import rules
from .models import Attendance, Plan, Session, Skill

SUBMITTED = "training_plan.submitted"
RECORD = "business_and_skills"
RETESTS = 500
"""So many re-tests are asked for in one look."""


@transaction.atomic
def draft_plan(
    unit: Unit,
    year: int,
    title: str,
    sessions: Mapping[str, date],
    *,
    sessions_target: int,
    attendance_target: int,
    by: Person,
    at: datetime | None = None,
) -> Plan:
    """Write a department's plan of a year: topics with their days, and what is to be reached."""
    moment = at or clock.now()
    division = org.division_of(unit, moment) or unit
    _require_lead(by, unit, division, moment)
    if Plan.objects.filter(unit=unit, year=year).exists():
        raise refuse(N_("该部门当年的培训计划已经拟定"), _clause(division, moment), field="year")
    plan = Plan.objects.create(
        division=division, unit=unit, year=year, title=title.strip(),
        sessions_target=sessions_target, attendance_target=attendance_target, drafted_by=by,
    )  # fmt: skip
    Session.objects.bulk_create(
        Session(plan=plan, topic=topic, planned_on=day) for topic, day in sessions.items()
    )
    record("training_plan.drafted", plan, by=by, at=moment, unit=unit.pk, year=year,
           division=division.pk)  # fmt: skip
    return plan


def duties(division: Unit | int, at: datetime) -> list[Clause]:
    """The clauses that ask for a plan."""
    return ruling.clauses("duty", division, at, stops=SUBMITTED)


def _clause(division: Unit | int, at: datetime) -> str:
    found = duties(division, at)
    return found[0].id if found else ""


def _require_lead(by: Person, unit: Unit, division: Unit, at: datetime) -> None:
    """Whoever leads the unit, or a unit above it, plans its training."""
    day = org.staffing(at)
    least = Rank.SUPERVISOR.order
    acting = {by.pk, *(one.pk for one in org.acting_for(by, at))}
    for pk in day.upward(unit.pk):
        for held in day.by_unit.get(pk, ()):
            if held.person_id in acting and held.post.level >= least:
                return
        if day.units[pk].division:
            break
    raise refuse(
        N_("培训计划由部门负责人拟定"), _clause(division, at), instead=N_("请联系部门负责人")
    )


@transaction.atomic
def submit_plan(plan: Plan, *, by: Person, at: datetime | None = None) -> Plan:
    """Submit it: the duty of the year is settled, the plan is fixed (R2-22, R6-23)."""
    moment = at or clock.now()
    plan = Plan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)
    division = org.unit_by_id(plan.division_id)
    _require_lead(by, plan.unit, division, moment)
    found = duties(division, moment)
    least = (
        ruling.figures("least_sessions", found, division, moment),
        ruling.figures("least_attendance", found, division, moment),
    )
    targets = (plan.sessions_target, plan.attendance_target)
    planned = plan.sessions.count()
    refuse_any(
        rules.why_not_submitted(
            plan.submitted_at is not None, planned, targets, least, _clause(division, moment)
        )
    )
    plan.submitted_by, plan.submitted_at = by, moment
    plan.save(update_fields=["submitted_by", "submitted_at"])
    record(SUBMITTED, plan, by=by, at=moment, unit=plan.unit_id, period=str(plan.year),
           sessions=planned, division=plan.division_id)  # fmt: skip
    return plan


@transaction.atomic
def hold_session(
    session: Session,
    attendance: Mapping[int, bool],
    result: str,
    *,
    passed: Mapping[int, bool] | None = None,
    held_on: date | None = None,
    by: Person,
    at: datetime | None = None,
) -> Session:
    """A session was held: who was invited and came, who passed, what came of it (R6-23)."""
    moment = at or clock.now()
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    plan, on = session.plan, held_on or clock.day_of(moment)
    division = org.unit_by_id(plan.division_id)
    _require_lead(by, plan.unit, division, moment)
    refuse_any(
        rules.why_not_held(
            plan.submitted_at is not None, session.held_on is not None, on,
            clock.day_of(moment), len(attendance), result, _clause(division, moment),
        )
    )  # fmt: skip
    session.held_on, session.result = on, result.strip()[:500]
    session.save(update_fields=["held_on", "result"])
    tested = passed or {}
    Attendance.objects.bulk_create(
        Attendance(
            session=session, person_id=pk, came=came, passed=tested.get(pk) if came else None
        )
        for pk, came in attendance.items()
    )
    record("training.held", session, by=by, at=moment, matter=plan, invited=len(attendance),
           came=sum(attendance.values()), division=plan.division_id)  # fmt: skip
    return session


@transaction.atomic
def pass_skill(
    division: Unit, person: Person, name: str, *, by: Person, at: datetime | None = None
) -> Skill:
    """Somebody passed the test of a skill; it holds until the company's re-test (R7-68)."""
    moment = at or clock.now()
    found = ruling.clauses("norm", division, moment, item=RECORD)
    clause = found[0].id if found else ""
    months = ruling.figures("retest_months", found, division, moment)
    if not months:
        raise refuse(N_("公司尚未规定多久复测一次"), clause, field="name")
    if by.pk == person.pk:
        raise refuse(N_("不能给自己登记测试结果"), clause, instead=N_("请由他人测试"))
    if not name.strip():
        raise refuse(N_("请写明技能名称"), clause, field="name")
    day = clock.day_of(moment)
    skill, _new = Skill.objects.update_or_create(
        person=person, name=name.strip(),
        defaults={"division": division, "passed_on": day, "tested_by": by,
                  "expires_on": rules.months_after(day, int(min(months))),
                  "retest_asked_at": None},
    )  # fmt: skip
    record("skill.passed", skill, by=by, at=moment, person=person.pk, name=skill.name,
           expires=skill.expires_on.isoformat(), division=division.pk)  # fmt: skip
    dues.settle(subject=skill, by=by, at=moment)
    return skill


def ask_retests(now: datetime | None = None) -> int:
    """Open a re-test duty for each skill that expired; twice does nothing more (R7-68)."""
    moment = now or clock.now()
    expired = Skill.objects.filter(
        retest_asked_at__isnull=True, expires_on__lte=clock.day_of(moment)
    ).select_related("person", "division")
    return sum(_ask_retest(one, moment) for one in expired.order_by("expires_on")[:RETESTS])


@transaction.atomic
def _ask_retest(skill: Skill, at: datetime) -> int:
    claimed = Skill.objects.filter(pk=skill.pk, retest_asked_at__isnull=True)
    if claimed.update(retest_asked_at=at) != 1:
        return 0  # another worker was first
    found = ruling.clause("norm", skill.division_id, at, item=RECORD)
    record("skill.expired", skill, by=None, at=at, person=skill.person_id, name=skill.name,
           division=skill.division_id)  # fmt: skip
    dues.open_due(
        N_("复测技能:%(skill)s"),
        subject=skill,
        division=skill.division_id,
        clause=found.id if found else "",
        person=skill.person,
        params={"skill": skill.name, "matter": skill.name},
        key=f"skill:{skill.pk}:{skill.expires_on}",
        by=None,
        at=at,
    )
    return 1
