"""Telephone numbers in every shape, one key; what is hidden stays hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.work.customers.phones import display, masked, part, read

SHAPES = [
    ("13800138000", "8613800138000", "mobile"),
    (" +86 138 0013 8000 ", "8613800138000", "mobile"),
    ("0086-138-0013-8000", "8613800138000", "mobile"),
    ("8613800138000", "8613800138000", "mobile"),
    ("138－0013－8000", "8613800138000", "mobile"),
    ("１３８００１３８０００", "8613800138000", "mobile"),
    ("手机:138\u200b00138000", "8613800138000", "mobile"),
    ("025-87654321", "862587654321", "fixed"),
    ("(025) 8765 4321", "862587654321", "fixed"),
    ("（０２５）８７６５４３２１", "862587654321", "fixed"),
    ("+86 25 8765-4321", "862587654321", "fixed"),
    ("+86 (0)25 87654321", "862587654321", "fixed"),
    ("010-62345678", "861062345678", "fixed"),
    ("0551-65123456", "8655165123456", "fixed"),
    ("400-123-4567", "864001234567", "service"),
    ("800 820 8820", "868008208820", "service"),
    ("95588", "8695588", "short"),
    ("12345", "8612345", "short"),
    ("+1 650-253-0000", "16502530000", "foreign"),
    ("001 650 253 0000", "16502530000", "foreign"),
    ("+49 30 901820", "4930901820", "foreign"),
    ("+39 06 698 12345", "390669812345", "foreign"),
]


@pytest.mark.parametrize(("text", "key", "kind"), SHAPES)
def test_every_shape_has_one_key(text, key, kind):
    number = read(text)
    assert (number.key, number.kind, number.extension) == (key, kind, "")
    assert read(display(number)) == number


@pytest.mark.parametrize(
    ("text", "extension"),
    [
        ("025-87654321-801", "801"),
        ("025-87654321转801", "801"),
        ("(025)87654321 分机:801", "801"),
        ("025-87654321 ext. 801", "801"),
        ("025-8765 4321 x801", "801"),
    ],
)
def test_an_extension_is_kept_apart(text, extension):
    assert read(text).key == "862587654321"
    assert read(text).extension == extension


@pytest.mark.parametrize(
    "text",
    ["", "  ", "电话", "87654321", "1380013800", "138001380001", "+999 123", "abc13800138000"],
)
def test_what_is_no_number_is_none(text):
    assert read(text) is None


mobile = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
blank = st.sampled_from(["", " ", "-", "  ", "－", "\u00a0"])


@given(mobile, st.sampled_from(["", "+86", "+86 ", "0086", "86 "]), blank, blank)
def test_decoration_never_changes_a_mobile(number, front, first, second):
    written = f"{front}{number[:3]}{first}{number[3:7]}{second}{number[7:]}"
    assert read(written).key == "86" + number


@given(mobile)
def test_the_middle_of_a_mobile_is_hidden(number):
    shown = masked(number)
    assert shown == f"{number[:3]}****{number[-4:]}"
    assert number[3:7] not in shown.replace(number[:3], "", 1).replace(number[-4:], "", 1)


@given(st.text(max_size=40))
def test_nothing_makes_the_reader_fail(text):
    number = read(text)
    part(text)
    shown = masked(text)
    assert number is None or number.key.isdigit()
    if number is None:
        assert shown in ("", "****")


@given(st.sampled_from([text for text, _, kind in SHAPES if kind != "short"]))
def test_fewer_digits_are_shown_than_the_number_has(text):
    shown = [sign for sign in masked(text) if sign.isdigit()]
    assert len(shown) <= len(read(text).key) - 3


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("025-87654321", "025-****4321"),
        ("0795-3212345", "0795-***2345"),
        ("400-123-4567", "400***4567"),
        ("+1 650-253-0000", "+1 ****000"),
        ("95588", "95588"),
        ("老板的手机", "****"),
    ],
)
def test_masked(text, shown):
    assert masked(text) == shown


def test_parts_begin_and_end_keys():
    assert part("138") is None
    assert part("1380").prefixes == ("861380",)
    assert part("8000").suffix == "8000"
    assert part("0258765").prefixes == ("86258765",)
    assert part("+1650").prefixes == ("1650",)
    assert part("王小姐") is None
