"""The promises of conftest.py to every other test."""

import socket

import pytest
from django.db import Error, connection

from shouwen.ground.journal.models import Entry
from shouwen.ground.policy.models import Edition


def test_the_network_is_out_of_reach():
    with pytest.raises(AssertionError, match="do not reach the network"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


@pytest.mark.parametrize("turn", [1, 2])
def test_regulations_stand_in_an_ordinary_test(regulations, turn):
    assert Edition.objects.filter(published_at__isnull=False).exists() == bool(_folders())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_regulations_stand_after_the_tables_were_emptied(regulations, turn):
    assert Edition.objects.count() == len(_folders())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_tables_that_only_grow_are_empty_for_each_test_and_still_guarded(turn):
    assert not Entry.objects.exists()
    Entry.objects.create(at="2026-03-10T00:00Z", event="a.b", subject_id=1, matter_id=1)
    with pytest.raises(Error, match="only grows"):
        Entry.objects.update(event="c.d")


def test_the_database_is_a_real_one(db):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone() == ("wal",)


def _folders() -> list[object]:
    from shouwen.ground.policy.folders import folders_in
    from shouwen.ground.policy.loading import ROOT

    return list(folders_in(ROOT))
