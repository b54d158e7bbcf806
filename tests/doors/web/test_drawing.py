"""Small pieces and tables drawn in Python: nothing a value says becomes markup."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import RequestFactory

from shouwen.doors.web.drawing import marks, tables
from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.ground.foundation.clock import rehearsal

pytestmark = pytest.mark.usefixtures("regulations")
EVIL = '<script>"&'
SAFE = "&lt;script&gt;&quot;&amp;"


def drawn(kind: str, value: object, **column: object) -> str:
    return tables.draw(Table([Column("first", "甲"), Column("x", "乙", kind, **column)],
                             [{"first": 1, "x": value}]))  # fmt: skip


@pytest.mark.parametrize("kind", ["text", "copy", "person", "clause", "percent"])
def test_a_value_is_never_markup(kind):
    page = drawn(kind, EVIL)
    assert SAFE in page
    assert "<script" not in page


def test_nor_is_a_badge_a_title_an_address_or_a_caption():
    assert SAFE in marks.badge("late", EVIL)
    assert SAFE in drawn("badge", (EVIL, EVIL))
    assert f'href="{SAFE}"' in drawn("text", 1, link=lambda row: EVIL)
    table = Table([Column("x", EVIL), Column("y", EVIL)], [{"x": 1, "y": 2}], caption=EVIL)
    assert tables.draw(table).count(SAFE) == 5  # region, caption, two heads, one label


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("text", None, "—"),
        ("text", 0, ">0<"),
        ("number", Decimal("1.50"), ">1.50<"),
        ("money", "", "></td>"),
        ("money", 123450, ">1,234.50<"),
        ("percent", None, "></td>"),
        ("percent", 0, ">0 %<"),
        ("badge", None, "></td>"),
        ("badge", ("late", "逾期"), "alert-triangle"),
        ("copy", "", "></td>"),
        ("day", None, "—"),
        ("person", None, "系统"),
    ],
)
def test_every_kind_of_value(kind, value, shown):
    assert shown in drawn(kind, value)


def test_a_day_says_which(now):
    with rehearsal("2026-03-02 09:00"):
        assert "3月4日 周三" in drawn("day", date(2026, 3, 4))


def test_the_head_sorts_the_other_way_and_forgets_the_page():
    request = RequestFactory().get("/", {"sort": "x", "after": "abc", "q": "甲"})
    table = Table([Column("x", "乙", sort=True)], [{"x": 1}], request)
    assert 'aria-sort="ascending"' in tables.draw(table)
    assert 'href="?sort=-x&amp;q=%E7%94%B2"' in tables.draw(table)


def test_a_phone_gets_labels_and_hides_what_is_for_wide_screens():
    assert 'class="is-number no-phone" data-label="乙"' in drawn("number", 1, phone=False)
    assert drawn("number", 1).count("data-label") == 1, "the first column needs none"


def test_the_foot_stands_under_its_columns():
    table = Table([Column("x", "甲"), Column("y", "乙", "money")], [{"x": 1, "y": 2}],
                  footer={"x": "合计", "y": 500})  # fmt: skip
    assert "<tfoot><tr><td>合计</td>" in tables.draw(table)
    assert ">5.00<" in tables.draw(table)


def test_an_empty_table_says_what_will_stand_there_or_nothing():
    assert "还没有" in tables.draw(Table([Column("x", "甲")], [], empty=Empty("还没有")))
    assert tables.draw(Table([Column("x", "甲")], [])) == ""
