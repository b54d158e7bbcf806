"""R4-61: the steps together take no longer than the whole."""

import pytest

from shouwen.engines.dues.within import why_not_within
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import actions as org
from shouwen.ground.org import values

LIMITS = {"domestic": (15, "R4-59"), "overseas": (20, "R4-60")}
KEY = "R4-61.step_limits"


def rows(*days: tuple[int | None, int | None]) -> list[dict]:
    return [{"domestic": domestic, "overseas": overseas} for domestic, overseas in days]


@pytest.mark.parametrize(
    ("steps", "over"),
    [
        (rows((15, 20)), []),
        (rows((10, 10), (5, 10), (None, None)), []),
        (rows((10, 10), (7, 10)), [("国内", 17, 2)]),
        (rows((16, 21)), [("国内", 16, 1), ("国外", 21, 1)]),
    ],
)
def test_the_excess_is_told(steps, over):
    reasons = why_not_within(steps, LIMITS, "R4-61")
    told = [(r.facts["region"], r.facts["total"], r.facts["over"]) for r in reasons]
    assert told == over


def test_a_table_that_exceeds_the_fifteen_days_is_not_set(company):
    long = [{"stage": "investigation", "domestic": 17, "overseas": 18}]
    with pytest.raises(Refused, match="多出 2 天") as refused:
        org.set_value(KEY, long, division=company.factory)
    assert refused.value.clauses == {"R4-61"}
    assert values.find(KEY, company.factory) is None
    org.set_value(
        KEY, [{"stage": "investigation", "domestic": 15, "overseas": 20}], division=company.factory
    )
