"""Whoever knows number and telephone follows a matter, and learns nothing but what is his."""

import pytest
from django.test import Client

from shouwen.engines.notices.models import Notice
from shouwen.ground.journal.models import Entry
from shouwen.work.cases.actions import Intake, close_ordinary, open_case
from shouwen.work.customers.actions import create_customer
from shouwen.work.customers.drafts import CustomerDraft
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions import queries
from shouwen.work.interactions.models import Direction, Interaction
from shouwen.work.ways import actions as ways
from shouwen.work.ways.models import Verdict
from tests.posting import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(visitor, told, picture):
    """What a customer filed a while ago, from another browser."""
    Client().post("/portal/new/", {**told, "photos": [picture()]})
    return Interaction.objects.select_related("text", "division").get()


@pytest.fixture
def follow(visitor, filed):
    """`follow()` opens it by number and telephone."""
    return lambda number=filed.number, phone="13800138101": visitor.post(
        "/portal/follow/", {"number": number, "phone": phone}, follow=True
    )


def tied(filed, cast):
    """Customer service made a matter of it."""
    draft = CustomerDraft(code="AN", name_zh="安然", region="domestic", salesperson=cast.sales)
    customer = create_customer(cast.division, draft, by=cast.sales)
    interactions.know_customer(filed, customer, by=cast.agent)
    intake = Intake(cast.division, customer, "service", "楼道灯", "内部备注:又是这家。")
    case = open_case(intake, by=cast.sales)
    interactions.tie(filed, case, by=cast.agent)
    return case


def test_number_and_telephone_open_it_however_they_are_written(follow, filed):
    page = follow(f" {filed.number} ", "+86 138-0013-8101")
    assert page.status_code == 200
    assert "楼道灯不亮。" in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_an_unknown_number_and_a_wrong_telephone_get_the_same_answer(follow, filed):
    wrong = follow(phone="13900000000")
    unknown = follow(number="260311-999")
    words = [page.context["form"].non_field_errors() for page in (wrong, unknown)]
    assert words[0] == words[1]
    assert wrong.status_code == unknown.status_code == 422
    assert "楼道灯" not in wrong.content.decode()


def test_telephones_are_not_tried_through_from_anywhere(filed, now, settings):
    settings.PROXIES = 1
    codes = []
    for n in range(7):
        client = Client(headers={"X-Forwarded-For": f"10.0.0.{n}"})
        form = {"number": filed.number, "phone": f"1390000000{n}"}
        codes.append(client.post("/portal/follow/", form).status_code)
    assert codes == [422] * 6 + [429]
    right = {"number": filed.number, "phone": "13800138101"}
    other = Client(headers={"X-Forwarded-For": "10.9.9.9"})
    assert other.post("/portal/follow/", right).status_code == 429
    now.wait(hours=1)
    assert other.post("/portal/follow/", right).status_code == 302


def test_numbers_are_not_tried_through_from_one_place(visitor, filed, now):
    codes = [
        visitor.post(
            "/portal/follow/", {"number": f"260311-{n:03}", "phone": "13900000000"}
        ).status_code
        for n in range(100, 116)
    ]
    assert codes == [422] * 15 + [429]


def test_an_address_alone_opens_nothing_not_even_for_staff(visitor, filed, enter):
    for client in (visitor, enter("agent"), enter("keeper")):
        assert client.get(f"/portal/matters/{filed.pk}/").status_code == 404


@pytest.mark.parametrize("note", ["1", "1:x:y", "9999999999", "", "1.2.3:abc:def"])
def test_a_note_that_was_made_up_opens_nothing(visitor, filed, note):
    visitor.cookies["portal"] = note.replace("1", str(filed.pk))
    assert visitor.get(f"/portal/matters/{filed.pk}/").status_code == 404


def test_a_note_wears_out(follow, visitor, filed, time_machine_hours):
    follow()
    time_machine_hours(3)
    assert visitor.get(f"/portal/matters/{filed.pk}/").status_code == 404


@pytest.fixture
def time_machine_hours(monkeypatch):
    """Let the signature of a cookie grow old."""
    import time

    real = time.time

    def wait(hours):
        monkeypatch.setattr("django.core.signing.time.time", lambda: real() + hours * 3600)

    return wait


def test_he_sees_unit_answer_and_end_and_nothing_internal(follow, filed, cast):
    case = tied(filed, cast)
    ways.answer(filed, "电工下午三点到。", by=cast.agent)
    draft = interactions.Draft(
        cast.division, "员工之间的话", direction=Direction.IN, customer=case.customer
    )
    interactions.record_interaction(draft, by=cast.sales, matter=case)
    page = follow()
    told = words_of(page)
    assert "电工下午三点到。" in told
    assert page.context["standing"].state == "handling"
    for secret in ("内部备注", "员工之间的话", cast.agent.name, cast.sales.name, case.label):
        assert secret not in told
    close_ordinary(case, "已换灯管,内部编号 7。", by=cast.sales)
    told = follow()
    assert told.context["standing"].state == "done"
    assert "内部编号" not in told.content.decode()


