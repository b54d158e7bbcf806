"""A department's plan of the year: drafted, rewritten, submitted, held session by session."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.policy.shapes import Clause

from . import access, rules
from .models import Attendance, Plan, Session

SUBMITTED = "training_plan.submitted"


@dataclass(frozen=True)
class Program:
    """What is written in a plan: topics with their days, and what is to be reached (R2-22)."""

    title: str
    sessions: Iterable[tuple[str, date]]
    sessions_target: int
    attendance_target: int
    """Percent of those invited who come."""


@one_act
def draft_plan(
    unit: Unit, year: int, program: Program, *, by: Person, at: datetime | None = None
) -> Plan:
    """Write a department's plan of a year (R2-22, R6-23); one for each year."""
    moment = at or clock.now()
    division = org.division_of(unit, moment) or unit
    _require_lead(by, unit, division, moment)
    if Plan.objects.filter(unit=unit, year=year).exists():
        raise refuse(N_("该部门当年的培训计划已经拟定"), _clause(division, moment), field="year")
    plan = Plan(division=division, unit=unit, year=year, drafted_by=by)
    _write(plan, program, moment)
    record("training_plan.drafted", plan, by=by, at=moment, unit=unit.pk, year=year,
           division=division.pk)  # fmt: skip
    return plan


@one_act
def revise_plan(plan: Plan, program: Program, *, by: Person, at: datetime | None = None) -> Plan:
    """Write a plan anew while it is a draft; a submitted one stays as it was."""
    moment = at or clock.now()
    plan = _locked(plan)
    _require_lead(by, plan.unit, org.unit_by_id(plan.division_id), moment)
    if plan.submitted_at is not None:
        raise refuse(N_("培训计划已经提交，不能再改"), _clause(plan.division_id, moment))
    plan.sessions.all().delete()
    _write(plan, program, moment)
    record("training_plan.revised", plan, by=by, at=moment, unit=plan.unit_id, year=plan.year,
           division=plan.division_id)  # fmt: skip
    return plan


def _write(plan: Plan, program: Program, at: datetime) -> None:
    lines = [(topic.strip(), day) for topic, day in program.sessions]
    refuse_any(
        rules.why_not_planned(
            plan.year, program.title, lines, program.attendance_target,
            _clause(plan.division_id, at),
        )
    )  # fmt: skip
    plan.title = program.title.strip()
    plan.sessions_target = program.sessions_target
    plan.attendance_target = program.attendance_target
    plan.save()
    Session.objects.bulk_create(
        Session(plan=plan, topic=topic, planned_on=day) for topic, day in lines
    )


def _locked(plan: Plan) -> Plan:
    return Plan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)


def duties(division: Unit | int, at: datetime) -> list[Clause]:
    """The clauses that ask for a plan."""
    return ruling.clauses("duty", division, at, stops=SUBMITTED)


def _clause(division: Unit | int, at: datetime) -> str:
    found = duties(division, at)
    return found[0].id if found else ""


def _require_lead(by: Person, unit: Unit, division: Unit, at: datetime) -> None:
    """Whoever leads the unit, or a unit above it, plans its training."""
    if not access.leads(by, unit, at):
        raise refuse(
            N_("培训计划由部门负责人拟定"), _clause(division, at), instead=N_("请联系部门负责人")
        )


@one_act
def submit_plan(plan: Plan, *, by: Person, at: datetime | None = None) -> Plan:
    """Submit it: the duty of the year is settled, the plan is fixed (R2-22, R6-23)."""
    moment = at or clock.now()
    plan = _locked(plan)
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


@one_act
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
