"""The screens of keeping customers: allowed, refused, wrong person, typed wrong, counted."""

import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse

from shouwen.engines.dues import actions as dues
from shouwen.work.cases.actions import Intake, open_case
from shouwen.work.customers.care import keeping, offers
from shouwen.work.customers.models import Customer, Merge, Offer, Opinion, Opportunity, Presentation
from shouwen.work.dossiers.models import Erasure
from shouwen.work.interactions import actions as interactions

LISTS = ("incomplete", "relations", "offers-due", "reviews", "opportunities", "opinions", "offers")
MOST = 8
"""The most any list costs: session, people, the page, what stands beside it, the bell."""


def url(name, *args):
    return reverse(f"care:{name}", args=args)


@pytest.fixture
def full(kept, now):
    """Something on every list: turns that have come, an opportunity, an offer."""
    dues.open_rhythms()
    keeping.note_opportunity(
        kept.customer, need="加购", next_step="报价", owner=kept.sales, by=kept.sales
    )
    offers.make_offer(kept.division, "新涂层", "耐腐蚀。", since=date(2026, 1, 1), by=kept.sales)
    now.wait(days=366)
    dues.open_rhythms()
    return kept


@pytest.mark.parametrize("key", LISTS)
def test_each_list_shows_and_exports_what_it_has(full, enter, key, django_assert_max_num_queries):
    browser = enter("sales")
    browser.get(url("list", key))
    with django_assert_max_num_queries(MOST):
        page = browser.get(url("list", key))
    text = page.content.decode()
    assert page.status_code == 200
    assert "empty-place" not in text
    answer = browser.get(url("export", key))
    assert answer["Content-Type"].endswith("sheet")


@pytest.mark.parametrize("key", LISTS)
def test_each_list_says_what_will_stand_there(cast, regulations, enter, key):
    assert "empty-place" in enter("sales").get(url("list", key)).content.decode()


@pytest.mark.parametrize("key", LISTS)
def test_whatever_is_typed_into_the_filters_is_an_answer(full, enter, key):
    wild = {"q": "'; DROP--%_\\", "field": "x", "state": "x", "unit": "x", "owner": "x"}
    assert enter("sales").get(url("list", key), wild).status_code == 200
    assert enter("sales").get(url("list", "no-such-list")).status_code == 404


def test_the_list_names_the_missing_field(kept, enter):
    text = enter("sales").get(url("list", "incomplete"), {"field": "address"}).content.decode()
    assert "南京悦升" in text
    assert "地址" in text
    assert (
        "南京悦升"
        not in enter("sales").get(url("list", "incomplete"), {"field": "phone"}).content.decode()
    )


def test_the_silent_list_counts_the_days(full, enter):
    text = enter("sales").get(url("list", "relations")).content.decode()
    assert "南京悦升" in text
    assert "从未" in text


def test_the_page_of_a_customer_shows_how_he_is_kept(full, enter, django_assert_max_num_queries):
    browser = enter("sales")
    browser.get(reverse("customers:customer", args=[full.customer.pk]))
    with django_assert_max_num_queries(17):
        page = browser.get(reverse("customers:customer", args=[full.customer.pk]))
    text = page.content.decode()
    for word in ("资料完整度", "加购", "包装太松", "已到期", "今天核对无误", "合并重复资料"):
        assert word in text, word


def test_verified_today(kept, enter):
    answer = enter("agent").post(url("verify", kept.customer.pk))
    assert answer.status_code == 302
    kept.customer.refresh_from_db()
    assert kept.customer.last_verified_on == date(2026, 3, 11)


def test_a_grade_is_changed_with_a_reason_and_its_history_stands_below(kept, enter):
    browser = enter("agent")
    where = url("grade", kept.customer.pk, "grade")
    assert browser.post(where, {"grade": "A", "reason": ""}).status_code == 422
    assert browser.post(where, {"grade": "A", "reason": "订货最多"}).status_code == 302
    text = browser.get(where).content.decode()
    assert "订货最多" in text
    assert browser.get(url("grade", kept.customer.pk, "colour")).status_code == 404


def test_an_opportunity_from_the_note_to_its_end(kept, enter):
    browser = enter("sales")
    typed = {"need": "加购", "next_step": "报价", "expected": "48000", "owner": kept.sales.pk}
    assert browser.post(url("new_opportunity", kept.customer.pk), typed).status_code == 302
    made = Opportunity.objects.get()
    assert made.expected_cents == 4_800_000
    wrong = browser.post(url("opportunity", made.pk), {"next_step": "", "owner": kept.sales.pk})
    assert wrong.status_code == 422
    step = {"next_step": "拜访", "owner": kept.sales.pk, "version": made.version}
    assert browser.post(url("opportunity", made.pk), step).status_code == 302
    assert browser.post(url("opportunity", made.pk), step).status_code == 422, "an old version"
    end = {"result": "won", "outcome": "签约"}
    assert browser.post(url("close_opportunity", made.pk), end).status_code == 302
    made.refresh_from_db()
    assert made.state == "won"


def test_offers_are_published_and_told(kept, enter):
    browser = enter("sales")
    typed = {"title": "新涂层", "text": "耐腐蚀。", "since": "2026-03-01", "until": "2026-02-01"}
    assert browser.post(url("new_offer"), typed).status_code == 422
    assert browser.post(url("new_offer"), typed | {"until": ""}).status_code == 302
    offer = Offer.objects.get()
    where = url("present", kept.customer.pk)
    told = {"offers": [offer.pk], "channel": "phone", "told_at": "2026-03-11T09:00"}
    assert browser.post(where, told | {"told_at": "2026-03-12T09:00"}).status_code == 422
    assert browser.post(where, told).status_code == 302
    assert Presentation.objects.get().offers.get() == offer
    assert "南京悦升" in browser.get(url("offer", offer.pk)).content.decode()
    assert enter("warehouse").post(where, told).status_code == 422


