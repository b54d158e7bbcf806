"""A complaint gets its class, or another one with a reason, and goes on by the course of it."""

from datetime import datetime
from typing import Any

from shouwen.engines.flows import actions as flows
from shouwen.engines.flows import queries as flow_queries
from shouwen.engines.flows.circumstances import flow_of
from shouwen.engines.flows.definitions import Flow
from shouwen.engines.flows.models import Run
from shouwen.engines.notices import actions as notices
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person
from shouwen.work.cases.actions import chooses_course, sheet_of
from shouwen.work.cases.course import classes, courses
from shouwen.work.cases.models import Case, Kind, Severity

from . import owning

SECTION = "classification"
SEVERITY = "severity"
"""What the clause about classes calls how grave a complaint is."""
GRADED = {
    "small": "case.graded_small",
    "major": "case.graded_major",
    "serious": "case.graded_serious",
}
"""How a severity is treated → the fact that starts its clocks."""
WEIGHTS = {
    "small": Severity.NORMAL,
    "major": Severity.SERIOUS,
    "serious": Severity.CRITICAL,
}
"""The same as lists filter by it; what is serious stands on top of them (R2-15)."""
FIRST = "accept"
"""The move by which a classified complaint leaves its classification."""


@chooses_course(SECTION)
def follow_class(case: Case, run: Run, data: dict[str, Any], *, by: Person, at: datetime) -> Run:
    """Before a classified complaint is sent on: let it take the course of its class (R2-14)."""
    if case.kind != Kind.COMPLAINT:
        return run
    if not data:  # it was filled before and is only signed now
        data = next(dict(p.data) for p in sheet_of(case).sections.all() if p.key == SECTION)
    if not data.get("grade"):
        return run
    wanted = courses.course_for(
        case.kind, case.division, at,
        category=str(data.get("category", "")), grade=str(data["grade"]),
    )  # fmt: skip
    return flows.reroute(run, wanted.flow, by=by, at=at)


@one_act
def reclassify(
    case: Case,
    *,
    category: str,
    grade: str,
    reason: str,
    by: Person,
    at: datetime | None = None,
) -> Case:
    """Change category or severity, with a reason; the former class stays on record (R2-13).

    A graver class is begun where its course differs: the director's instruction first; what became
    lighter goes on by the course it has begun. Raises Refused without a reason, for an unknown
    class, and for whoever is not of the centre.
    """
    moment = at or clock.now()
    refuse_any(_why_not(case, category, grade, reason, by, moment))
    before = {"category": case.category, "grade": case.grade}
    course = courses.course_for(case.kind, case.division, moment, category=category, grade=grade)
    case.category, case.grade = category, grade
    case.save(update_fields=["category", "grade"])
    record("case.reclassified", case, by=by, at=moment, before=before, category=category,
           grade=grade, reason=reason.strip())  # fmt: skip
    run = flow_queries.run_of(case)
    if run.flow != course.flow:
        begin = flow_of(run).move(FIRST).target
        wanted = course.move(FIRST).target
        passed = {step.stage for step in run.steps.all()}
        to = wanted if wanted != begin and wanted not in passed else ""
        if _knows(course, passed) and (_knows(course, {run.stage}) or to):
            flows.reroute(run, course.flow, by=by, to=to, reason=reason, at=moment)
    graded(case, by=by, at=moment)
    case.refresh_from_db()
    return case


def _knows(course: Flow, stages: set[str]) -> bool:
    return stages <= {one.key for one in course.stages}


def graded(case: Case, *, by: Person, at: datetime) -> None:
    """Say how grave it is, in the words of the clauses: small, major, serious (R2-15, R3-42)."""
    track = classes.track_of(case, at)
    if track not in GRADED:
        return
    case.severity = WEIGHTS[track]
    Case.objects.filter(pk=case.pk).update(severity=case.severity)
    record(GRADED[track], case, by=by, at=at, since=case.opened_at.isoformat())
    if track == "serious":
        _tell_at_once(case, by=by, at=at)


def _tell_at_once(case: Case, *, by: Person, at: datetime) -> None:
    """Owner, handler and the head of customer service know of a serious event at once (R2-15)."""
    clause = ruling.clause("deadline", case.division_id, at, starts=GRADED["serious"])
    heads = org.people(owning.HEAD, case.division_id, at)
    present = [one for head in heads for one in (head, *org.stand_ins(head, at))]
    told = [case.first_owner, *([case.handler] if case.handler else []), *present]
    notices.tell(
        [one for one in told if one != by],
        N_("严重事件:%(matter)s。请第一时间向客户反馈并处理"), about=case,
        key=f"serious:{case.pk}:{at.isoformat()}", link=f"/cases/{case.pk}/", at=at,
        clause=clause.id if clause else "", urgent=True, matter=case.called,
    )  # fmt: skip


def _why_not(
    case: Case, category: str, grade: str, reason: str, by: Person, at: datetime
) -> list[Reason]:
    asked = {"form": "complaint", "before": "case.accepted"}
    clause = ruling.clause("checklist", case.division_id, at, items=SEVERITY, **asked)
    number = clause.id if clause else ""
    reasons = []
    if case.kind != Kind.COMPLAINT or case.state != "open" or not case.accepted_at:
        reasons.append(Reason(N_("只有在办的、已分类的投诉可以改类"), number))
    if org.as_whom(by, "customer_service", case.division_id, at) is None:
        reasons.append(Reason(N_("投诉的分类由客户服务中心更改"), number))
    if not reason.strip():
        reasons.append(Reason(N_("改类须写明理由"), number, "reason"))
    for name, code, known in (
        ("category", category, classes.choices(case.division_id, classes.CATEGORIES, at)),
        ("grade", grade, classes.choices(case.division_id, classes.GRADES, at)),
    ):
        if code not in dict(known):
            reasons.append(Reason(N_("公司的分类表中没有这一项"), number, name))
    if (category, grade) == (case.category, case.grade):
        reasons.append(Reason(N_("类别与程度都没有改动"), number))
    return reasons
