"""The quick intake: any employee takes down what a customer says, whatever his post (R5-16)."""

from datetime import datetime

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person

from . import rules
from .actions import Draft, record_interaction
from .models import Interaction, Nature


@one_act
def take(
    draft: Draft, *, by: Person, unknown: bool = False, at: datetime | None = None
) -> Interaction:
    """Record a contact with customer, contact, content and time; no post is asked for.

    `unknown`: the caller gave neither name nor number. Whoever works in a division may take a
    contact there, whatever his department.
    """
    moment = at or clock.now()
    if draft.division.pk not in org.divisions_visible(by):
        binding = ruling.clause("norm", draft.division, moment, item="answers_every_call")
        clause = binding.id if binding else ""
        raise refuse(N_("您不在这个单位任职"), clause, field="division")
    refuse_any([*_why_not_who(draft, unknown, moment), *_why_not_nature(draft, moment)])
    return record_interaction(draft, by=by, at=moment)


def _why_not_who(draft: Draft, unknown: bool, at: datetime) -> list[Reason]:
    binding = ruling.clause("checklist", draft.division, at, form="intake", items="called_at")
    reachable = bool(draft.phone.strip() or draft.email.strip())
    known, clause = draft.customer is not None, binding.id if binding else ""
    return rules.why_not_taken(known, draft.name, reachable, unknown, clause)


def _why_not_nature(draft: Draft, at: datetime) -> list[Reason]:
    """Whether it is something to be done, a problem or a demand stands on the record (R5-06)."""
    if draft.nature in Nature.values:
        return []
    clause = ruling.clause("document", draft.division, at, form="intake", fields="kind")
    message = N_("请选择往来的性质")
    return [Reason(message, clause.id if clause else "", field="nature")]
