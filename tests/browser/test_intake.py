"""A complaint is taken while the customer speaks: by keys alone, on a phone, in the dark."""

import os
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from founding import demo_company
from playwright.sync_api import expect

from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, walk
from shouwen.work.cases.actions import section_data, sheet_of
from shouwen.work.cases.models import Case
from shouwen.work.customers.actions import create_contact, create_customer, create_product
from shouwen.work.customers.drafts import (
    ContactDraft,
    CustomerDraft,
    LineDraft,
    OrderDraft,
    ProductDraft,
    ShipmentDraft,
)
from shouwen.work.customers.ordering import place_order, record_shipment


@pytest.fixture
def cast(transactional_db):
    """The demo company, which runs under R4."""
    return demo_company()


@pytest.fixture
def seller(cast):
    return org.people("sales", cast.division)[-1]


@pytest.fixture
def shipment(cast, seller):
    """东方机电, its buyer's number, and 1,000 end covers a month ago."""
    today = clock.today()
    draft = CustomerDraft(
        code="DF", name_zh="东方机电", region="domestic", salesperson=seller, phone="0512-66880000"
    )
    customer = create_customer(cast.division, draft, by=seller)
    create_contact(customer, ContactDraft(name="王采购", phone="13800138000"), by=seller)
    draft = ProductDraft(part_number="P-DF", name_zh="电机端盖", name_en="End cover")
    product = create_product(cast.division, draft, by=seller)
    order = place_order(
        customer,
        OrderDraft("SO-DF", today - timedelta(days=60), seller),
        [LineDraft(product, Decimal(1000), 25_00)],
        by=seller,
    )
    sent = [
        ShipmentDraft(
            shipped_on=today - timedelta(days=days), quantity=Decimal(200), amount_cents=500_000
        )
        for days in (40, 30)
    ]
    return [record_shipment(order.lines.get(), one, by=seller) for one in sent][-1]


def see(page, name):
    """A picture for whoever wants to look: `PICTURES=/tmp/x pytest …`."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_complaint_is_taken_by_the_keyboard_alone(visit, seller, shipment):
    page = visit("/", person=seller.user.username)
    page.keyboard.press("n")
    page.wait_for_url("**/intake/")
    assert page.evaluate("document.activeElement.id") == "id_phone"
    page.keyboard.type("138 0013 8000")
    expect(page.locator("#who h2")).to_have_text(re.compile("东方机电"))
    _tab_to(page, "[name=shipment]")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("12")
    _tab_to(page, "[name=title]")
    page.keyboard.type("端盖表面划伤")
    page.keyboard.press("Tab")
    page.keyboard.type("来料表面有明显划伤，无法装配。")
    see(page, "intake-typed")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/cases/\d+/"))
    known = section_data(sheet_of(Case.objects.get()), "intake")
    assert known["reporter"] == "王采购"
    assert [line["defective"] for line in known["lines"]] == ["12"]


def test_a_number_typed_before_the_scripts_arrive_is_looked_up(visit, seller, shipment):
    page = visit("/intake/", person=seller.user.username)
    held = []
    page.route("**/htmx*.js", lambda route: held.append(route))
    page.goto(page.url, wait_until="commit")
    page.fill("#id_phone", "13800138000")
    expect(page.locator("#who h2")).to_have_count(0)
    held.pop().continue_()
    expect(page.locator("#who h2")).to_have_text(re.compile("东方机电"))


def _tab_to(page, selector, most=30):
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by the keyboard")


def test_what_is_wrong_stands_at_its_line_and_nothing_is_lost(visit, seller, shipment):
    page = visit("/intake/", person=seller.user.username)
    page.fill("#id_phone", "13800138000")
    page.check(f"[name=shipment][value='{shipment.pk}']")
    page.fill(f"#defective-{shipment.pk}", "999")
    page.fill("#id_title", "划伤")
    page.fill("#id_description", "表面划伤。")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"#defective-{shipment.pk}-error")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == f"defective-{shipment.pk}"
    assert page.input_value("#id_description") == "表面划伤。"
    see(page, "intake-wrong")


def test_no_loss_asks_for_the_note_and_other_matters_for_no_goods(visit, seller, shipment):
    page = visit("/intake/", person=seller.user.username)
    page.fill("#id_phone", "13800138000")
    expect(page.locator(".intake-goods")).to_be_visible()
    expect(page.locator(".intake-note")).to_be_hidden()
    page.check("[name=causes_loss][value=no]")
    expect(page.locator(".intake-note")).to_be_visible()
    page.select_option("#id_category", "delivery")
    expect(page.locator(".intake-note")).to_be_hidden()
    expect(page.locator(".intake-goods")).to_be_hidden()


@pytest.mark.parametrize(
    ("width", "theme", "language"),
    [(1440, "light", "zh-hans"), (390, "dark", "zh-hans"), (390, "light", "en")],
)
def test_every_screen_keeps_nobody_out(visit, accessible, seller, shipment, width, theme, language):
    for stage in ("draft", "investigation", "ruling"):
        told = Story(shipment)
        walk(open_complaint(told, by=seller), told, stage)
    past = clock.now() - timedelta(days=2)
    late = Case.objects.get(stage="ruling")
    Case.objects.filter(pk=late.pk).update(due_at=past)
    Due.objects.filter(matter_kind="case", matter_id=late.pk).update(due_at=past)
    for name, path in {
        "intake": "/intake/?phone=13800138000", "list": "/cases/", "board": "/cases/board/",
        "register": "/register/", "overdue": "/overdue/",
    }.items():  # fmt: skip
        look = {"width": width, "theme": theme, "language": language}
        page = visit(path, person=seller.user.username, **look)
        see(page, f"{name}-{width}-{theme}-{language}")
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
