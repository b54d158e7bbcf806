"""A complaint that is not upheld: what is owed is collected, unless the customer objects."""

from datetime import timedelta

from browser.walks.walking import Walker

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, walk


def test_what_is_not_upheld_is_collected_until_the_customer_objects(walker: Walker, shipment):
    with rehearsal(clock.now() - timedelta(days=5)):
        story = Story(shipment, demand="explain", upheld=False)
        case = open_complaint(story)
        walk(case, story, "decision", wait=timedelta(hours=2))
    decide_against_it(walker)
    collect_and_be_objected_to(walker)


def decide_against_it(walker: Walker):
    walker.becomes("顾长亭")
    walker.opens_from_the_desk("办理“核决”")
    words = {"客诉是否成立": "不成立", "核决批示": "样品复检合格，客诉不成立。"}
    walker.fills("核决", {**words, "核决处理方式": "折让", "核决金额": "100"})
    walker.presses("签署，核决")
    walker.sees("客诉不成立时处理方式须为“不予处理”")
    walker.fills("核决", {"核决处理方式": "不予处理"})
    walker.presses("签署，核决")
    walker.becomes("贺云舒")
    walker.opens_from_the_desk("责任判定")
    walker.fills("责任判定与追踪", {
        "属我方质量问题": "否", "改善是否列案追踪": "免列案", "免列或列案理由": "非我方责任。",
    })  # fmt: skip
    walker.presses("呈主管批示")
    walker.becomes("沈若岚")
    walker.opens_from_the_desk("主管批示")
    walker.fills("主管批示", {"批示": "同意。"})
    walker.presses("批示准予结案")
    walker.becomes("贺云舒")
    walker.opens_from_the_desk("结案分联")
    walker.presses("结案并发五联")


def collect_and_be_objected_to(walker: Walker):
    today = clock.today().isoformat()
    walker.becomes("丁一鸣")
    walker.opens_from_the_desk("业务员在规定收款期内收回应收账款")
    walker.sees("FP-A1", "25,000.00", "待收")
    walker.looks_around("collection")
    walker.follows("划伤")
    walker.files_a_paper("客户异议呈报")
    walker.fills("异议", {"异议日期": today, "客户理由": "样品与来料批次不同，要求复检。"})
    walker.looks_around("objection")
    walker.presses("签署并提交")
    walker.sees("样品与来料批次不同，要求复检。")
    walker.goes_to("退货折让")
    walker.follows("应收账款")
    walker.looks_around("collections")
    walker.sees("FP-A1", "客户异议中")
    walker.becomes("顾长亭")
    walker.looks_around("desk-objection")
    walker.opens_from_the_desk("异议")
    walker.fills("上级处理", {"决定": "维持原议", "说明": "复检结果一致。"})
    walker.presses("签署答复")
    walker.becomes("丁一鸣")
    walker.goes_to("退货折让")
    walker.follows("应收账款")
    walker.follows("26")
    walker.sees("待收")
