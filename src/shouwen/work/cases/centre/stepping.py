"""By when something happens next in a matter, and what: none is left without it (R7-67)."""

from datetime import date, datetime

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person
from shouwen.work.cases.models import Case


@one_act
def plan_next_step(
    case: Case, on: date, what: str, *, by: Person, at: datetime | None = None
) -> Case:
    """Say what happens next, and on which day; owner, handler and their superiors do."""
    moment = at or clock.now()
    clause = _clause(case, moment)
    reasons = []
    if case.state != "open":
        reasons.append(Reason(N_("事项已办结"), clause))
    if not _is_theirs(case, by, moment):
        reasons.append(Reason(N_("下一步由首问责任人、承办人或其上级安排"), clause))
    if on < clock.day_of(moment):
        reasons.append(Reason(N_("下一步日期不能早于今天"), clause, "on"))
    if not what.strip():
        reasons.append(Reason(N_("请写明下一步做什么"), clause, "what"))
    refuse_any(reasons)
    case.next_step_on = on
    case.save(update_fields=["next_step_on"])
    record("case.next_step", case, by=by, at=moment, on=on.isoformat(), reason=what.strip()[:500])
    return case


def _is_theirs(case: Case, by: Person, at: datetime) -> bool:
    theirs = {case.first_owner_id, case.handler_id}
    above = (org.superiors(pk, case.division_id, at) for pk in theirs if pk)
    return by.pk in theirs or any(by in found for found in above)


def _clause(case: Case, at: datetime) -> str:
    found = ruling.clause("deadline", case.division_id, at, stops="case.closed")
    return found.id if found else ""
