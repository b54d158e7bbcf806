"""What stops a move from outside, and which optional stages are called for."""

from datetime import datetime
from typing import Any

from django.db.models import Model

from shouwen.engines.flows import rules
from shouwen.engines.flows.circumstances import Circumstances, hats_of
from shouwen.engines.flows.models import Hold, Run, Switch
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.foundation.words import listed
from shouwen.ground.journal.actions import kind_of
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

from . import course


@one_act
def hold(
    subject: Model,
    reason: str,
    *,
    key: str,
    clause: str = "",
    stage: str = "",
    by: Person | None = None,
    at: datetime | None = None,
    **facts: Any,
) -> Hold:
    """Stop a subject: from entering one stage, or from moving on at all. One hold for each key.

    `reason` is a Chinese message id, `facts` fill its gaps. A move that is being made now is
    finished first.
    """
    about = {"subject_kind": kind_of(subject), "subject_id": subject.pk}
    Run.objects.select_for_update().filter(**about).first()
    found, _new = Hold.objects.get_or_create(
        **about, key=key, released_at=None,
        defaults={"reason": reason, "facts": facts, "clause": clause, "stage": stage, "by": by,
                  "at": at or clock.now()},
    )  # fmt: skip
    return found


def release(
    subject: Model, key: str, *, by: Person | None = None, at: datetime | None = None
) -> bool:
    """Lift a hold; true when there was one."""
    lifted = Hold.objects.filter(
        subject_kind=kind_of(subject), subject_id=subject.pk, key=key, released_at__isnull=True
    ).update(released_at=at or clock.now(), released_by=by)
    return lifted == 1


@one_act
def switch_on(run: Run, stage: str, *, by: Person, reason: str, at: datetime | None = None) -> Run:
    """Call for an optional stage; from now on it cannot be passed over (R4-33)."""
    return _switch(run, stage, on=True, by=by, reason=reason, at=at or clock.now())


@one_act
def skip_stage(run: Run, stage: str, *, by: Person, reason: str, at: datetime | None = None) -> Run:
    """Say why an optional stage is not needed; it is passed over anyway, now with a reason."""
    return _switch(run, stage, on=False, by=by, reason=reason, at=at or clock.now())


def _switch(run: Run, stage: str, *, on: bool, by: Person, reason: str, at: datetime) -> Run:
    claimed = course.claim(run, by)
    c = Circumstances(claimed, at)
    if stage not in {known.key for known in c.flow.stages}:
        raise refuse(N_("流程中没有“%(stage)s”"), c.flow.clause, stage=stage)
    refuse_any(why_not_switch(c, stage, on=on, by=by, reason=reason))
    Switch.objects.update_or_create(
        run=claimed, stage=stage, on=on, defaults={"by": by, "at": at, "reason": reason.strip()}
    )
    event = "flow.stage_called" if on else "flow.stage_skipped"
    course.record(event, c, course.Hand(by, at, reason=reason.strip()), stage=stage)
    return course.catch_up(run, claimed)


def why_not_switch(
    c: Circumstances, stage: str, *, on: bool, by: Person, reason: str
) -> list[Reason]:
    """Why somebody may not call for an optional stage, or declare it needless."""
    found = rules.why_not_switch(c.situation, stage, on=on, reason=reason)
    hats = hats_of(by, c.run.division_id, c.at)
    own = rules.why_not_act(c.situation.need, hats)
    named = c.flow.stage(stage).switch_by
    if own and not any(hat.holds(role) for hat in hats for role in named):
        titles = [org.role_title(role, c.run.division_id, c.at) for role in named]
        if titles:
            text = N_("只有本步办理人或%(roles)s可以决定")
            own = [Reason(text, c.flow.stage(stage).clause, facts={"roles": listed(titles)})]
        found += own
    return found
