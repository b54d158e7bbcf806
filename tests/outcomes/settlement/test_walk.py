"""From copy 3 of the closed form to the posted voucher (R4-67 to R4-86)."""

import pytest

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.models import Copy
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation.refusal import Refused
from shouwen.outcomes.settlement import actions as settlement
from shouwen.regulations.r04_quality_complaints.rehearse import Story, intake_of
from shouwen.work.cases.refiling import refile


def test_copies_go_where_the_slip_says_once_the_warehouse_signed(shipment, hands):
    case = hands.decided(shipment, "return")
    slip = hands.released(case)
    hands.receive(case, slip, "100")
    held = Copy.objects.filter(sheet=slip).order_by("no").values_list("unit__function", flat=True)
    assert list(held) == ["sales", "warehouse", "accounting", "sales"]


def test_each_step_of_a_return_lies_on_the_desk_of_who_takes_it(shipment, hands):
    case = hands.decided(shipment, "return")
    assert hands.desk(case) == {("R4-71", "sales")}
    slip = hands.slip(case)
    assert hands.desk(case) == {("R4-72", "sales.deputy_manager")}
    settlement.approve_slip(slip, by=hands.person("sales.manager"))
    assert hands.desk(case) == {("R4-78", "warehouse")}
    hands.receive(case, slip, "100")
    assert hands.desk(case) == {("R4-82", "sales")}


def test_goods_that_differ_lie_with_the_superior_beside_the_warehouse(shipment, hands):
    case = hands.decided(shipment, "return")
    slip = hands.released(case)
    with pytest.raises(Refused) as refused:
        hands.receive(case, slip, "95")
    assert refused.value.clauses == {"R4-79"}
    settlement.count_goods(slip, hands.counted(case, "95"), by=hands.person("warehouse"))
    assert ("R4-79", "warehouse.supervisor") in hands.desk(case)
    assert ("R4-78", "warehouse") in hands.desk(case)


def test_each_step_of_an_allowance_lies_on_the_desk_of_who_takes_it(shipment, hands):
    case = hands.decided(shipment, "allowance", amount="3000")
    assert hands.desk(case) == {("R4-68", "sales")}
    data = {"amount": "3000", "reason": "折让", "invoice": "FP-A1"}
    sheet = settlement.open_certificate(case, data, by=case.salesperson)
    assert hands.desk(case) == {("R4-69", "sales.deputy_manager")}
    settlement.sign_certificate(sheet, "manager", by=hands.person("sales.manager"))
    assert hands.desk(case) == {("R4-69", "management.deputy_gm")}
    settlement.sign_certificate(sheet, "gm", by=hands.person("management.deputy_gm"))
    assert hands.desk(case) == {("R4-69", "sales")}


def test_a_struck_slip_leaves_the_desks_and_asks_for_a_new_one(shipment, hands):
    case = hands.decided(shipment, "return")
    slip = hands.slip(case)
    documents.void(slip, reason="料号写错", by=case.salesperson)
    assert hands.desk(case) == {("R4-71", "sales")}
    hands.slip(case, "90")
    assert hands.desk(case) == {("R4-72", "sales.deputy_manager")}


def test_an_excess_may_be_accepted_only_by_the_level_of_the_company_table(shipment, hands):
    case = hands.decided(shipment, "return")
    slip = hands.released(case)
    hands.excess(case, slip)
    assert hands.desk(case) == {("R4-77", "sales.manager")}
    accept = {"choice": "accept", "text": "准予收受"}
    for role in ("sales.manager", "warehouse"):
        with pytest.raises(Refused) as refused:
            settlement.rule_excess(slip, accept, by=hands.person(role))
        assert refused.value.clauses == {"R4-77"}
    settlement.rule_excess(slip, accept, by=hands.person("management.deputy_gm"))
    assert hands.desk(case) == {("R4-82", "sales")}


def test_a_new_form_ruled_for_the_excess_is_asked_for_until_it_is_filed(shipment, hands):
    case = hands.decided(shipment, "return")
    slip = hands.released(case)
    hands.excess(case, slip)
    ruling = {"choice": "new_form", "text": "超量另案处理"}
    settlement.rule_excess(slip, ruling, by=hands.person("sales.manager"))
    waiting = Due.objects.open().filter(clause="R4-77", matter_id=case.pk)
    assert [due.person for due in waiting] == [case.salesperson]
    refile(case, intake_of(Story(shipment)), by=case.salesperson)
    assert not waiting.all().exists()


def test_an_allowance_slip_is_refused_for_a_return(shipment, hands):
    case = hands.decided(shipment, "return")
    with pytest.raises(Refused) as refused:
        settlement.open_certificate(case, {"amount": "1"}, by=case.salesperson)
    assert refused.value.clauses == {"R4-67"}


def test_nothing_is_opened_before_copy_three_is_received(shipment, hands):
    case = hands.closed(shipment, "return")
    assert hands.desk(case) == set()
    with pytest.raises(Refused) as refused:
        hands.slip(case)
    assert refused.value.clauses == {"R4-67"}