def test_what_was_said_to_another_customer_stays_with_him(follow, filed, cast):
    case = tied(filed, cast)
    other = create_customer(
        cast.division,
        CustomerDraft(code="OT", name_zh="别家", region="domestic", salesperson=cast.sales),
        by=cast.sales,
    )
    draft = interactions.Draft(cast.division, "给别家的话", direction=Direction.OUT, customer=other)
    interactions.record_interaction(draft, by=cast.sales, matter=case)
    assert "给别家的话" not in follow().content.decode()


def test_he_adds_a_word_and_a_photo_to_the_same_matter(follow, visitor, filed, cast, picture):
    case = tied(filed, cast)
    follow()
    answer = visitor.post(
        f"/portal/matters/{filed.pk}/words/",
        {"body": "三楼也不亮。", "photos": [picture("三楼.png")], "token": "z" * 32},
        follow=True,
    )
    assert "三楼也不亮。" in answer.content.decode()
    row = Interaction.objects.get(added_to__to=filed)
    assert (row.matter, row.nature, row.direction) == (("case", case.pk), "follow_up", "in")
    again = {"body": "三楼也不亮。", "token": "z" * 32}
    visitor.post(f"/portal/matters/{filed.pk}/words/", again)
    assert Interaction.objects.filter(added_to__to=filed).count() == 1


@pytest.mark.parametrize("form", [{}, {"body": "  "}, {"body": "x" * 2001}, {"website": "x"}])
def test_an_empty_or_endless_word_is_turned_away(follow, visitor, filed, form):
    follow()
    assert visitor.post(f"/portal/matters/{filed.pk}/words/", form).status_code == 422
    assert not Interaction.objects.filter(added_to__isnull=False).exists()


def test_he_says_whether_it_is_good_and_why_not(follow, visitor, filed):
    follow()
    path = f"/portal/matters/{filed.pk}/verdict/"
    assert visitor.post(path, {"satisfied": "no"}).status_code == 422
    assert visitor.post(path, {"satisfied": "maybe", "words": "x"}).status_code == 422
    assert visitor.post(path, {"satisfied": "no", "words": "还在闪。"}).status_code == 302
    assert visitor.post(path, {"satisfied": "yes"}).status_code == 302
    rows = Verdict.objects.filter(of=filed).values_list("satisfied", "words")
    assert list(rows) == [(False, "还在闪。"), (True, "")]
    assert Entry.objects.filter(event="verdict.given").count() == 2


def test_he_opens_his_own_photo_and_no_file_of_ours(follow, visitor, filed, cast, picture):
    from shouwen.engines.documents import actions as documents
    from shouwen.engines.documents.models import Attachment

    own = Attachment.objects.get()
    case = tied(filed, cast)
    ours = documents.attach(picture("内部.png"), by=cast.sales, matter=case, division=cast.division)
    follow()
    answer = visitor.get(f"/portal/matters/{filed.pk}/photos/{own.uuid}/")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    b"".join(answer.streaming_content)
    assert visitor.get(f"/portal/matters/{filed.pk}/photos/{ours.uuid}/").status_code == 404
    assert Client().get(f"/portal/matters/{filed.pk}/photos/{own.uuid}/").status_code == 404


def test_what_came_by_telephone_is_followed_as_well(visitor, cast, open_web):
    draft = interactions.Draft(
        cast.division, "电梯异响,请来看看。", name="安然", phone="138-0013-8101"
    )
    row = interactions.record_interaction(draft, by=cast.agent)
    form = {"number": row.number, "phone": "13800138101"}
    assert "电梯异响" in visitor.post("/portal/follow/", form, follow=True).content.decode()


def test_what_is_added_before_there_is_a_matter_goes_where_that_goes(follow, visitor, filed, cast):
    follow()
    visitor.post(f"/portal/matters/{filed.pk}/words/", {"body": "九楼也不亮。", "token": "y" * 32})
    added = Interaction.objects.latest("id")
    assert list(queries.unrouted(cast.agent)) == [filed]
    case = tied(filed, cast)
    added.refresh_from_db()
    assert (added.matter, added.repeated) == (("case", case.pk), False)
    told = Notice.objects.filter(key=f"said:{added.pk}")
    assert not told.exists()


def test_what_is_added_to_a_matter_is_told_to_whose_it_is(follow, visitor, filed, cast):
    case = tied(filed, cast)
    follow()
    visitor.post(f"/portal/matters/{filed.pk}/words/", {"body": "九楼也不亮。", "token": "y" * 32})
    added = Interaction.objects.latest("id")
    told = Notice.objects.filter(key=f"said:{added.pk}")
    assert case.first_owner in {one.person for one in told}


def test_the_place_of_a_label_is_said_in_the_readers_language(visitor, told, cast, open_web):
    label = ways.make_labels([("一号电梯", "Lift 1")], division=open_web, by=None)[0]
    visitor.post("/portal/new/", {**told, "label": label.code})
    row = Interaction.objects.get()
    assert "一号电梯" in visitor.get(f"/portal/matters/{row.pk}/").content.decode()
    visitor.cookies["django_language"] = "en"
    page = visitor.get(f"/portal/matters/{row.pk}/", headers={"accept-language": "en"})
    assert "Lift 1" in page.content.decode()
