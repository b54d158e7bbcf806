"""Which department answers for which content, and so whom a complaint is given to at first."""

from datetime import datetime
from typing import Any

from shouwen.engines.notices import actions as notices
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.journal.actions import reacts_to
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org import roles, ruling, values
from shouwen.ground.org.access import KEEPER
from shouwen.ground.org.models import Person, Unit
from shouwen.work.cases import suggesting
from shouwen.work.cases.course import classes
from shouwen.work.cases.models import Case, Kind

from .reclassifying import SECTION

UNMAPPED = N_(
    "“%(category)s”、“%(grade)s”的投诉还没有对应的处理流程,%(matter)s 不能受理,请在公司规定值中指定"
)
RESPONSIBLE = "R2-20.categories"
"""The company's table: category → the role that deals with it."""


def responsible_for(category: str, division: int, at: datetime) -> Person | None:
    """Who is there of the post that the table names for a category; nobody where it names none."""
    for row in values.find(RESPONSIBLE, division, at) or ():
        if row["category"] == category:
            able = org.people(row["role"], division, at)
            return next((one for one in able if not org.is_away(one, at)), None)
    return None


def categories_of(unit: Unit, division: int, at: datetime) -> list[str]:
    """The categories a department answers for, in words."""
    rows = values.find(RESPONSIBLE, division, at) or ()
    found = [row for row in rows if roles.parse(row["role"]).function == unit.function]
    return [classes.category_title(division, row["category"]) for row in found if unit.function]


@reacts_to("cases.section.refused", "cases.deal.refused")
def tell_the_keeper(entry: Entry, case: object) -> None:
    """A class without a course was refused: whoever keeps the rules knows of it (R2-14, R6-15)."""
    if not isinstance(case, Case):
        return
    clause = ruling.clause("flow", case.division_id, entry.at, flow="by_class")
    for reason in entry.data["reasons"] if clause else ():
        facts = reason["facts"]
        if clause is None or reason["clause"] != clause.id or "grade" not in facts:
            continue
        category, grade = facts["category"], facts["grade"]
        notices.tell(
            org.people(KEEPER, case.division_id, entry.at), UNMAPPED, about=case,
            key=f"unmapped:{case.pk}:{category}:{grade}", at=entry.at, clause=clause.id,
            link=f"/settings/values/{clause.spec.value}/", matter=case.label,
            category=classes.words_of(case.division_id, classes.CATEGORIES, category),
            grade=classes.words_of(case.division_id, classes.GRADES, grade),
        )  # fmt: skip


@suggesting.register(SECTION)
def give_to(case: Case, sections: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Whoever answers for its category deals with it, else whoever took it (R2-20, R3-47)."""
    if case.kind != Kind.COMPLAINT:
        return {}
    found = responsible_for(case.category, case.division_id, clock.now()) or case.first_owner
    known = dict(classes.choices(case.division_id, classes.CATEGORIES))
    told = {"category": case.category} if case.category in known else {}
    return {**told, "handler": found.pk}
