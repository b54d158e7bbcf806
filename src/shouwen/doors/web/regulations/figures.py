"""The figures of a clause and the values of the company, as lines one can read."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from shouwen.doors.web import saying
from shouwen.ground.foundation import money
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.foundation.words import listed
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.shapes import Clause
from shouwen.ground.policy.values import Column, ValueSpec

Line = tuple[str, str]

LABELS = {
    "days": N_("期限"),
    "hours": N_("期限"),
    "minutes": N_("期限"),
    "starts": N_("起算"),
    "stops": N_("截止"),
    "owner": N_("承办"),
    "by": N_("由谁"),
    "warn_days": N_("提前提醒"),
    "every": N_("周期"),
    "due_day": N_("每期截止"),
    "form": N_("单据"),
    "section": N_("栏目"),
    "copies": N_("联数"),
    "holders": N_("存放"),
    "signers": N_("签署"),
    "approved_by": N_("批准"),
    "levels": N_("核决层级"),
    "tells": N_("通知"),
    "then": N_("其后"),
    "after": N_("起因"),
    "ratio_total": N_("比率合计"),
    "number": N_("编号格式"),
}
COUNTED = {"person": N_("人员"), "customer": N_("客户"), "project": N_("工程项目"),
           "technician": N_("技术人员")}  # fmt: skip
"""For whom a quota or a limit is counted apart."""
REGIONS = {"domestic": N_("国内"), "overseas": N_("国外"), "": N_("一律")}
UNITS = {"calendar": N_("个自然日"), "working": N_("个工作日")}
PERIODS = {
    "day": N_("每日"), "week": N_("每周"), "month": N_("每月"), "quarter": N_("每季"),
    "year": N_("每年"), "company_interval": N_("按公司规定的间隔"),
}  # fmt: skip
_ROLES = {"owner", "by", "holders", "signers", "approved_by", "tells"}
_BOUNDED = ("money", "integer", "decimal", "percent", "days", "hours", "minutes")
_EVENTS = {"starts", "stops", "after"}


def lines(clause: Clause) -> list[Line]:
    """What a clause's figures say: (label, text); what only machines read is left out."""
    return [line for side in clause.sides for line in _lines(side) if line[1]]


def _lines(side: Clause) -> Iterator[Line]:
    spec = side.spec.model_dump(exclude_none=True) if side.spec is not None else {}
    for key in LABELS:
        if key == "by" and spec.get("by") in COUNTED and side.kind in ("quota", "limit"):
            yield _("分别计数"), _(COUNTED[spec["by"]])
        elif spec.get(key):
            yield _(LABELS[key]), _text(key, spec[key], spec)


def _text(key: str, value: Any, spec: dict[str, Any]) -> str:
    if key in _EVENTS:
        return listed(saying.event_title(name) for name in _many(value))
    if key in _ROLES or key == "levels" or (key == "then" and value != "customer_seal"):
        roles = value.values() if isinstance(value, dict) else _many(value)
        return listed(saying.role(str(role)) for role in roles)
    if key in _SPECIAL:
        return _SPECIAL[key](value, spec)
    return listed(_many(value))


def _many(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _days(value: Any, spec: dict[str, Any]) -> str:
    unit = _(UNITS.get(str(spec.get("unit", "calendar")), ""))
    if not isinstance(value, dict):
        return f"{value} {unit}"
    return listed(
        (f"{_(REGIONS.get(where) or where)} {n} {unit}" for where, n in value.items()), "；", "; "
    )


def _form(value: Any, spec: dict[str, Any]) -> str:
    try:
        return str(policy.form(str(value)).title)
    except (policy.NotInForce, AttributeError):
        return ""


def _section(value: Any, spec: dict[str, Any]) -> str:
    try:
        sections = policy.form(str(spec.get("form", ""))).sections
    except (policy.NotInForce, AttributeError):
        return ""
    return next((str(one.title) for one in sections if one.key == value), "")


_SPECIAL: dict[str, Callable[[Any, dict[str, Any]], str]] = {
    "days": _days,
    "hours": lambda value, _spec: _("%(n)s 小时") % {"n": value},
    "minutes": lambda value, _spec: _("%(n)s 分钟") % {"n": value},
    "warn_days": lambda value, _spec: _("%(days)s 天") % {"days": listed(value)},
    "every": lambda value, _spec: _(PERIODS.get(value) or str(value)),
    "due_day": lambda value, _spec: _("%(day)s 日") % {"day": value},
    "form": _form,
    "section": _section,
    "copies": lambda value, _spec: _("%(n)s 联") % {"n": value},
    "ratio_total": lambda value, _spec: f"{value} %",
    "number": lambda value, _spec: _number(value),
    "then": lambda _value, _spec: _("客户签章"),
}


def _number(pattern: Any) -> str:
    return str(pattern).format(yy="YY", mm="MM", yyyy="YYYY", n=1)


def value_text(spec: ValueSpec, value: Any) -> str:
    """One company value in words; a table is counted."""
    if spec.type == "table":
        return _("%(n)s 行") % {"n": len(value)}
    unit = f" {spec.unit}" if spec.unit else ""
    return cell_text(spec, value) + unit


def cell_text(column: Column | ValueSpec, value: Any) -> str:
    """One cell in words."""
    if value is None or value == "":
        return _("不限") if column.type in _BOUNDED else "—"
    if column.type == "money":
        return _("%(amount)s 元") % {"amount": money.yuan(int(value))}
    if column.type == "percent":
        return f"{value} %"
    if column.type == "role":
        return saying.role(str(value))
    if column.type == "choice":
        return next((str(c.label) for c in column.choices if c.key == value), str(value))
    return str(value)


def table_rows(spec: ValueSpec, value: Any) -> Iterator[list[tuple[Column, str]]]:
    """A table value, row by row."""
    for row in value or ():
        yield [(column, cell_text(column, row.get(column.key))) for column in spec.columns]
