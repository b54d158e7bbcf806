"""Reading a letter: bytes in, a `Letter` out. Pure; nothing here can be brought to fall by bytes.

What cannot be read is said in the letter's `troubles`; what must not be read at all (too large, too
many parts, too deep) raises `Unreadable`.
"""

from .letters import Letter, Part, Unreadable
from .parsing import glance, read

__all__ = ["Letter", "Part", "Unreadable", "glance", "read"]
