"""Taking a call: who it is, what was delivered, what is wrong; nothing typed is ever lost."""

import pytest
from django.urls import reverse

from shouwen.engines.documents.models import Sheet
from shouwen.ground.journal.models import Entry
from shouwen.work.cases.actions import Intake, open_case, section_data, sheet_of
from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Customer

from .conftest import supply


@pytest.fixture
def customer(shipment) -> Customer:
    return shipment.order_line.order.customer


@pytest.fixture
def browser(enter, seller):
    return enter(seller)


@pytest.fixture
def said(customer, shipment):
    """What is typed for a complaint about ten bad pieces."""
    return {
        "phone": "13800138000",
        "customer": customer.pk,
        "caller": "王采购",
        "channel": "phone",
        "received_at": "2026-03-02T08:50",
        "category": "product_quality",
        "severity": "2",
        "causes_loss": "yes",
        "title": "端盖表面划伤",
        "description": "来料表面有明显划伤。",
        "shipment": [shipment.pk],
        f"defective-{shipment.pk}": "10",
    }


def who(browser, **query) -> str:
    return browser.get("/intake/who/", query).content.decode()


def test_a_number_tells_who_calls_and_what_they_got(browser, customer, shipment):
    text = who(browser, phone="138 0013 8000")
    assert customer.name in text
    assert 'value="王采购"' in text
    assert "P-DF" in text
    assert "SO-DF" in text


def test_part_of_a_number_offers_those_it_may_be(browser, customer):
    text = who(browser, phone="1380013")
    assert "这个号码可能是" in text
    assert customer.name in text
    assert 'name="customer"' not in text


def test_pinyin_initials_find_a_customer_without_number(browser, customer):
    assert f'name="customer" value="{customer.pk}"' in who(browser, phone="", words="dfjd")


def test_an_unknown_number_says_so(browser, customer):
    assert "没有找到这样的客户" in who(browser, phone="13911112222")


def test_typing_on_does_not_take_away_what_was_ticked(browser, customer):
    answer = browser.get("/intake/who/", {"phone": "13800138000", "shown": customer.pk})
    assert answer.status_code == 204
    answer = browser.get("/intake/who/", {"phone": "13911112222", "shown": customer.pk})
    assert answer.status_code == 204


def test_who_sees_masked_numbers_finds_nothing_by_guessing(enter, firm, customer):
    from shouwen.ground.org import queries as org

    tester = org.people("quality", firm.division)[0]
    assert customer.name not in who(enter(tester), phone="1380013")
    assert customer.name in who(enter(tester), phone="13800138000")


def test_a_complaint_opens_its_form_with_what_is_known(browser, said, seller, shipment):
    answer = browser.post("/intake/", said)
    case = Case.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/cases/{case.pk}/"
    assert (case.kind, case.severity, case.first_owner) == ("quality_complaint", 2, seller)
    known = section_data(sheet_of(case), "intake")
    assert known["reporter"] == "王采购"
    assert known["phenomenon"] == "来料表面有明显划伤。"
    line = known["lines"][0]
    assert (line["order"], line["part"], line["ship_date"]) == ("SO-DF", "P-DF", "2026-02-02")
    assert float(line["quantity"]) == 1000
    assert float(line["defective"]) == 10


def test_more_bad_than_shipped_is_refused_at_the_line(browser, said, shipment):
    answer = browser.post("/intake/", said | {f"defective-{shipment.pk}": "1001"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert not Case.objects.exists()
    assert f'id="defective-{shipment.pk}-error"' in text
    assert "R4-24" in text
    assert 'value="1001"' in text
    assert Entry.objects.filter(event="intake.new.refused").exists()


def test_what_is_missing_is_said_at_its_field_and_the_rest_stays(browser, said, shipment):
    answer = browser.post("/intake/", said | {"title": "", "customer": ""})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_title_error"' in text
    assert 'id="id_customer_error"' in text
    assert "来料表面有明显划伤。" in text


def test_it_cannot_have_been_received_tomorrow(browser, said):
    answer = browser.post("/intake/", said | {"received_at": "2026-03-03T08:50"})
    assert answer.status_code == 422
    assert 'id="id_received_at_error"' in answer.content.decode()


def test_no_loss_files_an_abnormality_note_without_number(browser, said, firm, seller):
    unit = firm.units.get("manufacturing", firm.division)
    note = {"causes_loss": "no", "to_unit": unit.pk, "handler": seller.pk, "asked": "请改善包装。"}
    answer = browser.post("/intake/", said | note)
    assert answer.status_code == 302
    case = Case.objects.get()
    assert (case.kind, case.number) == ("abnormality", None)
    assert answer["Location"] == reverse("intake:matter", args=[case.pk])
    sheet = Sheet.objects.get()
    assert sheet.form == "abnormality_note"
    assert section_data(sheet, "report")["part"] == "P-DF"
    assert "异常处理单" in browser.get(answer["Location"]).content.decode()


def test_a_note_that_lacks_something_leaves_no_case_behind(browser, said):
    answer = browser.post("/intake/", said | {"causes_loss": "no"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert not Case.objects.exists()
    assert 'id="id_asked_error"' in text
    assert 'id="id_to_unit_error"' in text


def test_an_ordinary_matter_is_closed_with_its_solution(browser, said):
    answer = browser.post("/intake/", said | {"category": "delivery", "shipment": []})
    case = Case.objects.get()
    page = answer["Location"]
    assert case.kind == "ordinary"
    assert browser.post(f"{page}close/", {"solution": " "}).status_code == 422
    assert browser.post(f"{page}close/", {"solution": "已告知周五到货。"}).status_code == 302
    case.refresh_from_db()
    assert case.state == "closed"
    assert "已告知周五到货。" in browser.get(page).content.decode()


def test_product_quality_never_closes_as_an_ordinary_matter(browser, customer, seller):
    intake = Intake(
        customer.division, customer, "product_quality", "划伤", "表面划伤。", causes_loss=False
    )
    case = open_case(intake, by=seller)
    answer = browser.post(f"/intake/ordinary/{case.pk}/close/", {"solution": "已解释。"})
    assert answer.status_code == 422
    assert "R4-03" in answer.content.decode()
    case.refresh_from_db()
    assert case.state == "open"


def test_open_matters_of_the_same_part_come_first(browser, customer, said, shipment):
    browser.post("/intake/", said)
    browser.post("/intake/", said | {"title": "交期", "category": "delivery", "shipment": []})
    query = {"customer": customer.pk, "shipment": shipment.pk}
    text = browser.get("/intake/similar/", query).content.decode()
    assert text.index("端盖表面划伤") < text.index("交期")


def test_shipments_are_sought_and_ticked_ones_stay(browser, firm, seller, customer, shipment):
    query = {"customer": customer.pk, "goods": "NOSUCH"}
    assert "P-DF" not in browser.get("/intake/shipments/", query).content.decode()
    query |= {"shipment": shipment.pk, f"defective-{shipment.pk}": "7"}
    text = browser.get("/intake/shipments/", query).content.decode()
    assert "P-DF" in text
    assert 'value="7"' in text


def test_a_shipment_of_another_customer_cannot_be_ticked(browser, said, firm, seller):
    other = supply(firm, seller, "别家", "BJ", "0512-66880001")
    answer = browser.post("/intake/", said | {"shipment": [other.pk]})
    assert answer.status_code == 302
    assert "lines" not in section_data(sheet_of(Case.objects.get()), "intake")


def test_the_panel_costs_few_queries(browser, customer, django_assert_max_num_queries):
    who(browser, phone="13800138000")
    with django_assert_max_num_queries(12):
        who(browser, phone="13800138000")
