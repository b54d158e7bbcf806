"""A customer files a matter: numbered, unrouted, once; what is hostile is turned away."""

import pytest
from django.test import Client

from shouwen.engines.documents.models import Attachment
from shouwen.ground.org.models import Unit
from shouwen.regulations.helping import PICTURE
from shouwen.work.interactions import queries
from shouwen.work.interactions.models import Interaction
from shouwen.work.ways.actions import make_labels, retire_label
from shouwen.work.ways.models import Filing

pytestmark = pytest.mark.django_db


def test_what_is_filed_waits_to_be_routed_with_its_number_on_the_receipt(visitor, told, cast):
    answer = visitor.post("/portal/new/", told, follow=True)
    row = Interaction.objects.select_related("text").get()
    assert row.number in answer.content.decode()
    assert (row.channel, row.taker, row.routed_at, row.source) == ("web", None, None, "web")
    assert row.text.wanted == "当天修好"
    assert [one.pk for one in queries.unrouted(cast.agent)] == [row.pk]


def test_the_same_form_sent_twice_is_filed_once(visitor, told):
    first = visitor.post("/portal/new/", told)
    second = visitor.post("/portal/new/", told)
    assert first["Location"] == second["Location"]
    assert Interaction.objects.count() == Filing.objects.count() == 1


def test_photos_come_along(visitor, told, picture):
    visitor.post("/portal/new/", {**told, "photos": [picture("灯.png"), picture("b.png")]})
    files = Attachment.objects.filter(matter_kind="interaction")
    assert sorted(files.values_list("name", flat=True)) == ["b.png", "灯.png"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg onload=alert(1)>"), ("a.png", b"<html>"), ("a.jpg", b"MZ\x90"),
        ("a.png", PICTURE + b"<?php"), ("a.pdf", b"%PDF-1.4 %%EOF"), ("a.exe", b"MZ"),
        ("a", PICTURE), ("a.png.html", PICTURE), ("a.png", b""),
    ],
)  # fmt: skip
def test_what_is_no_photo_is_turned_away_and_nothing_is_kept(visitor, told, picture, name, content):
    answer = visitor.post("/portal/new/", {**told, "photos": [picture(name, content)]})
    assert answer.status_code == 422
    assert not Interaction.objects.exists()
    assert not Attachment.objects.exists()


def test_a_path_in_a_name_leads_nowhere(visitor, told, picture):
    visitor.post("/portal/new/", {**told, "photos": [picture("../../etc/cron.d/x.png")]})
    assert Attachment.objects.get().name == "x.png"


def test_too_many_photos_and_too_large_a_request(visitor, told, picture):
    answer = visitor.post("/portal/new/", {**told, "photos": [picture() for _ in range(6)]})
    assert answer.status_code == 422
    huge = visitor.generic(
        "POST", "/portal/new/", b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=25 * 2**20
    )
    assert huge.status_code == 413
    assert "24 MB" in huge.content.decode()
    assert not Interaction.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"), ({"phone": ""}, "phone"), ({"phone": "12"}, "phone"),
        ({"phone": "<script>"}, "phone"), ({"body": ""}, "body"), ({"body": "x" * 2001}, "body"),
        ({"name": "x" * 61}, "name"), ({"division": "999999"}, "division"),
        ({"division": "1 OR 1=1"}, "division"), ({"body": "a\x00b"}, "body"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_at_its_field(visitor, told, change, field):
    answer = visitor.post("/portal/new/", {**told, **change})
    assert answer.status_code == 422
    assert answer.context["form"].errors.get(field)
    assert not Interaction.objects.exists()


def test_what_was_typed_is_text_on_every_page(visitor, told, enter):
    words = "<script>alert(1)</script>{{ 7|add:7 }}"
    answer = visitor.post("/portal/new/", {**told, "body": words, "name": words[:40]}, follow=True)
    assert "<script>alert" not in answer.content.decode()
    pk = Interaction.objects.get().pk
    page = enter("agent").get(f"/interactions/{pk}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_machine_that_fills_in_everything_files_nothing(visitor, told):
    answer = visitor.post("/portal/new/", {**told, "website": "http://spam.example"})
    assert answer.status_code == 422
    assert not Interaction.objects.exists()


def test_one_place_files_so_many_an_hour(visitor, told, now):
    for n in range(20):
        assert visitor.post("/portal/new/", {**told, "token": f"{n:032}"}).status_code == 302
    again = {**told, "token": "y" * 32}
    assert visitor.post("/portal/new/", again).status_code == 429
    now.wait(hours=1)
    assert visitor.post("/portal/new/", again).status_code == 302


def test_a_label_brings_division_and_place(visitor, told, cast):
    label = make_labels([("一号电梯", "Lift 1")], division=cast.sister, by=None)[0]
    page = visitor.get(f"/portal/at/{label.code}/").content.decode()
    assert "一号电梯" in page
    form = {**told, "division": cast.sister.pk, "label": label.code}
    visitor.post("/portal/new/", form)
    row = Interaction.objects.select_related("text", "division").get()
    assert (row.division, row.text.more["place"]) == (cast.sister, "一号电梯")
    assert Filing.objects.get().label == label


def test_a_retired_label_and_a_made_up_code_lead_nowhere(visitor, told, cast):
    label = make_labels([("一号电梯", "")], division=cast.division, by=None)[0]
    retire_label(label, by=cast.agent)
    assert visitor.get(f"/portal/at/{label.code}/").status_code == 410
    assert visitor.get("/portal/at/nosuchcode00/").status_code == 404
    assert visitor.post("/portal/new/", {**told, "label": label.code}).status_code == 422
    assert not Interaction.objects.exists()


def test_a_label_does_not_open_another_division(visitor, told, cast):
    label = make_labels([("一号电梯", "")], division=cast.sister, by=None)[0]
    answer = visitor.post("/portal/new/", {**told, "label": label.code})
    assert answer.status_code == 422


def test_without_a_published_web_nothing_is_filed(cast, regulations, visitor):
    assert not Unit.objects.filter(code="none").exists()
    page = visitor.get("/portal/new/")
    assert page.status_code == 200
    assert "<textarea" not in page.content.decode()
    form = {"division": cast.division.pk, "name": "安", "phone": "13800138101", "body": "灯"}
    assert visitor.post("/portal/new/", form).status_code == 422


def test_the_public_page_shows_what_is_published_in_both_languages(visitor, open_web):
    page = visitor.get("/portal/").content.decode()
    assert "服务热线" in page
    assert 'href="tel:4008001234"' in page
    english = Client(headers={"Accept-Language": "en"}).get("/portal/").content.decode()
    assert "Hotline" in english
    assert 'lang="en"' in english


def test_a_published_address_is_no_script(cast, regulations, visitor):
    from shouwen.work.ways.actions import WayDraft, publish

    for n, bad in enumerate(("javascript:alert(1)", "data:text/html,x", "<img src=x>")):
        publish(WayDraft("web", f"坏{n}", bad), division=cast.division, by=None)
    page = visitor.get("/portal/").content.decode()
    assert 'href="javascript' not in page
    assert "<img src=x" not in page


def test_the_pages_ask_little_of_the_database(visitor, told, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        visitor.get("/portal/")
    with django_assert_max_num_queries(4):
        visitor.get("/portal/new/")
    visitor.post("/portal/new/", told)
    pk = Interaction.objects.get().pk
    with django_assert_max_num_queries(8):
        visitor.get(f"/portal/matters/{pk}/")
