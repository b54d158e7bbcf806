"""The parts of a letter: what people read, what is a file, what is only named."""

import re
from binascii import a2b_base64
from collections.abc import Iterator
from email.message import Message
from email.utils import decode_params
from html import unescape
from typing import Any

import nh3

from shouwen.ground.foundation.refusal import N_

from . import headers
from .charsets import decode, is_damaged, tidy
from .letters import Part, Unreadable

MOST_PARTS = 300
MOST_DEPTH = 12
LONGEST_TEXT = 200_000
LONGEST_HTML = 2_000_000
TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")
ENDINGS = {"text/plain": "txt", "text/html": "html", "image/jpeg": "jpg", "image/png": "png",
           "application/pdf": "pdf", "message/rfc822": "eml", "image/gif": "gif",
           "text/calendar": "ics"}  # fmt: skip
_NEWLINE = re.compile(r"(?i)<\s*(?:br|/p|/div|/tr|/li|/h[1-6]|/blockquote|/table|hr)\b[^>]{0,200}>")
_CELL = re.compile(r"(?i)<\s*/t[dh]\s*>")
_META = re.compile(rb"(?i)<meta[^>]{0,300}charset\s*=\s*[\"']?([a-z0-9_-]{2,30})")
_STRANGE = re.compile(rb"[^A-Za-z0-9+/=]")
_FILLED = re.compile(rb"=+")
_PAIR = re.compile(r';\s*([A-Za-z0-9*_-]{1,40})\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)')
_BLANK = re.compile(r"[ \t\u00a0\u200b]+")
_GAPS = re.compile(r"\n{3,}")


class Body:
    """What is gathered while the parts are walked through, one after the other."""

    def __init__(self) -> None:
        self.plain: list[str] = []
        self.html: list[str] = []
        self.files: list[Part] = []
        self.troubles: set[str] = set()
        self.enclosed: list[Message] = []

    def text(self) -> tuple[str, bool]:
        """What people read, and whether it was HTML alone."""
        plain = "\n\n".join(part for part in self.plain if part.strip()).strip()
        if plain or not self.html:
            return _cut(plain, self.troubles), False
        read = "\n\n".join(self.html).strip()
        return _cut(read, self.troubles), bool(read)


def gather(message: Message) -> Body:
    """Walk through the parts; raises `Unreadable` past the limits."""
    body = Body()
    for number, (part, inside) in enumerate(_leaves(message, 0)):
        if number >= MOST_PARTS:
            raise Unreadable(N_("邮件的部分超过 %(most)s 个"), most=MOST_PARTS)
        if inside:
            _enclose(part, body, number)
        elif _is_text(part):
            _read_text(part, body)
        else:
            _keep_file(part, body, number)
    return body


def _leaves(message: Message, depth: int) -> Iterator[tuple[Message, bool]]:
    """Every part that holds something; an enclosed letter is one, and is not gone into."""
    if depth > MOST_DEPTH:
        raise Unreadable(N_("邮件套了 %(most)s 层以上"), most=MOST_DEPTH)
    kind = message.get_content_maintype()
    content = message.get_payload() if message.is_multipart() else None
    if isinstance(content, list) and kind == "message":
        yield message, True
    elif isinstance(content, list):
        for one in content:
            if isinstance(one, Message):
                yield from _leaves(one, depth + 1)
    else:
        yield message, False


def _is_text(part: Message) -> bool:
    kind = part.get_content_type()
    if kind not in ("text/plain", "text/html") or file_name(part):
        return False
    return not headers.raw(part, "content-disposition").lower().startswith("attachment")


def _read_text(part: Message, body: Body) -> None:
    data = content_of(part)
    label = _parameter(part, "content-type", "charset")
    is_html = part.get_content_type() == "text/html"
    if is_html and not label and (found := _META.search(data[:4000])):
        label = found[1].decode()
    text, true = decode(data, label)
    if not true and not data.isascii():
        body.troubles.add("charset")
    if is_damaged(text):
        body.troubles.add("damaged")
    if is_html:
        body.html.append(from_html(text))
    else:
        body.plain.append(text)


def content_of(part: Message) -> bytes:
    """The bytes of a part; a broken coding gives what can be saved of it."""
    coded = _coded(part)
    coding = headers.raw(part, "content-transfer-encoding").lower()
    if coding == "base64":
        return _from_base64(coded)
    try:
        data = part.get_payload(decode=True)
    except Exception:  # uuencode of the standard library stumbles over made-up bytes
        data = coded
    return data if isinstance(data, bytes) else coded


