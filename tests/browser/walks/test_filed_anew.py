"""The customer does not accept the conclusion: a new form is filed, the old one behind it."""

from datetime import timedelta

import pytest
from browser.walks.walking import Walker

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, walk


@pytest.fixture
def closed(cast, shipment):
    """An allowance of 3,000, closed some days ago."""
    with rehearsal(clock.now() - timedelta(days=5)):
        story = Story(shipment)
        return walk(open_complaint(story), story, "closed", wait=timedelta(hours=2))


def test_a_closed_complaint_is_filed_anew(walker: Walker, closed):
    file_a_new_form(walker, closed)
    accept_it_under_its_own_number(walker, closed)
    find_both(walker, closed)


def file_a_new_form(walker: Walker, closed):
    walker.becomes("丁一鸣")
    walker.goes_to("案件")
    walker.follows("已结案")
    walker.looks_around("list-closed")
    walker.follows(closed.number)
    walker.looks_around("case-closed-ways")
    walker.follows("客户不接受结论:另填新表")
    walker.presses("另填新表")
    walker.looks_around("refile")
    walker.types("客户不接受的理由与现在的要求", "折让不足以弥补停线损失，要求退货。")
    walker.presses("另填新表")
    walker.is_told("已另填新表")
    walker.sees(closed.number, "折让不足以弥补停线损失，要求退货。")
    walker.looks_around("case-refiled")
    walker.fills("业务部门填报", {
        "客户要求": "退货", "客户要求说明": "改为退货。", "要求退换数量": "10",
        "客诉理由已确认": True, "确认人": "丁一鸣", "确认日期": clock.today(),
        "异常样品": "无样品", "无样品原因": "样品已随原表附送。", "业务签注意见": "拟请重新受理。",
    })  # fmt: skip
    walker.presses("送总经理室")


def accept_it_under_its_own_number(walker: Walker, closed):
    walker.becomes("贺云舒")
    walker.opens_from_the_desk("受理编号")
    walker.sees(closed.number)
    walker.fills("生产管理组受理", {"六项资料齐全": True, "样品与意见已核对": True})
    walker.presses("受理并编号")
    fresh = closed.refiled.get()
    assert fresh.number
    assert fresh.number != closed.number
    walker.sees(fresh.number, "国内客诉自总经理室受理起十五天内结案")


def find_both(walker: Walker, closed):
    fresh = closed.refiled.get()
    walker.follows(closed.number)
    walker.sees("已结案", fresh.number)
    walker.sees(f"原案已另填新表 {fresh.number},正在处理")
