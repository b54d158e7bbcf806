"""What people do beside the form: reports, questions, words to the customer, claims, petitions."""

from datetime import datetime, timedelta
from typing import Any

from shouwen.engines.documents import queries as papers
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.regulations.r04_quality_complaints.rehearse import Story
from shouwen.work.cases.conveying import convey
from shouwen.work.cases.models import Case
from shouwen.work.cases.records import answer_record, file_record

from .plans import Plan, is_old

Data = dict[str, Any]


def beside(case: Case, story: Story, plan: Plan, until: datetime) -> None:
    """The papers of the stage that is about to be passed, each once."""
    written = _AT.get(case.stage)
    if written and not papers.sheets_of(case, written[0]).exists():
        written[1](case, story, plan, until)


def _person(case: Case, role: str) -> Person:
    return org.people(role, case.division_id)[0]


def _asked(
    case: Case, form: str, role: str, data: Data, answers: list[tuple[str, str, Data]]
) -> None:
    """A paper filed by a role and answered in turn: (section, role, what is written)."""
    sheet = file_record(case, form, data, by=_person(case, role))
    for section, who, answer in answers:
        answer_record(sheet, section, answer, by=_person(case, who))


def _help(case: Case, story: Story, plan: Plan, until: datetime) -> None:
    """Quality asks the group for the records of an earlier lot, now and then."""
    if plan.index % 9 == 0:
        question = {"what": "请协助调阅同料号前三批的出货检验记录。"}
        answer = ("answer", "pm_group", {"text": "已调阅，记录存于品管资料柜，前三批均合格。"})
        _asked(case, "help_request", "quality", question, [answer])


def _report(case: Case, story: Story, plan: Plan, until: datetime) -> None:
    report = {"findings": "取样复检，异常属实。", "handling": "已隔离在库品。"}
    answer = ("instruction", "management.gm", {"text": "知悉，限期改善。"})
    _asked(case, "investigation_report", "quality", report, [answer])


def _opinion(case: Case, story: Story, plan: Plan, until: datetime) -> None:
    """The plant's office wants another department to follow something up."""
    if plan.index % 7 == 0:
        quality = org.units_with("quality", case.division_id)[0]
        due = clock.today() + timedelta(days=7)
        data = {
            "text": "请就出货检验抽样数提出检讨。",
            "to_unit": quality.pk,
            "due_on": due.isoformat(),
        }
        answer = ("answer", "quality", {"text": "已将该料号改为加严检验。"})
        answered = plan.index % 14 or is_old(clock.now(), until)
        _asked(case, "followup", "plant_office", data, [answer] if answered else [])


def _word_to_the_customer(case: Case, story: Story, plan: Plan, until: datetime) -> None:
    said = {
        "channel": "letter" if plan.index % 4 == 0 else "telephone",
        "person": "王采购",
        "at": clock.now().isoformat(),
        "method": story.method if story.upheld else "none",
        "text": "已说明核决的处理方式。",
    }
    if story.upheld:
        said["amount"] = story.amount
    convey(case, said, by=case.salesperson)


def claim(case: Case, plan: Plan, until: datetime) -> None:
    """The supplier is liable for a part; the office leads, units are heard (R4-56)."""
    quality = org.units_with("quality", case.division_id)[0]
    data = {
        "party": "宏泰钢材有限公司", "kind": "supplier", "share": "60",
        "amount": f"{plan.amount * 0.6:.2f}", "facts": "来料光谱检测与材质证明不符。",
        "units": [{"unit": quality.pk, "question": "请确认来料检验记录。"}],
    }  # fmt: skip
    sheet = file_record(case, "third_party", data, by=_person(case, "gm_office"))
    if plan.index % 2 or is_old(clock.now(), until):
        for asked in papers.sheets_of(case, "joint_opinion"):
            text = {"text": "来料检验抽样未及此项，材质证明由对方出具。"}
            answer_record(asked, "opinion", text, by=_person(case, "quality"))
    if plan.index % 2:
        result = {"status": "paid", "paid": f"{plan.amount * 0.5:.2f}", "note": "协商赔付五成。"}
        answer_record(sheet, "result", result, by=_person(case, "gm_office"))


def petition(case: Case, upheld: bool) -> None:
    """Manufacturing objects to the decision; the deputy general manager rules (R4-55)."""
    data = {
        "decision": "责任比率由制造单位全数承担。",
        "reasons": "来料本身即有锈斑，进料检验未检出，责任不全在制造。",
        "request": "请重新核定责任归属与比率。",
    }
    ruling = {
        "result": "upheld" if upheld else "rejected",
        "text": "准予复议，重新核决。" if upheld else "原议已综合双方意见，维持。",
    }
    _asked(
        case, "petition", "manufacturing", data, [("ruling", "management.deputy_gm", ruling)]
    )  # fmt: skip


_AT = {
    "investigation": ("help_request", _help),
    "production": ("investigation_report", _report),
    "check": ("followup", _opinion),
    "negotiation": ("conveyance", _word_to_the_customer),
}
"""Stage -> the paper that belongs there, and who writes it."""
