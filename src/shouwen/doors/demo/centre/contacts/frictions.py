"""Where colleagues have to act: asked, called upon, complained of; and what their managers say."""

from datetime import timedelta

from django.db import models

from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.outcomes.conduct import actions as conduct
from shouwen.outcomes.conduct.models import Finding, Grievance
from shouwen.regulations.vocabulary.cases import answer_paper, file_paper, go_on
from shouwen.work.cases.centre import owning
from shouwen.work.cases.models import Case
from shouwen.work.interactions import actions as interactions
from shouwen.work.reception import actions as reception

from .coming import Story
from .courses import Course
from .joined import opened, told


def _grievance(story: Story, words: str) -> Grievance:
    """A customer complains about the gate guard; the desk writes it down (R3-39)."""
    draft = interactions.Draft(
        story.gateways.division, "", customer=story.customer, name=story.customer.name_zh,
        phone=story.customer.phone, more=story.gateways.named("phone"),
    )  # fmt: skip
    guard = story.people["pengzhigang"]
    return conduct.take_grievance(draft, guard, "rude", words, by=story.taker)


def grievance(story: Story) -> models.Model:
    """It waits for his superior."""
    return _grievance(story, "门岗放行时大声呵斥，孩子都吓哭了。")


def upheld(story: Story) -> models.Model:
    """His superior finds it true; he admits it and is admonished."""
    kept = _grievance(story, "进门问路，门岗说了一句“自己不会看吗”。")
    lead, guard = story.people["xuguangyao"], story.people["pengzhigang"]
    story.later(20)
    conduct.decide_grievance(kept, True, "录像与当班记录属实。", by=lead)
    finding = Finding.objects.get(grievance=kept)
    story.later(5)
    conduct.acknowledge(finding, by=guard)
    story.later(20)
    return conduct.decide_finding(finding, True, "态度生硬，当面批评，不再处分。", by=lead)


def expert(story: Story) -> Case:
    """The agent does not know, says so, and asks whoever knows (R3-26)."""
    case = Course(told(story, "电梯多久保养")).play(1)
    assert case is not None
    boss = story.people["zhaotiezhu"]
    question = {
        "explanation": "已告知向工程部核实，今天内回电。", "question": "电梯异响的原因与保养日程？",
        "expert": boss, "due_on": (clock.today() + timedelta(days=1)).isoformat(),
    }  # fmt: skip
    paper = file_paper(case, "expert_question", question, by=case.first_owner)
    story.later(3)
    answer_paper(paper, "answer", {"text": "导靴磨损，周四上午停梯更换并保养。"}, by=boss)
    story.later(0.5)
    said = {"text": "异响是导靴磨损，周四上午停梯更换，以后每半个月保养一次。", "satisfied": "yes_"}
    return go_on(case, data=said, by=case.first_owner)


def task(story: Story) -> Case:
    """Another department does a part of it, and answers (R2-06)."""
    case = opened(story, "绿化带杂草")
    cleaning = story.people["heyunxia"]
    unit = org.unit("property_cleaning")
    due = (clock.today() + timedelta(days=2)).isoformat()
    asked = {"unit": unit, "what": "请本周内修剪一栋前绿化带并喷药。", "due_on": due}
    paper = file_paper(case, "department_task", asked, by=story.handler)
    story.later(2)
    answer_paper(paper, "acceptance", {"accepted_by": cleaning, "promised_on": due}, by=cleaning)
    story.later(26)
    answer_paper(paper, "answer", {"text": "已修剪并喷药，照片存档。"}, by=cleaning)
    return case


def major(story: Story) -> Case:
    """A matter that concerns the whole company goes to the general manager at once (R5-12)."""
    case = opened(story, "阳台护栏松动")
    owning.report_major(case, why="同户型十八户都可能有同样的隐患。", by=case.first_owner)
    story.later(1)
    return owning.acknowledge_major(case, by=story.people["xuguangyao"])


def uncooperative(story: Story) -> Case:
    """A department does not help; its manager in charge rules (R3-37)."""
    case = opened(story, "陌生人上楼推销")
    unit = org.unit("property_security")
    manager = story.people["tangwanrou"]
    facts = {
        "unit": unit, "facts": "两次请秩序维护部调录像，均答复“没空”。", "manager": manager,
    }  # fmt: skip
    paper = file_paper(case, "non_cooperation", facts, by=case.first_owner)
    story.later(6)
    ruled = {"result": "upheld", "reason": "请今天内提供录像，并在晨会上说明。"}
    answer_paper(paper, "decision", ruled, by=manager)
    return case


def waiting(story: Story) -> models.Model:
    """Somebody stands at the front desk this very hour."""
    draft = reception.Arrival(
        story.gateways.division, story.customer.name_zh, "想当面谈谈装修押金怎么退。", story.taker,
        customer=story.customer, phone=story.customer.phone, nature="enquiry",
    )  # fmt: skip
    return reception.register_visit(draft, by=story.handler)
