"""The desk in a browser: it renews itself without moving what one is doing."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock

pytestmark = pytest.mark.usefixtures("regulations")


@pytest.fixture
def give(cast):
    def make(title: str, hours: float, **more) -> Due:
        due_at = clock.now() + timedelta(hours=hours)
        return dues.open_due(
            title, subject=cast.division, division=cast.division, person=cast.sales,
            due_at=due_at, clause="R4-36", **more,
        )  # fmt: skip

    return make


def renew(page) -> None:
    """What the clock does every 15 seconds."""
    page.evaluate("htmx.trigger(document.querySelector('#desk > div'), 'renew')")


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (1440, "dark"), (390, "light")])
def test_the_desk_keeps_nobody_out(visit, give, accessible, width, theme):
    for hours in (-50, 3, 30, 400):
        give(f"答复{hours}", hours)
    page = visit("/", width=width, theme=theme)
    expect(page.locator(".desk-line")).to_have_count(4)
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_new_line_comes_by_itself_and_the_focus_stays(visit, give):
    give("答复甲", 30)
    page = visit("/")
    page.focus("text=答复甲")
    give("答复乙", 5)
    renew(page)
    expect(page.locator(".desk-line")).to_have_count(2)
    assert page.evaluate("document.activeElement.textContent") == "答复甲"


def test_who_scrolls_to_the_end_gets_more_and_a_renewal_keeps_it(visit, give):
    for number in range(90):
        give(f"第{number}件", number + 1)
    page = visit("/")
    expect(page.locator(".desk-line")).to_have_count(25)
    page.locator("[id^=desk-to-]").scroll_into_view_if_needed()
    expect(page.locator(".desk-line")).to_have_count(75)
    give("第九十件", 0.5)
    renew(page)
    expect(page.locator(".desk-line").first).to_contain_text("第九十件")
    expect(page.locator(".desk-line")).to_have_count(75)
    page.locator("[id^=desk-to-]").scroll_into_view_if_needed()
    expect(page.locator(".desk-line")).to_have_count(91)


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_the_page_of_a_due_keeps_nobody_out(visit, give, accessible, width, theme):
    due = give("答复甲", -50)
    page = visit(f"/dues/{due.pk}/", width=width, theme=theme)
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
