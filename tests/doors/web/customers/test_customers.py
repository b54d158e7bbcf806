"""The list, the page, the forms: found, shown, refused at the field, masked."""

import io
import re
import zipfile

import pytest
from django.urls import reverse

from shouwen.doors.web.customers import panels
from shouwen.ground.journal.models import Entry
from shouwen.work.customers import actions as customers
from shouwen.work.customers.drafts import CustomerDraft
from shouwen.work.customers.importing.files.reading import read
from shouwen.work.customers.models import Contact, Customer

LIST = reverse("customers:list")
SECRETS = ("13800138000", "138 0013 8000", "87654321", "8765 4321")


def text(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("words", ["悦升", "njys", "yuesheng", "C001", "8000", "0258765", "任敏"])
def test_a_customer_is_found(trade, enter, words):
    assert "南京悦升钣金" in text(enter("sales").get(LIST, {"q": words}))


@pytest.mark.parametrize(
    "asked", [{"q": "无此"}, {"region": "overseas"}, {"state": "off"}, {"q": "139"}]
)
def test_what_does_not_fit_is_not_shown(trade, enter, asked):
    page = text(enter("sales").get(LIST, asked))
    assert "南京悦升钣金" not in page
    assert "没有这样的客户" in page


def test_the_list_says_what_is_owed_and_overdue(trade, enter):
    page = text(enter("sales").get(LIST))
    assert "210.00" in page
    assert "有逾期" in page


def test_another_division_sees_nothing(trade, enter):
    client = enter("outsider")
    assert "悦升" not in text(client.get(LIST))
    assert client.get(reverse("customers:customer", args=[trade.customer.pk])).status_code == 404


@pytest.mark.parametrize("url", ["customers:list", "customers:customer", "customers:export"])
@pytest.mark.parametrize(("group", "clear"), [("sales", True), ("quality", False), ("gm", False)])
def test_numbers_leave_the_server_masked(trade, enter, url, group, clear):
    args = [trade.customer.pk] if url.endswith("customer") else []
    answer = enter(group).get(reverse(url, args=args))
    page = text(answer) if not url.endswith("export") else str(read(answer.content).rows)
    shown = [secret for secret in SECRETS if secret in page]
    assert bool(shown) == clear
    assert ("****" in page) != clear


@pytest.mark.parametrize("words", ["8000", "1380013", "4321"])
def test_masked_digits_cannot_be_found_out_by_trying(trade, enter, words):
    assert "南京悦升" not in text(enter("quality").get(LIST, {"q": words}))
    assert "南京悦升" in text(enter("quality").get(LIST, {"q": "13800138000"}))


def test_a_number_is_unmasked_for_a_reason(trade, enter):
    address = reverse("customers:number", args=["contact", trade.contact.pk, "phone"])
    client = enter("quality")
    assert client.post(address, {"reason": ""}).status_code == 422
    answer = client.post(address, {"reason": "核对不良照片"}, headers={"HX-Request": "true"})
    assert "138 0013 8000" in text(answer)
    assert answer["Cache-Control"] == "no-store"
    entry = Entry.objects.get(event="phone.unmasked")
    assert (entry.actor_id, entry.data["reason"]) == (trade.quality.pk, "核对不良照片")
    assert "核对不良照片" in text(
        client.get(reverse("customers:customer", args=[trade.customer.pk]))
    )
    assert client.get(address).headers["Location"] == "/", "a form alone, never a page"
    wrong = reverse("customers:number", args=["contact", trade.contact.pk, "email"])
    assert client.post(wrong, {"reason": "核对不良照片"}).status_code == 404


NEW = {
    "code": "c9", "name_zh": "九州电子", "region": "overseas", "currency": "USD", "active": "on",
}  # fmt: skip


def test_a_customer_is_entered(trade, enter):
    answer = enter("sales").post(reverse("customers:new"), NEW | {"salesperson": trade.sales.pk})
    made = Customer.objects.get(code="C9")
    assert answer.url == reverse("customers:customer", args=[made.pk])
    assert (made.region, made.salesperson, made.division) == (
        "overseas", trade.sales, trade.division,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"region": ""}, "region"),
        ({"phone": "12"}, "phone"),
        ({"code": "C001"}, "code"),
        ({"collection_days": "9999"}, "collection_days"),
        ({"currency": "元"}, "currency"),
    ],
)
def test_a_wrong_customer_is_refused_at_its_field(trade, enter, wrong, field):
    answer = enter("sales").post(reverse("customers:new"), NEW | wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Customer.objects.count() == 1


def test_a_change_meets_a_newer_version(trade, enter):
    address = reverse("customers:edit", args=[trade.customer.pk])
    client = enter("sales")
    form = client.get(address).context["form"]
    data = {key: value for key, value in form.initial.items() if value not in (None, "", False)}
    assert client.post(address, data | {"address": "江宁"}).status_code == 302
    answer = client.post(address, data | {"address": "浦口"})
    assert "赵明" in text(answer) or "刚被" in text(answer)
    assert answer.status_code == 422
    assert Customer.objects.get().address == "江宁"


def test_who_sees_masked_numbers_changes_the_rest_only(trade, enter):
    address = reverse("customers:edit_contact", args=[trade.contact.pk])
    client = enter("pm_group")
    form = client.get(address)
    assert not any(secret in text(form) for secret in SECRETS)
    data = {"name": "任敏", "title": "经理", "active": "on", "phone": "1", "version": 1}
    assert client.post(address, data).status_code == 302
    contact = Contact.objects.get()
    assert (contact.title, contact.phone, contact.main) == ("经理", "13800138000", False)


def test_a_contact_is_entered(trade, enter):
    address = reverse("customers:new_contact", args=[trade.customer.pk])
    data = {"name": "单宁", "phone": "+49 30 901820", "active": "on"}
    assert enter("sales").post(address, data).status_code == 302
    assert Contact.objects.get(name="单宁").phone_key == "4930901820"


def test_other_rooms_add_boxes_and_facts(trade, enter, monkeypatch):
    monkeypatch.setattr(panels, "customer_panels", {})
    monkeypatch.setattr(panels, "_timelines", [])
    panels.register(
        "open", "未结事项", "web/_empty.html", lambda r, c: {"empty": {"title": "两件"}}
    )
    panels.register("none", "不出现", "web/_empty.html", lambda r, c: None)
    at = trade.now.at if hasattr(trade, "now") else Entry.objects.latest("at").at
    panels.timeline(lambda r, c, n: [{"at": at, "person": None, "title": "来电", "icon": "phone"}])
    page = text(enter("sales").get(reverse("customers:customer", args=[trade.customer.pk])))
    assert "两件" in page
    assert "不出现" not in page
    assert "来电" in page


def test_an_export_is_journalled_and_can_be_imported_again(trade, enter):
    answer = enter("sales").get(reverse("customers:export"), {"region": "domestic"})
    assert "attachment" in answer["Content-Disposition"]
    rows = read(answer.content).rows
    assert rows[0][:3] == ["客户编号", "客户名称", "区域"]
    assert rows[1][:3] == ["C001", "南京悦升钣金有限公司", "国内"]
    entry = Entry.objects.get(event="customers.exported")
    assert entry.data == {"rows": 1, "masked": False, "filter": "region=domestic"}


def test_a_name_like_a_formula_leaves_as_text(trade, enter):
    draft = CustomerDraft("C002", "=cmd|calc", "domestic", address="@SUM(1)")
    customers.create_customer(trade.division, draft, by=None)
    data = enter("sales").get(reverse("customers:export")).content
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert "<f>" not in package.read("xl/worksheets/sheet1.xml").decode()
        styles = package.read("xl/styles.xml").decode()
    assert re.search('quotePrefix="1"', styles)
    assert "=cmd|calc" in [row[1] for row in read(data).rows]


@pytest.fixture
def many(trade):
    for number in range(60):
        draft = CustomerDraft(
            f"M{number:03}", f"客户{number:03}", "domestic", salesperson=trade.sales
        )
        customers.create_customer(trade.division, draft, by=None)


def test_pages_follow_each_other_by_key(many, enter):
    client = enter("sales")
    first = client.get(LIST)
    second = client.get(LIST + first.context["page"].older)
    names = [row.customer.code for page in (first, second) for row in page.context["table"].rows]
    assert len(names) == len(set(names)) == 61


def test_the_list_costs_the_same_however_many(many, enter, django_assert_max_num_queries):
    client = enter("sales")
    client.get(LIST)  # the organisation is read once per process
    with django_assert_max_num_queries(12):
        client.get(LIST)


def test_the_page_costs_the_same_whatever_stands_on_it(trade, enter, django_assert_max_num_queries):
    client = enter("sales")
    client.get(LIST)
    with django_assert_max_num_queries(22):
        client.get(reverse("customers:customer", args=[trade.customer.pk]))


OURS = {"南京悦升钣金有限公司", "悦升", "左侧板", "右侧板", "任敏", "采购", "首问机电厂"}
CAPITALS = re.compile(r'title="[^"]*"')
"""Amounts in capitals stay Chinese in any language."""


@pytest.mark.parametrize("name", ["list", "new", "customer", "order", "orders", "products"])
def test_everything_is_said_in_english_too(trade, enter, name):
    trade.sales.language = "en"
    trade.sales.save(update_fields=["language"])
    pks = {"customer": trade.customer.pk, "order": trade.order.pk}
    address = reverse(f"customers:{name}", args=[pks[name]] if name in pks else [])
    page = re.search("<main.*</main>", text(enter("sales").get(address)), re.DOTALL)[0]
    page = CAPITALS.sub("", page)
    found = set(re.findall(r"[\u4e00-\u9fff]{2,}", page)) - OURS
    assert {word for word in found if not word.endswith("明")} == set()


def test_how_a_customer_likes_it_stands_before_whoever_takes_his_call(trade, enter, now):
    browser, record = enter("sales"), trade.customer
    form = browser.get(reverse("customers:edit", args=[record.pk])).context["form"]
    given = {name: form[name].value() or "" for name in form.fields} | {
        "active": "on", "likes_from": "14:00", "likes_until": "16:30", "likes_way": "phone",
        "habits": "说话宜慢",
    }  # fmt: skip
    saved = browser.post(reverse("customers:edit", args=[record.pk]), given)
    assert saved.status_code == 302
    shown = text(browser.get(reverse("intake:who"), {"customer": record.pk}))
    assert "14:00–16:30" in shown
    assert "说话宜慢" in shown
    assert "现在不是他方便的时段" in shown
    now.wait(hours=5)
    assert "现在不是他方便的时段" not in text(
        browser.get(reverse("customers:customer", args=[record.pk]))
    )
    told = Entry.objects.filter(event="customer.changed").latest("id").data["changes"]
    assert told["likes_from"] == [None, "14:00:00"]
    assert told["habits"] == ["", "说话宜…"]


def test_a_wish_without_an_end_is_refused_at_its_field(trade, enter):
    browser, record = enter("sales"), trade.customer
    form = browser.get(reverse("customers:edit", args=[record.pk])).context["form"]
    given = {name: form[name].value() or "" for name in form.fields}
    answer = browser.post(
        reverse("customers:edit", args=[record.pk]), given | {"active": "on", "likes_from": "14:00"}
    )
    assert answer.status_code == 422
    assert "方便联系的时段要有起有止" in text(answer)
    assert 'value="14:00"' in text(answer)
