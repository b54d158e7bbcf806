"""What people write on the complaint form when a story is played, department by department."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit
from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Shipment

Data = dict[str, Any]


@dataclass
class Story:
    """What a complaint is about; everything has a default that goes through."""

    shipment: Shipment
    defective: Decimal = Decimal(10)
    title: str = "表面划伤"
    phenomenon: str = "来料表面有明显划伤,长约 30 mm,无法装配使用。"
    demand: str = "allowance"
    method: str = "allowance"
    amount: str = "3000"
    quantity: str = ""
    cause_item: str = "surface"
    negligence: bool = False
    upheld: bool = True
    rnd: bool = False
    tracked: str = "exempt"
    severity: int = 1
    overrides: dict[str, Data] = field(default_factory=dict)
    """Section -> fields that are to be written otherwise."""


def _unit(case: Case, function: str) -> Unit:
    units = org.units_with(function, case.division)
    return units[-1]


def _person(case: Case, role: str) -> int:
    return org.people(role, case.division)[0].pk


def _today() -> str:
    return clock.today().isoformat()


def _days(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def _intake(case: Case, story: Story) -> Data:
    shipment, line = story.shipment, story.shipment.order_line
    data: Data = {
        "received_at": case.opened_at.isoformat(),
        "reporter": "王采购",
        "lines": [
            {
                "order": line.order.number,
                "part": line.product.part_number,
                "ship_date": shipment.shipped_on.isoformat(),
                "quantity": str(shipment.quantity),
                "defective": str(min(story.defective, shipment.quantity)),
            }
        ],
        "phenomenon": story.phenomenon,
        "demand": story.demand,
        "demand_text": "请尽快确认并给予处理。",
        "grounds_confirmed": True,
        "grounds_by": case.salesperson_id,
        "grounds_on": _today(),
        "grounds_remark": "已核对照片与送货单。",
        "sample": "attached",
        "sample_label": "S-01",
        "sample_quantity": "2",
        "sample_place": "业务部样品柜 3 号",
        "opinion": "异常属实,拟请总经理室受理。",
    }
    if story.demand in ("allowance", "compensation"):
        data["demand_amount"] = story.amount
    if story.demand in ("return", "exchange"):
        data["demand_quantity"] = story.quantity or str(story.defective)
    return data


def _acceptance(case: Case, story: Story) -> Data:
    return {"checked_data": True, "checked_sample": True}


def _investigation(case: Case, story: Story) -> Data:
    quality = _person(case, "quality")
    return {
        "inspections": [
            {"sample": "S-01", "method": "目视与卡尺", "result": "划伤 2 处", "inspector": quality}
        ],
        "verdict": "confirmed" if story.upheld else "not_confirmed",
        "investigated_on": _today(),
        "findings": "取样复检并调阅出货检验记录。",
        "cause": "周转箱隔板破损,搬运时相互摩擦。",
        "cause_class": "non_quality" if story.negligence else "quality",
        "negligence": story.negligence,
        "cause_item": story.cause_item,
        "liable_unit": _unit(case, "manufacturing").pk,
        "production_unit": _unit(case, "manufacturing").pk,
        "rnd_needed": story.rnd,
    }


def _production(case: Case, story: Story) -> Data:
    line = story.shipment.order_line
    return {
        "cause": "隔板未按周期点检。",
        "countermeasure": "更换隔板,列入每班点检。",
        "owner": _person(case, "manufacturing"),
        "due_on": _days(10),
        "execution": "已更换并点检。",
        "trace": [
            {
                "part": line.product.part_number,
                "production_unit": _unit(case, "manufacturing").name_zh,
                "machine_shift": "3 号机 早班",
                "people": "操作组",
                "produced_on": (story.shipment.shipped_on - timedelta(days=6)).isoformat(),
            }
        ],
    }


def _opinion(case: Case, story: Story) -> Data:
    return {"opinion": "同意所拟对策,请落实。"}


def _check(case: Case, story: Story) -> Data:
    return {"has_quality": True, "has_production": True, "has_opinions": True}


def _method(story: Story, prefix: str = "") -> Data:
    """Method, amount and quantity as they are put up; nothing when the complaint is not upheld."""
    if not story.upheld or story.method == "none":
        return {f"{prefix}method": "none"}
    data: Data = {f"{prefix}method": story.method, f"{prefix}amount": story.amount}
    if story.method in ("return", "exchange", "rework"):
        data[f"{prefix}quantity"] = story.quantity or str(story.defective)
    return data


def _proposal(case: Case, story: Story) -> Data:
    return {**_method(story), "reason": "客户长期合作,建议依实际损失处理。"}


def _liability(case: Case) -> list[Data]:
    return [{"unit": _unit(case, "manufacturing").pk, "ratio": "100"}]


def _first_opinion(case: Case, story: Story) -> Data:
    return {
        "opinion": "业务与工厂意见一致。",
        **_method(story, "proposed_"),
        "liability": _liability(case),
    }


def _ruling(case: Case, story: Story) -> Data:
    return {**_method(story), "instruction": "照拟办理。"}


def _negotiation(case: Case, story: Story) -> Data:
    return {
        "contact": "王采购",
        "contacted_at": clock.now().isoformat(),
        "channel": "telephone",
        "answer": "accepts",
        **_method(story, "agreed_"),
        "result": "客户接受我方处理。",
    }


def _consolidated(case: Case, story: Story) -> Data:
    return {
        "sales_view": "客户已接受。",
        "factory_view": "对策已落实。",
        "opinion": "建议照商定结果核决。",
        **_method(story),
    }


def _decision(case: Case, story: Story) -> Data:
    upheld = "upheld" if story.upheld else "not_upheld"
    return {"upheld": upheld, **_method(story), "instruction": "准予照办。"}


def _determination(case: Case, story: Story) -> Data:
    data: Data = {
        "originating_unit": _unit(case, "manufacturing").pk,
        "our_fault": "our" if story.upheld else "not_ours",
        "handling": "全检在库品并更换隔板。",
        "tracked": story.tracked,
        "tracked_reason": "属人为疏忽,免列案追踪。" if story.negligence else "对策已完成,免列案。",
        "liability": _liability(case),
    }
    if story.tracked == "tracked":
        data |= {
            "improvement": "建立周转箱点检制度。",
            "improvement_owner": _person(case, "manufacturing"),
            "improvement_due": _days(30),
        }
    return data


def _instruction(case: Case, story: Story) -> Data:
    return {"text": "同意,照罚扣标准办理。"}


WRITTEN: dict[str, Callable[[Case, Story], Data]] = {
    "draft": _intake,
    "acceptance": _acceptance,
    "investigation": _investigation,
    "production": _production,
    "plant_opinion": _opinion,
    "rnd_opinion": _opinion,
    "check": _check,
    "proposal": _proposal,
    "first_opinion": _first_opinion,
    "ruling": _ruling,
    "negotiation": _negotiation,
    "consolidated": _consolidated,
    "decision": _decision,
    "determination": _determination,
    "instruction": _instruction,
}
