"""A reward or penalty notice from the office to the deduction, in a browser (R4-64 to R4-66)."""

import pytest
from playwright.sync_api import expect

from shouwen.doors.web.cases.routes import complaint
from shouwen.outcomes.assessment.models import Notice

pytestmark = pytest.mark.usefixtures("regulations")


@pytest.fixture
def case(cast):
    """A complaint that has only begun."""
    return complaint(cast)


def pick(page, name: str, value: int) -> None:
    """Choose in a searchable list, as the script keeps it."""
    page.evaluate(
        "([name, value]) => document.querySelector(`[name=${name}]`).tomselect.setValue(value)",
        [name, str(value)],
    )


def test_who_types_fast_picks_what_was_typed_and_goes_on_at_the_next_blank(visit, cast, case):
    page = visit(f"/assessment/notices/new/?case={case.pk}", person="office_manager")
    page.locator("[name=person] + .ts-wrapper").click()
    page.keyboard.insert_text(cast.manufacturing.name_zh)
    page.keyboard.press("Enter")
    page.focus("[name=reason]")
    page.keyboard.insert_text("首件检验未做")
    assert page.input_value("[name=reason]") == "首件检验未做"
    assert page.locator("[name=person]").input_value() == str(cast.manufacturing.pk)
    expect(page.locator(".ts-dropdown:visible")).to_have_count(0)


def test_a_notice_goes_round_its_three_holders(visit, cast, case, accessible):
    page = visit(f"/assessment/notices/new/?case={case.pk}", person="office_manager")
    accessible(page)
    pick(page, "unit", cast.units["manufacturing"].pk)
    pick(page, "person", cast.manufacturing.pk)
    page.fill("[name=cause_item]", "外观与涂装")
    page.fill("[name=amount]", "200")
    page.fill("[name=reason]", "首件检验未做")
    page.click("text=签署并呈总经理")
    expect(page.locator(".badge-draft")).to_contain_text("待总经理批准")
    accessible(page)
    address = f"/assessment/notices/{Notice.objects.get().pk}/"

    page = visit(address, person="gm", width=390, theme="dark")
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("text=批准并发三联")
    expect(page.locator(".toast-line")).to_contain_text("三联已发出")
    expect(page.locator(".copy-line")).to_have_count(3)

    page = visit(address, person="accounting", language="en")
    page.click("text=Confirm the check")
    expect(page.locator(".badge-now")).to_contain_text("To be carried out by the unit")
    accessible(page)

    page = visit(address, person="manufacturing")
    page.click("text=确认已扣罚")
    expect(page.locator(".badge-done").first).to_contain_text("已办毕")
    accessible(page)


@pytest.mark.parametrize(
    "address",
    ["/assessment/", "/assessment/notices/", "/assessment/sanctions/", "/assessment/claims/",
     "/announcements/"],
)  # fmt: skip
@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_the_lists_keep_nobody_out(visit, case, accessible, address, width, theme):
    page = visit(address, person="pm_group", width=width, theme=theme)
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
