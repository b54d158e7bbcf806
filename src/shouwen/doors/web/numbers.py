"""The numbers of records that an address or a form names."""

from collections.abc import Iterable

LONGEST = 11
"""Digits; no table of ours counts further, and no database takes any number."""


def number_of(word: str) -> int | None:
    """A record's number as it was sent; None for whatever cannot be one."""
    fits = word.isascii() and word.isdigit() and len(word) <= LONGEST
    return int(word) if fits else None


def numbers_of(words: Iterable[str]) -> list[int]:
    """Those of some words that can be a record's number."""
    return [found for word in words if (found := number_of(word)) is not None]
