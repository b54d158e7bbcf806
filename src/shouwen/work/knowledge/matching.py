"""Find taboo phrases in words, however they are spaced, dotted or widened. Pure.

Both sides are brought to letters and digits alone, half width and small; where a phrase stands is
told in the words as they were written. A plain loop over the phrases: a company keeps some tens of
them, and under a hundred a search automaton saves nothing that could be measured (an answer of
4,000 characters against a hundred phrases takes about a millisecond).
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Plain:
    """Words brought to one shape, and where each of its characters stands in them."""

    key: str
    places: tuple[int, ...]


@dataclass(frozen=True)
class Found:
    """A phrase in some words: which one, and from where to where."""

    phrase: str
    start: int
    end: int


def plain(text: str) -> Plain:
    """Letters and digits alone; signs, spaces and what has no width are passed over."""
    signs: list[str] = []
    places: list[int] = []
    for place, written in enumerate(text):
        for sign in unicodedata.normalize("NFKC", written).casefold():
            if sign.isalnum():
                signs.append(sign)
                places.append(place)
    return Plain("".join(signs), tuple(places))


def key_of(phrase: str) -> str:
    """A phrase as it is compared."""
    return plain(phrase).key


def find(text: str, keys: Iterable[str]) -> list[Found]:
    """Where each of the keys first stands in the words, in the order of the words."""
    read = plain(text)
    found = []
    for key in keys:
        at = read.key.find(key) if key else -1
        if at >= 0:
            found.append(Found(key, read.places[at], read.places[at + len(key) - 1] + 1))
    return sorted(found, key=lambda one: (one.start, one.end))


def pieces(text: str, found: Iterable[Found]) -> list[tuple[str, bool]]:
    """The words in pieces; True marks what may not be said. Overlapping finds become one."""
    cut: list[tuple[str, bool]] = []
    done = 0
    for one in sorted(found, key=lambda each: (each.start, -each.end)):
        if one.end <= done:
            continue
        start = max(one.start, done)
        if start > done:
            cut.append((text[done:start], False))
        cut.append((text[start : one.end], True))
        done = one.end
    if done < len(text):
        cut.append((text[done:], False))
    return cut


def excerpt(text: str, one: Found, around: int = 12) -> str:
    """A find with the words beside it, marked by brackets: `…这事【不归我管】…`."""
    before, after = text[max(0, one.start - around) : one.start], text[one.end : one.end + around]
    head = "…" if one.start > around else ""
    tail = "…" if one.end + around < len(text) else ""
    said = " ".join(text[one.start : one.end].split())
    return f"{head}{' '.join(before.split())}【{said[:60]}】{' '.join(after.split())}{tail}"
