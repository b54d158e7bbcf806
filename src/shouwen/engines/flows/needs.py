"""Who is asked at a stage: its role, the unit a field names, or the level the table demands."""

from typing import TYPE_CHECKING

from shouwen.engines.documents.models import Signature
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, Refused, refuse
from shouwen.ground.org import authority, values
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit
from shouwen.ground.policy import queries as policy

from .definitions import DECIDER, Stage
from .rules import Need

if TYPE_CHECKING:
    from .circumstances import Circumstances

Asked = tuple[tuple[str, ...], str]
"""The roles that may act and, where it is not plain, what they are called."""


def need_at(c: "Circumstances", stage: Stage, by: str = "") -> Need:
    """Who is asked to act at a stage; for the present stage its handler, if it has one."""
    here = stage.key == c.run.stage
    handler = c.step.person_id if here and not by else None
    person = org.person(handler).name if handler else ""
    lower: tuple[str, ...] = ()
    try:
        roles, title = _asked(c, stage, by or stage.by)
        if stage.by == DECIDER and not by:
            lower = tuple(set(authority.ROLES.values()) - set(roles))
    except Refused as refused:
        return Need(clause=stage.clause, why_none=refused.reasons)
    if roles and not title:
        title = org.role_title(roles[0], c.run.division_id, c.at)
    barred = _signers(c, stage.not_signer_of)
    return Need(roles, title, stage.clause, handler, person, barred, lower)


def _asked(c: "Circumstances", stage: Stage, by: str) -> Asked:
    if not by:
        return (), ""
    if by == DECIDER:
        return _deciders(c, stage)
    if stage.unit_from:
        unit = unit_of(c, stage)
        _function, _dot, rank = by.partition(".")
        return (f"unit:{unit.code}{_dot}{rank}",), unit.name
    return (by,), ""


def unit_of(c: "Circumstances", stage: Stage) -> Unit:
    """The unit that has to act at a stage named by a field; its successor, if it was closed."""
    chosen = c.facts.get(stage.unit_from)
    if chosen:
        return org.current(int(chosen), c.at)
    raise refuse(
        N_("尚未指定“%(stage)s”的办理单位"), stage.clause,
        field=stage.unit_from, stage=str(stage.title),
    )  # fmt: skip


def _deciders(c: "Circumstances", stage: Stage) -> Asked:
    """Roles that decide what is proposed here, by the table of the edition the run follows."""
    day = clock.day_of(c.at)
    code, _newest = policy.edition_of(c.run.flow, day)
    clauses = policy.in_force("authority", day, adopted={code: c.run.edition}, decides=stage.key)
    tables = [clause.spec.table for clause in clauses if clause.spec.table]
    if not tables:
        raise refuse(N_("没有条文规定“%(stage)s”的核决权限"), stage.clause, stage=str(stage.title))
    levels = _levels(c, stage, tables[0])
    if not levels:
        raise refuse(N_("尚无可据以核决的处理方式"), stage.clause)
    roles = authority.deciders(max(levels, key=authority.level_order))
    return tuple(roles), org.role_title(roles[0], c.run.division_id, c.at)


def _levels(c: "Circumstances", stage: Stage, table: str) -> list[str]:
    """The level each figure asks for; a figure that is not written yet asks for none."""
    bands = values.get(table, c.run.division_id, c.at)
    return [
        authority.required_level(
            bands,
            method=c.facts[measure.method],
            region=c.facts.get("region", ""),
            amount_cents=c.facts.get(measure.amount) or 0,
        )
        for measure in stage.measure
        if c.facts.get(measure.method)
    ]


def _signers(c: "Circumstances", section: str) -> frozenset[int]:
    """Who signed a section, and in whose name."""
    if not (section and c.sheet):
        return frozenset()
    valid = Signature.objects.filter(
        sheet=c.sheet, kind="section", place=section, revoked_at__isnull=True
    )
    pairs = valid.values_list("person_id", "for_person_id")
    return frozenset(pk for pair in pairs for pk in pair if pk)
