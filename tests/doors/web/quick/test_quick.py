"""Anybody takes down a contact; it is corrected, never lost; calls are bound to it."""

from datetime import timedelta

import pytest

from shouwen.ground.org.actions import adopt_regulation, set_value
from shouwen.work.customers.actions import create_customer
from shouwen.work.customers.drafts import CustomerDraft
from shouwen.work.interactions.actions import Draft, record_interaction
from shouwen.work.interactions.models import Interaction
from shouwen.work.telephony.actions import Heard, give_extension, hear
from shouwen.work.telephony.models import Call
from shouwen.work.ways.actions import WayDraft, publish, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast, now, regulations):
    return {
        "phone": "0512-66880000", "name": "王采购", "body": "客户问发票何时寄出。",
        "nature": "problem", "channel": "phone", "at": "2026-03-11T09:58",
        "division": cast.division.pk,
    }  # fmt: skip


@pytest.fixture
def customer(cast):
    draft = CustomerDraft(
        code="DF", name_zh="东方机电", region="domestic", salesperson=cast.sales,
        phone="0512-66880000",
    )  # fmt: skip
    return create_customer(cast.division, draft, by=cast.sales)


@pytest.mark.parametrize("who", ["accounting", "warehouse", "hr", "gm", "staff"])
def test_every_employee_registers_a_contact(enter, told, cast, customer, who):
    answer = enter(who).post("/quick/", told)
    row = Interaction.objects.get()
    assert answer["Location"] == f"/interactions/{row.pk}/"
    assert (row.taker, row.customer, row.routed_at) == (getattr(cast, who), customer, None)
    assert row.at.isoformat() == "2026-03-11T01:58:00+00:00"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"body": ""}, "body"), ({"name": "", "phone": "13900000000"}, "name"),
        ({"phone": ""}, "phone"), ({"at": ""}, "at"), ({"at": "2026-03-11T10:01"}, "at"),
        ({"nature": "joke"}, "nature"), ({"channel": "pigeon"}, "channel"),
        ({"division": "999"}, "division"), ({"body": "x" * 4001}, "body"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_at_its_field(enter, told, change, field):
    answer = enter("hr").post("/quick/", {**told, **change})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Interaction.objects.exists()


def test_an_unknown_caller_is_marked_as_such(enter, told):
    blank = {**told, "phone": "", "name": ""}
    assert enter("hr").post("/quick/", blank).status_code == 422
    assert enter("hr").post("/quick/", {**blank, "unknown": "on"}).status_code == 302


def test_the_companys_minimum_holds_where_the_clause_binds(enter, told, cast):
    adopt_regulation(cast.division, "R5", 1)
    set_value("R5-17.least_characters", 12, division=cast.division)
    assert enter("hr").post("/quick/", told).status_code == 422
    longer = {**told, "body": "客户问上月的增值税发票何时寄出。"}
    assert enter("hr").post("/quick/", longer).status_code == 302


def test_a_published_channel_can_be_chosen_and_a_withdrawn_one_cannot(enter, told, cast):
    way = publish(
        WayDraft("mail", "投诉信箱", "a@b.example", "Mailbox"), division=cast.division, by=None
    )
    word = f"way-{way.pk}"
    assert "投诉信箱" in enter("hr").get("/quick/").content.decode()
    assert enter("hr").post("/quick/", {**told, "channel": word}).status_code == 302
    row = Interaction.objects.get()
    assert (row.channel, row.text.more["way_zh"]) == ("mail", "投诉信箱")
    withdraw(way, by=cast.keeper)
    assert "投诉信箱" in enter("hr").get(f"/interactions/{row.pk}/").content.decode()
    assert enter("hr").post("/quick/", {**told, "channel": word}).status_code == 422


def test_a_number_is_masked_for_who_calls_no_customers(enter, told, cast):
    record_interaction(Draft(cast.division, "问发票", phone="13800138000"), by=cast.agent)
    pk = Interaction.objects.get().pk
    for path in ("/interactions/", f"/interactions/{pk}/", f"/interactions/{pk}/correction/"):
        page = enter("accounting").get(path).content.decode()
        assert "13800138000" not in page, path
    assert "13800138000" in enter("agent").get(f"/interactions/{pk}/").content.decode()


def test_a_correction_keeps_what_stood_there_and_needs_a_reason(enter, told, cast):
    enter("hr").post("/quick/", told)
    pk = Interaction.objects.get().pk
    form = {"name": "王采购", "phone": told["phone"], "body": "客户问两张发票。", "reason": ""}
    path = f"/interactions/{pk}/correction/"
    assert enter("agent").post(path, form).status_code == 422
    assert enter("agent").post(path, {**form, "reason": "数量说错"}).status_code == 302
    page = enter("agent").get(f"/interactions/{pk}/").content.decode()
    assert "客户问发票何时寄出。" in page
    assert "客户问两张发票。" in page
    assert enter("agent").delete(f"/interactions/{pk}/").status_code in (200, 405)
    assert Interaction.objects.count() == 1


def test_the_queue_is_read_oldest_first_with_few_questions(
    enter, told, cast, now, django_assert_max_num_queries
):
    for n in range(60):
        record_interaction(Draft(cast.division, f"第{n}件"), by=cast.agent)
        now.wait(minutes=1)
    client = enter("agent")
    with django_assert_max_num_queries(12):
        page = client.get("/interactions/")
    rows = page.context["page"].rows
    assert rows[0].text.body == "第0件"
    assert len(rows) == 50
    older = client.get("/interactions/" + page.context["page"].older)
    assert [one.text.body for one in older.context["page"].rows] == [
        f"第{n}件" for n in range(50, 60)
    ]
    assert client.get("/interactions/?channel=letter").context["page"].rows == []
    assert client.get("/interactions/?since=2026-03-12").context["page"].rows == []
    assert len(client.get("/interactions/?view=mine").context["page"].rows) == 50


def test_the_workbook_is_no_formula_and_keeps_the_mask(enter, told, cast):
    from io import BytesIO

    from python_calamine import load_workbook

    words = '=HYPERLINK("http://x","y")'
    record_interaction(Draft(cast.division, words, phone="13800138000"), by=cast.agent)
    answer = enter("accounting").get("/interactions/export/")
    rows = load_workbook(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert "13800138000" not in str(rows)
    assert any(words in str(cell) for row in rows for cell in row)


def test_the_desk_is_told_of_a_call_once_and_asked_again_for_nothing(enter, told, cast):
    give_extension(cast.division, "8001", cast.agent, by=None)
    client = enter("agent")
    assert client.get("/calls/mine/").status_code == 204
    ring = Heard("c-1", "ringing", "13800138000", extension="8001")
    call = hear(ring, division=cast.division, source="api:1")
    offer = client.get("/calls/mine/")
    assert "138****8000" in offer.content.decode()
    shown = offer.context["shown"]
    assert client.get(f"/calls/mine/?shown={shown}").status_code == 204
    assert enter("sales").get("/calls/mine/").status_code == 204
    page = client.get(f"/quick/?call={call.pk}")
    assert 'value="13800138000"' in page.content.decode()
    client.post("/quick/", {**told, "call": call.pk, "phone": "13800138000"})
    row = Interaction.objects.get()
    assert (row.source, row.external_id) == ("api:1", "c-1")
    assert Call.objects.get().interaction == row
    gone = client.get(f"/calls/mine/?shown={shown}")
    assert gone.status_code == 200
    assert "138****8000" not in gone.content.decode()


def test_a_call_of_somebody_else_is_not_taken(enter, told, cast):
    give_extension(cast.division, "8001", cast.agent, by=None)
    ring = Heard("c-1", "ringing", "13800138000", extension="8001")
    call = hear(ring, division=cast.division, source="api:1")
    enter("hr").post("/quick/", {**told, "call": call.pk})
    assert Call.objects.get().interaction is None
    assert Interaction.objects.get().external_id is None


def test_who_waits_longest_is_seen(now):
    from shouwen.doors.web.quick.queue import age

    assert age(now.at - timedelta(minutes=5), now.at) == "5 分钟"
    assert age(now.at - timedelta(hours=47), now.at) == "47 小时"
    assert age(now.at - timedelta(days=3), now.at) == "3 天"
