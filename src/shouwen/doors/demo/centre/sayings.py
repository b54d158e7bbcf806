"""What people of the demo's housing estate say, and how it ends."""
# ruff: noqa: E501 - a table is read by its columns

from typing import NamedTuple


class Saying(NamedTuple):
    """One matter in words."""

    kind: str
    category: str
    grade: str
    title: str
    words: str
    wanted: str
    cause: str
    measure: str
    result: str
    answer: str

    @property
    def nature(self) -> str:
        """What the contact is about."""
        return {"complaint": "problem", "consultation": "enquiry", "repair": "service"}.get(
            self.kind, "demand"
        )


# fmt: off
SAYINGS = (
    Saying("complaint", "noise", "small", "楼上午休装修", "楼上每天中午都在敲墙，老人没法休息。", "午休时间停止施工", "装修公司不知道午休规定", "上门告知规定并张贴施工时间", "午休时间已停工", "已与装修公司约定，十二点到两点半不施工。"),
    Saying("complaint", "cleaning", "small", "楼道垃圾未清", "三楼楼道堆着纸箱两天没有人收。", "当天清走", "保洁员请假未安排替班", "当日清运并补排替班", "楼道已清理", "垃圾已清走，以后请假有人替班。"),
    Saying("complaint", "security", "big", "外卖车乱停堵门", "单元门口天天被电动车堵住，推婴儿车出不去。", "门口划禁停区", "门口没有停放标识", "划线并安排巡查", "门口已划禁停区", "禁停线已划好，早晚各巡查一次。"),
    Saying("complaint", "billing", "small", "水费多算", "上月水费比平时多一倍，家里没有人住。", "核对水表退回多收", "抄表看错一位", "复抄并更正账单", "退回多收水费", "账单已更正，多收部分下月抵扣。"),
    Saying("complaint", "staff", "big", "前台态度生硬", "昨天到前台问事，接待的人头也不抬。", "当面道歉", "交班时人手不足", "当面致歉并调整交班时段", "客户接受道歉", "已由班长当面致歉，交班时段加派一人。"),
    Saying("complaint", "repair_work", "serious", "阳台护栏松动", "阳台护栏一推就晃，家里有小孩。", "马上来固定", "膨胀螺栓锈蚀", "当日更换螺栓并排查同户型", "护栏已固定", "护栏已加固，同户型明天全部排查。"),
    Saying("consultation", "parking", "", "停车证怎么办", "刚换了车，停车证要带什么材料？", "", "", "", "", "带行驶证和身份证到前台，当场换证。"),
    Saying("consultation", "billing", "", "物业费怎么交", "不在本市，物业费能不能线上交？", "", "", "", "", "可以在网站上按房号缴纳，发票寄到邮箱。"),
    Saying("consultation", "repair", "", "电梯多久保养", "最近电梯有异响，多久保养一次？", "", "", "", "", "每半个月保养一次，本周四上午停梯保养。"),
    Saying("repair", "repair", "", "厨房下水堵塞", "厨房水槽不下水，已经漫出来了。", "尽快疏通", "", "疏通管道并清理油污", "", "师傅已疏通，三天内再堵免费上门。"),
    Saying("repair", "repair", "", "楼道灯不亮", "五楼楼道灯坏了好几天。", "更换灯具", "", "更换声控灯", "", "灯已换好。"),
    Saying("repair", "repair", "", "门禁打不开", "单元门禁刷卡没有反应。", "修好门禁", "", "更换读卡器", "", "门禁已修好，旧卡仍可使用。"),
    Saying("request", "parking", "", "申请临时车位", "下周亲戚来住，需要一个临时车位。", "下周一可用", "", "", "已安排 B12 车位", "B12 车位已留好，到门岗登记即可。"),
    Saying("request", "billing", "", "补开发票", "请补开上季度物业费发票。", "本周寄出", "", "", "发票已寄出", "发票今天寄出，单号已发给您。"),
)
# fmt: on
