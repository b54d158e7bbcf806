"""Orders with lines, shipments and what is owed, through the forms."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from shouwen.work.customers.models import Order, OrderLine, Shipment


def lines(*rows, initial=0):
    data = {"lines-TOTAL_FORMS": len(rows), "lines-INITIAL_FORMS": initial}
    for number, (part, quantity, price, *position) in enumerate(rows):
        data |= {
            f"lines-{number}-part_number": part,
            f"lines-{number}-quantity": quantity,
            f"lines-{number}-unit_price": price,
            f"lines-{number}-position": position[0] if position else "",
        }
    return data


HEAD = {
    "number": "so-9", "ordered_on": "2026-03-01", "currency": "CNY", "exchange_rate": "1",
    "over_receipt_tolerance": "2.5",
}  # fmt: skip


def test_an_order_is_entered_with_its_lines(trade, enter):
    data = HEAD | lines(("sm-1", "10", "3.50"), ("", "", ""), ("SM-2", "2", "10"))
    address = reverse("customers:new_order", args=[trade.customer.pk])
    answer = enter("sales").post(address, data)
    order = Order.objects.get(number="SO-9")
    assert answer.url == reverse("customers:order", args=[order.pk])
    assert order.over_receipt_tolerance == Decimal("2.5")
    found = [(x.position, x.product, x.quantity, x.unit_price_cents) for x in order.lines.all()]
    assert found == [(1, trade.part, Decimal(10), 350), (2, trade.other, Decimal(2), 1000)]


@pytest.mark.parametrize(
    ("rows", "line", "field"),
    [
        ([("", "", ""), ("无此", "1", "1")], 1, "part_number"),
        ([("", "", ""), ("SM-1", "", "1")], 1, "quantity"),
        ([("", "", ""), ("SM-1", "0", "1")], 1, "quantity"),
        ([("SM-1", "1", "-1")], 0, "unit_price"),
        ([("SM-1", "x", "1")], 0, "quantity"),
    ],
)
def test_a_wrong_line_is_refused_at_its_field(trade, enter, rows, line, field):
    address = reverse("customers:new_order", args=[trade.customer.pk])
    answer = enter("sales").post(address, HEAD | lines(*rows))
    assert answer.status_code == 422
    assert field in answer.context["lines"].forms[line].errors
    assert not Order.objects.filter(number="SO-9").exists()


def test_an_order_without_lines_or_with_a_wrong_head_is_refused(trade, enter):
    address = reverse("customers:new_order", args=[trade.customer.pk])
    client = enter("sales")
    assert "至少要有一行" in client.post(address, HEAD | lines()).content.decode()
    wrong = HEAD | {"over_receipt_tolerance": "101"} | lines(("SM-1", "1", "1"))
    answer = client.post(address, wrong)
    assert list(answer.context["form"].errors) == ["over_receipt_tolerance"]
    assert "R4-76" in answer.content.decode()


def test_an_emptied_line_goes_unless_something_was_shipped(trade, enter):
    address = reverse("customers:edit_order", args=[trade.order.pk])
    client = enter("sales")
    head = HEAD | {"number": "SO-1", "ordered_on": "2026-01-08", "version": "1"}
    more = lines(("SM-1", "100", "3.50", 1), ("SM-2", "5", "1"), initial=1)
    assert client.post(address, head | more).status_code == 302
    assert OrderLine.objects.count() == 2
    less = lines(("SM-1", "100", "3.50", 1), ("", "", "", 2), initial=2)
    assert client.post(address, head | {"version": "2"} | less).status_code == 302
    assert OrderLine.objects.count() == 1
    none = lines(("", "", "", 1), ("SM-2", "5", "1"), initial=1)
    answer = client.post(address, head | {"version": "3"} | none)
    assert answer.status_code == 422
    assert "已有交运" in answer.content.decode()


def test_an_older_version_of_an_order_is_refused(trade, enter):
    address = reverse("customers:edit_order", args=[trade.order.pk])
    client = enter("sales")
    head = HEAD | {"number": "SO-1", "ordered_on": "2026-01-08", "version": "1"}
    rows = lines(("SM-1", "120", "3.50", 1), initial=1)
    assert client.post(address, head | rows).status_code == 302
    answer = client.post(address, head | lines(("SM-1", "90", "3.50", 1), initial=1))
    assert "刚被" in answer.content.decode()
    assert OrderLine.objects.get().quantity == Decimal(120)


def test_what_is_left_is_offered_for_shipping(trade, enter):
    address = reverse("customers:ship", args=[trade.line.pk])
    client = enter("warehouse")
    form = client.get(address).context["form"]
    assert form.initial["quantity"] == 40
    data = {"shipped_on": "2026-02-20", "quantity": "40"}
    assert client.post(address, data).status_code == 302
    sent = Shipment.objects.get(shipped_on="2026-02-20")
    assert (sent.amount_cents, sent.invoice_date, sent.due_on) == (14000, None, None)


def test_the_warehouse_cannot_collect_and_accounting_can(trade, enter):
    address = reverse("customers:edit_shipment", args=[trade.shipment.pk])
    data = {
        "shipped_on": "2026-01-20", "quantity": "60", "invoice_number": "I-1",
        "invoice_date": "2026-01-20", "amount": "210.00", "due_on": "2026-02-19",
        "collected": "210.00", "collected_on": "2026-03-02", "version": "1",
    }  # fmt: skip
    assert enter("warehouse").post(address, data).status_code == 302
    trade.shipment.refresh_from_db()
    assert trade.shipment.collected_cents == 0
    assert enter("accounting").post(address, data).status_code == 302
    trade.shipment.refresh_from_db()
    assert trade.shipment.open_cents == 0


@pytest.mark.parametrize("words", ["so-1", "SM-1", "I-1", "悦升", "njys"])
def test_orders_are_found(trade, enter, words):
    page = enter("accounting").get(reverse("customers:orders"), {"q": words}).content.decode()
    assert "SO-1" in page


def test_an_order_of_another_division_does_not_exist(trade, enter):
    client = enter("outsider")
    assert "SO-1" not in client.get(reverse("customers:orders")).content.decode()
    for name, pk in (("order", trade.order.pk), ("ship", trade.line.pk)):
        assert client.get(reverse(f"customers:{name}", args=[pk])).status_code == 404


def test_parts_are_suggested_while_typing(trade, enter):
    address = reverse("customers:suggest")
    page = enter("sales").get(address, {"lines-0-part_number": "sm"}).content.decode()
    assert page.count("<option") == 2
    assert "<option" not in enter("outsider").get(address, {"q": "sm"}).content.decode()


def test_a_product_is_entered_and_changed(trade, enter):
    client = enter("sales")
    data = {"part_number": "el-1", "name_zh": "端子", "unit": "只", "active": "on"}
    assert client.post(reverse("customers:new_product"), data).status_code == 302
    again = client.post(reverse("customers:new_product"), data)
    assert list(again.context["form"].errors) == ["part_number"]
    address = reverse("customers:product", args=[trade.part.pk])
    changed = client.post(address, data | {"part_number": "SM-99", "version": 1})
    assert list(changed.context["form"].errors) == ["part_number"]
    assert "左侧板" in enter("quality").get(address).content.decode()
    assert enter("quality").post(address, data).status_code == 409


def test_pages_cost_the_same_however_many(trade, enter, django_assert_max_num_queries):
    client = enter("sales")
    client.get(reverse("customers:orders"))  # the organisation is read once per process
    with django_assert_max_num_queries(12):
        client.get(reverse("customers:orders"))
    with django_assert_max_num_queries(12):
        client.get(reverse("customers:order", args=[trade.order.pk]))


def rows_of(answer):
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    return book.get_sheet_by_index(0).to_python()


def test_orders_and_products_go_out_as_workbooks(trade, enter):
    data = HEAD | lines(("sm-1", "10", "3.50"))
    client = enter("sales")
    client.post(reverse("customers:new_order", args=[trade.customer.pk]), data)
    head, row = rows_of(client.get("/orders/export/", {"q": "SO-9"}))
    assert (head[0], row[0]) == ("订单编号", "SO-9")
    assert row[4:7] == ["SM-1", 10, 0]
    assert [row[0] for row in rows_of(client.get("/products/export/", {"q": "SM-1"}))][1:] == [
        "SM-1"
    ]
