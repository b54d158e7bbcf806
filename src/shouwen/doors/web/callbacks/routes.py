from datetime import date
from typing import Any

from shouwen.doors.web.access import Route
from shouwen.ground.foundation import clock
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import actions as org
from shouwen.ground.org import queries as org_queries
from shouwen.ground.policy import queries as policy
from shouwen.work.callbacks import actions
from shouwen.work.callbacks.models import AuditItem, Callback, Project, Sample, Suggestion
from shouwen.work.callbacks.planning import Need
from shouwen.work.callbacks.rounds.projects import ProjectDraft
from shouwen.work.callbacks.rules import Answer
from shouwen.work.cases.actions import Intake, open_case
from shouwen.work.customers.actions import create_customer
from shouwen.work.customers.drafts import CustomerDraft
from shouwen.work.customers.models import Customer

QUARTER = "2025-Q4"


def works(cast: Any) -> Customer:
    """The division works by the call-back rules and has a customer."""
    for code in ("R2", "R3", "R5"):
        if not org_queries.adopted(cast.division, code):
            org.adopt_regulation(cast.division, code, 1, since=date(2025, 1, 1))
            for spec in policy.value_specs(code):
                if spec.example is not None:
                    org.set_value(spec.key, spec.example, division=cast.division)
    draft = CustomerDraft("K7", "七楼住户", "domestic", phone="13800138107")
    return create_customer(cast.division, draft, by=cast.agent)


def call(cast: Any) -> Callback:
    """A call that the service centre owes a customer."""
    customer = works(cast)
    need = Need(
        cast.division, "regular", ("customer", customer.pk), customer, "R3-43",
        role="customer_service",
    )  # fmt: skip
    return actions.plan(need, by=None)


def a_call(cast: Any) -> dict[str, Any]:
    """The same, as the address names it."""
    return {"pk": call(cast).pk}


def a_done_call(cast: Any) -> dict[str, Any]:
    """One that was made, with its result."""
    return {"pk": answered(cast).pk}


def answered(cast: Any) -> Callback:
    """A call with its result and a suggestion."""
    made = call(cast)
    marks = {"speed": 5, "quality": 5, "manner": 5}
    answer = Answer(satisfied=True, words="很好", suggestion="周末也来", marks=marks)
    actions.submit(made, answer, by=cast.agent)
    return made


def a_suggestion(cast: Any) -> dict[str, Any]:
    """A line of the improvement list."""
    return {"pk": Suggestion.objects.get(callback=answered(cast)).pk}


def a_project(cast: Any) -> dict[str, Any]:
    """A project that is not delivered yet."""
    return {"pk": project(cast).pk}


def project(cast: Any) -> Project:
    """The same, as a record."""
    draft = ProjectDraft(works(cast), "监控系统", cast.agent)
    return actions.register_project(cast.division, draft, by=cast.agent)


def sample(cast: Any) -> Sample:
    """Last year's fourth quarter, one repair of one."""
    customer = works(cast)
    intake = Intake(cast.division, customer, "service", "灯不亮", "灯不亮")
    case = open_case(intake, by=cast.agent)
    journal.record("repair.recorded", case, by=cast.agent, at=clock.local(date(2025, 11, 3)))
    return actions.draw_sample(cast.division, QUARTER, by=cast.cs_director)


def a_sample(cast: Any) -> dict[str, Any]:
    """The same, as the address names it."""
    return {"pk": sample(cast).pk}


def an_audit(cast: Any) -> dict[str, Any]:
    """The quality department's, of this quarter."""
    answered(cast)
    made = actions.draw_audit(cast.division, "2026-Q1", "quality", by=cast.quality)
    return {"pk": made.pk}


def an_audit_item(cast: Any) -> dict[str, Any]:
    """Its only call."""
    found = an_audit(cast)
    return {**found, "item": AuditItem.objects.get(audit=found["pk"]).pk}


def a_report(cast: Any) -> dict[str, Any]:
    """February's, as a draft."""
    works(cast)
    return {"pk": actions.draw_up(cast.division, "2026-02", by=cast.agent).pk}


def a_customer(cast: Any) -> dict[str, Any]:
    """A customer of the division."""
    return {"customer": works(cast).pk}


def adopted(cast: Any) -> dict[str, Any]:
    """An address without a record, in a division that works by the rules."""
    works(cast)
    return {}


ROUTES = [
    Route("callbacks:queue"),
    Route("callbacks:next", "POST", everyone=302),
    Route("callbacks:records"),
    Route("callbacks:rates"),
    Route(
        "callbacks:day", args=lambda cast: {"division": cast.division.pk, "day": "2026-03-02"},
        outsider=404,
    ),
    Route("callbacks:export", args=lambda cast: {"key": "records"}),
    Route("callbacks:show", args=a_call, outsider=404),
    Route(
        "callbacks:outcome", "POST", args=a_call, data=lambda cast: {"outcome": "busy"},
        everyone=409, agent=302, cs_director=302, outsider=404,
    ),
    Route("callbacks:result", "POST", args=a_call, everyone=422, outsider=404),
    Route("callbacks:correction", "POST", args=a_done_call, everyone=422, outsider=404),
    Route("callbacks:samples"),
    Route(
        "callbacks:draw", "POST", args=adopted, data=lambda cast: {"period": QUARTER},
        everyone=409, cs_director=302, outsider=404,
    ),
    Route("callbacks:sample", args=a_sample, outsider=404),
    Route("callbacks:close_sample", "POST", args=a_sample, everyone=409, outsider=404),
    Route("callbacks:sample_pdf", args=a_sample, outsider=404),
    Route("callbacks:sample_workbook", args=a_sample, outsider=404),
    Route("callbacks:audits"),
    Route(
        "callbacks:draw_audit", "POST", args=adopted,
        data=lambda cast: {"period": "2026-Q1", "role": "quality"},
        everyone=409, quality=422, outsider=404,
    ),
    Route("callbacks:audit", args=an_audit, outsider=404),
    Route("callbacks:check", "POST", args=an_audit_item, everyone=422, outsider=404),
    Route("callbacks:sign_audit", "POST", args=an_audit, everyone=409, outsider=404),
    Route("callbacks:reports"),
    Route(
        "callbacks:draw_report", "POST", args=adopted, data=lambda cast: {"period": "2026-02"},
        everyone=409, agent=302, cs_director=302, outsider=404,
    ),
    Route("callbacks:report", args=a_report, outsider=404),
    Route(
        "callbacks:submit_report", "POST", args=a_report, everyone=409, agent=422,
        cs_director=422, outsider=404,
    ),
    Route("callbacks:acknowledge", "POST", args=a_report, everyone=409, outsider=404),
    Route("callbacks:report_pdf", args=a_report, outsider=404),
    Route("callbacks:report_workbook", args=a_report, outsider=404),
    Route("callbacks:improvements"),
    Route("callbacks:improvement", args=a_suggestion, outsider=404),
    Route("callbacks:decide", "POST", args=a_suggestion, everyone=422, outsider=404),
    Route("callbacks:effect", "POST", args=a_suggestion, everyone=422, outsider=404),
    Route("callbacks:projects"),
    Route(
        "callbacks:new_project", args=adopted, everyone=404, agent=200, cs_director=200,
        sales=200, sales_manager=200, staff=200,
    ),
    Route("callbacks:project", args=a_project, outsider=404),
    Route("callbacks:deliver", "POST", args=a_project, everyone=422, outsider=404),
    Route("callbacks:plans"),
    Route("callbacks:set_group", args=a_customer, outsider=404),
]  # fmt: skip
