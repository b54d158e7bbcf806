"""The only lists and counts of training."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person, Unit

from . import rules
from .models import Attendance, Plan, Session, Skill
from .planning import duties
from .rules import Gap, Progress

ITEM = "post_skills"
"""What the record is called that a post's skills are kept for (R7-02)."""


def counted(found: QuerySet[Plan]) -> QuerySet[Plan]:
    """Plans with what was held: `held`, `invited`, `came`; counted in the same statement."""
    was_held = Q(sessions__held_on__isnull=False)
    return found.annotate(
        planned=Count("sessions", distinct=True),
        held=Count("sessions", filter=was_held, distinct=True),
        invited=Count("sessions__attendance", filter=was_held),
        came=Count("sessions__attendance", filter=was_held & Q(sessions__attendance__came=True)),
    )


def progress_of(plan: Plan) -> Progress:
    """The progress of a plan that was `counted`."""
    return Progress(
        plan.held, plan.sessions_target, plan.invited, plan.came,  # type: ignore[attr-defined]
        plan.attendance_target,
    )  # fmt: skip


def progress(plan: Plan) -> Progress:
    """What was held against the targets."""
    return progress_of(counted(Plan.objects.filter(pk=plan.pk)).get())


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
    found = counted(plans(divisions, year).filter(submitted_at__isnull=False))
    return [plan for plan in found if not progress_of(plan).met]


def sessions(divisions: Collection[int]) -> QuerySet[Session]:
    """The trainings of submitted and drafted plans, with how many were invited and came."""
    found = Session.objects.filter(plan__division__in=divisions).select_related("plan__unit")
    return found.annotate(
        invited=Count("attendance"),
        came=Count("attendance", filter=Q(attendance__came=True)),
        passed=Count("attendance", filter=Q(attendance__passed=True)),
        failed=Count("attendance", filter=Q(attendance__passed=False)),
    )


def skills(divisions: set[int]) -> QuerySet[Skill]:
    """The skill matrix, by person."""
    found = Skill.objects.filter(division__in=divisions).select_related("person", "tested_by")
    return found.order_by("person__pinyin", "person_id", "name")


def required(divisions: Collection[int], at: datetime) -> dict[int, list[str]]:
    """Person → the skills that the company asks of the posts he holds (R7-02)."""
    found: dict[int, list[str]] = defaultdict(list)
    for division in sorted(divisions):
        clauses = ruling.clauses("norm", division, at, item=ITEM)
        for table in ruling.figures(ITEM, clauses, division, at):
            for row in table:
                for one in org.people(row["role"], division, at):
                    if row["skill"] not in found[one.pk]:
                        found[one.pk].append(row["skill"])
    return found


def held(people: Collection[int]) -> dict[int, list[Skill]]:
    """Person → the skills that were tested, by name; one statement."""
    found: dict[int, list[Skill]] = defaultdict(list)
    rows = Skill.objects.filter(person__in=people).select_related("tested_by").order_by("name")
    for one in rows:
        found[one.person_id].append(one)
    return found


def gaps(required: list[str], skills: list[Skill], at: datetime) -> list[Gap]:
    """What is missing of the skills that somebody's posts ask for."""
    return rules.gaps(required, {one.name: one.expires_on for one in skills}, clock.day_of(at))


def attended(person: Person) -> QuerySet[Attendance]:
    """The trainings somebody was invited to, the newest first."""
    found = Attendance.objects.filter(person=person).select_related("session__plan__unit")
    return found.order_by("-session__held_on", "-id")
