"""What a call-back brings about: content lets the matter close, discontent brings it back."""

from shouwen.engines.flows import actions as flows
from shouwen.engines.flows import queries as flow_queries
from shouwen.engines.flows.circumstances import Circumstances, flow_of
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.journal.actions import reacts_to
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.work.cases.models import Case

STAGE = "callback"
SATISFIED = "satisfied"
WORDLESS = N_("用户回访时表示不满意")


@reacts_to("callback.done")
def follow_callback(entry: Entry, subject: object) -> None:
    """A satisfied customer lets the matter go on, anybody else sends it back to be dealt with.

    Where the step is not the caller's, what the customer said stands on the case for whose it is.
    """
    if entry.matter_kind != "case" or not entry.data.get("reached", True):
        return
    case = Case.objects.select_related("division").get(pk=entry.matter_id)
    content = bool(entry.data.get("satisfied"))
    if case.state != "open" or case.stage != STAGE:
        return
    case.satisfied = content
    case.save(update_fields=["satisfied"])
    by = org.person(entry.actor_id or 0)
    run = flow_queries.run_of(case)
    if not flow_queries.turn(Circumstances(run, entry.at), by).mine:
        return
    if content:
        flows.move(run, SATISFIED, by=by, at=entry.at)
    elif back := flow_of(run).back_from(STAGE):
        said = str(entry.data.get("words") or WORDLESS)
        flows.send_back(run, back.back_to[0], by=by, reason=said, at=entry.at)
