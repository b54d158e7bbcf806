"""Who reads a paper, who writes on it, what a higher floor may add."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404

from shouwen.engines.documents import access, queries
from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.foundation.refusal import N_, Reason, Refused

from .conftest import SLIP, build_company


@pytest.fixture
def hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What higher floors registered, out of the way of these tests."""
    monkeypatch.setattr(access, "_guards", [])
    monkeypatch.setattr(access, "_deciders", [])


GATE = [
    ("seller", "read", True), ("seller", "edit", True), ("seller", "print", True),
    ("keeper", "edit", True), ("bookkeeper", "read", True), ("bookkeeper", "print", True),
    ("bookkeeper", "edit", PermissionDenied), ("outsider", "read", Http404),
    ("outsider", "edit", Http404), ("outsider", "print", Http404),
]  # fmt: skip


@pytest.mark.parametrize(("who", "to", "outcome"), GATE)
def test_the_gate(slip: Sheet, company: Any, hooks: None, who: str, to: Any, outcome: Any) -> None:
    person = getattr(company, who)
    if outcome is True:
        assert access.access_sheet(person, slip.pk, to=to) == slip
    else:
        with pytest.raises(outcome):
            access.access_sheet(person, slip.pk, to=to)


def test_a_customer_and_an_unknown_number_find_nothing(slip: Sheet, company: Any) -> None:
    for person, pk in [(None, slip.pk), (company.seller, slip.pk + 1)]:
        with pytest.raises(Http404):
            access.access_sheet(person, pk)


def test_a_copy_is_for_people_of_its_division(slip: Sheet, company: Any) -> None:
    documents.sign_place(slip, "manager", by=company.sales_head)
    documents.issue(slip, by=company.seller)
    copy = slip.copies.get(no=1)
    assert access.access_copy(company.bookkeeper, copy.pk) == copy
    with pytest.raises(Http404):
        access.access_copy(company.outsider, copy.pk)


def test_an_internal_paper_never_goes_to_a_customer(slip: Sheet, company: Any) -> None:
    form = documents.open_sheet("complaint_form", division=company.factory, by=company.seller)
    with pytest.raises(Refused) as caught:
        access.refuse_to_customer(form)
    assert caught.value.clauses == {"R4-54"}
    access.refuse_to_customer(slip)


def test_a_guard_of_a_higher_floor_closes_a_section(company: Any, hooks: None) -> None:
    closed = Reason(N_("此步骤尚未开始"), "R4-34")

    @access.register_guard
    def only_quality(hand: access.Hand, place: str) -> list[Reason]:
        return [closed] if place == "proposal" else []

    form = documents.open_sheet("complaint_form", division=company.factory, by=company.seller)
    with pytest.raises(Refused) as caught:
        documents.save_section(form, "proposal", {}, version=0, by=company.seller)
    assert caught.value.reasons == (closed,)
    documents.save_section(form, "intake", {"reporter": "刘"}, version=0, by=company.seller)


def test_the_decider_is_whom_the_higher_floor_names(company: Any, hooks: None) -> None:
    @access.register_decider
    def gm_or_his_deputy(hand: access.Hand, place: str) -> Any:
        return company.gm if hand.by == company.deputy else None

    form = documents.open_sheet("complaint_form", division=company.factory, by=company.seller)
    data = {"method": "none", "instruction": "不予处理"}
    with pytest.raises(Refused):
        documents.save_section(form, "ruling", data, version=0, by=company.sales_head)
    documents.save_section(form, "ruling", data, version=0, by=company.deputy)
    signature = documents.sign_section(form, "ruling", by=company.deputy)
    assert signature.for_person == company.gm


@pytest.mark.django_db(transaction=True)
def test_of_many_who_save_at_once_one_is_kept_and_the_rest_are_told() -> None:
    with rehearsal("2026-03-10 10:00") as now:
        company = build_company(now)
        sheet = documents.open_sheet("return_slip", division=company.factory, by=company.seller)
        at = now.at
    gate = threading.Barrier(6)

    def save(place: int) -> str:
        gate.wait(30)
        try:
            data = {**SLIP, "reason": f"第 {place} 人"}
            documents.save_section(sheet, "slip", data, version=0, by=company.seller, at=at)
        except Refused as refused:
            return str(refused.reasons[0].facts["who"])
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(6) as pool:
        answers = sorted(pool.map(save, range(6)))
    assert answers == ["kept", *["陈晨"] * 5]
    assert sheet.sections.get(key="slip").version == 1
    assert queries.figure(sheet, "slip.reason").startswith("第 ")
