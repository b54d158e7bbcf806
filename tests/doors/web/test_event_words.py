"""A fact is called the same everywhere."""

import pytest

from shouwen.doors.web import saying


def test_a_fact_has_its_words_once():
    known = saying.event("case.closed")
    with pytest.raises(ValueError, match=r"case\.closed"):
        saying.events({"case.closed": ("办完了", "check")})
    assert saying.event("case.closed") == known
