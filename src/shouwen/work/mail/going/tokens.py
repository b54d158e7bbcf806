"""The signed word in a reply address and in a letter's foot by which an answer finds its way back.

Nobody can make one up, and it says nothing but which interaction it answers. Mail servers turn
addresses into small letters: so it has no others.
"""

import re
from base64 import b32encode

from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "shouwen.mail.reply"
LENGTH = 20
"""Characters of the signature, five bits each."""
_TOKEN = re.compile(r"(?<![a-z0-9])sw-([0-9a-z]{1,12})-([a-z2-7]{20})(?![a-z2-7])", re.IGNORECASE)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
MOST = 5


def token_of(interaction: int) -> str:
    """The word for an interaction."""
    return f"sw-{_written(interaction)}-{_signature(interaction)}"


def found_in(*texts: str) -> list[int]:
    """The interactions whose true words stand in some texts, in order."""
    found: list[int] = []
    for text in texts:
        for match in list(_TOKEN.finditer(text))[:MOST]:
            number = int(match[1], 36)
            if constant_time_compare(_signature(number), match[2].lower()):
                found.append(number)
    return list(dict.fromkeys(found))


def _signature(number: int) -> str:
    digest = salted_hmac(SALT, str(number), algorithm="sha256").digest()
    return b32encode(digest).decode().lower()[:LENGTH]


def _written(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"
