"""A small factory, set up by the verbs themselves."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from keeping import lay

from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.org import actions as org

START = "2026-01-05 09:00"


@pytest.fixture
def now():
    """The day stands still unless a test moves it."""
    with rehearsal("2026-03-10 10:00") as time:
        yield time


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text + "+08:00").astimezone(UTC)


@pytest.fixture
def factory(db, now):
    """Group > factory > sales (domestic group), quality, gm office (pm group); a bare sister."""
    now.move(moment(START))
    c = lay("the small factory", _factory)
    c.now = now
    now.move(moment("2026-03-10 10:00"))
    return c


def _factory():
    c = SimpleNamespace()
    c.group = org.add_unit("group", name_zh="集团", name_en="Group")
    c.rules = org.add_unit("rules", name_zh="制度室", function="rules_office", parent=c.group)
    c.factory = org.add_unit(
        "factory", name_zh="工厂", name_en="Factory", function="management", parent=c.group,
        division=True,
    )  # fmt: skip
    c.sister = org.add_unit("sister", name_zh="物业", parent=c.group, division=True)
    c.sales = org.add_unit("sales", name_zh="业务部", function="sales", parent=c.factory)
    c.domestic = org.add_unit("domestic", name_zh="内销组", function="sales", parent=c.sales)
    c.quality = org.add_unit("quality", name_zh="质管部", function="quality", parent=c.factory)
    c.office = org.add_unit("office", name_zh="总经理室", function="gm_office", parent=c.factory)
    c.pm_group = org.add_unit("pm", name_zh="生产管理组", function="pm_group", parent=c.office)
    seats = [
        ("gm", "高远", c.factory, "总经理", "gm"),
        ("deputy", "傅立", c.factory, "副总经理", "deputy_gm"),
        ("sales_head", "单明", c.sales, "业务经理", "manager"),
        ("lead", "林青", c.domestic, "内销主管", "supervisor"),
        ("seller", "陈晨", c.domestic, "业务员", "staff"),
        ("seller2", "周舟", c.domestic, "内勤", "staff"),
        ("inspector", "秦思", c.quality, "检验员", "staff"),
        ("office_head", "欧阳平", c.office, "总经理室经理", "manager"),
        ("registrar", "曾可", c.pm_group, "登记员", "staff"),
        ("keeper", "柯守", c.rules, "制度管理员", "manager"),
    ]
    for key, name, unit, title, rank in seats:
        person = org.hire(key, name_zh=name)
        post = org.add_post(unit, title, rank=rank)
        setattr(c, f"{key}_seat", org.appoint(person, post))
        setattr(c, key, person)
    return c


REGULATION = """
code: R4
title: {zh: 客诉处理办法, en: Quality complaints}
purpose: {zh: 试, en: A test}
edition: {number: 1, since: 2024-01-01}
groups:
  - {key: authority, title: {zh: 核决, en: Authority}}
"""
CLAUSES = """
- id: R4-39
  text: {zh: 核决, en: Authority}
  kind: authority
  mode: enforced
  module: approvals
  group: authority
  spec: {decides: decision, table: R4-39.authority, levels: {sales_manager: sales.manager}}
  values:
    - key: R4-39.authority
      label: {zh: 核决权限表, en: Authority}
      type: table
      columns:
        - key: level
          label: {zh: 级别, en: Level}
          type: choice
          choices:
            - {key: sales_manager, label: {zh: 业务部经理, en: Sales manager}}
            - {key: gm, label: {zh: 总经理, en: General manager}}
        - {key: max_amount, label: {zh: 上限, en: Up to}, type: money, optional: true, min: 0}
- id: R4-76
  text: {zh: 超量允收比率, en: Tolerance}
  kind: norm
  mode: recorded
  module: returns_settlement
  group: authority
  spec: {stands_for: setting, item: tolerance}
  values:
    - {key: R4-76.tolerance, label: {zh: 比率, en: Tolerance}, type: percent, min: 0, max: 100}
"""


@pytest.fixture
def rules(db, tmp_path):
    """Two clauses that leave something open: a table of authority and a percentage."""
    from shouwen.ground.policy.loading import load_all

    folder = tmp_path / "r04_quality_complaints"
    folder.mkdir()
    (folder / "regulation.yaml").write_text(REGULATION, encoding="utf-8")
    (folder / "clauses.yaml").write_text(CLAUSES, encoding="utf-8")
    load_all(root=tmp_path)
