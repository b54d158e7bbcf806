"""The lists of the room: what they show, filter, export and cost."""

import io

import pytest
from python_calamine import CalamineWorkbook

from shouwen.ground.foundation import clock

LISTS = ("", "collections/", "vouchers/")


def page(client, path="", **query):
    answer = client.get(f"/settlement/{path}", query)
    assert answer.status_code == 200
    return answer.content.decode()


def sheet_of(answer):
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return [tuple(row) for row in book.get_sheet_by_index(0).to_python()]


@pytest.fixture
def in_hand(shipment, hands):
    return hands.decided(shipment, "return")


@pytest.fixture
def unpaid(shipment, hands):
    return hands.closed(shipment, "none", upheld=False)


def test_a_settlement_shows_what_is_next_and_for_whom_it_waits(in_hand, hands, signed_in):
    hands.slip(in_hand)
    html = page(signed_in(hands.person("accounting")))
    assert in_hand.number in html
    assert "批示成品退货单" in html


def test_filters_of_the_settlements(in_hand, signed_in):
    client = signed_in(in_hand.salesperson)
    asked = [
        ({}, True),
        ({"kind": "return"}, True),
        ({"kind": "allowance"}, False),
        ({"state": "done"}, False),
        ({"state": "all"}, True),
        ({"q": "A1"}, True),
        ({"q": "没有这家"}, False),
        ({"salesperson": in_hand.salesperson_id}, True),
        ({"salesperson": "unreadable"}, True),  # what cannot be read does not filter
    ]
    link = f"/settlement/{in_hand.pk}/"
    assert [link in page(client, **query) for query, _seen in asked] == [
        seen for _query, seen in asked
    ]


def test_late_receivables_are_found_and_marked(unpaid, signed_in, day):
    client = signed_in(unpaid.salesperson)
    link = f"/settlement/{unpaid.pk}/"
    assert link in page(client, "collections/")
    assert link not in page(client, "collections/", state="late")
    day.move(clock.end_of(unpaid.collections.get().due_on))
    assert "已逾期" in page(client, "collections/", state="late")


def test_a_receivable_without_its_day_is_refused_at_the_field(unpaid, signed_in):
    client, one = signed_in(unpaid.salesperson), unpaid.collections.get()
    path = f"/collections/{one.pk}/collected/"
    answer = client.post(path, {f"r{one.pk}-collected_on": ""})
    assert answer.status_code == 422
    assert "is-wrong" in answer.content.decode()
    today = clock.today().isoformat()
    assert client.post(path, {f"r{one.pk}-collected_on": today}).status_code == 302
    one.refresh_from_db()
    assert one.state == "collected"


def test_lists_are_exported_as_they_are_filtered(in_hand, signed_in):
    client = signed_in(in_hand.salesperson)
    head, *rows = sheet_of(client.get("/settlement/queue.xlsx"))
    assert head[:2] == ("编号", "客户")
    assert [row[0] for row in rows] == [in_hand.number]
    assert len(sheet_of(client.get("/settlement/queue.xlsx", {"kind": "allowance"}))) == 1
    assert client.get("/settlement/nothing.xlsx").status_code == 404


def test_a_page_costs_the_same_whatever_it_lists(
    shipment, abroad, hands, signed_in, django_assert_max_num_queries
):
    hands.decided(shipment, "return")
    hands.closed(abroad, "none", upheld=False)
    client = signed_in(hands.person("accounting"))
    page(client)
    for path in LISTS:
        with django_assert_max_num_queries(14):
            page(client, path)
