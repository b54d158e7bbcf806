"""What plans and skills tell of themselves to the engines below."""

from typing import Any

from shouwen.engines.dues import resolvers

from .models import Plan, Skill


def plan_told(one: Plan) -> dict[str, Any]:
    """What the clauses about dues ask of a plan."""
    return {
        "division": one.division_id,
        "title": str(one),
        "link": f"/training/plans/{one.pk}/",
        "unit": one.unit_id,
    }


def skill_told(one: Skill) -> dict[str, Any]:
    """What the clauses about dues ask of a skill."""
    return {
        "division": one.division_id,
        "title": one.name,
        "link": f"/training/people/{one.person_id}/",
        "person": one.person_id,
    }


resolvers.register("plan", Plan.objects, plan_told)
resolvers.register("skill", Skill.objects, skill_told)
