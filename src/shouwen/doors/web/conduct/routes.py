from typing import Any

from shouwen.doors.web.access import Route
from shouwen.doors.web.cases.routes import a_case
from shouwen.ground.foundation import clock
from shouwen.ground.org import actions as org
from shouwen.outcomes.conduct import actions as conduct
from shouwen.outcomes.conduct import norms
from shouwen.outcomes.conduct.models import ContactRating, Finding, Measure
from shouwen.work.interactions.actions import Draft, record_interaction
from shouwen.work.interactions.models import Interaction


def _adopt(cast: Any) -> None:
    """The factory works by the fifth regulation, which knows shirking."""
    org.adopt_regulation(cast.division, regulation="R5", edition=1)
    org.set_value("R5-15.approver", "management.gm", division=cast.division)
    org.set_value("R5-15.criterion", "一年三次", division=cast.division)


def call(cast: Any) -> Interaction:
    """A call that the agent took."""
    said = Draft(cast.division, "电梯异响,请派人来看。", name="安然", phone="13800138101")
    return record_interaction(said, by=cast.agent)


def a_finding(cast: Any) -> dict[str, Any]:
    """One against the agent, just opened."""
    _adopt(cast)
    found = conduct.Found(cast.division, cast.agent, "shirking", "把客户推给别的部门。")
    return {"pk": conduct.note_finding(found, by=cast.cs_director).pk}


def a_confirmed(cast: Any) -> dict[str, Any]:
    """One that the agent acknowledged and the director confirmed."""
    finding = Finding.objects.get(**a_finding(cast))
    conduct.acknowledge(finding, by=cast.agent)
    conduct.decide_finding(finding, True, "属实", by=cast.cs_director)
    return {"pk": finding.pk}


def a_measure(cast: Any) -> dict[str, Any]:
    """Criticism, which the agent has not acknowledged yet."""
    finding = Finding.objects.get(**a_confirmed(cast))
    made = conduct.take_measure(finding, "criticism", "部门会上批评", by=cast.cs_director)
    return {"pk": made.pk}


def a_transfer(cast: Any) -> dict[str, Any]:
    """A transfer that waits for the general manager."""
    finding = Finding.objects.get(**a_confirmed(cast))
    post = org.add_post(cast.units["warehouse"], "仓库员", rank="staff")
    on = clock.today().replace(day=28)
    made = conduct.propose_transfer(finding, post, on, "情节严重", by=cast.cs_director)
    assert isinstance(made, Measure)
    return {"pk": made.pk}


def a_call(cast: Any) -> dict[str, Any]:
    """The arguments that name a call to review."""
    return {"kind": "interaction", "contact": call(cast).pk}


def a_review(cast: Any) -> dict[str, Any]:
    """A call that the director reviewed."""
    _adopt(cast)
    org.set_value("R5-05.pass_mark", 3, division=cast.division)
    asked = norms.items(cast.division, "call", clock.now())
    marks = conduct.Marks({one.code: 4 for one in asked})
    return {"pk": conduct.submit_review(call(cast), marks, by=cast.cs_director).pk}


def a_grievance(cast: Any) -> dict[str, Any]:
    """A customer's complaint about the agent."""
    _adopt(cast)
    kept = conduct.file_grievance(call(cast), cast.agent, "shirking", "推来推去", by=cast.staff)
    return {"pk": kept.pk}


def a_contact(cast: Any) -> dict[str, Any]:
    """A call in which somebody is complained about."""
    return {"pk": call(cast).pk}


def a_rating(cast: Any) -> dict[str, Any]:
    """A call that the customer found impatient."""
    _adopt(cast)
    kept = conduct.rate_contact(call(cast), "impatient", by=cast.staff)
    assert isinstance(kept, ContactRating)
    return {"pk": kept.pk}


OVER: Any = {"cs_director": 200, "deputy_gm": 200, "gm": 200, "quality": 200}
YES = {"confirmed": "yes", "words": "属实"}


def _said(field: str = "words") -> Any:
    return lambda _cast: {field: "已说明"}


ROUTES = [
    Route("conduct:mine"),
    Route("conduct:findings"),
    Route("conduct:findings_export"),
    Route("conduct:finding_new"),
    Route("conduct:finding", args=a_finding, everyone=404, agent=200, **OVER),
    Route("conduct:acknowledge", "POST", args=a_finding, everyone=404, agent=302,
          cs_director=409, deputy_gm=409, gm=409, quality=409),
    Route("conduct:object", "POST", args=a_finding, data=_said("objection"), everyone=404,
          agent=302, cs_director=422, deputy_gm=422, gm=422, quality=422),
    Route("conduct:decide", "POST", args=a_finding, data=lambda _cast: YES, everyone=404,
          agent=422, cs_director=422, deputy_gm=422, gm=422, quality=422),
    Route("conduct:correct", "POST", args=a_finding, data=_said(), everyone=404, agent=422,
          cs_director=422, deputy_gm=422, gm=422, quality=422),
    Route("conduct:measure", "POST", args=a_confirmed, everyone=404, agent=422,
          cs_director=422, deputy_gm=422, gm=422, quality=422),
    Route("conduct:transfer", "POST", args=a_confirmed, everyone=404, agent=422,
          cs_director=422, deputy_gm=422, gm=422, quality=422),
    Route("conduct:close", "POST", args=a_confirmed, everyone=404, agent=409,
          cs_director=409, deputy_gm=409, gm=409, quality=409),
    Route("conduct:sign", "POST", args=a_measure, everyone=404, agent=302,
          cs_director=409, deputy_gm=409, gm=409, quality=409),
    Route("conduct:approve", "POST", args=a_transfer, everyone=404, agent=409,
          cs_director=409, deputy_gm=409, gm=302, quality=409),
    Route("conduct:decline", "POST", args=a_transfer, data=_said("reason"), everyone=404, agent=422,
          cs_director=422, deputy_gm=422, gm=302, quality=422),
    Route("conduct:reviews"),
    Route("conduct:reviews_export"),
    Route("conduct:review_draw", "POST", everyone=409),
    Route("conduct:review_new", args=a_call, everyone=404, **OVER),
    Route("conduct:review", args=a_review, everyone=404, agent=200, **OVER),
    Route("conduct:averages"),
    Route("conduct:grievance_new"),
    Route("conduct:grievance_in", args=a_contact, outsider=404),
    Route("conduct:grievance_about", args=a_case, outsider=404),
    Route("conduct:grievance", args=a_grievance, everyone=404, **OVER),
    Route("conduct:rating", args=a_rating, everyone=404, **OVER),
]  # fmt: skip
