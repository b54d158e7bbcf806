"""A question is taken from a ringing telephone and answered, by keys alone."""

import re

import pytest
from playwright.sync_api import expect
from staging import centre

from shouwen.work.cases.models import Case
from shouwen.work.interactions.models import Interaction
from shouwen.work.telephony.actions import Heard, give_extension, hear

__all__ = ["centre"]


@pytest.fixture
def cast(transactional_db, centre):
    """The service centre of the scenarios."""
    return centre


def tab_to(page, selector, most=30):
    for _ in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached by the keyboard")


def test_a_consultation_is_registered_and_answered_without_the_mouse(visit, cast):
    division = cast.resident.division
    give_extension(division, "8001", cast.agent, by=None)
    page = visit("/", person=cast.agent.user.username)
    hear(Heard("c-1", "answered", "13800138101", extension="8001"), division=division, source="t")
    expect(page.locator("#calls")).to_contain_text("已接听", timeout=15_000)
    keys = page.keyboard
    keys.press("c")
    page.wait_for_url("**/intake/?phone=*")
    expect(page.locator("#who h2")).to_have_text(re.compile(cast.resident.name))
    expect(page.locator("#calls")).to_contain_text("正在登记")
    if page.evaluate("document.activeElement.name") == "caller":
        keys.type("安然")
    tab_to(page, "[name=kind]")
    keys.press("ArrowRight")
    tab_to(page, "[name=title]")
    keys.type("物业费什么时候交")
    tab_to(page, "[name=description]")
    keys.type("下一年的物业费什么时候交，怎么交？")
    keys.press("Control+Enter")
    page.wait_for_url(re.compile(r"/cases/\d+/"))
    keys.press("e")
    expect(page.locator("#in-answer-text")).to_be_focused()
    keys.type("每年一月，公众号即可缴。")
    tab_to(page, "[name$=satisfied]")
    keys.press("ArrowDown")
    tab_to(page, "[name=move]")
    keys.press("Enter")
    expect(page.locator("main")).to_contain_text("已结案")
    case = Case.objects.get()
    assert (case.kind, case.state) == ("consultation", "closed")
    assert Interaction.objects.filter(direction="out", definite=True).count() == 1


def test_escape_leaves_the_field_so_that_a_call_is_taken_by_its_key(visit, cast):
    division = cast.resident.division
    give_extension(division, "8001", cast.agent, by=None)
    page = visit("/intake/", person=cast.agent.user.username)
    hear(Heard("c-1", "ringing", "13800138101", extension="8001"), division=division, source="t")
    expect(page.locator("#calls")).to_contain_text("振铃", timeout=15_000)
    page.keyboard.press("c")
    assert page.input_value("#id_phone") == "c"
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.wait_for_url("**/intake/?phone=*")
