"""Two workers, two directors, two agents at the same moment: on PostgreSQL, with its locks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.policy.loading import load_all
from shouwen.work.callbacks import actions
from shouwen.work.callbacks.models import Callback, Sample, SampleItem

from .conftest import finished, repair, staged

pytestmark = [pytest.mark.pg_only, pytest.mark.django_db(transaction=True)]
START = datetime(2026, 3, 2, 1, tzinfo=UTC)
WORKERS = 6


def at_once(act: Callable[[], Any], workers: int = WORKERS) -> list[Any]:
    """What each of some threads gets that begin together."""
    start = Barrier(workers)

    def work(_place: int) -> Any:
        try:
            start.wait()
            with rehearsal(START + timedelta(days=2)):
                return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(work, range(workers)))


@pytest.fixture
def cast():
    load_all()
    return staged()


def test_a_quarter_has_one_sample(cast):
    with rehearsal(START):
        for _each in range(51):
            repair(cast, at=datetime(2025, 11, 3, tzinfo=UTC))
    drawn = at_once(lambda: actions.draw_sample(cast.division, "2025-Q4", by=cast.cs_director).pk)
    assert len(set(drawn)) == 1
    assert Sample.objects.get().size == SampleItem.objects.count() == 11
    assert Callback.objects.filter(reason="sample").count() == 11


def test_workers_plan_each_call_once(cast):
    with rehearsal(START):
        actions.set_group(cast.customer, "key_account", by=cast.agent)
    with rehearsal(START + timedelta(days=40)):
        finished(cast)
    planned = at_once(lambda: actions.sweep(START + timedelta(days=40)))
    assert (
        sum(planned) == Callback.objects.exclude(reason="repair").count() + Sample.objects.count()
    )
    assert Callback.objects.filter(reason="regular").count() == 1


def test_agents_never_get_the_same_call(cast):
    with rehearsal(START):
        for _each in range(WORKERS):
            finished(cast)
    people = [cast.agent, cast.cs_director]
    taken = at_once(lambda: actions.take_next(people.pop()), workers=2)
    assert len({one.pk for one in taken}) == 2
