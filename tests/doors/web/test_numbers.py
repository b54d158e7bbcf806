"""What an address sends for a record's number is a number, or nothing; never a mistake of ours."""

import pytest

from shouwen.doors.web.numbers import number_of, numbers_of


@pytest.mark.parametrize(
    ("word", "number"),
    [("7", 7), ("007", 7), ("0", 0), ("", None), ("-7", None), ("7 ", None), ("seven", None),
     ("²", None), ("٧", None), ("99999999999", 99999999999), ("1" * 12, None)],
)  # fmt: skip
def test_only_what_a_table_could_hold_is_a_number(word, number):
    assert number_of(word) == number


def test_of_several_words_those_that_are_numbers():
    assert numbers_of(["3", "²", "", "9" * 40, "5"]) == [3, 5]


@pytest.mark.parametrize(
    "address", ["/opinions/new/?customer=%s", "/service/?division=%s", "/cases/overdue/?unit=%s"]
)
@pytest.mark.parametrize("word", ["²", "9" * 40])
def test_an_address_with_another_sign_is_answered(enter, address, word):
    assert enter("cs_director").get(address % word).status_code in (200, 404)


@pytest.mark.parametrize("number", ["9" * 19, "9" * 40, "2147483648"])
def test_a_record_that_no_table_could_hold_is_not_found(enter, number):
    assert enter("cs_director").get(f"/cases/{number}/").status_code == 404
