"""What the mail room does when a letter is passed to a matter."""

from datetime import datetime
from typing import Any

from shouwen.engines.documents.matters import stand_in
from shouwen.ground.journal.actions import reacts_to
from shouwen.ground.journal.models import Entry
from shouwen.ground.org.models import Person
from shouwen.work.cases.centre.replying import carries
from shouwen.work.cases.models import Case
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions.models import Channel, Interaction

from . import queries
from .going import replying
from .models import RawMail


@carries(Channel.MAIL)
def answer_by_letter(
    case: Case, text: str, definite: bool, by: Person, at: datetime
) -> Interaction | None:
    """An answer written in the matter goes to whoever wrote; without a letter it is noted alone."""
    asked = queries.last_letter(case)
    return replying.reply(asked, text, definite=definite, by=by, at=at) if asked else None


@reacts_to("interaction.tied")
def bring_what_followed(entry: Entry, subject: Any) -> None:
    """Letters that answered it and still wait belong to the same matter."""
    waiting = RawMail.objects.filter(
        follows_id=entry.subject_id, interaction__matter_id__isnull=True,
        interaction__isnull=False,
    ).select_related("interaction")  # fmt: skip
    for letter in waiting:
        if letter.interaction is not None and letter.interaction_id != entry.subject_id:
            matter = stand_in(entry.matter_kind, entry.matter_id)
            interactions.tie(letter.interaction, matter, by=None, at=entry.at, repeated=True)
