"""What the journal's events and the roles of the regulations are called.

The words for events stand in `event_words`, by what they are about:
`saying.events({"sheet.issued": (N_("单据已开立"), "file-check", "done")})`.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from shouwen.ground.foundation.refusal import N_
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org import roles


@dataclass(frozen=True)
class Event:
    """A fact in words: title (message id), icon, and the state that colours its sign."""

    title: str
    icon: str = "point"
    state: str = ""


Row = tuple[str, str, str] | tuple[str, str] | tuple[str]
_events: dict[str, Event] = {}


def events(table: dict[str, Row]) -> None:
    """Name some events: `{event: (title, icon, state)}`; each in one place."""
    if twice := _events.keys() & table.keys():
        raise ValueError(f"these events have their words already: {sorted(twice)}")
    _events.update({name: Event(*row) for name, row in table.items()})


def event(name: str) -> Event:
    """The words for an event; one that nobody named yet shows its bare name."""
    if name in _events:
        return _events[name]
    if name.endswith(".refused"):
        return Event(N_("按规定未予办理"), "hand-stop", "refused")
    return Event(name)


def event_title(name: str) -> str:
    """An event in the reader's language."""
    return gettext(event(name).title)


def line(entry: Entry, **more: Any) -> dict[str, Any]:
    """A fact as `web/_timeline.html` takes it; `more` is its `detail` and its `url`."""
    words = event(entry.event)
    who = org.person(entry.actor_id) if entry.actor_id is not None else None
    return {
        "at": entry.at, "person": who, "title": gettext(words.title), "icon": words.icon,
        "state": words.state, **more,
    }  # fmt: skip


FUNCTIONS = {
    "management": N_("管理层"),
    "gm_office": N_("总经理室"),
    "pm_group": N_("生产管理组"),
    "sales": N_("业务部"),
    "quality": N_("质量管理部"),
    "manufacturing": N_("制造部门"),
    "plant_office": N_("经理室"),
    "rnd": N_("研发部"),
    "accounting": N_("会计科"),
    "warehouse": N_("成品仓储"),
    "hr": N_("人事单位"),
    "service": N_("服务部"),
    "rules_office": N_("制度管理室"),
    "customer_service": N_("客服部"),
    "environment": N_("保洁绿化部"),
    "security": N_("秩序维护部"),
    "operations": N_("生产运行部"),
    "office": N_("办公室"),
    "penalised_unit": N_("受罚部门"),
    "decider": N_("依核决权限定"),
    "stage": N_("当前步骤的承办单位"),
    "unit": N_("有关单位"),
    "any": N_("任何单位"),
    "service_centre": N_("客户服务中心"),
    "technical_service": N_("技术服务部"),
}
NAMED = {
    "taker": N_("登记人员"),
    "handler": N_("承办人"),
    "first_contact_owner": N_("首问责任人"),
    "manager_in_charge": N_("主管领导"),
    "expert": N_("被咨询的人员"),
    "agent": N_("客服人员"),
    "technician": N_("技术人员"),
    "project_manager": N_("项目负责人"),
    "late_shift": N_("晚班人员"),
    "person": N_("本人"),
    "unit_concerned": N_("有关单位"),
}
"""Whom the facts of a matter name, where a clause names nobody by a post."""


def role(text: str) -> str:
    """A role in words: `sales.manager` is 业务部经理."""
    name, _dot, rank = text.partition(".")
    if name.startswith("unit_of:"):
        return gettext("表上指定的单位")
    known = FUNCTIONS.get(name) or NAMED.get(name)
    where = gettext(known) if known else name
    if not rank or rank not in roles.Rank.values:
        return where
    title = str(roles.Rank(rank).label)
    if name == "management":
        return title
    return f"{where} {title}" if where.isascii() else f"{where}{title}"
