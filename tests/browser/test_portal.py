"""A customer files and follows a matter on a phone, in both languages, without scripts."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from shouwen.regulations.helping import PICTURE
from shouwen.work.interactions.models import Interaction
from shouwen.work.telephony.actions import Heard, give_extension, hear
from shouwen.work.ways import actions as ways

ADDRESSES = (
    ways.WayDraft("phone", "服务热线", "400-800-1234", "Hotline", "每天 8–20 点", "8 am to 8 pm"),
    ways.WayDraft("mail", "投诉信箱", "service@yuanshan.example", "Complaints mailbox"),
    ways.WayDraft("visit", "来访接待", "南京市江宁区秣陵路 1 号一层", "Reception"),
    ways.WayDraft("web", "网上填报", "https://service.yuanshan.example/portal/", "Website"),
)


@pytest.fixture
def published(cast):
    for draft in ADDRESSES:
        ways.publish(draft, division=cast.division, by=None)
    return cast.division


def see(page, name):
    """A picture for whoever wants to look: `PICTURES=/tmp/x pytest …`."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize(
    ("language", "theme", "width"),
    [("zh-hans", "light", 390), ("en", "dark", 390), ("en", "light", 1440)],
)
def test_a_matter_is_filed_followed_and_judged(
    visit, accessible, published, cast, language, theme, width, tmp_path
):
    photo = tmp_path / "lamp.png"
    photo.write_bytes(PICTURE)
    look = f"portal-{{}}-{width}-{theme}-{language}"

    def check(page, name):
        see(page, look.format(name))
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    page = visit("/portal/", person="", width=width, theme=theme)
    if language == "en":
        page.click("button[lang=en]")
        expect(page.locator("html")).to_have_attribute("lang", "en")
    check(page, "home")
    page.click("main .doors a:first-child")
    page.click("main .button")
    expect(page.locator(".error").first).to_be_visible()
    check(page, "wrong")
    page.fill("#id_name", "安然")
    page.fill("#id_phone", "138 0013 8101")
    page.fill("#id_body", "一栋一单元二楼楼道灯不亮,晚上看不见台阶。")
    page.set_input_files("#id_photos", photo)
    page.click("main .button")
    page.wait_for_url(re.compile(r"/portal/matters/\d+/"))
    check(page, "receipt")
    row = Interaction.objects.get()
    ways.answer(row, "电工今天下午三点到现场。", by=cast.agent)
    page.context.clear_cookies(name="portal")
    page.click("footer a:nth-child(2)")
    page.fill("#id_number", row.number)
    page.fill("#id_phone", "13800138101")
    page.click("main .button")
    expect(page.locator(".word-out")).to_contain_text("电工今天下午三点")
    page.fill("#words textarea", "三楼也不亮。")
    page.click("#words .button")
    expect(page.locator(".word-in")).to_contain_text("三楼也不亮")
    page.fill("#verdict textarea", "灯还在闪。")
    page.click("#verdict [value=no]")
    expect(page.locator("#verdict .words")).to_contain_text("还在闪")
    check(page, "matter")


def test_a_label_leads_to_its_place_and_prints(visit, accessible, published, cast):
    pairs = [("一栋一单元电梯", "Lift, block 1"), ("生活水泵房", "Water pump room"), ("北门岗", "")]
    label = ways.make_labels(pairs, division=cast.division, by=None)[0]
    page = visit(f"/portal/at/{label.code}/", person="", width=390)
    expect(page.locator(".place")).to_contain_text("一栋一单元电梯")
    see(page, "portal-label-390")
    accessible(page)


def test_a_call_is_offered_and_opened_by_one_key(visit, accessible, cast):
    give_extension(cast.division, "8001", cast.agent, by=None)
    page = visit("/", person="agent")
    told = Heard("c-1", "ringing", "13800138000", extension="8001")
    hear(told, division=cast.division, source="pbx")
    offer = page.locator(".call-offer")
    expect(offer).to_contain_text("138****8000", timeout=10_000)
    see(page, "call-desk")
    accessible(page)
    page.keyboard.press("c")
    page.wait_for_url(re.compile(r"/intake/\?phone=13800138000&call=\d+"))
    assert page.input_value("#id_phone") == "13800138000"
    hear(Heard("c-1", "ended"), division=cast.division, source="pbx")
    expect(page.locator(".call-offer")).to_have_count(0, timeout=10_000)


@pytest.mark.parametrize(
    ("width", "theme", "language"),
    [(1440, "light", "zh-hans"), (390, "dark", "zh-hans"), (390, "light", "en")],
)
def test_the_rooms_of_the_staff_keep_nobody_out(
    visit, accessible, published, cast, width, theme, language
):
    from shouwen.doors.api.actions import create_client
    from shouwen.work.interactions import actions as interactions
    from shouwen.work.ways.filing import FromWeb

    filed = ways.file(FromWeb(cast.division, "安然", "13800138101", "二楼楼道灯不亮。", "当天修好"))
    interactions.correct(filed, {"name": "安先生"}, reason="客户更正", by=cast.agent)
    ways.answer(filed, "电工今天下午三点到现场。", by=cast.agent)
    ways.judge(filed, False, "还在闪")
    ways.make_labels([("一栋一单元电梯", "Lift")], division=cast.division, by=None)
    give_extension(cast.division, "8001", cast.agent, by=None)
    create_client(cast.division, "电话系统", ["calls:write"], by=cast.keeper)
    gateways = "/settings/gateways"
    pages = {
        "quick": ("/quick/?phone=13800138101", "agent"), "queue": ("/interactions/", "agent"),
        "interaction": (f"/interactions/{filed.pk}/", "agent"),
        "correction": (f"/interactions/{filed.pk}/correction/", "agent"),
        "channels": (f"{gateways}/channels/", "keeper"),
        "labels": (f"{gateways}/labels/", "keeper"),
        "telephones": (f"{gateways}/telephones/", "keeper"),
        "systems": (f"{gateways}/systems/", "keeper"),
        "system-new": (f"{gateways}/systems/new/", "keeper"),
        "channel-new": (f"{gateways}/channels/new/", "keeper"),
    }  # fmt: skip
    for name, (path, person) in pages.items():
        page = visit(path, person=person, width=width, theme=theme, language=language)
        see(page, f"{name}-{width}-{theme}-{language}")
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
