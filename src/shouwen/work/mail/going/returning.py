"""Letters of ours that did not arrive: given up by our server, or brought back by another."""

from datetime import datetime

from shouwen.engines.documents.matters import stand_in
from shouwen.engines.notices.actions import tell
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.journal.actions import record
from shouwen.work.mail.models import Outgoing, Purpose, RawMail
from shouwen.work.mail.reading import Letter


@one_act
def note_returned(raw: RawMail, letter: Letter, *, at: datetime) -> bool:
    """Say on the letter we sent that it came back; whether there is such a letter."""
    sent = Outgoing.objects.filter(
        message_id__in=letter.returned, mailbox__division_id=raw.mailbox.division_id
    ).select_related("interaction__taker")
    found = list(sent)
    for one in found:
        if one.returned_at is None:
            one.returned_at, one.returned_why = at, letter.returned_why[:300]
            one.save(update_fields=["returned_at", "returned_why"])
            say_undelivered(one, "mail.returned", letter.returned_why, at)
    return bool(found)


def note_given_up(letter: Outgoing, at: datetime) -> None:
    """Our own server would not take it, however often it was asked."""
    say_undelivered(letter, "mail.undelivered", letter.error, at)


def say_undelivered(letter: Outgoing, event: str, why: str, at: datetime) -> None:
    """A fact on the matter's timeline, and a line for whoever wrote the letter."""
    row = letter.interaction
    matter = stand_in(*row.matter) if row.matter else None
    record(event, row, by=None, at=at, matter=matter, to=letter.to, why=why[:300],
           number=row.number, attempts=letter.attempts)  # fmt: skip
    if letter.purpose == Purpose.REPLY and row.taker is not None:
        tell(
            [row.taker], N_("寄给 %(to)s 的信 %(number)s 没有送达"), about=row, at=at,
            key=f"{event}:{letter.pk}", link=f"/mail/sent/{letter.pk}/", to=letter.to,
            number=row.number,
        )  # fmt: skip
