"""The verbs of the mail room; letters come in and leave by sweeps."""

from .boxes import BoxDraft, alter_box, open_box
from .coming.fetching import fetch_all
from .coming.processing import process, process_waiting
from .coming.settling import discard, retry, take_in
from .going.outgoing import send_waiting
from .going.replying import Enclosed, reply, resend

__all__ = [
    "BoxDraft",
    "Enclosed",
    "alter_box",
    "discard",
    "fetch_all",
    "open_box",
    "process",
    "process_waiting",
    "reply",
    "resend",
    "retry",
    "send_waiting",
    "take_in",
]
