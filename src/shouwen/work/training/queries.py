"""The only lists and counts of training."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit

from .actions import duties
from .models import Plan, Skill
from .rules import Progress


def progress(plan: Plan) -> Progress:
    """What was held against the targets; two statements."""
    held = plan.sessions.filter(held_on__isnull=False)
    counted = held.aggregate(
        invited=Count("attendance"), came=Count("attendance", filter=Q(attendance__came=True))
    )
    return Progress(
        held.count(), plan.sessions_target, counted["invited"], counted["came"],
        plan.attendance_target,
    )  # fmt: skip


def plans(divisions: set[int], year: int) -> QuerySet[Plan]:
    """The plans of a year."""
    found = Plan.objects.filter(division__in=divisions, year=year)
    return found.select_related("unit", "submitted_by").order_by("unit__code")


def owing(division: Unit | int, at: datetime) -> list[Unit]:
    """The departments that owe a plan: those of the functions that the clauses name."""
    functions = {role.split(".")[0] for one in duties(division, at) for role in one.spec.owners}
    found = {
        unit.pk: unit
        for function in sorted(functions)
        for unit in org.units_with(function, division, at)
    }
    return list(found.values())


def missing(division: Unit | int, year: int, at: datetime) -> list[Unit]:
    """Departments without a submitted plan of the year (R2-22)."""
    submitted = Plan.objects.filter(division=org.key(division), year=year)
    done = set(submitted.filter(submitted_at__isnull=False).values_list("unit_id", flat=True))
    return [unit for unit in owing(division, at) if unit.pk not in done]


def unmet(divisions: set[int], year: int) -> list[Plan]:
    """Submitted plans whose targets are not reached."""
    found = plans(divisions, year).filter(submitted_at__isnull=False)
    return [plan for plan in found if not progress(plan).met]


def skills(divisions: set[int]) -> QuerySet[Skill]:
    """The skill matrix, by person."""
    found = Skill.objects.filter(division__in=divisions).select_related("person", "tested_by")
    return found.order_by("person__pinyin", "person_id", "name")
