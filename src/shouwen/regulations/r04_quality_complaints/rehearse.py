"""Play a quality complaint through its departments, with what people would write by default.

Scenarios, the demo company and the browser tests all walk with these steps, so that none of them
reaches a state that the verbs would not have allowed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Section
from shouwen.engines.flows import queries as flows
from shouwen.engines.flows.circumstances import Circumstances, flow_of
from shouwen.engines.flows.models import Run
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.work.cases import actions as cases
from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Shipment

Data = dict[str, Any]
Overrides = Mapping[str, Data]


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


def open_complaint(story: Story, *, by: Person | None = None) -> Case:
    """Take the call: the case and its form, with what the caller says."""
    line = story.shipment.order_line
    customer = line.order.customer
    agent = by or customer.salesperson or org.people("sales", customer.division)[0]
    intake = cases.Intake(
        division=customer.division,
        customer=customer,
        category="product_quality",
        title=f"{line.product.name} {story.title}",
        description=story.phenomenon,
        severity=story.severity,
        caller="王采购",
        phone="13800138000",
    )
    return cases.open_case(intake, by=agent, at=clock.now())


def step(case: Case, story: Story, *, by: Person | None = None, key: str = "") -> Run:
    """Do what the current stage asks for and send the case on."""
    run = flows.run_of(case)
    data, version = _written(case, story, run.stage)
    move = key or next(act.move for act in flow_of(run).moves_from(run.stage))
    return cases.move(case, move, by=by or actor(case, run), data=data, version=version)


def write(case: Case, story: Story, *, by: Person | None = None) -> Section:
    """Save what the current stage asks for, neither signed nor sent on."""
    run = flows.run_of(case)
    data, version = _written(case, story, run.stage)
    by = by or actor(case, run)
    return cases.save_section(case, stage_section(run.stage), data or {}, version=version, by=by)


def _written(case: Case, story: Story, stage: str) -> tuple[Data | None, int]:
    """What is typed at a stage, over what stands there; a field told as None is left empty."""
    if stage not in WRITTEN:
        return None, 0
    sheet = cases.sheet_of(case)
    part = next(part for part in sheet.sections.all() if part.key == stage_section(stage))
    defaults = {**papers.data_to_edit(sheet, part.key), **WRITTEN[stage](case, story)}
    data = {**defaults, **story.overrides.get(part.key, {})}
    return {key: value for key, value in data.items() if value is not None}, part.version


def walk(case: Case, story: Story, upto: str, *, wait: timedelta | None = None) -> Case:
    """Step on until the case stands at `upto`; `wait` passes before each step in a rehearsal."""
    for _ in range(40):
        case.refresh_from_db()
        if case.stage == upto or case.state == "closed":
            return case
        step(case, story)
        if wait:
            clock.wait(wait)
    raise RuntimeError(f"{case} never came to {upto}")


def actor(case: Case, run: Run) -> Person:
    """Somebody whose step it is: the customer's own salesperson wherever he may."""
    need = Circumstances(run).situation.need
    people = [one for role in need.roles for one in org.people(role, case.division)]
    free = [one for one in people if one.pk not in need.barred]
    return next((one for one in free if one.pk == case.salesperson_id), free[0])


def stage_section(stage: str) -> str:
    """The section a stage fills; the draft fills the intake."""
    return "intake" if stage == "draft" else stage


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


def shipped_before(day: date, division: Unit) -> Shipment:
    """A shipment of the division that a customer could complain about on a day."""
    found = (
        Shipment.objects.filter(order_line__order__division=division, shipped_on__lt=day)
        .select_related("order_line__order__customer", "order_line__product")
        .order_by("-shipped_on", "-id")
        .first()
    )
    if found is None:
        raise LookupError(f"nothing was shipped before {day}")
    return found
