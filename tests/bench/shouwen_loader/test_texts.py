"""What the loader says and how it counts, without a database."""

from collections import Counter
from datetime import date

import pytest

from bench.shouwen_loader import recording, rendering, schedule, templates, words
from shouwen.engines.search import rules
from shouwen.ground.foundation import clock


def test_bodies_are_long_varied_and_hold_the_sought_words_where_they_should():
    writer = words.Writer(seed=3, sentences=5000)
    bodies = [writer.of_case(number)[words.BODY] for number in range(600)]
    assert {len(body) for body in bodies} == {words.LENGTH}
    for word in words.SOUGHT:
        holders = [number for number, body in enumerate(bodies) if word in body]
        assert holders == [number for number in range(600) if words.sought_in(number) == word]
        assert len(holders) == words.hits(600, word) == 3
    pairs = {body[at : at + 2] for body in bodies for at in range(words.LENGTH - 1)}
    assert len(pairs) > 4000


def test_no_text_breaks_a_line_or_a_json_value():
    said = "".join("".join(one) for one in words.LISTS.values())
    assert not set(said) & set('\\"\t\n\r')
    assert not any(word in said for word in words.SOUGHT)


def test_the_same_seed_says_the_same():
    first, second = words.Writer(5, 200), words.Writer(5, 200)
    assert first.of_case(7) == second.of_case(7)
    assert first.talk(7, 12) == second.talk(7, 12)
    assert first.of_customer(7) == second.of_customer(7) != first.of_customer(8)


@pytest.mark.parametrize(
    ("shares", "total"), [([0.2, 5.4, 54.4], 60), ([0.1] * 3 + [9.7], 10), ([0.0, 10.0], 10)]
)
def test_whole_counts_add_up_and_leave_nobody_out(shares, total):
    counts = schedule._whole(shares, total)
    assert sum(counts) == total
    assert all(count > 0 for count, share in zip(counts, shares, strict=True) if share)


def test_acts_begin_at_minutes_that_no_clause_names():
    moments = [clock.local(clock.today()).replace(hour=9, minute=minute) for minute in range(59)]
    found = {recording.on_the_minute(moment).minute % recording.STEP for moment in moments}
    assert 0 not in found


@pytest.mark.parametrize("text", ["a\tb", "line\nline", "back\\slash", "\r", "plain", "\\N?"])
def test_a_column_is_read_as_it_was_written(text):
    assert templates.unescaped(templates.escaped(text)) == text


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("/cases/7117000000001/", ["id"]),
        ("D7117000000001 \ue100\ue000\ue000", ["id", "text"]),
        ('{"at": "2026-11-02T09:04+08:00", "on": "2026-11-02"}', ["moment", "day"]),
        ("2026-11-02 01:04:00+00\t2026-11", ["moment", "month"]),
        ("FP8300000000001 8613900008888 8888000093168", ["number", "phone", "phone"]),
        ("a" * 64, ["digest"]),
        ("SO-2609-012 0512-68230018 13800138000 260301", []),
    ],
)
def test_what_differs_from_copy_to_copy_is_known_wherever_it_stands(text, kinds):
    assert [match.lastgroup for match in templates.BLANK.finditer(text)] == kinds


def test_a_copy_lies_whole_weeks_earlier_on_the_same_day_of_the_week():
    assert templates.earlier("2026-03-02", 9) == "2025-12-29"


def test_tokens_are_those_of_the_search_itself():
    writer, day = words.Writer(2, 500), date(2026, 3, 4)
    for number in range(300):
        told, who = writer.of_case(number), writer.of_customer(number % 20)
        title = f"TS2611-{number:03} {told[words.TITLE]}"
        body = f"{told[words.BODY]} {told[words.CALLER]} 1393{number:07} SM-1001 SO3{number:06}"
        names = f"{who[words.NAME]}\n{who[words.SHORT_NAME]}"
        whole = rules.tokens(title, body, names.split("\n"), "case", day)
        found = rendering.tokens_of(title, body, names, "case", day)
        assert found.inline == whole.inline
        assert set(found.extra) == set(whole.extra)


def test_names_have_two_or_three_signs():
    writer = words.Writer(1, 10)
    names = Counter(len(writer.of_case(number)[words.CALLER]) for number in range(200))
    assert set(names) == {2, 3}
