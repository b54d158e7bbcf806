"""Any fact may open or settle dues: which ones, the clauses say."""

from typing import Any

from shouwen.engines.documents.models import Copy, Sheet
from shouwen.ground.journal.actions import ANY, reacts_to
from shouwen.ground.journal.models import Entry

from .rhythms import renewing
from .tied import clauses, deadlines, receipts


@reacts_to(ANY)
def keep_deadlines(entry: Entry, subject: Any) -> None:
    """Settle first: the fact that ends one due may begin the next."""
    known = clauses.events()
    if entry.event in known.stops:
        deadlines.settle_for(entry)
    if entry.event in known.duty_stops:
        deadlines.settle_duties_for(entry, subject)
    if entry.event in known.starts:
        deadlines.open_for(entry, subject)
    if entry.event in known.renews:
        renewing.renew(entry)


@reacts_to("sheet.issued")
def ask_for_receipts(entry: Entry, sheet: Sheet) -> None:
    """Every copy is signed for by its unit (R4-47, R4-72)."""
    receipts.ask_each(entry, sheet)


@reacts_to("copy.sent_on")
def ask_the_next(entry: Entry, copy: Copy) -> None:
    """A copy that went on is signed for by whoever keeps it (R4-80)."""
    receipts.ask_again(entry, copy)


@reacts_to("copy.received")
def received(entry: Entry, copy: Copy) -> None:
    """It is off the desk."""
    receipts.settle(entry, copy)


@reacts_to("sheet.voided", "sheet.recalled")
def nothing_to_receive(entry: Entry, sheet: Sheet) -> None:
    """A paper that was struck or taken back is nobody's to sign for."""
    receipts.drop_each(entry, sheet)
