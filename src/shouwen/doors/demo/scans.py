"""Pictures of the demo, drawn dot by dot: a scanned paper with a red seal, kept as one file."""

import struct
import zlib
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.db.models import Model

from shouwen.engines.documents import actions as documents
from shouwen.ground.org.models import Person, Unit

WIDTH, HEIGHT = 210, 297


class Colour(NamedTuple):
    """Red, green and blue, 0 to 255."""

    red: int
    green: int
    blue: int


INK, SEAL, PAPER = Colour(0x6B, 0x70, 0x76), Colour(0xC8, 0x38, 0x2E), Colour(0xFD, 0xFD, 0xFB)


def scan(name: str, *, matter: Model, division: Unit, by: Person) -> str:
    """Attach the picture to a matter; returns the id that a field of files holds."""
    return str(documents.attach(page(name), by=by, matter=matter, division=division).uuid)


def page(name: str) -> "ContentFile[bytes]":
    """The scanned paper as a file of that name."""
    return ContentFile(_paper(), name=f"{name}.png")


@cache
def _paper() -> bytes:
    return drawn(WIDTH, HEIGHT, _dot)


def drawn(width: int, height: int, dot: Callable[[int, int], Colour]) -> bytes:
    """A PNG whose every dot is asked for its colour."""
    rows = b"".join(
        b"\0" + b"".join(bytes(dot(x, y)) for x in range(width)) for y in range(height)
    )  # fmt: skip
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(rows, 9)), _chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _dot(x: int, y: int) -> Colour:
    """Lines of writing, and a round seal at the lower right."""
    away = ((x - 150) ** 2 + (y - 235) ** 2) ** 0.5
    if 27 <= away <= 30 or away <= 4:
        return SEAL
    is_line = 30 < y < 190 and y % 14 < 2 and 24 < x < 186 - (y * 37) % 60
    return INK if is_line else PAPER


def _chunk(kind: bytes, data: bytes) -> bytes:
    checked = kind + data
    return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))
