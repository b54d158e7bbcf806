"""The verbs of reports, by the paper they belong to."""

from .bonuses import compute_bonus
from .countersigning import amend, answer, confirm, finalise, object_to, sign, submit
from .drafting import draw_up, new_edition, recount, write_check

__all__ = [
    "amend",
    "answer",
    "compute_bonus",
    "confirm",
    "draw_up",
    "finalise",
    "new_edition",
    "object_to",
    "recount",
    "sign",
    "submit",
    "write_check",
]
