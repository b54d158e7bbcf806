"""The shell with hands and keys: search, menus, drafts, one sending, themes."""

import pytest
from playwright.sync_api import expect

from shouwen.ground.journal.models import Entry

pytestmark = pytest.mark.usefixtures("regulations")


def test_the_keys_of_the_shell(visit):
    page = visit("/keys/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search-words"
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.wait_for_url("**/regulations/")


def test_keys_mean_letters_where_one_types(visit):
    page = visit("/keys/")
    page.keyboard.press("/")
    page.keyboard.type("gr?/")
    assert page.input_value("#search-words") == "gr?/"
    assert page.url.endswith("/keys/")


def test_j_and_k_walk_and_enter_opens(visit):
    page = visit("/regulations/R4/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.locator(".is-at").get_attribute("id") == "R4-22"
    page.keyboard.press("Enter")
    page.wait_for_url("**/clauses/R4-22/")


def test_one_menu_at_a_time_and_escape_closes_it(visit):
    page = visit("/keys/")
    page.click(".who")
    page.click(".bell summary")
    expect(page.locator(".bell .menu-panel")).to_contain_text("看全部通知")
    expect(page.locator(".who + .menu-panel")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator(".bell .menu-panel")).to_be_hidden()


def test_the_theme_is_kept(visit):
    page = visit("/keys/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click(".who")
    page.click("[name=theme][value=dark]")
    page.wait_for_load_state()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"


def test_on_a_phone_the_rooms_slide_in(visit):
    page = visit("/keys/", width=390)
    expect(page.locator("#side")).not_to_be_in_viewport()
    page.click("[data-side]")
    expect(page.locator("#side")).to_be_in_viewport()
    page.click("text=制度")
    page.wait_for_url("**/regulations/")


@pytest.fixture
def _gallery(settings):
    settings.ROOT_URLCONF = "browser.gallery"


@pytest.mark.usefixtures("_gallery")
def test_a_draft_is_offered_again_and_never_a_password(visit):
    page = visit("/draft/")
    page.fill("[name=words]", "客户说轴承异响")
    page.fill("[name=secret]", "hidden")
    page.wait_for_timeout(700)
    page.reload()
    expect(page.locator(".draft-line")).to_be_visible()
    page.click("text=恢复草稿")
    assert page.input_value("[name=words]") == "客户说轴承异响"
    assert page.input_value("[name=secret]") == ""


@pytest.mark.usefixtures("_gallery")
def test_a_draft_goes_once_the_form_was_taken(visit):
    page = visit("/draft/")
    page.fill("[name=words]", "收到")
    page.wait_for_timeout(700)
    page.click("text=提交")
    page.wait_for_url("**/keys/")
    page.goto("/draft/")
    expect(page.locator(".draft-line")).to_have_count(0)


@pytest.mark.usefixtures("_gallery")
def test_a_double_click_does_it_once(visit):
    page = visit("/draft/")
    page.fill("[name=words]", "一次")
    page.dblclick("text=提交")
    page.wait_for_url("**/keys/")
    assert Entry.objects.filter(event="draft.taken").count() == 1


@pytest.mark.usefixtures("_gallery")
def test_a_refusal_by_fragment_stands_above_and_has_the_focus(visit):
    page = visit("/act/")
    page.click("text=送出")
    expect(page.locator("#refusals .refusal")).to_contain_text("R4-39")
    assert page.evaluate("document.activeElement.className") == "refusal"
    expect(page.locator("button:has-text('送出')")).to_be_enabled()


@pytest.mark.parametrize(
    ("path", "person"),
    [
        ("/sign-in/", ""), ("/", "sales"), ("/regulations/", "sales"),
        ("/regulations/R4/", "sales"),
        ("/clauses/R4-39/", "sales"), ("/notices/", "sales"), ("/search/?q=轴承", "sales"),
        ("/no-such-page/", "sales"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_every_page_of_the_shell_keeps_nobody_out(visit, accessible, path, person, width, theme):
    page = visit(path, person=person, width=width, theme=theme)
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
