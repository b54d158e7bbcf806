"""Two people at the same moment, on both databases: one decision, and a plain word to the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from keeping import lay

from shouwen.engines.documents.models import Sheet
from shouwen.engines.flows import actions as flows
from shouwen.engines.flows.models import Round, Run, Signing, Step
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.foundation.words import Words
from shouwen.ground.journal.models import Entry

from .conftest import build_company

ROUNDS = 100 if connection.vendor == "postgresql" else 40
TITLE = Words(zh="核签", en="Endorse")


@pytest.fixture
def company(transactional_db):
    with rehearsal("2026-03-10 10:00") as now:
        yield lay("the factory of the races", lambda: build_company(now))


def together(*acts: Callable[[], object]) -> list[str]:
    """Do all of it at once, each on a connection of its own; what was refused as text."""
    gate = Barrier(len(acts))

    def one(act: Callable[[], object]) -> str:
        try:
            gate.wait(timeout=30)
            act()
        except Refused as refused:
            return str(refused)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return [*pool.map(one, acts)]


def ask(c, number, *roles, mode="ordered"):
    asks = [flows.Ask(role) for role in roles]
    return flows.request_round(
        Sheet(pk=number), "endorse", asks, title=TITLE, division=c.factory, by=c.seller,
        clause="R4-69", mode=mode,
    )  # fmt: skip


def test_two_approvers_one_decision(company):
    """R3 of the trust list: exactly one decision counts, the other sees a plain message."""
    for number in range(1, ROUNDS + 1):
        place = ask(company, number, "sales.supervisor").signings.get()
        said = together(
            lambda place=place: flows.sign(place, by=company.lead),
            lambda place=place: flows.decline(place, by=company.sales_head, opinion="不同意"),
        )
        kept = Signing.objects.get(pk=place.pk)
        names = {company.lead.pk: "林青", company.sales_head.pk: "单明"}
        assert sorted(map(bool, said)) == [False, True], said
        assert f"刚刚由{names[kept.by_id]}办理" in max(said)
    decided = Entry.objects.filter(event__in=["sign.signed", "sign.declined"])
    assert decided.count() == ROUNDS
    assert Round.objects.filter(state="open").count() == 0


def test_two_signers_of_one_countersign_close_it_once(company):
    """Each must see the other's signature, or the round stays open for ever."""
    for number in range(1, ROUNDS // 2 + 1):
        found = ask(company, number, "sales.manager", "quality.manager", mode="parallel")
        first, second = found.signings.order_by("position")
        said = together(
            lambda place=first: flows.sign(place, by=company.sales_head),
            lambda place=second: flows.sign(place, by=company.quality_head),
        )
        assert said == ["", ""]
        assert Round.objects.get(pk=found.pk).state == "agreed"
    assert Entry.objects.filter(event="round.agreed").count() == ROUNDS // 2


def test_two_people_moving_one_step(company):
    for number in range(1, ROUNDS // 2 + 1):
        run = flows.start("note", Sheet(pk=number), division=company.factory, by=company.seller)
        seen = [Run.objects.get(pk=run.pk), Run.objects.get(pk=run.pk)]
        said = together(
            lambda seen=seen: flows.move(seen[0], "ask", by=company.seller),
            lambda seen=seen: flows.move(seen[1], "ask", by=company.seller2),
        )
        assert sorted(map(bool, said)) == [False, True], said
        mover = Step.objects.get(run=run, stage="write").by
        assert f"刚刚由{mover.name}办理" in max(said)
        assert Step.objects.filter(run=run).count() == 2
    assert Entry.objects.filter(event="flow.moved").count() == ROUNDS // 2


def test_starting_one_subject_twice(company):
    for number in range(1, 11):
        said = together(*(
            lambda number=number: flows.start(
                "note", Sheet(pk=number), division=company.factory, by=company.seller
            ),
        ) * 2)  # fmt: skip
        assert sorted(map(bool, said)) == [False, True]
        assert "已在流程中" in max(said)
        assert Run.objects.filter(subject_id=number).count() == 1


def test_once_a_hold_is_set_nothing_moves(company):
    """Either the move was over before it, or it is refused; it never slips through afterwards."""
    seen = {}

    def hold(number):
        flows.hold(Sheet(pk=number), "样品未到", key="sample")
        seen[number] = Run.objects.get(subject_id=number).stage

    for number in range(1, 31):
        run = flows.start("note", Sheet(pk=number), division=company.factory, by=company.seller)
        said = together(
            lambda run=run: flows.move(run, "ask", by=company.seller),
            lambda number=number: hold(number),
        )
        moved = Run.objects.get(pk=run.pk).stage
        assert said[0] in ("", "样品未到")
        assert (moved == "sign") == (said[0] == "")
        assert seen[number] == moved
