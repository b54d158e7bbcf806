"""One complaint from the call to the posted voucher, everybody at their own screen."""

from datetime import timedelta

from browser.walks.walking import Walker

from shouwen.ground.foundation import clock


def test_a_complaint_goes_through_all_departments(walker: Walker, shipment):
    take_the_call(walker, shipment)
    find_the_cause(walker)
    rule_and_negotiate(walker)
    decide_and_close(walker)
    sign_for_the_copies(walker)
    bring_the_goods_back(walker)


def take_the_call(walker: Walker, shipment):
    today = clock.today().isoformat()
    walker.becomes("池晓光")
    walker.goes_to("受理")
    walker.types("来电号码", "0512-66880000")
    walker.sees("A1 机电", "SO-A1", "这位客户没有未结事项")
    walker.ticks_the_shipment(shipment, bad=100)
    walker.types("反映人", "王采购")
    walker.fills("事项", {"事由": "端盖表面划伤", "客户怎么说": "来料表面有明显划伤，无法装配。"})
    walker.looks_around("intake")
    walker.presses("登记")
    walker.is_told("已登记")
    walker.sees("端盖表面划伤", "池晓光")
    walker.becomes("丁一鸣")
    walker.looks_around("desk")
    walker.opens_from_the_desk("填表")
    walker.presses("送总经理室")
    walker.sees("“客户要求”未填", "“业务签注意见”未填")
    walker.fills("业务部门填报", {
        "客户要求": "退货", "客户要求说明": "不良品全部退回。", "要求退换数量": "100",
        "客诉理由已确认": True, "确认人": "丁一鸣", "确认日期": today,
        "异常样品": "随表附送", "样品标识": "S-01", "样品数量": "2", "样品存放处": "样品柜",
        "业务签注意见": "异常属实，拟请受理。",
    })  # fmt: skip
    walker.looks_around("case-form")
    walker.presses("送总经理室")
    walker.is_told("已")


def find_the_cause(walker: Walker):
    today = clock.today()
    walker.becomes("贺云舒")
    walker.opens_from_the_desk("受理编号")
    walker.fills("生产管理组受理", {"六项资料齐全": True, "样品与意见已核对": True})
    walker.presses("受理并编号")
    walker.sees(f"{today:%y%m}01", "国内客诉自总经理室受理起十五天内结案")
    walker.becomes("裴文轩")
    walker.opens_from_the_desk("质管调查")
    walker.fills("质量管理部调查", {
        "检验记录": [
            {"样品": "S-01", "检验方法": "目视", "检验结果": "划伤 2 处", "检验人": "裴文轩"},
        ],
        "检验确认": "确认异常", "调查完成日期": today, "调查经过": "取样复检。",
        "发生原因": "隔板破损。", "原因分类": "质量异常", "客诉项目": "外观与涂装",
        "责任归属部门": "冲压一课", "送生产单位": "冲压一课",
    })  # fmt: skip
    walker.presses("送生产单位")
    walker.becomes("毛志强")
    walker.opens_from_the_desk("生产对策")
    walker.sees("划伤 2 处")
    walker.fills("生产单位分析与对策", {
        "异常原因分析": "隔板未点检。", "处理对策": "更换隔板，每班点检。", "对策负责人": "雷振声",
        "对策完成期限": today + timedelta(days=10), "执行检查": "已更换。",
        "生产追溯": [{"生产单位": "冲压一课", "机班别": "3 号机 早班", "生产人员": "操作组",
                    "生产日期": "2026-01-28"}],
    })  # fmt: skip
    walker.presses("送经理室")
    walker.becomes("郝连城")
    walker.opens_from_the_desk("经理室意见")
    walker.fills("经理室意见", {"批示意见": "对策可行。", "须送研发部提示意见": True})
    walker.presses("签署意见")
    walker.is_told("已")
    walker.becomes("冉青禾")
    walker.opens_from_the_desk("研发意见")
    walker.fills("研发部意见", {"提示意见": "建议隔板改用软质材料。"})
    walker.presses("送总经理室查核")
    walker.becomes("贺云舒")
    walker.opens_from_the_desk("查核")
    walker.fills("总经理室查核", {
        "质量分析完整": True, "生产对策完整": True, "经理室及研发意见齐备": True,
    })  # fmt: skip
    walker.presses("查核完成送业务")


