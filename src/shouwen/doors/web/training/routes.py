from datetime import date
from typing import Any

from shouwen.doors.web.access import Route
from shouwen.ground.foundation import clock
from shouwen.ground.org import actions as org
from shouwen.regulations.helping import set_examples
from shouwen.work.training import actions as training
from shouwen.work.training.models import Plan, Skill


def _plan(cast: Any) -> Plan:
    """Of the service desk, written by its director."""
    org.adopt_regulation(cast.division, regulation="R2", edition=1)
    set_examples(cast.division, "R2")
    year = clock.today().year
    days = [("服务用语", date(year, 6, 10)), ("投诉处理", date(year, 9, 10))]
    program = training.Program("年度培训", days, 2, 90)
    unit = cast.units["customer_service"]
    return training.draft_plan(unit, year, program, by=cast.cs_director)


def a_plan(cast: Any) -> dict[str, Any]:
    """The draft."""
    return {"pk": _plan(cast).pk}


def a_session(cast: Any) -> dict[str, Any]:
    """A training of a submitted plan."""
    plan = training.submit_plan(_plan(cast), by=cast.cs_director)
    return {"pk": plan.sessions.order_by("id").first().pk}  # type: ignore[union-attr]


def a_period(cast: Any) -> dict[str, Any]:
    """A year of the factory of which nothing is planned."""
    return {"division": cast.division.pk, "period": "2025"}


def the_agent(cast: Any) -> dict[str, Any]:
    """The one who is tested."""
    return {"pk": cast.agent.pk}


def a_skill(cast: Any) -> dict[str, Any]:
    """One that the agent passed."""
    day = clock.today()
    made = Skill.objects.create(
        division=cast.division, person=cast.agent, name="回访", passed_on=day,
        expires_on=day.replace(year=day.year + 1), tested_by=cast.cs_director,
    )  # fmt: skip
    return {"pk": made.pk}


READERS: Any = {"agent": 200, "cs_director": 200, "hr": 200, "deputy_gm": 200, "gm": 200}
TESTED: Any = dict.fromkeys(READERS, 422)
SENT_ON: Any = dict.fromkeys(READERS, 302)
LEADS: Any = {"cs_director": 200, "deputy_gm": 200, "gm": 200}
ROUTES = [
    Route("training:list"),
    Route("training:export"),
    Route("training:of_period", args=a_period, everyone=302, outsider=404),
    Route("training:new"),
    Route("training:new", "POST", everyone=422),
    Route("training:plan", args=a_plan, outsider=404),
    Route("training:edit", args=a_plan, everyone=404, **LEADS),
    Route("training:submit", "POST", args=a_plan, everyone=409, outsider=404, deputy_gm=302),
    Route("training:sessions"),
    Route("training:sessions_export"),
    Route("training:session", args=a_session, outsider=404),
    Route("training:session", "POST", args=a_session, everyone=422, outsider=404),
    Route("training:people"),
    Route("training:people_export"),
    Route("training:person", args=the_agent, everyone=404, **READERS),
    Route("training:test", "POST", args=the_agent, everyone=404, **TESTED),
    Route("training:skill", args=a_skill, everyone=404, **SENT_ON),
]  # fmt: skip
