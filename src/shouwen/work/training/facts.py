"""What plans and skills tell of themselves to the engines below."""

from typing import Any

from shouwen.engines.dues import resolvers

from .models import Plan, Skill


def plan_told(pk: int) -> dict[str, Any] | None:
    """What the clauses about dues ask of a plan."""
    one = Plan.objects.filter(pk=pk).first()
    if one is None:
        return None
    return {"division": one.division_id, "title": str(one), "link": "", "unit": one.unit_id}


def skill_told(pk: int) -> dict[str, Any] | None:
    """What the clauses about dues ask of a skill."""
    one = Skill.objects.filter(pk=pk).first()
    if one is None:
        return None
    return {"division": one.division_id, "title": one.name, "link": "", "person": one.person_id}


resolvers.register("plan", plan_told)
resolvers.register("skill", skill_told)
