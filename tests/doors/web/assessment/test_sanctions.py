"""The monthly review and the notice board over their pages (R4-62, R4-63)."""

import pytest

from shouwen.engines.dues.actions import open_periodic
from shouwen.engines.dues.models import Due
from shouwen.outcomes.assessment.models import Penalty, SanctionList
from shouwen.regulations.r04_quality_complaints.rehearse import step

PAGE = "/assessment/sanctions/"


@pytest.fixture
def april(day):
    """The second of April: March is to be reviewed."""

    def come():
        day.move(day.at.replace(month=4, day=2))
        open_periodic()

    return come


@pytest.fixture
def sanctioned(complain, warning, who):
    """A complaint closed in March with one sanction."""
    told = {"determination": {"penalties": [{**warning, "deviation": "情节较重"}]}}
    case, story = complain("instruction", overrides=told)
    step(case, story, by=who("management.gm"))
    case.refresh_from_db()
    step(case, story)
    return case


def test_from_the_desk_to_the_board(sanctioned, april, firm, who, signed_in):
    april()
    group, hr = signed_in(who("pm_group")), signed_in(who("hr"))
    link = Due.objects.get(clause="R4-62", period="2026-03").link
    page = group.get(link, {"period": "2026-03"}).content.decode()
    assert sanctioned.label in page
    assert "记小过" in page
    assert "送人事(1 项)" in page
    assert "送人事(1 项)" not in hr.get(PAGE, {"period": "2026-03"}).content.decode()
    send = f"{PAGE}sent/"
    assert hr.post(send, {"period": "2026-03"}).status_code == 409
    assert group.post(send, {"period": "2026-03"}).status_code == 302
    assert Due.objects.get(clause="R4-62", period="2026-03").settled_at
    assert group.post(send, {"period": "2026-03"}).status_code == 409
    asked = Due.objects.open().get(clause="R4-63")
    waiting = hr.get(asked.link).content.decode()
    penalty = Penalty.objects.get()
    assert f'action="/announcements/{penalty.pk}/publication/"' in waiting
    sales = signed_in(who("sales"))
    assert "publication" not in sales.get("/announcements/").content.decode()
    assert sales.post(f"/announcements/{penalty.pk}/publication/").status_code == 422
    assert hr.post(f"/announcements/{penalty.pk}/publication/").status_code == 302
    board = sales.get("/announcements/").content.decode()
    assert "RS2026-001" in board
    assert "记小过" in board
    assert "江素娟" in board
    rows = sales.get("/announcements/", {"q": "没有此人"}).context["page"].rows
    assert rows == []
    assert sales.get("/announcements.xlsx").status_code == 200


def test_none_this_month_is_a_button_too(april, firm, who, signed_in):
    april()
    group = signed_in(who("pm_group"))
    page = group.get(PAGE, {"period": "2026-03"}).content.decode()
    assert "本月无,送人事" in page
    assert "这个月没有结案的客诉" in page
    answer = group.post(f"{PAGE}sent/", {"period": "2026-03"}, follow=True)
    assert "已送人事:本月无行政处分" in answer.content.decode()
    assert SanctionList.objects.get().period == "2026-03"


def test_a_running_month_has_no_button_and_is_refused(day, firm, who, signed_in):
    group = signed_in(who("pm_group"))
    page = group.get(PAGE, {"period": "2026-03"}).content.decode()
    assert "该月尚未结束" in page
    assert "/assessment/sanctions/sent/" not in page
    assert group.post(f"{PAGE}sent/", {"period": "2026-03"}).status_code == 422
    assert group.post(f"{PAGE}sent/", {"period": "soon"}).status_code == 404


def test_the_oldest_month_that_waits_comes_first(april, firm, day, who, signed_in):
    april()
    group = signed_in(who("pm_group"))
    group.post(f"{PAGE}sent/", {"period": "2026-03"})
    for month in (5, 6):
        day.move(day.at.replace(month=month, day=2))
        open_periodic()
    assert group.get(PAGE).context["review"].period == "2026-04"
    assert group.get(PAGE, {"period": "garbage"}).context["review"].period == "2026-04"


def test_the_pages_cost_few_queries(
    sanctioned, april, who, signed_in, django_assert_max_num_queries
):
    april()
    group = signed_in(who("pm_group"))
    group.get(PAGE)
    with django_assert_max_num_queries(14):
        group.get(PAGE, {"period": "2026-03"})
    with django_assert_max_num_queries(9):
        group.get("/announcements/")
    assert group.get("/assessment/sanctions.xlsx", {"period": "2026-03"}).status_code == 200
