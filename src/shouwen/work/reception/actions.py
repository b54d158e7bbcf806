"""The verbs of reception by the noun they belong to; nobody else writes its tables."""

from .letters import (
    Answer,
    Incoming,
    attach_scan,
    change_reply,
    dispatch,
    print_reply,
    register_letter,
    write_reply,
)
from .rating import follow_up_visit, rate_visit
from .visits import (
    Arrival,
    confirm_visit,
    receive_visit,
    record_departure,
    register_visit,
    tie_visit,
)

__all__ = [
    "Answer",
    "Arrival",
    "Incoming",
    "attach_scan",
    "change_reply",
    "confirm_visit",
    "dispatch",
    "follow_up_visit",
    "print_reply",
    "rate_visit",
    "receive_visit",
    "record_departure",
    "register_letter",
    "register_visit",
    "tie_visit",
    "write_reply",
]
