"""The five copies of a closed form lie on the desks of the units that sign for them (R4-47)."""

from datetime import timedelta

import desks

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.models import Copy, Sheet
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, walk

HOLDERS = {
    1: "peiwenxuan", 2: "maozhiqiang", 3: "dingyiming", 4: "bianyuxin", 5: "luhuaichuan",
}  # fmt: skip


def to_sign(person):
    return [item.due for item in desks.desk(person, clock.now()) if item.due.kind == Due.Kind.COPY]


def test_each_unit_signs_for_its_copy_and_has_it_off_its_desk(firm, shipment):
    story = Story(shipment)
    case = walk(open_complaint(story), story, "closed", wait=timedelta(hours=2))
    for no, name in HOLDERS.items():
        who = firm.people[name]
        (due,) = to_sign(who)
        assert due.name == f"签收客户抱怨处理表 {case.number} 第 {no} 联"
        assert due.clause == "R4-47"
        copy = Copy.objects.get(sheet__matter_id=case.pk, sheet__form="complaint_form", no=no)
        documents.receive_copy(copy, by=who)
        assert to_sign(who) == []
    assert not Due.objects.filter(matter_id=case.pk, kind=Due.Kind.COPY, cancelled=True).exists()


def test_nobody_signs_for_a_paper_that_was_struck(firm, shipment):
    story = Story(shipment)
    case = walk(open_complaint(story), story, "closed", wait=timedelta(hours=2))
    sheet = Sheet.objects.get(matter_id=case.pk, form="complaint_form")
    documents.void(sheet, reason="重开", by=firm.people["luhuaichuan"])
    assert to_sign(firm.people["peiwenxuan"]) == []
