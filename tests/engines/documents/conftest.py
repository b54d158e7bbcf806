"""One factory with the papers of regulation 4, set up by verbs; people named for what they do."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from django.core.files.base import ContentFile
from keeping import lay

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import Rehearsal, rehearsal
from shouwen.ground.org import actions as org
from shouwen.ground.org import roster
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.models import Edition, Regulation

FOLDER = Path(__file__).parents[3] / "src/shouwen/regulations/r04_quality_complaints"
HEAD = {"code": "R4", "title": "客诉处理办法", "purpose": "迅速处理客诉"}
SEATS = [
    ("gm", "高远", "Gao Yuan", "factory", "gm"),
    ("deputy", "傅立群", "Fu Liqun", "factory", "deputy_gm"),
    ("seller", "陈晨", "Chen Chen", "sales", "staff"),
    ("seller2", "周舟", "Zhou Zhou", "sales", "staff"),
    ("sales_head", "单明", "Shan Ming", "sales", "manager"),
    ("inspector", "秦思齐", "Qin Siqi", "quality", "staff"),
    ("foreman", "马工", "Ma Gong", "workshop", "supervisor"),
    ("clerk", "曾可", "Zeng Ke", "pm_group", "staff"),
    ("bookkeeper", "钱谨", "Qian Jin", "accounting", "staff"),
    ("keeper", "仓庚", "Cang Geng", "warehouse", "staff"),
]
UNITS = [
    ("sales", "业务部", "Sales", "sales"),
    ("quality", "质量管理部", "Quality Management", "quality"),
    ("workshop", "制造部", "Manufacturing", "manufacturing"),
    ("gm_office", "总经理室", "GM Office", "gm_office"),
    ("accounting", "会计科", "Accounting", "accounting"),
    ("warehouse", "成品仓储", "Warehouse", "warehouse"),
]


@pytest.fixture
def now() -> Iterator[Rehearsal]:
    """The day stands still unless a test moves it."""
    with rehearsal("2026-03-10 10:00") as time:
        yield time


@pytest.fixture
def company(db: None, now: Rehearsal) -> SimpleNamespace:
    """Group > factory with its departments and a sister; regulation 4 adopted by the factory."""
    c = lay("the factory with papers", lambda: build_company(now))
    c.now = now
    return c


def build_company(now: Rehearsal) -> SimpleNamespace:
    """The factory of the tests, in whatever database is open."""
    roster.forget()
    publish_papers()
    moment, now.at = now.at, clock.local(clock.day_of(now.at).replace(month=1, day=5))
    c: Any = SimpleNamespace(now=now)
    c.group = org.add_unit("group", name_zh="远山集团", name_en="Yuanshan Group")
    c.factory = org.add_unit(
        "factory", name_zh="远山精密制造厂", name_en="Yuanshan Precision Works",
        function="management", parent=c.group, division=True,
    )  # fmt: skip
    c.sister = org.add_unit("sister", name_zh="远山物业", parent=c.group, division=True)
    for code, zh, en, function in UNITS:
        unit = org.add_unit(code, name_zh=zh, name_en=en, function=function, parent=c.factory)
        setattr(c, code, unit)
    c.pm_group = org.add_unit(
        "pm_group", name_zh="生产管理组", name_en="PM group", function="pm_group",
        parent=c.gm_office,
    )  # fmt: skip
    for key, zh, en, unit, rank in SEATS:
        person = org.hire(key, name_zh=zh, name_en=en)
        org.appoint(person, org.add_post(getattr(c, unit), f"{zh}之职", rank=rank))
        setattr(c, key, person)
    c.outsider = org.hire("outsider", name_zh="外人")
    org.appoint(c.outsider, org.add_post(c.sister, "管家"))
    org.adopt_regulation(c.factory, "R4", 1)
    now.at = moment
    return c


@cache
def papers() -> dict[str, Any]:
    """The forms of regulation 4 as they are written."""
    found: dict[str, Any] = yaml.safe_load((FOLDER / "forms.yaml").read_text())
    return found


def publish_papers(number: int = 1, since: str = "2026-01-01", **changes: Any) -> None:
    """An edition of regulation 4 that has its papers and nothing else."""
    forms = papers() | changes
    head = HEAD | {"edition": {"number": number, "since": since}}
    body = {"regulation": head, "clauses": [], "forms": forms, "flow": None}
    regulation, _new = Regulation.objects.get_or_create(code="R4")
    Edition.objects.create(
        regulation=regulation, number=number, since=since, published_at=clock.now(),
        digest=f"{number}", version=f"{number}-{json.dumps(changes)[:40]}", body=json.dumps(body),
    )  # fmt: skip
    policy.forget()


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc33000000"
    "0049454e44ae426082"
)
"""The smallest picture."""


def named(name: str, content: bytes) -> ContentFile:
    """A file as it comes from a form."""
    return ContentFile(content, name=name)


SLIP = {
    "reason": "尺寸不符",
    "handling": "return",
    "basis": "260301",
    "lines": [{"order": "SO-1", "part": "P-1", "approved": "100", "unit_price": "5.00"}],
}
NOTICE = {
    "cause_item": "尺寸不符",
    "kind": "penalty",
    "amount": "200.00",
    "reason": "首件检验未做",
}


@pytest.fixture
def slip(company: SimpleNamespace) -> Sheet:
    """A return slip of the factory, filled in and signed by sales."""
    sheet = documents.open_sheet("return_slip", division=company.factory, by=company.seller)
    documents.save_section(sheet, "slip", SLIP, version=0, by=company.seller)
    documents.sign_section(sheet, "slip", by=company.seller)
    return sheet


@pytest.fixture
def intake() -> dict[str, Any]:
    """The first section of a complaint form as sales types it."""
    row = {"order": "SO-2026-118", "part": "YS-6204-ZZ", "ship_date": "2026年2月20日"}
    return {
        "received_at": "2026-03-10 09:20",
        "reporter": "刘经理",
        "reporter_phone": "021-6543 2100",
        "lines": [{**row, "quantity": "1,200", "defective": "86"}],
        "phenomenon": "内径超差,装配后异响。",
        "demand": "return",
        "demand_text": "要求退回不良品并更换合格品。",
        "demand_quantity": "86",
        "grounds_confirmed": True,
        "grounds_by": "1",
        "grounds_on": "2026-03-10",
        "sample": "attached",
        "sample_label": "S-01",
        "sample_quantity": "3",
        "sample_place": "业务部样品柜",
        "opinion": "情况属实,请速查明原因。",
    }
