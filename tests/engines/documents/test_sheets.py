"""Opening, filling in and signing a paper."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents import queries
from shouwen.engines.documents.models import Section, Sheet
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import actions as org

from .conftest import SLIP, publish_papers


@pytest.fixture
def form(company: SimpleNamespace) -> Sheet:
    """A fresh complaint form."""
    return documents.open_sheet("complaint_form", division=company.factory, by=company.seller)


def save(sheet: Sheet, data: dict[str, Any], by: Any, version: int = 0) -> Section:
    """Save the intake."""
    return documents.save_section(sheet, "intake", data, version=version, by=by)


def facts(event: str) -> list[dict[str, Any]]:
    """What the journal says of an event, oldest first."""
    return [entry.data for entry in Entry.objects.filter(event=event).order_by("id")]


def test_a_sheet_has_every_section_of_its_edition_and_no_number(form: Sheet) -> None:
    assert [section.key for section in form.sections.order_by("id")][:2] == ["intake", "acceptance"]
    assert (form.number, form.regulation, form.edition) == (None, "R4", 1)
    assert form.label == f"D{form.pk}"
    assert facts("sheet.opened")[0]["form"] == "complaint_form"


def test_a_division_without_the_regulation_opens_no_paper_of_it(company: SimpleNamespace) -> None:
    with pytest.raises(Refused):
        documents.open_sheet("complaint_form", division=company.sister, by=company.outsider)


def test_a_later_edition_does_not_touch_an_open_sheet(company: Any, form: Sheet) -> None:
    field = {"key": "it", "label": "新栏", "type": "text"}
    section = {"key": "intake", "title": "新表", "by": "sales", "fields": [field]}
    changed = {"title": "新抱怨表", "sections": [section]}
    publish_papers(2, "2026-03-11", complaint_form=changed)
    org.adopt_regulation(company.factory, "R4", 2, since=clock.today() + timedelta(days=1))
    company.now.wait(days=2)
    new = documents.open_sheet("complaint_form", division=company.factory, by=company.seller)
    assert (new.edition, new.title) == (2, "新抱怨表")
    assert Sheet.objects.get(pk=form.pk).title == "客户抱怨处理表"


def test_saving_cleans_and_the_journal_keeps_old_and_new(
    form: Sheet, company: Any, intake: dict
) -> None:
    first = save(form, intake, company.seller)
    assert first.data["lines"][0]["quantity"] == "1200"
    assert first.data["received_at"] == "2026-03-10T09:20+08:00"
    save(form, {**intake, "reporter": "王经理"}, company.seller2, version=1)
    assert facts("sheet.section_saved")[1]["changed"] == {"reporter": ["刘经理", "王经理"]}
    assert facts("sheet.section_saved")[1]["section"] == "intake"


def test_saving_the_same_again_is_no_fact(form: Sheet, company: Any, intake: dict) -> None:
    save(form, intake, company.seller)
    assert save(form, intake, company.seller, version=1).version == 1
    assert len(facts("sheet.section_saved")) == 1


def test_the_second_of_two_is_refused_and_nothing_is_lost(
    form: Sheet, company: Any, intake: dict
) -> None:
    save(form, intake, company.seller)
    company.now.wait(minutes=5)
    with pytest.raises(Refused) as caught:
        save(form, {**intake, "reporter": "王经理"}, company.seller2, version=0)
    (reason,) = caught.value.reasons
    assert reason.facts == {"who": "陈晨", "when": "2026-03-10 10:00", "version": 1}
    assert queries.figure(form, "intake.reporter") == "刘经理"


def test_only_its_post_fills_in_a_section(form: Sheet, company: Any) -> None:
    data = {"findings": "已查"}
    with pytest.raises(Refused) as caught:
        documents.save_section(form, "investigation", data, version=0, by=company.seller)
    assert caught.value.clauses == {"R4-30"}
    assert caught.value.reasons[0].facts == {"role": "质量管理部"}
    documents.save_section(form, "investigation", data, version=0, by=company.inspector)


def test_nobody_of_another_division_fills_in_anything(company: Any) -> None:
    sheet = documents.open_sheet("help_request", division=company.factory, by=company.seller)
    with pytest.raises(Refused):
        documents.save_section(sheet, "request", {"what": "?"}, version=0, by=company.outsider)
    documents.save_section(sheet, "request", {"what": "?"}, version=0, by=company.bookkeeper)


def test_the_unit_named_on_the_paper_answers(company: Any) -> None:
    sheet = documents.open_sheet("abnormality_note", division=company.factory, by=company.seller)
    answer = {"measure": "改善", "done_on": "2026-03-10"}
    with pytest.raises(Refused) as caught:
        documents.save_section(sheet, "answer", answer, version=0, by=company.foreman)
    assert caught.value.reasons[0].facts == {"role": "表上所列单位"}
    report = {"to_unit": company.workshop.pk, "part": "P", "phenomenon": "异响", "asked": "查"}
    documents.save_section(sheet, "report", report, version=0, by=company.seller)
    with pytest.raises(Refused) as caught:
        documents.save_section(sheet, "answer", answer, version=0, by=company.inspector)
    assert caught.value.reasons[0].facts == {"role": "制造部"}
    documents.save_section(sheet, "answer", answer, version=0, by=company.foreman)


def test_nobody_decides_before_the_company_says_who_may(form: Sheet, company: Any) -> None:
    with pytest.raises(Refused) as caught:
        documents.save_section(form, "ruling", {"method": "none"}, version=0, by=company.gm)
    assert caught.value.clauses == {"R4-35"}


def test_more_defective_than_shipped_is_refused_at_its_field(
    form: Sheet, company: Any, intake: dict
) -> None:
    intake["lines"][0]["defective"] = "1201"
    with pytest.raises(Refused) as caught:
        save(form, intake, company.seller)
    (reason,) = caught.value.reasons
    assert (reason.clause, reason.field) == ("R4-24", "intake.lines.0.defective")
    assert queries.figure(form, "intake.reporter") is None


def test_a_return_needs_its_quantity_or_the_remark_already_on_saving(
    form: Sheet, company: Any, intake: dict
) -> None:
    del intake["demand_quantity"]
    with pytest.raises(Refused) as caught:
        save(form, intake, company.seller)
    assert caught.value.clauses == {"R4-26"}
    save(form, {**intake, "demand_undetermined": True}, company.seller)


def test_an_incomplete_section_is_not_signed(form: Sheet, company: Any, intake: dict) -> None:
    del intake["lines"][0]["ship_date"]
    del intake["opinion"]
    save(form, intake, company.seller)
    with pytest.raises(Refused) as caught:
        documents.sign_section(form, "intake", by=company.seller)
    assert [(reason.field, reason.clause) for reason in caught.value.reasons] == [
        ("intake.lines.0.ship_date", "R4-06"),
        ("intake.opinion", "R4-25"),
    ]


def test_a_signed_section_stands_until_it_is_opened_again(
    form: Sheet, company: Any, intake: dict
) -> None:
    save(form, intake, company.seller)
    signature = documents.sign_section(form, "intake", by=company.seller, version=1)
    assert queries.signature_holds(signature)
    for attempt in (
        lambda: save(form, {**intake, "reporter": "别人"}, company.seller, version=1),
        lambda: documents.sign_section(form, "intake", by=company.seller2),
    ):
        with pytest.raises(Refused, match="陈晨"):
            attempt()
    documents.reopen_section(form, "intake", reason="补充样品", by=company.clerk)
    save(form, {**intake, "reporter": "别人"}, company.seller, version=1)
    again = documents.sign_section(form, "intake", by=company.seller)
    assert again.digest != signature.digest
    signature.refresh_from_db()
    assert signature.revoked_reason == "补充样品"
    assert list(queries.signatures_of(form)) == ["intake"]


def test_a_text_changed_behind_its_signature_is_noticed(
    form: Sheet, company: Any, intake: dict
) -> None:
    save(form, intake, company.seller)
    signature = documents.sign_section(form, "intake", by=company.seller)
    Section.objects.filter(sheet=form, key="intake").update(data={**intake, "reporter": "改"})
    assert not queries.signature_holds(signature)


def test_whoever_signs_has_seen_the_text(form: Sheet, company: Any, intake: dict) -> None:
    save(form, intake, company.seller)
    save(form, {**intake, "reporter": "王经理"}, company.seller2, version=1)
    with pytest.raises(Refused, match="周舟"):
        documents.sign_section(form, "intake", by=company.seller, version=1)


def test_a_substitute_signs_in_the_name_of_the_absent(company: Any) -> None:
    sheet = documents.open_sheet("investigation_report", division=company.factory, by=None)
    report = {"findings": "内径超差", "handling": "隔离"}
    documents.save_section(sheet, "report", report, version=0, by=company.inspector)
    documents.sign_section(sheet, "report", by=company.inspector)
    instruction = {"text": "同意"}
    with pytest.raises(Refused):
        documents.save_section(sheet, "instruction", instruction, version=0, by=company.deputy)
    since, until = clock.now(), clock.now() + timedelta(days=3)
    org.substitute_while_away(
        company.gm, company.deputy, since=since, until=until, reason="出差", by=company.gm
    )
    documents.save_section(sheet, "instruction", instruction, version=0, by=company.deputy)
    signature = documents.sign_section(sheet, "instruction", by=company.deputy)
    assert (signature.person, signature.for_person) == (company.deputy, company.gm)


def test_computed_figures_are_nobodys_to_type(form: Sheet, company: Any) -> None:
    loss = [{"item": "材料", "amount": 12_300}]
    documents.fill_computed(form, "determination", {"losses": loss}, by=company.clerk)
    typed = {"our_fault": "our", "losses": [{"item": "材料", "amount": "1.00"}]}
    with pytest.raises(Refused, match="系统核算"):
        documents.save_section(form, "determination", typed, version=1, by=company.clerk)
    for typed in ({"our_fault": "our"}, {"our_fault": "not_ours", "losses": loss}):
        version = form.sections.get(key="determination").version
        saved = documents.save_section(
            form, "determination", typed, version=version, by=company.clerk
        )
        assert saved.data["losses"] == loss
    with pytest.raises(ValueError, match="not computed"):
        documents.fill_computed(form, "determination", {"tracked": "exempt"}, by=None)


def test_data_given_on_opening_is_cleaned_like_any_other(company: Any) -> None:
    with pytest.raises(Refused) as caught:
        documents.open_sheet(
            "return_slip", division=company.factory, by=company.seller,
            data={"slip": SLIP | {"handling": "burn"}},
        )  # fmt: skip
    assert caught.value.reasons[0].field == "slip.handling"
    sheet = documents.open_sheet(
        "return_slip", division=company.factory, by=company.seller, data={"slip": SLIP}
    )
    assert queries.figure(sheet, "slip.lines")[0]["unit_price"] == 500
    with pytest.raises(ValueError, match="no section"):
        documents.open_sheet(
            "return_slip", division=company.factory, by=company.seller, data={"nothing": {}}
        )


def test_a_slip_without_basis_is_refused_on_saving(company: Any) -> None:
    sheet = documents.open_sheet("return_slip", division=company.factory, by=company.seller)
    with pytest.raises(Refused) as caught:
        documents.save_section(sheet, "slip", {"reason": "x"}, version=0, by=company.seller)
    assert [(r.field, r.clause) for r in caught.value.reasons] == [("slip.basis", "R4-71")]


def test_an_untouched_table_starts_with_the_parts_of_the_slip(slip: Sheet) -> None:
    assert queries.data_to_edit(slip, "receipt") == {"lines": [{"part": "P-1"}]}
    assert queries.data_to_edit(slip, "slip")["reason"] == "尺寸不符"


def test_a_paper_filed_anew_keeps_the_first_behind_it(company: Any, form: Sheet) -> None:
    new = documents.open_sheet(
        "complaint_form", division=company.factory, by=company.seller, origin=form
    )
    assert new.origin == form
    assert list(form.renewed_by.all()) == [new]
