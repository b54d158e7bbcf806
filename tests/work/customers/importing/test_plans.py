"""What files would do: dry run, error sheet, commit of all or nothing, and once only."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.utils import translation
from work.customers.importing.import_files import csv, xlsx

from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.work.customers import actions as customers
from shouwen.work.customers.drafts import ContactDraft, CustomerDraft, draft_of
from shouwen.work.customers.importing import actions as imports
from shouwen.work.customers.importing.files.reading import read
from shouwen.work.customers.importing.kinds import KINDS
from shouwen.work.customers.importing.sheets import error_sheet, say, template
from shouwen.work.customers.models import Contact, Customer, Order, Product, Shipment, Upload

HEAD = ["客户编号", "客户名称", "区域", "业务员", "电话", "收款期"]


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path), "base_url": None},
        }
    }


def tried(trade, kind, data, by=None, name="客户.xlsx"):
    return imports.try_file(trade.factory, kind, name, data, by=by or trade.seller)


def faults(trial):
    return [(trial.place(fault), say(fault.reason)) for fault in trial.faults]


def test_customers_are_created_changed_and_left(trade):
    data = xlsx([
        HEAD,
        ["c001", "南京悦升钣金有限公司", "国内", None, None, 90],
        ["C002", "穆勒", "国外", None, None, None],
        ["C003", "新城电子", "内销", "陈晨", "0512-62345678", None],
    ])  # fmt: skip
    upload, trial = tried(trade, "customers", data)
    assert faults(trial) == []
    assert trial.counts == {"create": 1, "change": 1, "same": 1, "faults": 0}
    assert trial.planned[0].changes == {"collection_days": (60, 90)}
    assert not Customer.objects.filter(code="C003").exists()
    imports.commit(upload, by=trade.seller)
    new = Customer.objects.get(code="C003")
    assert (new.region, new.salesperson, new.phone_key) == (
        "domestic", trade.seller, "8651262345678",
    )  # fmt: skip
    assert Customer.objects.get(code="C001").collection_days == 90
    assert Customer.objects.get(code="C001").phone == "025-8765 4321"


def test_an_import_is_journalled_with_the_hash_of_its_file(trade):
    upload, _ = tried(trade, "customers", csv("客户编号,客户名称,区域\nC9,九州,国内\n"))
    imports.commit(upload, by=trade.seller)
    entry = Entry.objects.get(event="import.done")
    assert entry.data["digest"] == upload.digest
    assert entry.data["counts"] == {"create": 1, "change": 0, "same": 0, "faults": 0}
    assert (entry.actor_id, entry.matter_id) == (trade.seller.pk, trade.factory.pk)
    assert Entry.objects.filter(event="customer.created").latest("id").actor_id == trade.seller.pk


def test_the_same_file_again_changes_nothing(trade):
    data = csv("客户编号,客户名称,区域,电话\nC9,九州,国内,13912345678\n", "gb18030")
    upload, _ = tried(trade, "customers", data)
    imports.commit(upload, by=trade.seller)
    before = Entry.objects.filter(event__startswith="customer.").count()
    again, trial = tried(trade, "customers", data)
    assert trial.empty
    imports.commit(again, by=trade.seller)
    assert Entry.objects.filter(event__startswith="customer.").count() == before


def test_a_commit_pressed_twice_is_done_once(trade, django_capture_on_commit_callbacks):
    upload, _ = tried(trade, "customers", csv("客户编号,客户名称,区域\nC9,九州,国内\n"))
    stored = upload.stored_as
    with django_capture_on_commit_callbacks(execute=True):
        imports.commit(upload, by=trade.seller)
        imports.commit(Upload.objects.get(), by=trade.seller)
    assert Entry.objects.filter(event="import.done").count() == 1
    assert not default_storage.exists(stored)


def test_one_wrong_row_and_nothing_is_written(trade):
    data = csv("客户编号,客户名称,区域,电话\nC9,九州,国内,\nC10,十方,,13912345678\n")
    upload, trial = tried(trade, "customers", data)
    assert faults(trial) == [("C3", "不能空着")]
    with pytest.raises(Refused, match="1 行有问题"):
        imports.commit(upload, by=trade.seller)
    assert not Customer.objects.filter(code="C9").exists()
    assert Upload.objects.get().state == Upload.State.WAITING


def test_every_fault_is_named_by_row_and_column(trade):
    def paint(book, page):
        page.write_formula("B5", "=A5", None, "x")

    data = xlsx([
        HEAD,
        ["C9", "九州", "火星", None, "12", None],
        ["C9", "又是九州", "国内", "无此人", None, "月结"],
        ["C10", None, "国内", "周舟", None, 721],
        ["C11", None, "国外", None, None, None],
    ], paint)  # fmt: skip
    _, trial = tried(trade, "customers", data)
    found = faults(trial)
    assert [place for place, _ in found] == ["C2", "E2", "F3", "B4", "B5"]
    assert "不在可选范围：国内 domestic / 国外 overseas" in found[0][1]
    assert "带区号" in found[1][1]
    assert "公式" in found[4][1]
    assert trial.counts["faults"] == 4


def test_rules_speak_at_the_cell_too(trade):
    data = xlsx([
        [*HEAD, "邮箱"],
        ["C9", "九州", "国内", None, None, None, "a@b"],
        ["C9", "又是九州", "国内", "无此人", None, None],
        ["C10", "十方", "国内", "无此人", None, None],
        ["C11", "十一", "国内", None, None, 721],
    ])  # fmt: skip
    _, trial = tried(trade, "customers", data)
    found = dict(faults(trial))
    assert "邮箱" in found["G2"]
    assert found["A3"] == "与第 2 行重复"
    assert "没有“无此人”" in found["D4"]
    assert "720" in found["F5"]


def test_the_error_sheet_keeps_what_was_written_and_can_be_mended(trade):
    data = xlsx([
        ["客户名单"],
        [*HEAD, "备注"],
        ["C9", "九州", "火星", None, None, None, "=1+1"],
        ["C10", "十方", "国内", None, None, 30, "好"],
    ])  # fmt: skip
    _, trial = tried(trade, "customers", data)
    out = read(error_sheet(trial))
    assert out.rows[0] == [*HEAD, "备注", "问题"]
    assert out.rows[1][:3] == ["C9", "九州", "火星"]
    assert out.rows[1][6] == "=1+1"
    assert "区域: “火星”" in out.rows[1][7]
    assert out.rows[2][:7] == ["C10", "十方", "国内", None, None, 30.0, "好"]
    assert out.formulas == frozenset()
    assert out.other_sheets == ("问题清单",)
    mended = [list(row) for row in out.rows]
    mended[1][2] = "国外"
    _, again = tried(trade, "customers", xlsx(mended))
    assert again.fit


def test_what_changed_after_the_trial_is_not_written_over(trade):
    data = csv("客户编号,客户名称,区域,收款期\nC001,南京悦升钣金有限公司,国内,90\n")
    upload, _ = tried(trade, "customers", data)
    draft = dataclasses.replace(draft_of(CustomerDraft, trade.yuesheng), collection_days=45)
    customers.change_customer(trade.yuesheng, draft, by=trade.seller2)
    with pytest.raises(Refused, match="试算之后"):
        imports.commit(upload, by=trade.seller)
    assert Customer.objects.get(code="C001").collection_days == 45
    imports.accept_anew(upload, imports.retry(upload, by=trade.seller))
    imports.commit(upload, by=trade.seller)
    assert Customer.objects.get(code="C001").collection_days == 90


@pytest.mark.parametrize("kind", ["customers", "products", "orders", "shipments"])
def test_who_may_not_write_may_not_import(trade, kind):
    with pytest.raises(Refused):
        tried(trade, kind, b"x", by=trade.inspector)


def test_contacts_by_name_and_namesakes_by_number(trade):
    head = "客户编号,姓名,手机,首要联系人\n"
    data = csv(
        head + "C001,任敏,138-0013-8000,否\nC001,张伟,13912345678,是\nC001,张伟,13712345678,\n"
    )
    upload, trial = tried(trade, "contacts", data)
    assert faults(trial) == []
    imports.commit(upload, by=trade.seller)
    people = Contact.objects.filter(customer=trade.yuesheng)
    assert sorted(people.values_list("name", "main")) == [
        ("任敏", False), ("张伟", False), ("张伟", True),
    ]  # fmt: skip
    assert tried(trade, "contacts", data)[1].empty
    swapped = csv(head + "C001,张伟,13712345678,\nC001,张伟,13912345678,\n")
    assert tried(trade, "contacts", swapped)[1].empty
    _, unclear = tried(trade, "contacts", csv(head + "C001,张伟,,\n"))
    assert "同名" in faults(unclear)[0][1]


def test_two_main_contacts_or_an_unknown_customer_are_faults(trade):
    data = csv("客户编号,姓名,首要联系人\nC001,甲,是\nC001,乙,是\nC404,丙,\n")
    _, trial = tried(trade, "contacts", data)
    assert [place for place, _ in faults(trial)] == ["C3", "A4"]


def test_a_changed_main_contact_of_the_same_file(trade):
    customers.create_contact(trade.yuesheng, ContactDraft("乙"), by=trade.seller)
    upload, trial = tried(
        trade, "contacts", csv("客户编号,姓名,首要联系人,职务\nC001,乙,是,\nC001,任敏,,经理\n")
    )
    assert trial.fit
    imports.commit(upload, by=trade.seller)
    found = Contact.objects.values_list("name", "main", "title")
    assert set(found) == {("乙", True, ""), ("任敏", False, "经理")}


def test_products(trade):
    data = csv("料号,品名,单位\nsm-100,左侧板,件\nEL-1,接线端子,只\n")
    upload, trial = tried(trade, "products", data)
    assert trial.counts == {"create": 1, "change": 0, "same": 1, "faults": 0}
    imports.commit(upload, by=trade.seller)
    assert Product.objects.get(part_number="EL-1").unit == "只"


ORDERS = "订单编号,客户编号,订货日期,料号,数量,单价,超量允收比率\n"


def test_orders_of_several_rows(trade):
    data = csv(
        ORDERS
        + "SO-7,C001,2026-03-01,SM-100,100,3.50,5%\n"
        + "SO-7,C001,2026-03-01,SM-200,20,10,\n"
    )
    upload, trial = tried(trade, "orders", data)
    assert faults(trial) == []
    assert trial.planned[0].rows == (2, 3)
    imports.commit(upload, by=trade.seller)
    order = Order.objects.get(number="SO-7")
    assert order.over_receipt_tolerance == Decimal(5)
    assert order.salesperson == trade.seller
    assert [(x.product.part_number, x.quantity, x.unit_price_cents) for x in order.lines.all()] == [
        ("SM-100", Decimal(100), 350), ("SM-200", Decimal(20), 1000),
    ]  # fmt: skip
    assert tried(trade, "orders", data)[1].empty
    _, more = tried(trade, "orders", csv(ORDERS + "SO-7,C001,2026-03-01,SM-100,150,3.50,5%\n"))
    assert more.planned[0].changes == {
        "lines": ("SM-100 × 100; SM-200 × 20", "SM-100 × 150; SM-200 × 20")
    }


@pytest.mark.parametrize(
    ("rows", "place", "said"),
    [
        ("SO-7,C404,2026-03-01,SM-100,1,1,", "B2", "没有客户"),
        ("SO-7,C001,2026-03-01,SM-404,1,1,", "D2", "没有料号"),
        ("SO-7,C001,2026-03-01,SM-100,0,1,", "E2", "大于零"),
        ("SO-7,C001,2026-03-11,SM-100,1,1,", "C2", "晚于今天"),
        ("SO-7,C001,2026-03-01,SM-100,1,1.005,", "F2", "两位小数"),
        ("SO-7,C001,2026-03-01,SM-100,1,1,101%", "G2", "0 到 100"),
        ("SO-7,C001,2026-03-01,SM-100,1,1,0.05", "G2", "百分之几"),
        ("SO-1,C002,2026-03-01,SM-100,1,1,", "B2", "已是客户 C001"),
        ("SO-7,C001,2026-03-01,SM-100,1,1,\nSO-7,C002,2026-03-01,SM-200,1,1,", "B3", "第 2 行"),
        ("SO-7,C001,2026-03-01,SM-100,1,1,\nSO-7,C001,2026-03-01,SM-100,2,1,", "D3", "第 2 行"),
    ],
)
def test_wrong_orders(trade, rows, place, said):
    _, trial = tried(trade, "orders", csv(ORDERS + rows + "\n"))
    found = faults(trial)
    assert found[0][0] == place
    assert said in found[0][1]


SHIPMENTS = "订单编号,料号,交运日期,交运数量,发票号码,发票日期,金额,已收金额,收款日期\n"


def test_shipments_with_invoices_and_collections(trade):
    data = csv(
        SHIPMENTS
        + "SO-1,SM-100,2026-02-01,600,INV-9,2026-02-03,2100,2100,2026-03-05\n"
        + "SO-1,SM-200,2026-03-02,20,,,,,\n"
    )
    upload, trial = tried(trade, "shipments", data, by=trade.accountant)
    assert faults(trial) == []
    assert trial.counts == {"create": 1, "change": 1, "same": 0, "faults": 0}
    imports.commit(upload, by=trade.accountant)
    assert Shipment.objects.get(invoice_number="INV-9").collected_cents == 210000
    waiting = Shipment.objects.get(invoice_number="")
    assert waiting.amount_cents == 20000
    assert tried(trade, "shipments", data)[1].empty
    invoiced = SHIPMENTS + "SO-1,SM-200,2026-03-02,20,INV-10,2026-03-04,,,\n"
    upload, trial = tried(trade, "shipments", csv(invoiced))
    assert trial.counts["change"] == 1
    imports.commit(upload, by=trade.seller)
    waiting.refresh_from_db()
    assert (waiting.invoice_number, waiting.due_on) == ("INV-10", date(2026, 5, 3))
    assert tried(trade, "shipments", csv(invoiced))[1].empty


@pytest.mark.parametrize(
    ("rows", "place", "said"),
    [
        ("SO-9,SM-100,2026-02-01,1,,,,,", "A2", "没有订单"),
        ("SO-1,SM-9,2026-02-01,1,,,,,", "B2", "没有料号"),
        ("SO-1,SM-100,2026-01-01,1,,,,,", "C2", "2026-01-08"),
        ("SO-1,SM-100,2026-02-05,1,I1,,,,", "F2", "发票日期"),
        ("SO-1,SM-100,2026-02-05,1,,,1,2,2026-02-06", "H2", "超过"),
    ],
)
def test_wrong_shipments(trade, rows, place, said):
    _, trial = tried(trade, "shipments", csv(SHIPMENTS + rows + "\n"))
    assert any(at == place and said in text for at, text in faults(trial)), faults(trial)


def test_the_warehouse_ships_but_does_not_collect(trade):
    rows = "SO-1,SM-100,2026-02-05,1,I1,2026-02-05,10,10,2026-02-06\n"
    _, trial = tried(trade, "shipments", csv(SHIPMENTS + rows), by=trade.keeper)
    assert faults(trial) == [("H2", "只有业务和会计可以登记收款")]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_template_is_read_by_its_own_importer(trade, kind, language):
    with translation.override(language):
        data = template(KINDS[kind], language == "en")
    grid = read(data)
    assert grid.rows[0]
    with pytest.raises(Refused, match="没有数据"):
        tried(trade, kind, data)


def test_old_files_are_forgotten(trade, django_capture_on_commit_callbacks):
    upload, _ = tried(trade, "products", csv("料号,品名\nA1,甲\n"))
    assert imports.drop_old(trade.now.at) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert imports.drop_old(trade.now.at + imports.KEPT * 2) == 1
    assert not default_storage.exists(upload.stored_as)
    with pytest.raises(Refused, match="已不在"):
        imports.commit(upload, by=trade.seller)


def test_a_file_changed_on_disk_is_not_imported(trade):
    upload, _ = tried(trade, "products", csv("料号,品名\nA1,甲\n"))
    with default_storage.open(upload.stored_as, "wb") as file:
        file.write(csv("料号,品名\nA1,乙\n"))
    with pytest.raises(Refused, match="已不在"):
        imports.commit(upload, by=trade.seller)


def test_planning_costs_no_query_per_row(trade, django_assert_max_num_queries):
    rows = "".join(f"C{n},客户{n},国内\n" for n in range(300))
    with django_assert_max_num_queries(12):
        tried(trade, "customers", csv("客户编号,客户名称,区域\n" + rows))
