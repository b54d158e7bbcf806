"""The copies of one's units: to sign for, kept, filtered, page by page and as a workbook."""

import io

import pytest
from outcomes.settlement.conftest import hands  # noqa: F401
from python_calamine import CalamineWorkbook

from shouwen.doors.web import shell
from shouwen.doors.web.paging import SIZE
from shouwen.engines.documents.models import Copy, Sheet
from shouwen.ground.foundation import clock
from shouwen.work.cases.actions import sheet_of

KEPT = "/copies/kept/"


@pytest.fixture
def closed(shipment, hands):  # noqa: F811
    """A closed complaint; copy 3 lies with sales."""
    return hands.closed(shipment, "allowance")


@pytest.fixture
def seller(closed):
    return closed.salesperson


@pytest.fixture
def client(seller, signed_in):
    return signed_in(seller)


def third(case) -> Copy:
    return Copy.objects.get(sheet__number=case.number, no=3)


def receive(client, case) -> str:
    return client.post(f"/copies/{third(case).pk}/receipt/", {"back": KEPT})


def shown(client, path="/copies/", **query):
    return [copy.sheet.number for copy in client.get(path, query).context["page"].rows]


def sheet(answer):
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return [tuple(row) for row in book.get_sheet_by_index(0).to_python()]


def test_a_copy_waits_until_it_is_signed_for_and_is_kept_then(client, closed):
    assert shown(client) == [closed.number]
    assert shown(client, KEPT) == []
    assert receive(client, closed).headers["Location"] == KEPT
    assert shown(client) == []
    assert shown(client, KEPT) == [closed.number]
    text = client.get(KEPT).content.decode()
    assert f'href="/cases/{closed.pk}/"' in text
    assert "/receipt/" not in text


def test_the_archive_belongs_to_the_room_of_the_copies():
    assert shell.here("papers:copies_of") == shell.here("papers:copies") == "copies"
    assert shell.here("papers:show") == "caselists"


def test_the_way_back_never_leaves_the_product(client, closed):
    for away in ("//example.org", "/\\example.org", "https://example.org"):
        answer = client.post(f"/copies/{third(closed).pk}/receipt/", {"back": away})
        assert answer.headers["Location"] == "/copies/"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, True),
        ({"q": "A1"}, True),
        ({"q": "没有这家"}, False),
        ({"form": "complaint_form"}, True),
        ({"form": "return_slip"}, False),
        ({"since": "2026-03-01"}, True),
        ({"until": "2026-03-01"}, False),
        ({"form": "no-such", "unit": "x", "since": "soon"}, True),  # unreadable: no filter
    ],
)
def test_filters_of_the_archive(client, closed, query, found):
    receive(client, closed)
    assert shown(client, KEPT, **query) == ([closed.number] if found else [])


def test_the_archive_goes_out_as_it_is_filtered(client, closed):
    receive(client, closed)
    head, *rows = sheet(client.get("/copies/kept.xlsx"))
    assert head[:3] == ("单据", "联别", "案件")
    assert [row[0] for row in rows] == [f"客户抱怨处理表 {closed.number}"]
    assert len(sheet(client.get("/copies/kept.xlsx", {"form": "return_slip"}))) == 1
    assert client.get("/copies/nothing.xlsx").status_code == 404
    assert client.get("/copies/nothing/").status_code == 404


def test_a_workbook_of_what_waits_has_no_buttons(client, closed):
    head, *rows = sheet(client.get("/copies/waiting.xlsx"))
    assert len(rows) == 1
    assert "签收" not in head


def kept_before(case, by, many: int) -> None:
    """As many older forms of the same kind, whose third copy was signed for."""
    unit, twin = third(case).unit, sheet_of(case)
    for n in range(many):
        twin.pk, twin.number, twin._state.adding = None, f"{n:06}", True
        twin.save()
        Copy.objects.create(
            sheet=Sheet(pk=twin.pk), no=3, holder_role="sales", unit=unit,
            issued_at=clock.now(), received_at=clock.now(), received_by=by,
        )  # fmt: skip


def test_pages_of_the_archive_neither_repeat_nor_lose(client, closed, seller):
    receive(client, closed)
    kept_before(closed, seller, SIZE)
    first = client.get(KEPT).context["page"]
    second = client.get(f"{KEPT}{first.older}").context["page"]
    numbers = [copy.sheet.number for copy in (*first.rows, *second.rows)]
    assert len(first.rows) == SIZE
    assert sorted(numbers) == sorted([closed.number, *(f"{n:06}" for n in range(SIZE))])
    assert len(sheet(client.get("/copies/kept.xlsx"))) == SIZE + 2


@pytest.mark.parametrize(("path", "statements"), [("/copies/", 8), (KEPT, 8)])
def test_a_page_of_copies_costs_the_same_whatever_it_lists(
    client, closed, seller, path, statements, django_assert_num_queries
):
    kept_before(closed, seller, 3)
    client.get(path)
    with django_assert_num_queries(statements):
        client.get(path)
