"""A customer answers on a phone, with and without scripts; an agent keys in by the keyboard."""

from datetime import timedelta

import pytest
from surveying import furnished

from shouwen.doors.jobs.pictures import Shot, open_page
from shouwen.ground.foundation import clock
from shouwen.ground.policy.loading import load_all
from shouwen.work.surveys import actions as surveys
from shouwen.work.surveys.models import Response

PHONE = 390


@pytest.fixture
def works(cast):
    """A running campaign, committed."""
    load_all()
    made = furnished(cast)
    question = surveys.QuestionDraft("还有什么想说的？", "response", "text", required=False)
    surveys.put_question(made.paper, question, by=None)
    closes = clock.today() + timedelta(days=20)
    campaign = surveys.plan(made.division, "年度调查", made.paper, closes, by=None)
    wanted = [surveys.Wanted(made.near, "letter"), surveys.Wanted(made.far, "fax")]
    surveys.invite(campaign, wanted, by=None)
    made.campaign = surveys.start(campaign, by=None)
    made.letter = campaign.recipients.get(channel="letter")
    made.fax = campaign.recipients.get(channel="fax")
    return made


def _answer(page):
    for fieldset in page.locator("fieldset").all():
        fieldset.locator("label").first.tap()
    page.fill("textarea", "上门很准时。")
    page.locator(".ask-send").tap()
    page.wait_for_selector(".ask-said")


def test_a_customer_answers_on_a_phone(works, visit, accessible):
    page = visit(f"/q/{works.letter.token}/", person="", width=PHONE)
    accessible(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE
    heights = page.eval_on_selector_all(
        ".ask-option", "options => options.map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44, "a thumb needs room"
    page.locator(".ask-send").tap()
    page.wait_for_selector(".field-error")
    assert page.locator(".field-error").count() == 6
    accessible(page)
    _answer(page)
    assert "谢谢您" in page.inner_text("main")
    accessible(page)
    assert Response.objects.get().channel == "letter"


def test_it_needs_no_script(works, browser, live_server):
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": PHONE, "height": 844}, has_touch=True,
        locale="en-GB", base_url=live_server.url,
    )  # fmt: skip
    page = context.new_page()
    page.goto(f"/q/{works.letter.token}/")
    _answer(page)
    assert "Thank you" in page.inner_text("main")
    context.close()
    assert Response.objects.count() == 1


def test_an_agent_keys_in_without_the_mouse(works, visit, accessible):
    page = visit("/surveys/entry/", person="agent")
    accessible(page)
    page.keyboard.type(works.fax.short)
    page.keyboard.press("Enter")
    page.wait_for_url("**/surveys/entry/*/")
    accessible(page)
    for _question in range(6):
        page.keyboard.type("4")
        page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/surveys/entry/")
    assert Response.objects.get().channel == "fax"


@pytest.mark.parametrize("place", ["", "statistics/"])
def test_the_pages_keep_nobody_out(works, visit, accessible, place):
    surveys.answer(
        works.letter, {one.pk: surveys.Given(mark=4) for one in works.paper.questions.all()[:6]}
    )
    page = visit(f"/surveys/{works.campaign.pk}/{place}", person="cs_director")
    accessible(page)


def test_the_link_opens_signed_in_too(works, browser, live_server):
    shot = Shot("", "sales", f"/q/{works.letter.token}/", width=PHONE)
    page = open_page(browser, live_server.url, shot)
    assert page.locator("fieldset").count() == 6
    page.context.close()
