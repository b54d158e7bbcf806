"""The verbs of the assessment; what is filed and answered as a paper goes through `cases`."""

from .penalty_notices import (
    approve_notice,
    confirm_check,
    confirm_deduction,
    decline_notice,
    open_notice,
)
from .proposals import recompute_loss
from .sanctions import announce, send_list

__all__ = [
    "announce",
    "approve_notice",
    "confirm_check",
    "confirm_deduction",
    "decline_notice",
    "open_notice",
    "recompute_loss",
    "send_list",
]
