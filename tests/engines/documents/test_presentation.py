"""A section as page and print show it."""

from typing import Any

import pytest

from shouwen.engines.documents import presentation
from shouwen.engines.documents.definitions import SectionDef, parse_forms
from shouwen.engines.documents.presentation import Cell, Note, Table
from shouwen.ground.foundation import words

from .conftest import papers


class Known:
    """Names without a database."""

    def person(self, pk: int) -> str:
        return {1: "陈晨"}.get(pk, f"#{pk}")

    def unit(self, pk: int) -> str:
        return {2: "制造部"}.get(pk, f"#{pk}")

    def file(self, uuid: str) -> str:
        return f"{uuid}.png"


NAMES = Known()


@pytest.fixture(scope="module")
def intake() -> SectionDef:
    """The first section of the complaint form."""
    found = parse_forms(papers())["complaint_form"].section("intake")
    assert found is not None
    return found


def shown(section: SectionDef, data: dict[str, Any]) -> dict[str, Any]:
    """Its blocks by key."""
    return {block.key: block for block in presentation.blocks(section, data, NAMES)}


def test_choices_are_boxes_with_their_tick(intake: SectionDef) -> None:
    cell = shown(intake, {"demand": "return"})["demand"]
    assert [label for label, chosen in cell.options if chosen] == ["退货"]
    assert len(cell.options) == 6
    assert cell.text == "退货"


def test_the_prescribed_remark_stands_there_only_when_ticked(intake: SectionDef) -> None:
    ticked = shown(intake, {"demand": "return", "demand_undetermined": True})
    assert ticked["demand_undetermined"] == Note("demand_undetermined", "客户加工中未确定")
    assert "demand_quantity" not in ticked
    plain = shown(intake, {"demand": "return"})
    assert "demand_undetermined" not in plain
    assert plain["demand_quantity"].is_empty


def test_figures_days_and_names_are_written_as_on_paper(intake: SectionDef) -> None:
    row = {"order": "SO-1", "quantity": "1200", "defective": "0.5", "ship_date": "2026-02-20"}
    data = {
        "received_at": "2026-03-10T01:20+00:00",
        "lines": [row],
        "demand": "allowance",
        "demand_amount": 123450,
        "grounds_confirmed": True,
        "grounds_by": 1,
        "grounds_on": "2026-03-01",
        "photos": ["a", "b"],
    }
    found = shown(intake, data)
    texts = {key: block.text for key, block in found.items() if isinstance(block, Cell)}
    assert texts["received_at"] == "2026年3月10日 09:20"
    assert texts["demand_amount"] == "¥1,234.50"
    assert texts["grounds_by"] == "陈晨"
    assert texts["grounds_on"] == "2026年3月1日"
    assert texts["photos"] == "a.png, b.png"
    assert texts["grounds_confirmed"] == "是"
    table = found["lines"]
    assert isinstance(table, Table)
    assert table.rows == (("SO-1", "", "2026年2月20日", "1,200", "0.5"),)
    assert [column.is_figure for column in table.columns] == [False, False, False, True, True]


def test_decided_amounts_stand_in_capitals_too_and_shares_are_added_up() -> None:
    form = parse_forms(papers())["complaint_form"]
    decision, opinion = form.section("decision"), form.section("first_opinion")
    assert decision is not None
    assert opinion is not None
    data = {"method": "allowance", "amount": 123450}
    assert shown(decision, data)["amount"].capitals == "壹仟贰佰叁拾肆元伍角整"
    rows = [{"unit": 2, "ratio": "60"}, {"unit": 3, "ratio": "40"}]
    table = shown(opinion, {"liability": rows})["liability"]
    assert [column.total for column in table.columns] == ["", "", "100%"]
    assert table.rows[0] == ("制造部", "", "60%")


def test_short_cells_stand_in_pairs_and_tables_alone(intake: SectionDef) -> None:
    lines = presentation.rows(presentation.blocks(intake, {}, NAMES))
    keys = [[block.key for block in line] for line in lines]
    assert keys[0] == ["received_at", "reporter"]
    assert ["lines"] in keys
    assert ["phenomenon"] in keys
    in_order = [key for line in keys for key in line]
    assert in_order == [block.key for block in presentation.blocks(intake, {}, NAMES)]


def test_changes_are_told_in_the_words_of_the_form(intake: SectionDef) -> None:
    old = {"demand": "return", "lines": [{"order": "A", "quantity": "1"}]}
    new = {"demand": "rework", "lines": [{"order": "A", "quantity": "2"}], "reporter": "刘"}
    found = presentation.describe_changes(intake, old, new, NAMES)
    assert [(change.label, change.old, change.new) for change in found] == [
        ("客户反映人", "", "刘"),
        ("客诉产品", "A · 1", "A · 2"),
        ("客户要求", "退货", "重处理"),
    ]


def test_everything_is_said_in_english_to_an_english_reader(
    intake: SectionDef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "_reader", [lambda: "en"])
    found = shown(intake, {"demand": "return", "grounds_on": "2026-03-01"})
    assert (found["demand"].label, found["demand"].text) == ("Customer's demand", "Return")
    assert found["grounds_on"].text == "1 March 2026"
