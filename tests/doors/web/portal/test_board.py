"""What the director publishes is read by customers without an account, and nothing more (R3-31)."""

from datetime import datetime

import pytest
from django.urls import reverse

from shouwen.ground.foundation import clock
from shouwen.regulations.vocabulary.cases import go_on, open_matter
from shouwen.work.knowledge import bulletins, summaries
from shouwen.work.knowledge.bulletins import TopicDraft
from shouwen.work.ways.actions import WayDraft, publish, withdraw
from tests.posting import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(staged):
    """The service centre, with a published hotline."""
    way = WayDraft("phone", "服务热线", "400-800-1234", "Hotline")
    staged.hotline = publish(way, division=staged.centre, by=None)
    return staged


@pytest.fixture
def decided(centre, now):
    """The board of the second quarter, decided at the end of March; `now` moves on."""
    now.move(datetime(2025, 3, 28, 9, tzinfo=clock.COMPANY_ZONE))
    case = open_matter(
        centre.centre, centre.resident, "consultation", "parking", "停车证怎么办", "内部描述",
        by=centre.agent,
    )  # fmt: skip
    go_on(case, by=centre.agent)
    now.wait(minutes=1)
    summary = summaries.draw_up(centre.centre, "2025-Q1", by=centre.agent)
    summary = summaries.submit(summary, comment="内部说明", by=centre.agent)
    topics = [
        TopicDraft("停车证办理", "带行驶证。", cases=[case.pk], title_en="Parking permits",
                   text_en="Bring the vehicle licence."),
        TopicDraft("装修押金", "验收后退还。", cases=[case.pk]),
    ]  # fmt: skip
    row = bulletins.decide(summary, topics, by=centre.director)
    row.case = case
    return row


def on(now, month):
    now.move(datetime(2025, month, 2, 9, tzinfo=clock.COMPANY_ZONE))


def test_it_hangs_in_public_once_published_and_begun(centre, decided, visitor, now):
    assert "停车证办理" not in visitor.get("/portal/board/").content.decode()
    bulletins.publish(decided, by=centre.director)
    assert "停车证办理" not in visitor.get("/portal/board/").content.decode()
    assert visitor.get(f"/portal/board/{decided.pk}/").status_code == 404
    on(now, 4)
    page = visitor.get("/portal/board/").content.decode()
    assert "带行驶证。" in page
    assert "2025 年第 2 季度" in page
    assert "停车证办理" in visitor.get("/portal/").content.decode()


def test_what_is_decided_but_not_published_hangs_nowhere(decided, visitor, now):
    on(now, 4)
    assert "停车证办理" not in visitor.get("/portal/board/").content.decode()
    assert visitor.get(f"/portal/board/{decided.pk}/").status_code == 404


def test_nothing_internal_is_on_it(centre, decided, visitor, now):
    bulletins.publish(decided, by=centre.director)
    on(now, 4)
    page = words_of(visitor.get("/portal/board/"))
    for secret in ("内部", centre.director.name_zh, centre.resident.name_zh, decided.case.label,
                   "/knowledge/", "/cases/"):  # fmt: skip
        assert secret not in page


def test_who_reads_english_gets_it_where_it_was_written(centre, decided, visitor, now):
    bulletins.publish(decided, by=centre.director)
    on(now, 4)
    visitor.post(reverse("account:language"), {"language": "en"})
    page = visitor.get("/portal/board/").content.decode()
    assert "Bring the vehicle licence." in page
    assert "带行驶证" not in page
    assert '<article class="card" lang="zh-hans"><h3>装修押金</h3>' in page
    assert "Q2 2025" in page


def test_earlier_boards_stay_readable(centre, decided, visitor, now):
    bulletins.publish(decided, by=centre.director)
    on(now, 7)
    page = visitor.get("/portal/board/").content.decode()
    assert "带行驶证" not in page
    assert f"/portal/board/{decided.pk}/" in page
    assert "带行驶证" in visitor.get(f"/portal/board/{decided.pk}/").content.decode()


def test_a_division_that_customers_cannot_reach_hangs_nothing_in_public(
    centre, decided, visitor, now
):
    bulletins.publish(decided, by=centre.director)
    on(now, 4)
    withdraw(centre.hotline, by=None)
    assert "停车证办理" not in visitor.get("/portal/board/").content.decode()
    assert visitor.get(f"/portal/board/{decided.pk}/").status_code == 404


def test_the_page_costs_the_same_however_much_hangs(
    centre, decided, visitor, now, django_assert_max_num_queries
):
    bulletins.publish(decided, by=centre.director)
    on(now, 4)
    visitor.get("/portal/board/")
    with django_assert_max_num_queries(4):
        visitor.get("/portal/board/")
