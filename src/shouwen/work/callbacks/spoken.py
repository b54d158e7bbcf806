"""A call that reached the customer is a contact like any other: it stands on his timeline.

A new need he spoke of becomes an opportunity in the same act.

What he said stays with the result alone, where it is corrected and forgotten (R3-44). It is no
answer in the matter: it neither counts as feedback nor does the customer read it on the portal.
"""

from datetime import datetime

from shouwen.engines.documents.matters import stand_in
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.org.models import Person
from shouwen.work.customers.care import keeping
from shouwen.work.customers.models import Opportunity
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions.models import Channel, Direction, Interaction, Nature
from shouwen.work.interactions.wording import own

from .models import Callback
from .rules import Answer

SOURCE = interactions.CALLBACK
BODY = own(N_("电话回访，已与客户通话；客户所说的见回访记录。"))
"""What the contact says; the result says the rest."""


def note_contact(row: Callback, *, by: Person, at: datetime) -> Interaction:
    """Keep the call as a contact that went out, once a call-back."""
    draft = interactions.Draft(
        row.division, BODY, channel=Channel.PHONE, direction=Direction.OUT,
        nature=Nature.FOLLOW_UP, customer=row.customer, phone=row.phone, source=SOURCE,
        external_id=str(row.pk), more={"callback": row.pk},
    )  # fmt: skip
    return interactions.record_interaction(draft, by=by, at=at, matter=stand_in(*row.matter))


def note_need(row: Callback, said: Answer, *, by: Person, at: datetime) -> Opportunity | None:
    """Keep a new need with whoever looks after the customer, else with the caller (R2-10)."""
    if not (said.need or said.next_step):
        return None
    return keeping.note_opportunity(
        row.customer, need=said.need, next_step=said.next_step,
        owner=row.customer.salesperson or by, source=row, by=by, at=at,
    )  # fmt: skip
