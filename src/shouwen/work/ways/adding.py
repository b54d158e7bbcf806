"""What is said later about the same goes where that goes, before a matter exists and after."""

from django.db.models import Q

from shouwen.engines.documents.matters import stand_in
from shouwen.ground.journal.actions import reacts_to
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions.models import Channel, Direction, Interaction

from .models import Added


def root_of(row: Interaction) -> Interaction:
    """The contact that something was added to; itself where nothing came before."""
    found = Added.objects.filter(interaction=row).select_related("to").first()
    return found.to if found else row


def join(row: Interaction, to: Interaction) -> Added:
    """Say that something was said about what came before."""
    return Added.objects.create(to=root_of(to), interaction=row)


@reacts_to("interaction.tied")
def take_along(entry: Entry, row: Interaction) -> None:
    """What was added to a contact before it became a matter belongs to that matter too.

    Letters are left to the mail room, which knows whether they answer one of ours.
    """
    if entry.matter_kind != row.matter_kind:
        return
    by = org.person(entry.actor_id) if entry.actor_id is not None else None
    added = Interaction.objects.filter(added_to__to=row, matter_id__isnull=True)
    letters = Q(channel=Channel.MAIL, direction=Direction.IN)
    for one in added.exclude(letters).order_by("id"):
        interactions.tie(one, stand_in(row.matter_kind, row.matter_id or 0), by=by, at=entry.at)
