"""Papers beside the sheet: on whose desk, by whom answered, and what the answer brings about."""

from datetime import timedelta

import desks
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shouwen.engines.documents import actions as documents
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, walk
from shouwen.work.cases.actions import Intake, open_case
from shouwen.work.cases.records import answer_record, file_record


@pytest.fixture
def case(shipment):
    """A complaint that quality investigates."""
    return walk(open_complaint(Story(shipment)), Story(shipment), "investigation")


def one(case, role):
    return org.people(role, case.division)[0]


def lies_with(sheet, person):
    """Whether the answer to a paper is on somebody's desk."""
    items = desks.desk(person, clock.now())
    return any((i.due.subject_kind, i.due.subject_id) == ("sheet", sheet.pk) for i in items)


def unit_of(person):
    return org.main_post(person).post.unit


def test_a_request_for_help_lies_with_the_group_and_only_it_answers(case):
    asking, clerk = one(case, "quality"), one(case, "pm_group")
    sheet = file_record(case, "help_request", {"what": "请协调取回剩余样品。"}, by=asking)
    assert lies_with(sheet, clerk)
    assert not lies_with(sheet, asking)
    with pytest.raises(Refused) as refused:
        answer_record(sheet, "answer", {"text": "已取回"}, by=case.salesperson)
    assert refused.value.clauses == {"R4-18"}
    answer_record(sheet, "answer", {"text": "已请业务部取回。"}, by=clerk)
    assert not lies_with(sheet, clerk)


def test_an_opinion_lies_with_the_department_it_names_until_the_day_it_says(case):
    rnd = one(case, "rnd")
    until = clock.today() + timedelta(days=5)
    data = {"text": "请评估涂层", "to_unit": unit_of(rnd).pk, "due_on": until.isoformat()}
    sheet = file_record(case, "followup", data, by=case.salesperson)
    (due,) = [item.due for item in desks.desk(rnd, clock.now()) if item.due.subject_id == sheet.pk]
    assert (due.clause, due.due_at) == ("R4-19", clock.end_of(until))
    with pytest.raises(Refused):
        answer_record(sheet, "answer", {"text": "已评估"}, by=one(case, "quality"))
    answer_record(sheet, "answer", {"text": "已改用加厚涂层"}, by=rnd)
    assert not lies_with(sheet, rnd)


def test_material_for_the_customer_needs_the_document_and_is_sales_to_give(case):
    data = {
        "kind": "material", "recipient": "王采购", "given_on": clock.today().isoformat(),
        "what": "涂层使用说明",
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        file_record(case, "help_log", data, by=case.salesperson)
    assert refused.value.reasons[0].field == "entry.documents"
    plain = SimpleUploadedFile("manual.txt", "使用说明".encode())
    kept = documents.attach(plain, by=case.salesperson, matter=case, division=case.division)
    sheet = file_record(
        case, "help_log", {**data, "documents": [str(kept.uuid)]}, by=case.salesperson
    )
    assert sheet.definition.clause == "R4-08"
    with pytest.raises(Refused):
        file_record(case, "help_log", {**data, "kind": "assistance"}, by=one(case, "quality"))


def test_an_abnormality_is_closed_by_the_answer_of_the_unit_concerned(firm, shipment):
    line = shipment.order_line
    seller = org.people("sales", firm.division)[0]
    workshop = org.people("manufacturing", firm.division)[0]
    intake = Intake(
        firm.division, line.order.customer, "product_quality", "外箱破损",
        "到货时外箱破损,无损失。", causes_loss=False,
    )  # fmt: skip
    case = open_case(intake, by=seller)
    note = {
        "part": line.product.part_number, "phenomenon": "外箱破损", "handler": seller.pk,
        "to_unit": unit_of(workshop).pk, "asked": "改进包装",
    }  # fmt: skip
    for form in ("petition", "objection"):
        with pytest.raises(Refused):
            file_record(case, form, {}, by=seller)
    first = file_record(case, "abnormality_note", note, by=seller)
    second = file_record(case, "abnormality_note", note, by=seller)
    assert lies_with(first, workshop)
    answer = {"measure": "改用五层纸箱", "done_on": clock.today().isoformat()}
    answer_record(first, "answer", answer, by=workshop)
    case.refresh_from_db()
    assert case.state == "open"
    answer_record(second, "answer", answer, by=workshop)
    case.refresh_from_db()
    assert (case.state, case.number) == ("closed", None)
    assert Entry.objects.get(event="case.closed").data["solution"] == "改用五层纸箱"
