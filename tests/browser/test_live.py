"""A list that one looks at renews itself, and the line one stands on stays."""

import pytest
from playwright.sync_api import expect
from staging import centre

from shouwen.work.ways import actions as ways
from shouwen.work.ways.filing import FromWeb

__all__ = ["centre"]


@pytest.fixture
def cast(transactional_db, centre):
    """The service centre of the scenarios."""
    return centre


def test_a_contact_that_comes_in_appears_in_the_list_and_the_line_stays(visit, cast):
    ways.file(FromWeb(cast.centre, "安然", "13800138101", "楼道灯不亮。", "当天修好"))
    page = visit("/interactions/", person=cast.agent.user.username)
    expect(page.locator("#live tbody tr")).to_have_count(1)
    page.keyboard.press("j")
    expect(page.locator("tr.is-at")).to_have_count(1)
    ways.file(FromWeb(cast.centre, "安然", "13800138101", "门禁坏了。", "当天修好"))
    expect(page.locator("#live tbody tr")).to_have_count(2, timeout=30_000)
    expect(page.locator("tr.is-at")).to_contain_text("楼道灯不亮")
