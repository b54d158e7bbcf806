"""Loss and penalties: proposed by the company's tables, in force by the superior's word."""

from decimal import Decimal

import pytest

from shouwen.engines.documents import queries as papers
from shouwen.engines.dues.models import Due
from shouwen.engines.flows import actions as flows
from shouwen.engines.flows import queries as runs
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import actions as org
from shouwen.outcomes.assessment import annexes
from shouwen.outcomes.assessment.models import Improvement, LossShare, Penalty
from shouwen.outcomes.assessment.proposals import recompute_loss
from shouwen.regulations.r04_quality_complaints.rehearse import step
from shouwen.work.cases import suggesting
from shouwen.work.cases.actions import section_data, sheet_of


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value


def unset(firm, *keys):
    for key in keys:
        org.set_value(key, None, division=firm.division, by=firm.keeper)


def test_the_group_starts_from_what_the_basis_says(complain, firm, day):
    case, story = complain("determination", negligence=True, severity=2, amount="3000")
    sheet = sheet_of(case)
    data = section_data(sheet, "determination")
    basis = annexes.basis_of(firm.division, "R4-43", day.at)
    assert data["basis_since"] == basis.since.isoformat()
    assert [line["amount"] for line in data["losses"]] == [3000_00, 120_00, 500_00]
    assert Entry.objects.get(event="loss.computed").data["total"] == 3620_00
    start = suggesting.data_to_edit(case, sheet, "determination")
    assert start["tracked"] == "exempt"  # the preset stands although the loss was computed
    assert start["liability"] == section_data(sheet, "first_opinion")["liability"]
    (proposed,) = start["penalties"]
    assert (proposed["kind"], proposed["amount"], proposed["points"]) == ("fine", 200_00, 2)
    departing = {**proposed, "amount": 100_00}
    story.overrides["determination"] = {"penalties": [departing]}
    assert refused(step, case, story).clauses == {"R4-44"}
    story.overrides["determination"] = {"penalties": [{**departing, "deviation": "主动报告"}]}
    step(case, story)
    assert Entry.objects.get(event="penalty.proposed").data["amount"] == 100_00


def test_approval_shares_the_loss_and_punishes(complain, firm, warning, fine, who):
    units = {"coating": "60", "sales": "40"}
    liability = [{"unit": firm.units[code].pk, "ratio": part} for code, part in units.items()]
    told = {
        "liability": liability,
        "penalties": [
            {**fine, "deviation": "加罚"},
            {**warning, "person": firm.people["maozhiqiang"].pk, "deviation": "屡犯"},
        ],
    }
    case, story = complain("instruction", overrides={"determination": told}, tracked="tracked")
    wrong = refused(step, case, story, by=who("management.deputy_gm"))
    assert wrong.clauses == {"R4-46"}
    assert not LossShare.objects.exists()
    step(case, story, by=who("management.gm"))
    shares = LossShare.objects.filter(case=case).order_by("-ratio")
    assert [(one.unit.code, one.ratio, one.amount_cents) for one in shares] == [
        ("coating", Decimal(60), 2172_00), ("sales", Decimal(40), 1448_00),
    ]  # fmt: skip
    assert set(Penalty.objects.values_list("kind", "amount_cents", "points")) == {
        ("fine", 200_00, 2), ("administrative", 0, 6),
    }  # fmt: skip
    asked = Due.objects.open().get(clause="R4-65")
    assert asked.link == f"/assessment/notices/new/?penalty={asked.subject_id}"
    assert not Improvement.objects.exists()
    step(case, story)
    assert Improvement.objects.get(case=case).plan == "建立周转箱点检制度。"


def test_nothing_is_approved_while_an_annex_is_missing(complain, firm, who):
    unset(firm, "R4-43.loss_basis")
    case, story = complain("instruction")
    assert "losses" not in section_data(sheet_of(case), "determination")
    superior = who("management.deputy_gm")
    assert refused(step, case, story, by=superior).clauses == {"R4-87"}
    org.set_value(
        "R4-43.loss_basis", [{"item": "折让", "formula": "amount", "percent": "50"}],
        division=firm.division, by=firm.keeper,
    )  # fmt: skip
    assert refused(step, case, story, by=superior).clauses == {"R4-43"}
    flows.send_back(runs.run_of(case), "determination", by=superior, reason="请依基准核算")
    case.refresh_from_db()
    assert papers.figure(sheet_of(case), "determination.losses")[0]["amount"] == 1500_00
    step(case, story)
    case.refresh_from_db()
    step(case, story, by=superior)
    assert LossShare.objects.get().amount_cents == 1500_00


def test_the_loss_is_computed_anew_by_whose_step_it_is(complain, firm, who):
    case, _story = complain("determination")
    org.set_value(
        "R4-43.loss_basis", [{"item": "折让", "formula": "amount", "percent": "10"}],
        division=firm.division, by=firm.keeper,
    )  # fmt: skip
    assert refused(recompute_loss, case, by=who("sales")).clauses == {"R4-40"}
    recompute_loss(case, by=who("pm_group"))
    data = section_data(sheet_of(case), "determination")
    assert [line["amount"] for line in data["losses"]] == [300_00]
    unset(firm, "R4-43.loss_basis")
    assert refused(recompute_loss, case, by=who("pm_group")).clauses == {"R4-87"}


def test_what_is_not_upheld_cost_nobody_anything(complain):
    case, _story = complain("closed", upheld=False)
    assert "losses" not in section_data(sheet_of(case), "determination")
    assert LossShare.objects.get().amount_cents == 0


def test_a_repeat_counts_within_the_months_the_company_set(complain, firm, day, who, shipment):
    rows = [
        {"cause": "any", "severity": "normal", "from_time": time, "kind": "fine", "amount": amount}
        for time, amount in ((1, 100), (2, 300))
    ]
    org.set_value("R4-44.penalty_basis", rows, division=firm.division, by=firm.keeper)
    first, story = complain("determination")
    proposed = suggesting.data_to_edit(first, sheet_of(first), "determination")["penalties"]
    assert proposed[0]["amount"] == 100_00
    story.overrides["determination"] = {"penalties": proposed}
    step(first, story)
    step(first, story)
    second, _story = complain("determination")
    again = suggesting.data_to_edit(second, sheet_of(second), "determination")["penalties"]
    assert again[0]["amount"] == 300_00
    day.wait(days=360)
    org.set_value("R4-44.repeat_months", 6, division=firm.division, by=firm.keeper)
    later = suggesting.data_to_edit(second, sheet_of(second), "determination")["penalties"]
    assert later[0]["amount"] == 100_00
