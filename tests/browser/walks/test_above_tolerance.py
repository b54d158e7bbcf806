"""More comes back than was approved: the voucher waits for a ruling by authority. On a phone."""

from datetime import timedelta

from browser.walks.walking import Walker
from outcomes.settlement.hands import Hands

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal


def test_an_excess_waits_for_a_ruling_by_authority(on_the_phone: Walker, cast, shipment):
    walker = on_the_phone
    with rehearsal(clock.now() - timedelta(days=5)):
        hands = Hands(cast)
        hands.released(hands.decided(shipment, "return", amount="2500", quantity="100"))
    count_what_came(walker)
    rule_on_the_excess(walker)
    post_the_voucher(walker)


def count_what_came(walker: Walker):
    """The warehouse finds ten too many, asks, and signs for what is there."""
    counted = {"实收明细": [{"实退量": "110", "品相": "划伤"}]}
    walker.becomes("胡满仓")
    walker.looks_around("phone-desk")
    walker.opens_from_the_desk("清点签收退货")
    walker.fills("成品仓储收料", counted)
    walker.looks_around("phone-count")
    walker.presses("签署并提交")
    walker.sees("R4-79")
    walker.fills("成品仓储收料", counted)
    walker.presses("实物不符,先请示")
    walker.becomes("柳大成")
    walker.opens_from_the_desk("指示实物不符的退货")
    walker.fills("不符请示", {"批示": "按实收签收。"})
    walker.presses("签署并提交")
    walker.becomes("胡满仓")
    walker.opens_from_the_desk("清点签收退货")
    walker.presses("签署并提交")


def rule_on_the_excess(walker: Walker):
    """The sales manager may send it back, but only the deputy general manager may keep it."""
    accept = {"处理": "准予收受超量", "说明": "客户盘点有误，超量一并收下。"}
    walker.becomes("卞雨欣")
    walker.goes_to("退货折让")
    walker.follows("26")
    walker.sees("超量处理批示", "等待业务部经理办理")
    walker.sees_not("开立传票")
    walker.becomes("骆静宜")
    walker.opens_from_the_desk("批示超量退货")
    walker.sees("103")
    walker.fills("超量处理批示", accept)
    walker.presses("签署并提交")
    walker.sees("副总经理")
    walker.looks_around("phone-excess")
    walker.becomes("沈若岚", refused=True)
    walker.goes_to("退货折让")
    walker.follows("26")
    walker.fills("超量处理批示", accept)
    walker.presses("签署并提交")


def post_the_voucher(walker: Walker):
    walker.becomes("丁一鸣")
    walker.opens_from_the_desk("取得退货证明")
    walker.fills("退货证明(三择一)", {
        "方式": "收回原统一发票", "发票号码": "FP-A1", "发票日期": "2026-02-03",
        "原发票已收回": True, "买受人已盖统一发票章": True, "扫描件": "发票.pdf",
    })  # fmt: skip
    walker.presses("签署并提交", under="退货证明(三择一)")
    walker.becomes("卞雨欣")
    walker.opens_from_the_desk("退货作账")
    walker.sees("110")
    walker.presses("开立传票")
    walker.sees("CP", "2,750.00", "贰仟柒佰伍拾元整")
    walker.looks_around("phone-posted")
