"""From the bytes of a letter to what it says."""

import email
import hashlib
from email.message import Message
from email.policy import compat32

from shouwen.ground.foundation.refusal import N_

from . import bodies, headers, nature
from .letters import Letter, Unreadable

GLANCE = 64 * 1024
SHOWN = ("from", "to", "cc", "reply-to", "sender", "date", "subject", "message-id", "in-reply-to",
         "return-path", "auto-submitted", "precedence", "list-id", "x-mailer", "content-type",
         "received")  # fmt: skip
MOST_LINES = 2_000_000


def glance(data: bytes) -> Letter:
    """Only the head of a letter, by which it is listed before anybody reads it."""
    head = data[:GLANCE].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    try:
        message = email.message_from_bytes(head + b"\n\n", policy=compat32)
        name, sender = headers.address(message, "from")
        return Letter(
            message_id=headers.message_id(message),
            sender=sender,
            sender_name=name[:60],
            subject=headers.text(message, "subject")[:200],
            written_at=headers.written_at(message),
        )
    except Exception:  # a head that nobody can read is listed without one
        return Letter()


def read(data: bytes) -> Letter:
    """Everything; raises `Unreadable` and nothing else."""
    try:
        return _read(data)
    except Unreadable:
        raise
    except RecursionError:
        raise Unreadable(N_("邮件套了 %(most)s 层以上"), most=bodies.MOST_DEPTH) from None
    except Exception as error:
        named = f"{type(error).__name__}: {error}"[:200]
        raise Unreadable(N_("解析邮件时出错:%(error)s"), error=named) from error


def _read(data: bytes) -> Letter:
    if data.count(b"\n") > MOST_LINES:
        raise Unreadable(N_("邮件的行数过多"))
    message = email.message_from_bytes(data, policy=compat32)
    body = bodies.gather(message)
    text, from_html = body.text()
    name, sender = headers.address(message, "from")
    subject = headers.text(message, "subject")[:500]
    kind = nature.nature_of(message, sender, subject)
    back, why = nature.returned(message) if kind == nature.Nature.BOUNCE else ((), "")
    when = headers.written_at(message)
    answered = headers.ids(message, "in-reply-to")
    return Letter(
        message_id=headers.message_id(message),
        sender=sender,
        sender_name=name[:60],
        reply_to=headers.address(message, "reply-to")[1],
        to=_receivers(message),
        subject=subject,
        written_at=when,
        in_reply_to=answered[0] if answered else "",
        references=headers.ids(message, "references"),
        text=text,
        from_html=from_html,
        files=tuple(body.files),
        nature=kind.value,
        returned=back,
        returned_why=why,
        troubles=tuple(sorted(body.troubles | (set() if when else {"no_date"}))),
        digest=_digest(message, data),
        headers=_shown(message),
    )


def _receivers(message: Message) -> tuple[str, ...]:
    lines = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")
    found = [where for line in lines for _name, where in headers.addresses(message, line)]
    return tuple(dict.fromkeys(where for where in found if where))


def _digest(message: Message, data: bytes) -> str:
    """Of what the sender wrote; what carriers put above it differs with every delivery."""
    lines = ("message-id", "from", "date", "subject")
    written = "\n".join(headers.raw(message, line) for line in lines)
    body = data.replace(b"\r\n", b"\n").partition(b"\n\n")[2].rstrip(b"\n")
    return hashlib.sha256(written.encode("utf-8", "surrogateescape") + b"\0" + body).hexdigest()


def _shown(message: Message) -> tuple[tuple[str, str], ...]:
    return tuple(
        (key, " ".join(headers.readable(str(value)[:2000].replace("\n", " ")).split()))
        for key, value in list(message.raw_items())[:200]
        if key.lower() in SHOWN
    )
