"""The quick intake: any employee takes down what a customer says, whatever his post (R5-16)."""

from datetime import datetime

from django.db import transaction

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person

from . import rules
from .actions import Draft, record_interaction
from .models import Interaction


@transaction.atomic
def take(
    draft: Draft, *, by: Person, unknown: bool = False, at: datetime | None = None
) -> Interaction:
    """Record a contact with customer, contact, content and time; no post is asked for.

    `unknown`: the caller gave neither name nor number. Whoever works in a division may take a
    contact there, whatever his department.
    """
    moment = at or clock.now()
    if draft.division.pk not in org.divisions_visible(by):
        raise refuse(N_("您不在这个单位任职"), field="division")
    binding = ruling.clause("checklist", draft.division, moment, form="intake", before="")
    reachable = bool(draft.phone.strip() or draft.email.strip())
    refuse_any(
        rules.why_not_taken(
            draft.customer is not None,
            draft.name,
            reachable,
            unknown,
            binding.id if binding else "",
        )
    )
    return record_interaction(draft, by=by, at=moment)
