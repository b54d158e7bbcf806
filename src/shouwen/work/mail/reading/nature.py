"""Who wrote: a person, or a machine that must never be answered (RFC 3464, RFC 3834)."""

import re
from email.message import Message
from enum import StrEnum

from . import headers
from .bodies import content_of


class Nature(StrEnum):
    """What kind of letter it is; only `letter` may get an automatic answer."""

    LETTER = "letter"
    AUTO = "auto"
    BOUNCE = "bounce"
    LIST = "list"
    NAMELESS = "nameless"


MARK = "X-Shouwen-Mail"
"""On every letter of ours, so that a loop through somebody's forwarding is seen."""
MACHINES = re.compile(
    r"^(mailer-daemon|postmaster|mail-daemon|mdaemon|no-?reply|do-?not-?reply|donotreply|bounces?"
    r"|daemon|root|autoreply|auto-reply|notifications?)([+._-].*)?@"
)
_AWAY = re.compile(
    r"^\s*(auto(matic)?[ -]?(reply|response|answer)|out of (the )?office|vacation|abwesen"
    r"|自动回复|自动答复|自动应答|自動回覆|自動返信|不在办公室|外出自动回复|休假)",
    re.IGNORECASE,
)
_RETURNED = re.compile(
    r"(undeliver(able|ed)|delivery (status notification|failure|has failed)|returned mail"
    r"|mail delivery (failed|subsystem)|failure notice|delivery notification"
    r"|退信|系统退信|投递失败|无法投递|邮件被退回|退回的邮件)",
    re.IGNORECASE,
)
_IDS = re.compile(rb"(?im)^(?:x-original-)?message-id:\s*(<[^<>\s]{1,240}>)")
_STATUS = re.compile(rb"(?im)^(?:diagnostic-code|status):[ \t]*(.{1,200})")


def nature_of(message: Message, sender: str, subject: str) -> Nature:
    """The machine's marks first, then what subjects say in two languages."""
    if _is_bounce(message, sender, subject):
        return Nature.BOUNCE
    if _is_automatic(message, subject):
        return Nature.AUTO
    if not sender:
        return Nature.NAMELESS
    precedence = headers.raw(message, "precedence").lower()
    marks = ("list-id", "list-unsubscribe", "list-post", "feedback-id", "x-mailinglist")
    if precedence in ("list", "bulk", "junk") or any(headers.raw(message, m) for m in marks):
        return Nature.LIST
    return Nature.AUTO if MACHINES.match(sender) else Nature.LETTER


def _is_bounce(message: Message, sender: str, subject: str) -> bool:
    kind = message.get_content_type()
    reports = headers.raw(message, "content-type").lower()
    if kind == "multipart/report" and "delivery-status" in reports:
        return True
    if kind == "multipart/report" and "disposition-notification" in reports:
        return False
    if headers.raw(message, "x-failed-recipients"):
        return True
    machine = not sender or sender.startswith(("mailer-daemon@", "postmaster@", "mdaemon@"))
    return (machine or _null_path(message)) and bool(_RETURNED.search(subject))


def _is_automatic(message: Message, subject: str) -> bool:
    submitted = headers.raw(message, "auto-submitted").lower()
    if submitted and not submitted.startswith("no"):
        return True
    marks = ("x-autoreply", "x-autorespond", "x-auto-response-suppress", MARK.lower())
    # Outlook puts the suppressing mark on people's letters too, for receipts: those are of people.
    suppressed = headers.raw(message, "x-auto-response-suppress").lower()
    machine = [m for m in marks if m != "x-auto-response-suppress" and headers.raw(message, m)]
    if machine or suppressed == "all":
        return True
    if headers.raw(message, "precedence").lower() == "auto_reply":
        return True
    if "disposition-notification" in headers.raw(message, "content-type").lower():
        return True
    return _null_path(message) or bool(_AWAY.match(subject))


def _null_path(message: Message) -> bool:
    return headers.raw(message, "return-path").replace(" ", "") == "<>"


def returned(message: Message) -> tuple[tuple[str, ...], str]:
    """Which of our letters a bounce brings back, and what the other side says about it."""
    ids: dict[str, None] = {}
    why = b""
    own = headers.message_id(message).encode()
    for part in message.walk():
        kind = part.get_content_type()
        if part is not message and (name := headers.message_id(part)):
            ids[name] = None
        if kind == "message/delivery-status" or part.is_multipart():
            for block in part.get_payload() if kind == "message/delivery-status" else ():
                if isinstance(block, Message):
                    said = headers.raw(block, "diagnostic-code") or headers.raw(block, "status")
                    why = why or said.encode("utf-8", "replace")
            continue
        data = content_of(part)[:100_000]
        ids.update((name.decode("ascii", "ignore"), None) for name in _IDS.findall(data))
        if not why and (said_here := _STATUS.search(data)):
            why = said_here[1]
    ids.update((name, None) for name in headers.ids(message, "in-reply-to"))
    ids.update((name, None) for name in headers.ids(message, "references"))
    ids.pop(own.decode(), None)
    return tuple(ids)[:20], why.decode("utf-8", "replace").strip()[:200]
