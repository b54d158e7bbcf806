"""Samples: their size, that they can be drawn again, and that no stratum is left out."""

import math
from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shouwen.work.callbacks.oversight.drawing import Record, draw, share_out, size_of

percents = st.decimals(min_value=1, max_value=100, places=2)
seeds = st.text("0123456789abcdef", min_size=4, max_size=32)
populations = st.lists(st.sampled_from("甲乙丙丁"), max_size=80).map(
    lambda strata: [Record("case", n, name) for n, name in enumerate(strata)]
)


def test_twenty_per_cent_of_fifty_one_are_eleven():
    assert size_of(51, Decimal(20)) == 11
    assert size_of(50, Decimal(20)) == 10
    assert size_of(1, Decimal(20)) == 1
    assert size_of(0, Decimal(20)) == 0


@given(st.integers(0, 10**6), percents)
def test_a_sample_is_the_least_that_is_enough(base, percent):
    size = size_of(base, percent)
    assert size == min(base, math.ceil(base * percent / 100))
    assert size * 100 >= base * percent
    assert size == 0 or (size - 1) * 100 < base * percent


@given(populations, percents, seeds, st.randoms())
def test_whoever_has_the_seed_draws_the_same(records, percent, seed, chance):
    size = size_of(len(records), percent)
    mixed = list(records)
    chance.shuffle(mixed)
    drawn = draw(records, size, seed)
    assert draw(mixed, size, seed) == drawn
    assert len(drawn) == len(set(drawn)) == size
    assert set(drawn) <= set(records)


@given(populations, percents, seeds)
def test_every_stratum_has_its_share_to_less_than_one(records, percent, seed):
    size = size_of(len(records), percent)
    counts = Counter(one.stratum for one in records)
    drawn = Counter(one.stratum for one in draw(records, size, seed))
    for name, count in counts.items():
        assert abs(drawn[name] - count * size / len(records)) < 1


@given(st.dictionaries(st.text(max_size=4), st.integers(1, 50), max_size=8), seeds, st.data())
def test_places_are_shared_out_without_rest(counts, seed, data):
    size = data.draw(st.integers(0, sum(counts.values())))
    shares = share_out(counts, size, seed)
    assert sum(shares.values()) == size
    assert all(0 <= shares[name] <= count for name, count in counts.items())


def test_another_seed_draws_others():
    records = [Record("case", n, "甲") for n in range(100)]
    drawn = {tuple(draw(records, 20, f"seed{n}")) for n in range(10)}
    assert len(drawn) == 10


def test_every_record_may_be_drawn():
    records = [Record("case", n, "甲") for n in range(20)]
    times = Counter(one.pk for n in range(500) for one in draw(records, 4, str(n)))
    assert min(times.values()) > 60  # a hundred each is what chance gives
