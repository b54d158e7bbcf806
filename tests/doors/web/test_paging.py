"""Keyset pages: every row once, whatever is added meanwhile."""

from itertools import chain

import pytest
from django.test import RequestFactory

from shouwen.doors.web import paging
from shouwen.ground.journal import actions as journal
from shouwen.ground.journal.models import Entry


@pytest.fixture
def entries(cast):
    Entry.objects.count()
    for _ in range(23):
        journal.record("case.opened", cast.division, by=cast.sales, matter=cast.division)
    return Entry.objects.filter(event="case.opened")


def walk(rows, way, query, **how):
    """Ids of every page from one on."""
    seen = []
    while True:
        page = paging.page_of(rows, RequestFactory().get(f"/{query}"), size=5, **how)
        seen.append([row.pk for row in page.rows])
        query = getattr(page, way)
        if not query:
            return seen


def test_older_pages_show_every_row_once(entries):
    pages = walk(entries, "older", "")
    assert [len(page) for page in pages] == [5, 5, 5, 5, 3]
    assert [*chain(*pages)] == list(entries.order_by("-id").values_list("id", flat=True))


def test_many_rows_of_one_moment_are_told_apart(entries):
    pages = walk(entries, "older", "", order=("-at", "-id"))
    assert len(set(chain(*pages))) == 23


def test_the_way_back_shows_the_same_pages(entries):
    first = paging.page_of(entries, RequestFactory().get("/"), size=5)
    second = paging.page_of(entries, RequestFactory().get("/" + first.older), size=5)
    back = paging.page_of(entries, RequestFactory().get("/" + second.newer), size=5)
    assert [row.pk for row in back.rows] == [row.pk for row in first.rows]
    assert not back.newer
    assert back.older


def test_a_row_added_meanwhile_shifts_nothing(entries, cast):
    first = paging.page_of(entries, RequestFactory().get("/"), size=5)
    journal.record("case.opened", cast.division, by=cast.sales)
    second = paging.page_of(entries, RequestFactory().get("/" + first.older), size=5)
    assert second.rows[0].pk == first.rows[-1].pk - 1


@pytest.mark.parametrize("key", ["x", "!!", "W10", "eyJhIjoxfQ", "WyJhIl0", "W251bGxd"])
def test_a_key_that_was_tampered_with_is_no_error(entries, key):
    assert paging.page_of(entries, RequestFactory().get("/", {"after": key}), size=5).rows


def test_filters_are_kept(entries):
    page = paging.page_of(entries, RequestFactory().get("/?state=late&after="), size=5)
    assert page.older.startswith("?state=late&after=")
