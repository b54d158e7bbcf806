"""Matters that turn out to be one, or two, or not over: joined, parted, taken up again."""

from dataclasses import replace
from typing import Any

from shouwen.ground.foundation import clock
from shouwen.regulations.vocabulary.cases import called_back, go_on
from shouwen.work.cases.actions import Intake
from shouwen.work.cases.centre import contacting, joining
from shouwen.work.cases.models import Case
from shouwen.work.interactions import actions as interactions
from shouwen.work.ways import filing

from .coming import Story
from .courses import Course
from .sayings import SAYINGS

REGISTERED, IN_HAND = 1, 2
"""So many acts of a complaint until it is registered, or in its handler's hands."""


def told(story: Story, title: str, way: str = "phone") -> Story:
    """The same customer brings something of his own choice, by a way of his own choice."""
    saying = next(one for one in SAYINGS if one.title == title)
    return _planned(story, saying=saying, way=way)


def _planned(story: Story, **otherwise: Any) -> Story:
    """The same customer, day and people by a plan that differs in something."""
    plan = replace(story.plan, **otherwise)
    return Story(story.people, story.gateways, plan, story.customer, story.day, story.until)


def opened(story: Story, title: str, acts: int = IN_HAND) -> Case:
    """A matter of his, so far along."""
    case = Course(told(story, title)).play(acts)
    assert case is not None
    return case


def merged(story: Story) -> Case:
    """Two of one family call about the same noise; it goes on as one matter."""
    first = opened(story, "夜里水管响")
    story.later(3)
    second = opened(_again(story), "夜里水管响", REGISTERED)
    joining.merge(second, first, reason="同一户反映同一件事。", by=story.taker)
    return first


def _again(story: Story) -> Story:
    """Another call, which the telephone system does not confuse with the first."""
    return _planned(story, index=story.plan.index + 500)


def unmerged(story: Story) -> Case:
    """Merged by mistake, and parted again the next morning."""
    first = opened(story, "楼道垃圾未清")
    story.later(2)
    second = opened(_again(story), "绿化带杂草", REGISTERED)
    link = joining.merge(second, first, reason="都是保洁的事。", by=story.taker)
    story.later(18)
    joining.undo_merge(link, by=story.people["panyuting"])
    return first


def split(story: Story) -> Case:
    """Two things came in one call; each goes its own way."""
    case = opened(story, "外卖车乱停堵门", REGISTERED)
    intake = Intake(
        case.division, story.customer, "repair", "单元门关不上",
        "同一通电话还说单元门闭门器坏了，风一吹就响。", kind="repair", wanted="更换闭门器",
        caller=case.text.caller, phone=case.text.phone,
        sheet={"address": story.customer.address},
    )  # fmt: skip
    joining.split(case, intake, reason="停车与修门由不同部门办理。", by=story.taker)
    return case


def akin(story: Story) -> Case:
    """Two matters have to do with each other and stay two."""
    first = opened(story, "修过又漏")
    story.later(5)
    second = opened(_again(story), "水费多算", IN_HAND)
    joining.link_akin(second, first, reason="水费或因漏水而多。", by=story.taker)
    return second


def second_call(story: Story) -> Case:
    """He calls once more about a matter that is open; it is counted (R5-19)."""
    case = opened(story, "停车费重复扣")
    story.later(26)
    draft = interactions.Draft(
        case.division, "退款还没有到账，什么时候能到？", customer=story.customer,
        name=story.customer.name_zh, phone=story.customer.phone, subject=case.title,
        more=story.gateways.named("phone"),
    )  # fmt: skip
    spoken = interactions.record_interaction(draft, by=story.handler)
    contacting.tie_contact(spoken, case, by=story.handler)
    return case


def _filed(story: Story) -> Story:
    return told(story, "停车费重复扣", "web")


def reopened(story: Story) -> Case:
    """Closed, and three days later he says on the portal that it is not done; then it is."""
    web = _filed(story)
    case = Course(web).play()
    assert case is not None
    story.later(70)
    filing.judge(web.spoken, False, "退款只到了一半。")
    case.refresh_from_db()
    story.later(2)
    done = {"measures": "与财务核对后补退另一半。", "result": "已全额退回", "met": "yes_"}
    go_on(case, data=done, by=web.handler)
    filing.answer(web.spoken, "另一半今天已退回，请查收。", by=web.handler, definite=True)
    story.later(20)
    called_back(case, True, "都到了。", by=case.first_owner)
    return go_on(case, by=case.first_owner)


def anew(story: Story) -> Case:
    """He says so after the company's days: a new matter is filed and linked to the old one."""
    web = _filed(story)
    case = Course(web).play()
    assert case is not None
    story.later(40 * 24)
    filing.judge(web.spoken, False, "这个月又扣了两次。")
    fresh = Case.objects.select_related("division", "first_owner").get(origin=case)
    story.later(3)
    owner, handler = fresh.first_owner, web.handler
    graded = {"category": "billing", "grade": "small", "true_cause": "扣款接口未改",
              "handler": handler}  # fmt: skip
    go_on(fresh, by=owner)
    go_on(fresh, data=graded, by=story.people["panyuting"])
    return go_on(
        fresh,
        data={"measures": f"已改接口并退款，{clock.today():%m-%d} 复核。", "result": "已退",
              "met": "yes_"},
        by=handler,
    )  # fmt: skip
