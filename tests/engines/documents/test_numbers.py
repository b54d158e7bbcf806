"""Numbers without gap and without repeat, also when many write at once and some fail."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.models import Serial, Sheet
from shouwen.engines.documents.numbers import next_number, next_numbers, written
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal

from .conftest import build_company

PATTERN = "{yy}{mm}{n:02}"
MARCH, APRIL = date(2026, 3, 31), date(2026, 4, 1)


class FailedError(Exception):
    """Something after the number went wrong."""


def test_a_number_past_its_width_grows() -> None:
    assert [written(PATTERN, date(2025, 5, 7), n) for n in (7, 99, 100)] == [
        "250507", "250599", "2505100",
    ]  # fmt: skip
    assert written("TH{yyyy}{mm}-{n:03}", MARCH, 12) == "TH202603-012"


@given(
    one=st.tuples(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 5000)),
    other=st.tuples(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 5000)),
)
def test_two_numbers_are_equal_only_in_one_month_and_one_place(one: Any, other: Any) -> None:
    same = (one[0].replace(day=1), one[1]) == (other[0].replace(day=1), other[1])
    assert (written(PATTERN, *one) == written(PATTERN, *other)) is same


@pytest.mark.django_db
def test_a_series_begins_again_each_month_of_the_company() -> None:
    last_evening = datetime(2026, 3, 31, 15, 59, 59, tzinfo=clock.UTC)
    for on, number in [
        (MARCH, "260301"),
        (last_evening, "260302"),
        (last_evening + timedelta(seconds=1), "260401"),
        (MARCH, "260303"),
    ]:
        assert next_number("s", PATTERN, "month", on) == number
    assert next_number("other", PATTERN, "month", MARCH) == "260301"
    assert next_number("y", "{yyyy}-{n:03}", "year", MARCH) == "2026-001"
    assert next_number("y", "{yyyy}-{n:03}", "year", APRIL) == "2026-002"


@pytest.mark.django_db
def test_many_numbers_at_once_leave_no_gap() -> None:
    assert next_numbers("s", PATTERN, "month", MARCH, 2) == ["260301", "260302"]
    assert next_number("s", PATTERN, "month", MARCH) == "260303"
    assert next_numbers("s", PATTERN, "month", MARCH, 3) == ["260304", "260305", "260306"]


@pytest.mark.django_db
def test_what_is_rolled_back_gives_its_number_back() -> None:
    before = transaction.savepoint()
    assert next_number("s", PATTERN, "month", MARCH) == "260301"
    transaction.savepoint_rollback(before)
    assert next_number("s", PATTERN, "month", MARCH) == "260301"


@pytest.mark.django_db(transaction=True)
def test_a_number_outside_a_transaction_is_a_mistake_of_the_program() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        next_number("s", PATTERN, "month", MARCH)


def at_once(threads: int, work: Callable[[int], list[str]]) -> list[str]:
    """The numbers all threads committed, each with a connection of its own."""
    gate = threading.Barrier(threads)

    def run(place: int) -> list[str]:
        gate.wait(30)
        try:
            return work(place)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return [number for found in pool.map(run, range(threads)) for number in found]


def write(each: int, fail: Callable[[int], bool], day: Callable[[], date]) -> list[str]:
    """Take that many numbers, a transaction each; those that fail take another."""
    kept: list[str] = []
    for attempt in count():
        if len(kept) == each:
            return kept
        try:
            with transaction.atomic():
                number = next_number("s", PATTERN, "month", day())
                if fail(attempt):
                    raise FailedError
            kept.append(number)
        except FailedError:
            continue
    return kept


def assert_whole(numbers: list[str], prefix: str) -> int:
    """No gap, no repeat; how many there are."""
    mine = sorted(int(n.removeprefix(prefix)) for n in numbers if n.startswith(prefix))
    assert mine == list(range(1, len(mine) + 1))
    return len(mine)


def hurry() -> None:
    """A test may forget its last commits when the power goes."""
    if connection.vendor == "postgresql":
        connection.cursor().execute("SET synchronous_commit TO off")


@pytest.mark.pg_only
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("each", "one_in"), [(20, 0), (100, 20)], ids=["smooth", "5 % fail"])
def test_fifty_writers_leave_no_gap_and_no_repeat(each: int, one_in: int) -> None:
    def work(_place: int) -> list[str]:
        hurry()
        return write(each, lambda n: bool(one_in) and n % one_in == 7, lambda: MARCH)

    numbers = at_once(50, work)
    assert assert_whole(numbers, "2603") == 50 * each
    assert Serial.objects.get().last == 50 * each


@pytest.mark.pg_only
@pytest.mark.django_db(transaction=True)
def test_the_month_turns_under_load() -> None:
    taken = count()

    def day() -> date:
        return MARCH if next(taken) < 500 else APRIL

    def work(_place: int) -> list[str]:
        hurry()
        return write(50, lambda n: n % 20 == 3, day)

    numbers = at_once(20, work)
    assert assert_whole(numbers, "2603") + assert_whole(numbers, "2604") == 1_000


@pytest.mark.django_db(transaction=True)
def test_a_few_writers_leave_no_gap_on_any_database() -> None:
    numbers = at_once(6, lambda _place: write(25, lambda n: n % 5 == 2, lambda: MARCH))
    assert assert_whole(numbers, "2603") == 150


@pytest.mark.django_db(transaction=True)
def test_papers_numbered_at_once_have_a_number_each() -> None:
    with rehearsal("2026-03-10 10:00") as now:
        company = build_company(now)
        sheets = [
            documents.open_sheet("complaint_form", division=company.factory, by=company.seller)
            for _each in range(12)
        ]
    moment = clock.local(date(2026, 3, 10))

    def work(place: int) -> list[str]:
        # Two clerks press the button for the same three papers.
        mine = sheets[place // 2 * 3 : place // 2 * 3 + 3]
        return [documents.number_sheet(s, by=company.clerk, at=moment) for s in mine]

    numbers = at_once(8, work)
    assert assert_whole(sorted(set(numbers)), "2603") == 12
    assert sorted(numbers) == sorted(2 * list(Sheet.objects.values_list("number", flat=True)))
