"""Go on by another course of the same kind 改办: what was done stays done."""

from datetime import datetime

from shouwen.engines.flows.circumstances import Circumstances
from shouwen.engines.flows.models import Run
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.ground.policy import queries as policy

from .course import Hand, ask, catch_up, claim, enter, leave, record

REROUTE = "reroute"


@one_act
def reroute(
    run: Run, flow: str, *, by: Person, to: str = "", reason: str = "", at: datetime | None = None
) -> Run:
    """Let a run follow another flow from here on, at the stage `to` or the one it stands at.

    For the storeys above: they have asked whoever may. Every stage it has been at must exist there
    too, so that its path can still be told; refused otherwise.
    """
    at = at or clock.now()
    if run.flow == flow:
        return run
    code, _newest = policy.edition_of(flow, clock.day_of(at))
    edition = org.require_adopted(run.division_id, code, at)
    definition = policy.flow(flow, edition=edition)
    claimed = claim(run, by)
    before = Circumstances(claimed, at)
    known = {stage.key for stage in definition.stages}
    if strange := {step.stage for step in before.steps} - known:
        raise refuse(
            N_("“%(flow)s”没有本件已办过的步骤：%(stages)s"), definition.clause,
            flow=definition.title, stages="、".join(sorted(strange)),
        )  # fmt: skip
    hand = Hand(by, at, reason=reason.strip())
    former, here = claimed.flow, claimed.stage
    target = definition.stage(to or here)
    if target.key != here:
        leave(before, REROUTE, hand)
    claimed.flow, claimed.edition = flow, edition
    claimed.save(update_fields=["flow", "edition"])
    c = Circumstances(claimed, at)
    step = enter(c, target, REROUTE, hand) if target.key != here else c.step
    record(
        "flow.rerouted", c, hand, former=former, flow=flow, to=target.key, unit=step.unit_id,
        person=step.person_id, **{"from": here},
    )  # fmt: skip
    if target.key != here:
        ask(c, step, hand)
    return catch_up(run, claimed)