def _coded(part: Message) -> bytes:
    """The bytes as they stand in the letter; asked for otherwise, a label's codec is run first."""
    held: Any = part.__dict__.get("_payload")
    return held.encode("utf-8", "surrogateescape") if isinstance(held, str) else b""


def _from_base64(coded: bytes) -> bytes:
    """Piece by piece where padding stands in the middle; a cut end loses its last bits only."""
    pieces = _FILLED.split(_STRANGE.sub(b"", coded))
    return b"".join(
        a2b_base64(piece[: len(piece) - (len(piece) % 4 == 1)] + b"=" * (-len(piece) % 4))
        for piece in pieces
    )


def from_html(html: str) -> str:
    """Text of HTML: scripts, styles and hidden tags are cleaned away before anything is read."""
    if len(html) > LONGEST_HTML:
        raise Unreadable(N_("邮件的网页正文过大"))
    lined = _CELL.sub("\t", _NEWLINE.sub("\n", " ".join(html.split("\n"))))
    bare = nh3.clean(
        lined, tags=set(), attributes={},
        clean_content_tags={"script", "style", "title", "head", "template", "noscript"},
    )  # fmt: skip
    lines = [_BLANK.sub(" ", line).strip() for line in tidy(unescape(bare)).split("\n")]
    return _GAPS.sub("\n\n", "\n".join(lines)).strip()


def _keep_file(part: Message, body: Body, number: int) -> None:
    kind = part.get_content_type()
    name = file_name(part) or f"part-{number + 1}.{ENDINGS.get(kind, 'bin')}"
    if kind in TNEF or name.lower() == "winmail.dat":
        body.troubles.add("tnef")
        body.files.append(Part(name, kind, why=N_("Outlook 的 TNEF 包,不打开")))
    elif kind.startswith("multipart/"):
        body.troubles.add("damaged")  # it says it has parts and has none
        body.plain.append(decode(content_of(part))[0])
    elif kind == "message/delivery-status":
        return
    else:
        body.files.append(Part(name, kind, content_of(part)))


def _enclose(part: Message, body: Body, number: int) -> None:
    """A letter inside: its words are read as words, itself stays in the raw one."""
    inner = next((one for one in part.get_payload() if isinstance(one, Message)), None)
    if part.get_content_type() == "message/delivery-status" or inner is None:
        return
    subject = headers.text(inner, "subject") or f"letter-{number + 1}"
    body.troubles.add("nested")
    body.enclosed.append(inner)
    body.files.append(Part(f"{subject[:80]}.eml", "message/rfc822", why=N_("随附的邮件,见原件")))
    sender = headers.text(inner, "from")
    words = "\n".join(
        decode(content_of(one), _parameter(one, "content-type", "charset"))[0]
        for one, deep in _few(inner)
        if not deep and one.get_content_type() == "text/plain"
    )
    body.plain.append(f"―― {sender} · {subject}\n{words}".rstrip())


def _few(message: Message) -> Iterator[tuple[Message, bool]]:
    for number, found in enumerate(_leaves(message, 0)):
        if number >= MOST_PARTS:
            raise Unreadable(N_("邮件的部分超过 %(most)s 个"), most=MOST_PARTS)
        yield found


def file_name(part: Message) -> str:
    """What a file is called: by RFC 2231, by encoded words, or by raw bytes."""
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        if found := _parameter(part, header, parameter):
            return tidy(found).replace("\n", " ").strip()[:200]
    return ""


def _parameter(part: Message, header: str, name: str) -> str:
    """A parameter by RFC 2231, or as mailers write it instead: coded words, bytes above ASCII."""
    pairs = [(found[1].lower(), _unquoted(found[2])) for found in _PAIR.finditer(
        headers.raw(part, header)[:4000])]  # fmt: skip
    plain = next((value for key, value in pairs if key == name), "")
    try:
        value = dict(decode_params([("", ""), *pairs])[1:]).get(name, "")
    except Exception:  # continuations that nobody can put together
        value = plain
    if isinstance(value, tuple):
        charset, _language, text = value
        text = str(text).strip('"')
        return decode(text.encode("latin-1", "replace"), charset or "utf-8")[0]
    return headers.readable(plain or str(value).strip('"'))


def _unquoted(value: str) -> str:
    value = value.strip()
    if value.startswith('"'):
        return value[1:].removesuffix('"').replace('\\"', '"').replace("\\\\", "\\")
    return value


def _cut(text: str, troubles: set[str]) -> str:
    if len(text) <= LONGEST_TEXT:
        return text
    troubles.add("shortened")
    return text[:LONGEST_TEXT]
