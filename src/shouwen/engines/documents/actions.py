"""The verbs of papers, by the noun they belong to."""

from .attaching import attach, remove_attachment
from .issuing import issue, number_sheet, recall, receive_copy, send_on, void, why_not_issued
from .numbers import next_number
from .sheets import fill_computed, open_sheet, save_section
from .signing import fill_and_sign, reopen_section, sign_place, sign_section

__all__ = [
    "attach",
    "fill_and_sign",
    "fill_computed",
    "issue",
    "next_number",
    "number_sheet",
    "open_sheet",
    "recall",
    "receive_copy",
    "remove_attachment",
    "reopen_section",
    "save_section",
    "send_on",
    "sign_place",
    "sign_section",
    "void",
    "why_not_issued",
]
