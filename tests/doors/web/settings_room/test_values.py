"""Company values on the page: the list, one value, the table editor, the history."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from shouwen.ground.foundation import clock
from shouwen.ground.org import actions as org
from shouwen.ground.org import values
from shouwen.ground.org.models import CompanyValue
from shouwen.ground.policy import queries as policy

TOLERANCE, AUTHORITY = "R4-76.tolerance", "R4-39.authority"
pytestmark = pytest.mark.usefixtures("adopted")


@pytest.fixture
def adopted(regulations, cast):
    org.adopt_regulation(cast.division, "R4", 1)


def at(key: str) -> str:
    return f"{reverse('settings:value', args=[key])}?division=factory"


def today(**more: str) -> dict[str, str]:
    return {"since": clock.today().isoformat(), "note": "", **more}


def rows(*lines: tuple[str, ...], start: int = 0) -> dict[str, str]:
    keys = ("level", "method", "region", "max_amount")
    return {
        f"value.{row}.{key}": cell
        for row, line in enumerate(lines, start)
        for key, cell in zip(keys, line, strict=True)
    }


def test_every_open_value_is_listed_and_the_missing_are_marked(cast, enter):
    org.set_value(TOLERANCE, "3", division=cast.division)
    page = enter("staff").get(reverse("settings:values")).content.decode()
    specs = policy.value_specs("R4")
    for spec in specs:
        assert str(spec.label) in page
    assert page.count("未设定") == len(specs) - 1
    assert f"还有 {len(specs) - 1} 项没有设定" in page
    assert "3 %" in page


def test_the_keeper_sets_a_value_and_others_read_it(cast, enter):
    assert 'form="value"' not in enter("staff").get(at(TOLERANCE)).content.decode()
    answer = enter("keeper").post(at(TOLERANCE), today(value="3.5", note="董事会决议"))
    assert answer.headers["Location"] == at(TOLERANCE)
    assert values.get(TOLERANCE, cast.division) == Decimal("3.5")
    page = enter("staff").get(at(TOLERANCE)).content.decode()
    assert "3.5 %" in page
    assert "董事会决议" in page
    assert cast.keeper.name in page


@pytest.mark.parametrize(
    ("typed", "said"), [("abc", "应为数字"), ("101", "不得大于 100"), ("", "未填")]
)
def test_a_wrong_value_stands_at_the_field_with_its_clause(cast, enter, typed, said):
    answer = enter("keeper").post(at(TOLERANCE), today(value=typed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "R4-76" in page
    assert not CompanyValue.objects.exists()


def test_the_past_needs_a_reason_which_is_asked_at_the_note(cast, enter):
    before = (clock.today() - timedelta(days=3)).isoformat()
    answer = enter("keeper").post(at(TOLERANCE), {"value": "3", "since": before, "note": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.index('id="field-note"') < page.index("必须写明理由")


def test_a_table_is_set_row_by_row_and_empty_rows_do_not_count(cast, enter):
    lines = [
        ("sales_manager", "any", "any", "5,000"),
        ("", "", "", ""),
        ("deputy_gm", "any", "any", "50000"),
        ("gm", "any", "any", ""),
    ]
    assert enter("keeper").post(at(AUTHORITY), today() | rows(*lines)).status_code == 302
    table = values.get(AUTHORITY, cast.division)
    assert [row["max_amount"] for row in table] == [500_000, 5_000_000, None]
    page = enter("keeper").get(at(AUTHORITY)).content.decode()
    assert 'value="5000"' in page  # edited in yuan, kept in cents
    assert "5,000.00" in page


def test_a_wrong_cell_is_named_even_below_an_empty_row(cast, enter):
    lines = [("", "", "", ""), ("gm", "any", "any", "-1")]
    answer = enter("keeper").post(at(AUTHORITY), today() | rows(*lines))
    form = answer.context["form"]
    assert answer.status_code == 422
    assert "value.0.max_amount" in form.errors
    assert "不得小于" in answer.content.decode()


def test_a_table_that_contradicts_itself_is_refused(cast, enter):
    lines = [("sales_manager", "any", "any", ""), ("gm", "any", "any", "10")]
    answer = enter("keeper").post(at(AUTHORITY), today() | rows(*lines))
    assert "高于上级" in answer.content.decode()


def test_more_rows_without_a_script(cast, enter):
    lines = [("gm", "any", "any", str(n)) for n in range(4)]
    answer = enter("keeper").post(at(AUTHORITY), today(more="1") | rows(*lines))
    assert answer.status_code == 200
    assert len(answer.context["form"].table) == 6
    assert not CompanyValue.objects.exists()


def test_rows_from_nowhere_do_no_harm(cast, enter):
    far = {"value.99999999.level": "gm", "value.x.level": "gm", "value.-1.level": "gm"}
    answer = enter("keeper").post(at(AUTHORITY), today() | far)
    assert answer.status_code == 422
    many = rows(*[("gm", "any", "any", "1")] * 220)
    answer = enter("keeper").post(at(AUTHORITY), today() | many)
    assert "最多 200 行" in answer.content.decode()


def test_a_value_is_withdrawn_and_stays_in_the_history(cast, enter):
    org.set_value(TOLERANCE, "3", division=cast.division)
    answer = enter("keeper").post(at(TOLERANCE), today(value="3", withdraw="1", note="不再适用"))
    assert answer.status_code == 302
    assert values.find(TOLERANCE, cast.division) is None
    page = enter("keeper").get(at(TOLERANCE)).content.decode()
    assert "撤回" in page
    assert "3 %" in page


@pytest.mark.parametrize("key", ["R4-76.nothing", "R9-01.x", "x"])
def test_what_is_no_value_is_not_found(cast, enter, key):
    assert enter("keeper").get(at(key)).status_code == 404


def test_every_value_of_every_regulation_has_a_form(cast, enter):
    browser = enter("keeper")
    for spec in policy.value_specs():
        answer = browser.get(at(spec.key))
        assert answer.status_code == 200, spec.key


def test_an_outsider_does_not_see_the_factorys_values(cast, enter):
    assert enter("outsider").get(at(TOLERANCE)).status_code == 404


def test_the_list_costs_the_same_however_many_values(cast, enter, django_assert_max_num_queries):
    browser = enter("staff")
    browser.get(reverse("settings:values"))
    with django_assert_max_num_queries(6):
        browser.get(reverse("settings:values"))
