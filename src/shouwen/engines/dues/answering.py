"""What people do with a due: stop its clock, hand it over, answer for its being late."""

from datetime import date, datetime
from typing import Any

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

from . import access, ledger
from .clockwork import timing
from .models import Due, OverdueReaction, Pause


@one_act
def pause(due: Due, *, clause: str, reason: str, by: Person, at: datetime | None = None) -> Pause:
    """Stop the clock, where the clause of the due says that it may be stopped."""
    at, due = at or clock.now(), _locked(due)
    if not due.pausable:
        raise refuse(
            N_("“%(title)s”的期限不得中止，照常计算"),
            due.clause,
            instead=N_("确有困难的，请填报逾期反应并写明新的承诺日"),
            title=due.name,
        )
    if due.paused_at:
        raise refuse(N_("“%(title)s”已在中止之中"), due.clause, title=due.name)
    access.require_answer(by, due, at)
    if not reason.strip():
        raise refuse(N_("请写明中止的理由"), clause, field="reason")
    made = Pause.objects.create(due=due, clause=clause, reason=reason, since=at, by=by)
    _change(due, paused_at=at, next_wake_at=None)
    ledger.record(
        "due.paused", [due], by=by, at=at, more=lambda _due: {"under": clause, "reason": reason}
    )
    return made


@one_act
def resume(due: Due, *, by: Person | None, at: datetime | None = None) -> Due:
    """Let the clock go on; its moment moves by what did not count."""
    at, due = at or clock.now(), _locked(due)
    if not due.paused_at:
        raise refuse(N_("“%(title)s”并未中止"), due.clause, title=due.name)
    if by is not None:
        access.require_answer(by, due, at)
    due.pauses.filter(until__isnull=True).update(until=at, resumed_by=by)
    if due.due_at and due.days is None and due.minutes is None:
        due.due_at += at - due.paused_at
    due.paused_at = None
    timing.set_moments(due, timing.spans_of(due), at)
    due.save(update_fields=["paused_at", *timing.TIMED])
    ledger.record("due.resumed", [due], by=by, at=at)
    return due


@one_act
def hand_over(
    due: Due, to: Person, *, by: Person, reason: str = "", at: datetime | None = None
) -> Due:
    """Put a due into somebody's own hands; its clause, its moment and its role stay."""
    at, due = at or clock.now(), _locked(due)
    access.require_answer(by, due, at)
    if not to.active:
        raise refuse(N_("%(name)s已离职"), due.clause, field="to", name=to.name)
    if due.role and not org.holds(to, due.role, due.division_id, at):
        raise refuse(
            N_("%(name)s不担任该事项要求的岗位"),
            due.clause,
            field="to",
            instead=N_("请交给担任该岗位的同事"),
            name=to.name,
        )
    before = due.person_id
    _change(due, person_id=to.pk)
    ledger.record(
        "due.handed_over", [due], by=by, at=at,
        more=lambda _due: {"from": before, "to": to.pk, "reason": reason},
    )  # fmt: skip
    return due


@one_act
def react_overdue(
    due: Due,
    *,
    reason: str,
    measure: str,
    promise: date,
    by: Person,
    at: datetime | None = None,
) -> OverdueReaction:
    """The overdue response 逾期反应: why, what is done about it, by which day it will be done."""
    at, due = at or clock.now(), _locked(due)
    if not due.is_late(at):
        raise refuse(N_("“%(title)s”尚未逾期，无须填报逾期反应"), due.clause, title=due.name)
    access.require_answer(by, due, at)
    wanted = {
        "reason": (bool(reason.strip()), N_("请写明逾期的原因")),
        "measure": (bool(measure.strip()), N_("请写明采取的措施")),
        "promise": (promise >= clock.day_of(at), N_("承诺日不能早于今天")),
    }
    refuse_any(
        Reason(message, due.clause, field) for field, (said, message) in wanted.items() if not said
    )
    made = OverdueReaction.objects.create(
        due=due, by=by, at=at, reason=reason, measure=measure, promise=promise
    )
    data = {"reason": reason, "measure": measure, "promise": promise.isoformat()}
    ledger.record("due.reacted", [due], by=by, at=at, more=lambda _due: data)
    return made


def _locked(due: Due) -> Due:
    """The row itself, held until the end of the act; refuses what is settled."""
    fresh = Due.objects.select_for_update().get(pk=due.pk)
    if not fresh.is_open:
        raise refuse(N_("“%(title)s”已办结，不能再改"), fresh.clause, title=fresh.name)
    return fresh


def _change(due: Due, **values: Any) -> None:
    for name, value in values.items():
        setattr(due, name, value)
    due.save(update_fields=list(values))
