"""Reports are read from the replica: never behind the reader's own deed, never from an old one."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver

from shouwen.doors.jobs import worker
from shouwen.doors.jobs.models import Worker
from shouwen.doors.web.access import routes
from shouwen.doors.web.nodes import middleware, reading
from shouwen.engines.dues.models import Due
from shouwen.ground import replica
from shouwen.ground.foundation import clock


@pytest.fixture
def fresh(monkeypatch, settings):
    """A replica that keeps up."""
    monkeypatch.setattr(middleware, "is_configured", lambda: True)
    monkeypatch.setattr(middleware, "is_fresh", lambda: True)


def read_from(path, method="get", **cookies):
    """Which database a view of an address would read, and the answer."""
    found = []

    def view(request):
        match = get_resolver().resolve(request.path_info)
        request.resolver_match = match
        layer.process_view(request, match.func, match.args, match.kwargs)
        found.append(replica.Router().db_for_read(Due))
        return HttpResponse()

    layer = middleware.ReplicaMiddleware(view)
    request = getattr(RequestFactory(), method)(path)
    request.COOKIES.update(cookies)
    answer = layer(request)
    assert replica.Router().db_for_read(Due) == "default"
    return found[0], answer


@pytest.mark.django_db(transaction=True)
def test_reports_and_exports_are_read_from_it_and_nothing_else(fresh):
    assert read_from("/reports/")[0] == "reports"
    assert read_from("/cases/export/")[0] == "reports"
    assert read_from("/cases/")[0] == "default"
    assert read_from("/reports/draw-up/", "post")[0] == "default"


@pytest.mark.django_db(transaction=True)
def test_whoever_wrote_reads_where_he_wrote(fresh, settings):
    _where, answer = read_from("/cases/", "post")
    cookie = answer.cookies["wrote"]
    assert cookie["max-age"] >= settings.REPORTS_OLDEST + reading.CHECK_EVERY
    assert read_from("/reports/", wrote="1")[0] == "default"


@pytest.mark.django_db(transaction=True)
def test_without_a_replica_nothing_changes():
    assert read_from("/reports/")[0] == "default"
    assert not read_from("/cases/", "post")[1].cookies


@pytest.fixture
def two(settings, monkeypatch):
    """The same database under both names."""
    monkeypatch.setattr(reading, "REPORTS", "default")
    monkeypatch.setattr(reading, "is_configured", lambda: True)
    reading.forget()
    yield
    reading.forget()


@pytest.mark.django_db
def test_its_age_is_that_of_the_newest_sign_of_life(two, settings):
    assert not reading.is_fresh()
    worker.Work([]).beat()
    reading.forget()
    assert reading.is_fresh()
    Worker.objects.update(beat_at=clock.now() - timedelta(seconds=settings.REPORTS_OLDEST + 2))
    assert reading.is_fresh()  # believed for a second
    reading.forget()
    assert not reading.is_fresh()


def test_the_pages_it_may_be_read_for_are_those_that_count():
    named = {route.name for route in routes() if reading.is_report(route.name)}
    assert {"reports:sheet", "surveys:statistics_export", "caselists:export"} <= named
    assert not named & {"cases:show", "desk:home", "care:export_person"}
