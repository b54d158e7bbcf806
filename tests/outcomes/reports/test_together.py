"""Heads sign at the same moment, and two people finalise: every signature counts, one decision."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

import pytest
from django.db import connection

from shouwen.engines.flows.models import Signing
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.outcomes.reports import access
from shouwen.outcomes.reports import actions as reports
from shouwen.outcomes.reports.models import Report


@pytest.fixture
def empty_month(transactional_db, firm, people):
    """The sheet of a month without cases, being signed."""
    sheet = reports.draw_up(firm.division, "2026-02", by=people("pm_group"))
    return reports.submit(sheet, by=people("pm_group"))


def all_at_once(acts):
    """Do them in threads of their own, all released together; what each gave or refused."""
    ready = Barrier(len(acts))

    def run(act):
        try:
            ready.wait()
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        waiting = [pool.submit(copy_context().run, run, act) for act in acts]
        return [one.result() for one in waiting]


@pytest.mark.pg_only
@pytest.mark.django_db(transaction=True)
def test_four_heads_and_two_hands(empty_month, firm, people, day):
    heads = [people(role) for role in access.signers(firm.division, day.at)]
    signed = all_at_once([lambda who=who: reports.sign(empty_month, by=who) for who in heads])
    assert not [one for one in signed if isinstance(one, Refused)]
    assert Signing.objects.filter(round__subject_kind="report", state="signed").count() == 4
    group = people("pm_group")
    ended = all_at_once([lambda: reports.finalise(empty_month, by=group)] * 2)
    assert sum(isinstance(one, Refused) for one in ended) == 1
    assert Report.objects.get(pk=empty_month.pk).state == "final"
    assert Entry.objects.filter(event="statistics.finalised").count() == 1


@pytest.mark.pg_only
@pytest.mark.django_db(transaction=True)
def test_two_draw_the_same_month_up(transactional_db, firm, people, day):
    group = people("pm_group")
    made = all_at_once([lambda: reports.draw_up(firm.division, "2026-02", by=group)] * 2)
    assert sum(isinstance(one, Refused) for one in made) == 1
    assert Report.objects.count() == 1
