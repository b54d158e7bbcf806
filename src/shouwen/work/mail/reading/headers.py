"""Header lines: encoded words as mailers really write them, addresses, Message-IDs, dates."""

import binascii
import re
from base64 import b64decode
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from quopri import decodestring

from .charsets import decode, tidy

LONGEST = 8_000
"""Characters of a header that are looked at."""
MOST_ADDRESSES = 50
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]{0,6000})\?=")
_BETWEEN = re.compile(r"(\?=)[ \t\r\n]+(=\?)")
_ID = re.compile(r"<[^<>\s]{1,240}>")
_ADDRESS = re.compile(r"[^\s<>()\[\]\\,;:\"@]{1,64}@[^\s<>()\[\]\\,;:\"@]{1,189}")
_SPACE = re.compile(r"[ \t]*\r?\n[ \t]*|[\x00-\x08\x0b-\x1f]")


def raw(message: Message, name: str) -> str:
    """A header as it stands in the bytes, unfolded; strange bytes are surrogates still."""
    for key, value in message.raw_items():
        if key.lower() == name:
            return _SPACE.sub(" ", str(value)[:LONGEST]).strip()
    return ""


def text(message: Message, name: str) -> str:
    """A header as people read it, on one line."""
    return " ".join(readable(raw(message, name)).split())


def readable(line: str) -> str:
    """Encoded words put together before they are decoded: mailers cut characters in two."""
    if "=?" not in line:
        return _plain(line)
    line = _BETWEEN.sub(r"\1\2", line)
    found: list[tuple[str, bytes]] = []
    at = 0
    for match in _WORD.finditer(line):
        _add(found, "", line[at : match.start()].encode("utf-8", "surrogateescape"))
        charset = match[1].partition("*")[0].lower()
        _add(found, charset, _bytes(match[2], match[3]))
        at = match.end()
    _add(found, "", line[at:].encode("utf-8", "surrogateescape"))
    return "".join(decode(data, charset)[0] for charset, data in found)


def _add(found: list[tuple[str, bytes]], charset: str, data: bytes) -> None:
    if data and found and found[-1][0] == charset and charset:
        found[-1] = (charset, found[-1][1] + data)
    elif data:
        found.append((charset, data))


def _bytes(way: str, coded: str) -> bytes:
    data = coded.encode("ascii", "ignore")
    if way in "qQ":
        return decodestring(data, header=True)
    try:
        return b64decode(data + b"=" * (-len(data) % 4))
    except (binascii.Error, ValueError):
        return data


def _plain(line: str) -> str:
    """No encoded word; bytes above ASCII are guessed."""
    if line.isascii():
        return tidy(line)
    return decode(line.encode("utf-8", "surrogateescape"))[0]


def address(message: Message, name: str) -> tuple[str, str]:
    """Name and address of the first one in a header; both may be empty."""
    found = addresses(message, name)
    return found[0] if found else ("", "")


def addresses(message: Message, name: str) -> list[tuple[str, str]]:
    """Every name and address of a header, addresses in small letters."""
    lines = [
        _SPACE.sub(" ", str(value)[:LONGEST])
        for key, value in message.raw_items()
        if key.lower() == name
    ]
    # A coded name may hold a comma once decoded: addresses are taken apart first.
    pairs = [pair for line in lines[:5] for pair in _pairs(line)]
    return [(called, where) for called, where in pairs if where or called][:MOST_ADDRESSES]


def _pairs(line: str) -> list[tuple[str, str]]:
    try:
        found = getaddresses([line])
    except Exception:  # the parser of the standard library stumbles over made-up lines
        found = []
    pairs = [(" ".join(readable(name).split()), _address(where)) for name, where in found]
    if not any(where for _name, where in pairs) and (match := _ADDRESS.search(line)):
        rest = readable(line.replace(match[0], "")).strip("<>\"' \t")
        pairs = [(" ".join(rest.split()), _address(match[0]))]
    return pairs


def _address(where: str) -> str:
    match = _ADDRESS.fullmatch(where.strip().strip("<>"))
    return match[0].encode("utf-8", "ignore").decode().lower() if match else ""


def ids(message: Message, name: str) -> tuple[str, ...]:
    """The Message-IDs of a header, in order."""
    line = raw(message, name).encode("ascii", "ignore").decode()
    return tuple(dict.fromkeys(_ID.findall(line)))[-50:]


def message_id(message: Message) -> str:
    """Its own name; some mailers forget the angle brackets."""
    line = raw(message, "message-id").encode("ascii", "ignore").decode()
    found = _ID.search(line)
    bare = line.strip().strip("<>").split(" ")[0]
    return found[0] if found else f"<{bare[:240]}>" if bare else ""


def written_at(message: Message) -> datetime | None:
    """When it says it was written, if that is a moment at all."""
    try:
        moment = parsedate_to_datetime(raw(message, "date"))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC)
    except Exception:  # months, zones and centuries that do not exist
        return None
