"""The data: the same every time, with just as many sought words as the checks expect."""

from collections import Counter

from bench import rows, wording
from bench.wording import FOUR, LENGTH, TWO


def test_bodies_are_long_varied_and_hold_the_sought_words_where_they_should():
    found = list(rows.rows(600))
    for word in (TWO, FOUR):
        holders = [row.number for row in found if word in row.body]
        assert holders == [n for n in range(1, 601) if rows.sought_in(n) == word]
        assert len(holders) == rows.expected_hits(600, word) == 3
    assert {len(row.body) for row in found} == {LENGTH}
    pairs = {row.body[at : at + 2] for row in found for at in range(LENGTH - 1)}
    assert len(pairs) > 5000


def test_no_list_holds_a_sought_word():
    everything = " ".join((*wording.PATTERNS, *wording.WORDS.values()))
    assert TWO not in everything
    assert FOUR not in everything


def test_the_same_seed_writes_the_same_rows():
    assert list(rows.rows(50)) == list(rows.rows(50))


def test_skewed_data_gives_half_to_one_unit_and_one_customer():
    found = list(rows.rows(2000, skew=True))
    units, customers = Counter(r.unit for r in found), Counter(r.customer for r in found)
    assert 0.45 < units[1] / len(found) < 0.55
    assert customers.most_common(1)[0] == (1, 1000)


def test_a_tenth_is_open_and_no_tab_or_line_end_breaks_the_file():
    found = list(rows.rows(2000))
    assert 0.07 < sum(row.open for row in found) / len(found) < 0.13
    assert not any({"\t", "\n", "\\"} & set(row.body + row.title) for row in found)