def test_an_opinion_goes_its_way(kept, enter):
    where = kept.opinion.pk
    assert enter("sales").post(url("acknowledge", where)).status_code == 409
    assert enter("quality").post(url("acknowledge", where)).status_code == 302
    answer = {"decision": "adopted", "answer": "改用新箱。"}
    assert enter("quality").post(url("answer", where), answer | {"answer": ""}).status_code == 422
    assert enter("quality").post(url("answer", where), answer).status_code == 302
    told = {"channel": "phone", "told_at": "2026-03-11T10:00"}
    assert enter("agent").post(url("told", where), told | {"channel": ""}).status_code == 422
    assert enter("agent").post(url("told", where), told).status_code == 302
    assert Opinion.objects.get(pk=where).state == "done"
    text = enter("agent").get(url("opinion", where)).content.decode()
    assert "改用新箱" in text


def test_an_opinion_without_a_department_is_refused_at_its_field(kept, enter):
    typed = {"kind": "opinion", "text": "太慢", "source": "来电", "heard_on": "2026-03-11"}
    where = f"{url('new_opinion')}?customer={kept.customer.pk}"
    page = enter("agent").post(where, typed)
    assert page.status_code == 422
    assert "R8-32" in page.content.decode()
    typed["target"] = kept.units["quality"].pk
    assert enter("agent").post(where, typed).status_code == 302


def test_a_month_is_compiled_and_answered(kept, enter, now):
    enter("agent").post(url("mark", kept.opinion.pk), {"theme": "包装"})
    now.wait(days=25)
    assert enter("agent").post(url("send"), {"month": "2026-03"}).status_code == 302
    kept.opinion.refresh_from_db()
    text = enter("quality").get(url("compilation", kept.opinion.compilation_id)).content.decode()
    assert "包装太松" in text
    assert "2026-03" in enter("agent").get(url("compilations")).content.decode()


def test_records_are_merged_and_parted_on_pages_of_their_own(kept, enter):
    browser = enter("sales")
    assert "C002" in browser.get(url("merge", kept.customer.pk)).content.decode()
    where = url("merge_confirm", kept.customer.pk, kept.twin.pk)
    assert "悦升钣金" in browser.get(where).content.decode()
    assert browser.post(where, {"reason": ""}).status_code == 422
    assert browser.post(where, {"reason": "同一家"}).status_code == 302
    gone = browser.get(reverse("customers:customer", args=[kept.twin.pk])).content.decode()
    assert "已并入另一份资料" in gone
    merge = Merge.objects.get()
    assert browser.post(url("undo_merge", merge.pk), {"reason": "其实两家"}).status_code == 302
    assert Customer.objects.get(pk=kept.twin.pk).active


def test_a_person_gets_a_copy_and_is_forgotten(kept, enter):
    where = ("contact", kept.contact.pk)
    assert enter("warehouse").get(url("person", *where)).status_code == 403
    copy = enter("agent").post(url("export_person", *where), {"reason": "本人来函要求"})
    with zipfile.ZipFile(io.BytesIO(copy.content)) as box:
        assert "任敏" in box.read("data.json").decode()
    asked = {"reason": "本人来函要求", "code": "C001"}
    assert enter("agent").post(url("erase_person", *where), asked).status_code == 409
    wrong = enter("cs_director").post(url("erase_person", *where), asked | {"code": "C9"})
    assert wrong.status_code == 422
    assert enter("cs_director").post(url("erase_person", *where), asked).status_code == 302
    assert Erasure.objects.get().contact == kept.contact
    page = enter("agent").get(reverse("customers:customer", args=[kept.customer.pk]))
    assert "任敏" not in page.content.decode()


def test_a_masked_number_is_shown_for_a_reason_only(kept, enter):
    page = enter("warehouse").get(reverse("customers:customer", args=[kept.customer.pk]))
    text = page.content.decode()
    assert "138****8000" in text
    assert "138 0013 8000" not in text
    number = reverse("customers:number", args=["contact", kept.contact.pk, "phone"])
    refused = enter("warehouse").post(number, {"reason": ""})
    assert "13800138000" not in refused.content.decode()
    assert (
        "138 0013 8000" in enter("warehouse").post(number, {"reason": "约定送货"}).content.decode()
    )


def test_the_timeline_by_channel(kept, enter):
    page = enter("sales").get(url("timeline", kept.customer.pk), {"channel": "phone"})
    assert page.status_code == 200
    assert (
        enter("sales")
        .get(url("timeline", kept.customer.pk), {"channel": "x", "before": "yesterday"})
        .status_code
        == 200
    )


def test_in_english_the_headings_are_english(full, enter):
    browser = enter("sales")
    browser.post("/language/", {"language": "en"})
    for key, heading in zip(LISTS, ("Missing", "Days without contact", "Last told"), strict=False):
        page = browser.get(url("list", key)).content.decode()
        assert heading in page
        assert "客户关系" not in page


def test_the_page_of_a_customer_shows_his_matters_and_contacts_on_every_way(full, enter):
    intake = Intake(full.division, full.customer, "service", "门铃不响", "门铃不响")
    case = open_case(intake, by=full.agent)
    draft = interactions.Draft(full.division, "门铃又不响", channel="visit", customer=full.customer)
    said = interactions.record_interaction(draft, by=full.agent)
    page = enter("sales").get(reverse("customers:customer", args=[full.customer.pk]))
    text = page.content.decode()
    assert f"{case.label} 门铃不响" in text
    assert reverse("quick:interaction", args=[said.pk]) in text
    assert f"{said.get_direction_display()} · {said.channel_word}" in text
