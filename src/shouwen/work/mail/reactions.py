"""What the mail room does when a letter is passed to a matter."""

from typing import Any

from shouwen.engines.documents.matters import stand_in
from shouwen.ground.journal.actions import reacts_to
from shouwen.ground.journal.models import Entry
from shouwen.work.interactions import actions as interactions

from .models import RawMail


@reacts_to("interaction.tied")
def bring_what_followed(entry: Entry, subject: Any) -> None:
    """Letters that answered it and still wait belong to the same matter."""
    waiting = RawMail.objects.filter(
        follows_id=entry.subject_id, interaction__routed_at__isnull=True,
        interaction__isnull=False,
    ).select_related("interaction")  # fmt: skip
    for letter in waiting:
        if letter.interaction is not None and letter.interaction_id != entry.subject_id:
            matter = stand_in(entry.matter_kind, entry.matter_id)
            interactions.tie(letter.interaction, matter, by=None, at=entry.at, repeated=True)