def rule_and_negotiate(walker: Walker):
    now = clock.now().astimezone(clock.COMPANY_ZONE)
    walker.becomes("丁一鸣")
    walker.opens_from_the_desk("业务拟意见")
    walker.fills("业务拟处理意见", {
        "处理方式": "退货", "金额": "2500", "数量": "100", "处理意见": "不良品收回。",
    })  # fmt: skip
    walker.presses("送总经理室综合")
    walker.becomes("贺云舒")
    walker.opens_from_the_desk("综合意见一")
    walker.fills("总经理室综合意见(一)", {
        "综合意见": "意见一致。", "拟定处理方式": "退货", "拟定金额": "2500", "拟定数量": "100",
        "责任归属": [{"责任单位": "冲压一课", "比率(%)": "100"}],
    })  # fmt: skip
    walker.presses("呈核批示")
    walker.becomes("顾长亭")
    walker.opens_from_the_desk("核决批示")
    ruling = {"批示处理方式": "退货", "批示金额上限": "8000", "批示数量上限": "100"}
    walker.fills("核决批示(交涉前)", {**ruling, "批示": "照拟办理。"})
    walker.presses("批示送业务执行")
    walker.sees("此项超出您的核决权限，应由副总经理核决")
    walker.fills("核决批示(交涉前)", {"批示金额上限": "2500"})
    walker.presses("批示送业务执行")
    walker.is_told("已")
    walker.becomes("丁一鸣")
    walker.opens_from_the_desk("与客户交涉")
    walker.fills("与客户交涉结果", {
        "客户接洽人": "王采购", "首次说明时间": now.strftime("%Y-%m-%dT%H:%M"), "转达方式": "电话",
        "客户答复": "接受", "商定方式": "退货", "商定金额": "2500", "商定数量": "100",
        "交涉经过与结果": "客户接受退货。",
    })  # fmt: skip
    walker.presses("送主管核阅")
    walker.becomes("章立新")
    walker.opens_from_the_desk("主管核阅")
    walker.sees("客户接受退货。")
    walker.presses("已核阅送总经理室")


def decide_and_close(walker: Walker):
    walker.becomes("贺云舒")
    walker.opens_from_the_desk("综合意见二")
    walker.fills("总经理室综合意见(二)", {
        "业务意见": "客户已接受。", "工厂意见": "对策已落实。", "综合意见": "建议照商定结果核决。",
        "建议处理方式": "退货", "建议金额": "2500", "建议数量": "100",
    })  # fmt: skip
    walker.presses("呈核决")
    walker.becomes("顾长亭")
    walker.opens_from_the_desk("核决")
    walker.fills("核决", {
        "客诉是否成立": "成立", "核决处理方式": "退货", "核决金额": "2500", "核定数量": "100",
        "核决批示": "准予照办。",
    })  # fmt: skip
    walker.presses("签署，核决")
    walker.becomes("贺云舒")
    walker.opens_from_the_desk("责任判定")
    walker.sees("责任部门损失金额", "贰仟伍佰元整")
    walker.fills("责任判定与追踪", {
        "发生单位": "冲压一课", "属我方质量问题": "是", "处理方式(厂内)": "全检在库品。",
        "改善是否列案追踪": "免列案", "免列或列案理由": "对策已完成。",
    })  # fmt: skip
    walker.looks_around("case-determination")
    walker.presses("呈主管批示")
    walker.becomes("沈若岚")
    walker.opens_from_the_desk("主管批示")
    walker.fills("主管批示", {"批示": "同意。"})
    walker.presses("批示准予结案")
    walker.becomes("贺云舒")
    walker.opens_from_the_desk("结案分联")
    walker.presses("结案并发五联")
    walker.is_told("已")
    walker.looks_around("case-closed")


def sign_for_the_copies(walker: Walker):
    for no, name in {1: "裴文轩", 2: "石建业", 4: "卞雨欣", 5: "陆怀川", 3: "丁一鸣"}.items():
        walker.becomes(name)
        walker.opens_from_the_desk(f"第 {no} 联")
        walker.presses("签收")
        walker.is_told("已签收")
    walker.looks_around("copies")


def bring_the_goods_back(walker: Walker):
    walker.opens_from_the_desk("开立成品退货单")
    walker.looks_around("settlement-slip")
    walker.presses("签署并提交")
    walker.becomes("骆静宜")
    walker.opens_from_the_desk("批示成品退货单")
    walker.presses("签署并提交")
    walker.becomes("胡满仓")
    walker.opens_from_the_desk("清点签收退货")
    walker.fills("成品仓储收料", {"实收明细": [{"实退量": "100", "品相": "划伤"}]})
    walker.looks_around("settlement-count")
    walker.presses("签署并提交")
    walker.becomes("丁一鸣")
    walker.opens_from_the_desk("取得退货证明")
    walker.fills("退货证明(三择一)", {
        "方式": "收回原统一发票", "发票号码": "FP-A1", "发票日期": "2026-02-03",
        "原发票已收回": True, "买受人已盖统一发票章": True, "扫描件": "发票.pdf",
    })  # fmt: skip
    walker.looks_around("settlement-proof")
    walker.presses("签署并提交", under="退货证明(三择一)")
    walker.becomes("卞雨欣")
    walker.opens_from_the_desk("退货作账")
    walker.sees("核定量", "允收上限")
    walker.presses("开立传票")
    walker.sees("CP", "2,500.00", "贰仟伍佰元整")
    walker.looks_around("settlement-posted")
    walker.goes_to("今日")
    walker.sees_not("退货作账")
