"""Which paper and which course a kind of case has: what the flows of the regulations say of it."""

from datetime import datetime
from typing import Any

from shouwen.engines.flows.definitions import Flow
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org import ruling, values
from shouwen.ground.org.models import Unit
from shouwen.ground.policy import queries as policy

SUBJECT = "case"
QUALITY_FORM, QUALITY_FLOW = "complaint_form", "quality_complaint"
"""The paper and the course of regulation 4, for what stands on them alone."""


def courses_of(kind: str, at: datetime | None = None) -> list[Flow]:
    """Every flow that cases of a kind may take, as the regulations have them on a day."""
    day = clock.day_of(at or clock.now())
    return [
        flow for flow in policy.flows(day).values() if flow.subject == SUBJECT and flow.kind == kind
    ]


def form_of(kind: str) -> str:
    """The paper that travels with cases of a kind; empty where none does."""
    return next((flow.form for flow in courses_of(kind) if flow.form), "")


def has_course(kind: str) -> bool:
    """Whether cases of a kind travel at all."""
    return bool(courses_of(kind))


def course_for(
    kind: str, division: Unit, at: datetime, *, category: str = "", grade: str = ""
) -> Flow:
    """The flow for a class of matter, by the company's table where one is ordered (R2-14).

    Raises Refused where the clause binds and the company has mapped no flow to the class.
    """
    known = courses_of(kind, at)
    if not known:
        raise refuse(N_("制度中没有此类事项的流程"))
    clause = ruling.clause("flow", division, at, flow="by_class")
    if len(known) == 1 or clause is None:
        return known[0]
    if not grade:
        return known[0]
    rows: list[dict[str, Any]] = values.get(clause.spec.value, division, at)
    found = next((row for row in rows if _fits(row, category, grade)), None)
    flow = next((one for one in known if found and one.flow == found["flow"]), None)
    if flow is None:
        raise refuse(
            N_("类别“%(category)s”、程度“%(grade)s”还没有对应的处理流程"),
            clause.id,
            field="classification.category",
            instead=N_("请制度管理员在“设置 · 公司规定值”中为这一类指定流程"),
            category=category,
            grade=grade,
        )
    return flow


def _fits(row: dict[str, Any], category: str, grade: str) -> bool:
    return row["category"] in (category, "any") and row["grade"] in (grade, "any")
