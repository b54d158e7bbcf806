"""Skills: who passed which test until when; the re-test of what expired is asked for."""

from datetime import datetime

from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal.actions import record
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person, Unit

from . import access, rules
from .models import Skill

RECORD = "business_and_skills"
RETESTS = 500
"""So many re-tests are asked for in one look."""


@one_act
def pass_skill(
    division: Unit,
    person: Person,
    name: str,
    *,
    level: str = Skill.Level.QUALIFIED,
    by: Person,
    at: datetime | None = None,
) -> Skill:
    """Somebody passed the test of a skill; it holds until the company's re-test (R7-68)."""
    moment = at or clock.now()
    found = ruling.clauses("norm", division, moment, item=RECORD)
    clause = found[0].id if found else ""
    months = ruling.figures("retest_months", found, division, moment)
    if not months:
        raise refuse(N_("公司尚未规定多久复测一次"), clause, field="name")
    if by.pk == person.pk:
        raise refuse(N_("不能给自己登记测试结果"), clause, instead=N_("请由他人测试"))
    if not access.may_test(by, person, division, moment):
        raise refuse(N_("测试结果由本人的上级登记"), clause, instead=N_("请交由其部门负责人登记"))
    if not name.strip():
        raise refuse(N_("请写明技能名称"), clause, field="name")
    day = clock.day_of(moment)
    skill, _new = Skill.objects.update_or_create(
        person=person, name=name.strip(),
        defaults={"division": division, "passed_on": day, "tested_by": by,
                  "level": Skill.Level(level),
                  "expires_on": rules.months_after(day, int(min(months))),
                  "retest_asked_at": None},
    )  # fmt: skip
    record("skill.passed", skill, by=by, at=moment, matter=person, person=person.pk,
           name=skill.name, level=skill.level, expires=skill.expires_on.isoformat(),
           division=division.pk)  # fmt: skip
    dues.settle(subject=skill, by=by, at=moment)
    return skill


def ask_retests(now: datetime | None = None) -> int:
    """Open a re-test duty for each skill that expired; twice does nothing more (R7-68)."""
    moment = now or clock.now()
    expired = Skill.objects.filter(
        retest_asked_at__isnull=True, expires_on__lte=clock.day_of(moment)
    ).select_related("person", "division")
    return sum(_ask_retest(one, moment) for one in expired.order_by("expires_on")[:RETESTS])


@one_act
def _ask_retest(skill: Skill, at: datetime) -> int:
    claimed = Skill.objects.filter(pk=skill.pk, retest_asked_at__isnull=True)
    if claimed.update(retest_asked_at=at) != 1:
        return 0  # another worker was first
    found = ruling.clause("norm", skill.division_id, at, item=RECORD)
    record("skill.expired", skill, by=None, at=at, person=skill.person_id, name=skill.name,
           division=skill.division_id)  # fmt: skip
    dues.open_due(
        N_("复测技能：%(skill)s"),
        subject=skill,
        division=skill.division_id,
        clause=found.id if found else "",
        person=skill.person,
        params={"skill": skill.name, "matter": skill.name},
        link=f"/training/people/{skill.person_id}/",
        key=f"skill:{skill.pk}:{skill.expires_on}",
        by=None,
        at=at,
    )
    return 1
