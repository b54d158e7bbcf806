"""How these tests say that something is refused."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from shouwen.ground.foundation.refusal import Refused


@contextmanager
def refused(clause: str, *words: str) -> Iterator[None]:
    """The act inside is refused by this clause (any, when empty), with these words in it."""
    with pytest.raises(Refused) as refusal:
        yield
    assert clause == "" or clause in refusal.value.clauses
    for word in words:
        assert word in str(refusal.value)
