"""The improvement list: what customers suggest, what is decided, who does it, what it brought."""

from datetime import date, datetime

from shouwen.engines.documents.matters import stand_in
from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person
from shouwen.work.callbacks import access, figures, rules
from shouwen.work.callbacks.models import Callback, Result, Suggestion
from shouwen.work.callbacks.models.samples import Decision

LINK = "/callbacks/improvements/%s/"


def collect(callback: Callback, result: Result, *, by: Person, at: datetime) -> None:
    """Put what the customer thinks and suggests on the list (R3-36, R3-55)."""
    told = {"opinion": result.opinion, "suggestion": result.suggestion}
    for sort, text in told.items():
        if not text:
            continue
        row = Suggestion.objects.create(
            division=callback.division, callback=callback, sort=sort, text=text, at=at, by=by
        )
        record(
            "suggestion.recorded", row, by=by, at=at, matter=stand_in(*callback.matter),
            sort=sort, reason=callback.reason, division=row.division_id,
        )  # fmt: skip


def decider(division: int, at: datetime) -> tuple[str, str]:
    """Clause and role of whoever decides about suggestions."""
    binding = ruling.clause("document", division, at, form=figures.LIST)
    if binding is None:
        return "", "customer_service"
    roles = access.owners_of(binding)
    return binding.id, roles[0] if roles else "customer_service"


@one_act
def decide(
    suggestion: Suggestion,
    decision: str,
    *,
    by: Person,
    at: datetime | None = None,
    reason: str = "",
    owner: Person | None = None,
    due_on: date | None = None,
) -> Suggestion:
    """Adopt a suggestion, with owner and day, or say why not (R3-55)."""
    moment = at or clock.now()
    row = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    clause, role = decider(row.division_id, moment)
    access.require_role(role, row.division_id, clause, by=by, at=moment)
    if row.decision:
        raise refuse(N_("这一条已经决定"), clause, field="decision")
    known = decision if decision in Decision.values else ""
    refuse_any(rules.why_not_decided(known, reason, owner, due_on, clock.day_of(moment), clause))
    row.decision, row.reason, row.decided_by, row.decided_at = known, reason.strip(), by, moment
    if known == Decision.ADOPTED:
        row.owner, row.due_on = owner, due_on
    row.save()
    record(
        "improvement.decided", row, by=by, at=moment, matter=stand_in(*row.callback.matter),
        decision=known, reason=row.reason, owner=row.owner_id, division=row.division_id,
        due_on=row.due_on.isoformat() if row.due_on else None,
    )  # fmt: skip
    if row.owner is not None and row.due_on is not None:
        _ask(row, row.owner, row.due_on, clause, by, moment)
    return row


def _ask(
    row: Suggestion, owner: Person, due_on: date, clause: str, by: Person, at: datetime
) -> None:
    dues.open_due(
        N_("落实改进：%(text)s"),
        kind=Due.Kind.TASK,
        clause=clause,
        subject=row,
        division=row.division_id,
        person=owner,
        due_at=clock.end_of(due_on),
        params={"text": row.text[:60]},
        link=LINK % row.pk,
        key=f"suggestion:{row.pk}",
        by=by,
        at=at,
    )


@one_act
def note_effect(
    suggestion: Suggestion, effect: str, *, by: Person, at: datetime | None = None
) -> Suggestion:
    """Say what an adopted suggestion brought; its owner does, or whoever decides."""
    moment = at or clock.now()
    row = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    clause, role = decider(row.division_id, moment)
    if row.owner_id != by.pk:
        access.require_role(role, row.division_id, clause, by=by, at=moment)
    if row.decision != Decision.ADOPTED:
        raise refuse(N_("只有采纳的建议才有落实效果"), clause, field="effect")
    if row.effect:
        raise refuse(N_("落实效果已经填写"), clause, field="effect")
    if not effect.strip():
        raise refuse(N_("请写明落实的效果"), clause, field="effect")
    row.effect, row.effect_by, row.effect_at = effect.strip(), by, moment
    row.save(update_fields=["effect", "effect_by", "effect_at"])
    record(
        "suggestion.effect_noted", row, by=by, at=moment,
        matter=stand_in(*row.callback.matter), effect=row.effect,
    )  # fmt: skip
    dues.settle(key=f"suggestion:{row.pk}", by=by, at=moment)
    return row
