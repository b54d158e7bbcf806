"""Whatever speaks of a case leads to it, and to the page that fits its kind."""

import pytest
from django.test import Client

from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint
from shouwen.work.cases.actions import Intake, open_case


@pytest.fixture
def seller(firm):
    return firm.people["dingyiming"]


@pytest.fixture
def signed_in(seller):
    client = Client()
    client.force_login(seller.user, backend="shouwen.doors.web.account.users.UserBackend")
    return client


def test_a_step_on_the_desk_leads_to_its_case(shipment, seller, signed_in):
    case = open_complaint(Story(shipment), by=seller)
    assert f'<a href="/cases/{case.pk}/">办理“填表”</a>' in signed_in.get("/").content.decode()


def test_a_matter_that_is_no_complaint_has_a_page_of_its_own(shipment, seller, signed_in):
    customer = shipment.order_line.order.customer
    matter = open_case(
        Intake(customer.division, customer, "delivery", "晚到", "晚到两天"), by=seller
    )
    answer = signed_in.get(f"/cases/{matter.pk}/")
    assert answer.headers["Location"] == f"/intake/ordinary/{matter.pk}/"


def test_whoever_works_in_a_group_signs_for_its_department(shipment, seller, signed_in, closed):
    page = signed_in.get("/copies/").content.decode()
    assert f"客户抱怨处理表 {closed.number}</a>" in page
    assert "第 3 联" in page
    assert "/receipt/" in page
