"""Verbs on units and posts. A unit is never deleted; what it leaves open goes to a successor."""

from datetime import datetime, timedelta

from django.db.models import Value
from django.db.models.functions import Concat, Substr

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal import actions as journal

from .access import require_keeper
from .models import Appointment, Person, Placement, Post, Unit
from .roles import Rank
from .roster import bump


@one_act
def add_unit(
    code: str,
    *,
    name_zh: str,
    name_en: str = "",
    function: str = "",
    parent: Unit | None = None,
    division: bool = False,
    by: Person | None = None,
    at: datetime | None = None,
) -> Unit:
    """Set up a unit from the day of `at`; a division never stands inside another."""
    at = at or clock.now()
    require_keeper(by, parent)
    if Unit.objects.filter(code=code).exists():
        raise refuse(N_("部门代码 %(code)s 已被使用"), field="code", code=code)
    if division and parent and any(unit.division for unit in _line(parent)):
        raise refuse(N_("独立采用制度的单位之内不能再设这样的单位"), field="division")
    day = clock.day_of(at)
    unit = Unit(
        code=code, name_zh=name_zh, name_en=name_en, function=function, division=division,
        parent=parent, since=day,
    )  # fmt: skip
    unit.full_clean(exclude=["path"])
    unit.save()
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    Placement.objects.create(unit=unit, parent=parent, since=day)
    journal.record("unit.added", unit, by=by, at=at, parent=parent.pk if parent else None)
    bump()
    return unit


@one_act
def change_unit(
    unit: Unit,
    *,
    name_zh: str,
    name_en: str,
    function: str,
    by: Person | None = None,
    at: datetime | None = None,
) -> Unit:
    """Rename a unit or give it another function; what changed is in the journal."""
    unit = _locked(unit)
    require_keeper(by, unit)
    new = {"name_zh": name_zh, "name_en": name_en, "function": function}
    changed = {k: [getattr(unit, k), v] for k, v in new.items() if getattr(unit, k) != v}
    if not changed:
        return unit
    for field, value in new.items():
        setattr(unit, field, value)
    unit.full_clean()
    unit.save(update_fields=list(new))
    journal.record("unit.changed", unit, by=by, at=at, changed=changed)
    bump()
    return unit


@one_act
def move_unit(
    unit: Unit,
    parent: Unit,
    *,
    reason: str,
    by: Person | None = None,
    at: datetime | None = None,
) -> Unit:
    """Put a unit, with all below it, under another; matters and people stay with it.

    Only inside its division: a matter belongs to a division for good, and would be left without
    the people who work on it.
    """
    at = at or clock.now()
    unit, parent = _locked(unit), _locked(parent)
    require_keeper(by, unit)
    _require_movable(unit, parent)
    day = clock.day_of(at)
    last = Placement.objects.get(unit=unit, until__isnull=True)
    if last.since == day:  # moved twice in a day: the day shows the last place
        last.parent, last.reason = parent, reason
        last.save(update_fields=["parent", "reason"])
    elif last.since > day:
        raise refuse(N_("该部门在%(day)s已有调整，不能早于此日"), day=last.since.isoformat())
    else:
        last.until = day - timedelta(days=1)
        last.save(update_fields=["until"])
        Placement.objects.create(unit=unit, parent=parent, since=day, reason=reason)
    before, unit.parent = unit.parent_id, parent
    unit.save(update_fields=["parent"])
    _repath(unit, f"{parent.path}{unit.pk}/")
    journal.record("unit.moved", unit, by=by, at=at, parent=parent.pk, before=before, reason=reason)
    bump()
    return unit


def _require_movable(unit: Unit, parent: Unit) -> None:
    if parent.path.startswith(unit.path):
        raise refuse(N_("部门不能放到自己之下"), field="parent")
    if parent.until is not None:
        raise refuse(N_("“%(unit)s”已撤销"), field="parent", unit=parent.name)
    if unit.division:
        if any(above.division for above in _line(parent)):
            raise refuse(N_("独立采用制度的单位之内不能再设这样的单位"), field="parent")
    elif _division(unit) != _division(parent):
        raise refuse(
            N_("“%(unit)s”不能移到另一个独立采用制度的单位：它经办的案件会无人处理"),
            field="parent",
            instead=N_("请在该单位新设部门，并将原部门撤销、指定承接部门"),
            unit=unit.name,
        )


def _repath(unit: Unit, path: str) -> None:
    """Give the unit and all below it their new paths, in one statement."""
    start = len(unit.path) + 1
    Unit.objects.filter(path__startswith=unit.path).update(
        path=Concat(Value(path), Substr("path", start))
    )
    unit.path = path


@one_act
def close_unit(
    unit: Unit,
    *,
    successor: Unit,
    reason: str,
    by: Person | None = None,
    at: datetime | None = None,
) -> Unit:
    """Dissolve a unit from the day of `at`; the successor takes over what it left open."""
    at = at or clock.now()
    unit, successor = _locked(unit), _locked(successor)
    require_keeper(by, unit)
    _require_closable(unit, successor)
    last_day = clock.day_of(at) - timedelta(days=1)
    for held in Appointment.objects.filter(post__unit=unit, until__isnull=True):
        held.until = max(last_day, held.since)
        held.save(update_fields=["until"])
        journal.record("appointment.ended", held, by=by, at=at, reason=reason)
    unit.until, unit.successor = max(last_day, unit.since), successor
    unit.save(update_fields=["until", "successor"])
    journal.record("unit.closed", unit, by=by, at=at, successor=successor.pk, reason=reason)
    bump()
    return unit


def _require_closable(unit: Unit, successor: Unit) -> None:
    if unit.until is not None:
        raise refuse(N_("“%(unit)s”已撤销"), unit=unit.name)
    if successor.until is not None or successor.pk == unit.pk:
        raise refuse(N_("承接部门必须是另一个现有部门"), field="successor")
    if unit.division:
        raise refuse(N_("独立采用制度的单位不能撤销"), instead=N_("请先停止采用其制度"))
    if _division(unit) != _division(successor):
        raise refuse(N_("承接部门必须在同一单位之内"), field="successor")
    below = Unit.objects.filter(parent=unit, until__isnull=True).first()
    if below:
        raise refuse(
            N_("“%(unit)s”之下还有“%(below)s”"),
            instead=N_("请先移走或撤销下级部门"),
            unit=unit.name,
            below=below.name,
        )


@one_act
def add_post(
    unit: Unit,
    title_zh: str,
    title_en: str = "",
    *,
    rank: str = Rank.STAFF,
    by: Person | None = None,
    at: datetime | None = None,
) -> Post:
    """Set up a post of a unit."""
    require_keeper(by, unit)
    if Post.objects.filter(unit=unit, title_zh=title_zh).exists():
        raise refuse(
            N_("“%(unit)s”已有职务“%(title)s”"), field="title_zh", unit=unit.name, title=title_zh
        )
    post = Post(unit=unit, title_zh=title_zh, title_en=title_en, rank=rank)
    post.full_clean()
    post.save()
    journal.record("post.added", post, by=by, at=at, unit=unit.pk, rank=str(rank))
    bump()
    return post


def _locked(unit: Unit) -> Unit:
    return Unit.objects.select_for_update().get(pk=unit.pk)


def _line(unit: Unit) -> list[Unit]:
    """The unit and its ancestors, from the root."""
    return list(Unit.objects.filter(pk__in=unit.path.strip("/").split("/")).order_by("path"))


def _division(unit: Unit) -> int | None:
    return next((above.pk for above in _line(unit) if above.division), None)
