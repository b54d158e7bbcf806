"""The newest link of the chain, noted outside the database.

A chain whose tail was cut off is whole in itself; only somebody who remembers its end can tell.
The sealer keeps this note, and a note that was printed or mailed can be held against the chain.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from .models import Seal


@dataclass(frozen=True)
class Anchor:
    """Number and hash of one link."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number} {self.hash}"


class BrokenAnchor(Exception):  # noqa: N818 - what is broken is the chain
    """The chain no longer holds the link that was noted."""


def newest() -> Anchor | None:
    """The last link of the chain."""
    seal = Seal.objects.order_by("-id").first()
    return Anchor(seal.pk, seal.hash) if seal else None


def parse(text: str) -> Anchor:
    """A note as it was written down: number, space or colon, hash."""
    number, _, digest = text.strip().replace(":", " ").partition(" ")
    if not number.isdigit() or len(digest.strip()) != 64:
        raise ValueError(f"no anchor: {text.strip()!r}")
    return Anchor(int(number), digest.strip())


def read(path: Path) -> Anchor | None:
    """The note in a file, if there is one."""
    return parse(path.read_text()) if path.exists() else None


def holds(anchor: Anchor) -> bool:
    """Whether the chain still has that very link; cost: one row."""
    return Seal.objects.filter(pk=anchor.number, hash=anchor.hash).exists()


def keep(path: Path) -> None:
    """Note the newest link; never over a note that the chain contradicts.

    A tail that was cut off would otherwise be forgotten as soon as the chain grows again.
    """
    noted = read(path)
    if noted and not holds(noted):
        raise BrokenAnchor(f"the chain has no link {noted}")
    link = newest()
    if link and link != noted:
        write(link, path)


def write(link: Anchor, path: Path) -> None:
    """Replace the note in one step."""
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(f"{link}\n")
    part.replace(path)
