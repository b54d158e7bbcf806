"""A picture that stands for a scanned paper with a red seal, drawn once and kept as one file."""

import struct
import zlib
from functools import cache

from django.core.files.base import ContentFile
from django.db.models import Model

from shouwen.engines.documents import actions as documents
from shouwen.ground.org.models import Person, Unit

WIDTH, HEIGHT = 210, 297
INK, SEAL, PAPER = b"\x6b\x70\x76", b"\xc8\x38\x2e", b"\xfd\xfd\xfb"


def scan(name: str, *, matter: Model, division: Unit, by: Person) -> str:
    """Attach the picture to a matter; returns the id that a field of files holds."""
    file = ContentFile(_png(), name=f"{name}.png")
    return str(documents.attach(file, by=by, matter=matter, division=division).uuid)


@cache
def _png() -> bytes:
    rows = b"".join(
        b"\0" + b"".join(_dot(x, y) for x in range(WIDTH)) for y in range(HEIGHT)
    )  # fmt: skip
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    parts = [_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(rows, 9)), _chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _dot(x: int, y: int) -> bytes:
    """Lines of writing, and a round seal at the lower right."""
    away = ((x - 150) ** 2 + (y - 235) ** 2) ** 0.5
    if 27 <= away <= 30 or away <= 4:
        return SEAL
    is_line = 30 < y < 190 and y % 14 < 2 and 24 < x < 186 - (y * 37) % 60
    return INK if is_line else PAPER


def _chunk(kind: bytes, data: bytes) -> bytes:
    checked = kind + data
    return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))
