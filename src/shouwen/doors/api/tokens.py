"""Tokens and signatures: how they are made, read and compared. Pure but for chance."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

_TOKEN = re.compile(r"sw_([0-9a-f]{8})_([0-9a-f]{48})")


@dataclass(frozen=True)
class Token:
    """A token as its holder has it; we keep the prefix and a digest."""

    prefix: str
    secret: str

    def __str__(self) -> str:
        return f"sw_{self.prefix}_{self.secret}"

    @property
    def digest(self) -> str:
        """What is kept. The secret has 192 bits of chance, so a plain hash is enough."""
        return hashlib.sha256(str(self).encode()).hexdigest()


def fresh() -> Token:
    """A token nobody had before."""
    return Token(secrets.token_hex(4), secrets.token_hex(24))


def read(text: str) -> Token | None:
    """A token as it was sent; what is none is None."""
    found = _TOKEN.fullmatch(text.strip())
    return Token(found[1], found[2]) if found else None


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The signature of a message: over its moment and its bytes, so that neither can be changed."""
    message = timestamp.encode() + b"." + body
    return "sha256=" + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare without telling by the time it takes how much was right."""
    return hmac.compare_digest(one.encode(), other.encode())
