"""The verbs of conduct by the noun they belong to; nobody else writes its tables."""

from .customers import (
    check_rating,
    decide_grievance,
    file_grievance,
    rate_contact,
    take_grievance,
)
from .findings import (
    Found,
    acknowledge,
    decide_finding,
    note_finding,
    object_to,
    record_correction,
)
from .measures import (
    acknowledge_measure,
    approve_transfer,
    close_finding,
    decline_transfer,
    propose_transfer,
    take_measure,
)
from .reviewing import Marks, draw_call, submit_review

__all__ = [
    "Found",
    "Marks",
    "acknowledge",
    "acknowledge_measure",
    "approve_transfer",
    "check_rating",
    "close_finding",
    "decide_finding",
    "decide_grievance",
    "decline_transfer",
    "draw_call",
    "file_grievance",
    "note_finding",
    "object_to",
    "propose_transfer",
    "rate_contact",
    "record_correction",
    "submit_review",
    "take_grievance",
    "take_measure",
]
