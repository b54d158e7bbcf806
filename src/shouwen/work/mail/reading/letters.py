"""What was read in a letter."""

from dataclasses import dataclass, field
from datetime import datetime


class Unreadable(Exception):  # noqa: N818 - it is said to a person, with a button to try again
    """Why a letter was not read: a message id with its facts."""

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.message, self.facts = message, facts


@dataclass(frozen=True)
class Part:
    """A file in a letter. Without content it is only named, and `why` says why (a message id)."""

    name: str
    mime: str
    content: bytes = b""
    why: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter as people see it, and what a machine must know to thread and to guard."""

    message_id: str = ""
    sender: str = ""
    """The address in From, in small letters; empty where there is none."""
    sender_name: str = ""
    reply_to: str = ""
    to: tuple[str, ...] = ()
    """Every address it was sent to, or copied."""
    subject: str = ""
    written_at: datetime | None = None
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    text: str = ""
    from_html: bool = False
    files: tuple[Part, ...] = ()
    nature: str = "letter"
    returned: tuple[str, ...] = ()
    """Of a bounce: the Message-IDs of what came back."""
    returned_why: str = ""
    troubles: tuple[str, ...] = ()
    """What was odd: `charset`, `damaged`, `tnef`, `nested`, `shortened`, `no_date`."""
    digest: str = ""
    """The same for the same letter however often, and by whatever way, it is delivered."""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def answers_to(self) -> tuple[str, ...]:
        """The Message-IDs it answers, the nearest first."""
        found = (self.in_reply_to, *reversed(self.references))
        return tuple(dict.fromkeys(one for one in found if one))
