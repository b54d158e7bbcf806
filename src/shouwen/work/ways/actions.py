"""The verbs of ways: publish and withdraw a channel, make and retire labels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import Fact, record, record_all
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.access import may_keep, require_keeper
from shouwen.ground.org.models import Person, Unit

from . import rules
from .filing import add, answer, file, judge
from .models import PlaceLabel, Way

__all__ = [
    "WayDraft",
    "add",
    "answer",
    "file",
    "judge",
    "make_labels",
    "publish",
    "retire_label",
    "withdraw",
]

LABELLERS = ("customer_service", "service")
"""Who hangs labels up, beside the keeper of the rules."""


@dataclass(frozen=True)
class WayDraft:
    """A channel as it is to be published."""

    channel: str
    name_zh: str
    address: str
    name_en: str = ""
    hours_zh: str = ""
    hours_en: str = ""
    place: int = 0


@one_act
def publish(
    draft: WayDraft, *, division: Unit, by: Person | None, at: datetime | None = None
) -> Way:
    """Publish a channel: customers read it from now on, and it can be chosen at intake (R8-28)."""
    moment = at or clock.now()
    require_keeper(by, division)
    clause = ruling.clause("document", division, moment, form="intake", channels="web")
    refuse_any(rules.why_not_published(draft.name_zh, draft.address, clause.id if clause else ""))
    address = draft.address.strip()
    same = Way.objects.filter(
        division=division, channel=draft.channel, address=address, withdrawn_at__isnull=True
    )
    if same.exists():
        raise refuse(N_("这个渠道已经公示"), field="address")
    way = Way.objects.create(
        division=division, channel=draft.channel, name_zh=draft.name_zh.strip(),
        name_en=draft.name_en.strip(), address=address, hours_zh=draft.hours_zh.strip(),
        hours_en=draft.hours_en.strip(), place=draft.place, published_at=moment,
    )  # fmt: skip
    record(
        "way.published", way, by=by, at=moment, matter=division,
        channel=way.channel, name=way.name_zh, address=way.address,
    )  # fmt: skip
    return way


@one_act
def withdraw(way: Way, *, by: Person | None, at: datetime | None = None) -> Way:
    """Take a channel back; what came in by it keeps its name."""
    moment = at or clock.now()
    require_keeper(by, way.division)
    row = Way.objects.select_for_update().get(pk=way.pk)
    if row.withdrawn_at is None:
        row.withdrawn_at = moment
        row.save(update_fields=["withdrawn_at"])
        record("way.withdrawn", row, by=by, at=moment, matter=row.division, name=row.name_zh)
    return row


def may_label(person: Person, division: Unit | int) -> bool:
    """Whether somebody may make labels for a division."""
    now = clock.now()
    return may_keep(person, division) or any(
        org.as_whom(person, role, division, now) is not None for role in LABELLERS
    )


def require_labeller(by: Person | None, division: Unit) -> None:
    """Refuse whoever makes no labels."""
    if by is not None and not may_label(by, division):
        raise refuse(N_("标签由客服部、服务部或制度管理员制作"), instead=N_("请联系客服部"))


@one_act
def make_labels(
    names: Sequence[tuple[str, str]],
    *,
    division: Unit,
    by: Person | None,
    at: datetime | None = None,
) -> list[PlaceLabel]:
    """Labels for places or equipment, each with its own code: (name, English name)."""
    moment = at or clock.now()
    require_labeller(by, division)
    wanted = {zh.strip(): en.strip() for zh, en in names if zh.strip()}
    _refuse_labels(wanted, division)
    made = PlaceLabel.objects.bulk_create(
        PlaceLabel(division=division, name_zh=zh, name_en=en, made_by=by, made_at=moment)
        for zh, en in wanted.items()
    )
    facts = (Fact(one, ("unit", division.pk), {"name": one.name_zh}) for one in made)
    record_all("label.made", facts, by=by, at=moment)
    return made


def _refuse_labels(wanted: dict[str, str], division: Unit) -> None:
    if not wanted:
        raise refuse(N_("请写明至少一个地点或设备"), field="names")
    if len(wanted) > rules.MOST_LABELS:
        raise refuse(N_("一次最多制作 %(most)s 张标签"), field="names", most=rules.MOST_LABELS)
    there = PlaceLabel.objects.filter(
        division=division, name_zh__in=wanted, retired_at__isnull=True
    ).values_list("name_zh", flat=True)
    if found := list(there[:3]):
        raise refuse(
            N_("已有标签：%(names)s"), field="names", names="、".join(found),
            instead=N_("请直接打印已有的标签，或先停用它"),
        )  # fmt: skip


@one_act
def retire_label(label: PlaceLabel, *, by: Person, at: datetime | None = None) -> PlaceLabel:
    """Take a label out of use: whoever scans it is told so and led to the portal."""
    moment = at or clock.now()
    require_labeller(by, label.division)
    row = PlaceLabel.objects.select_for_update().get(pk=label.pk)
    if row.retired_at is None:
        row.retired_at = moment
        row.save(update_fields=["retired_at"])
        record("label.retired", row, by=by, at=moment, matter=row.division, name=row.name_zh)
    return row
