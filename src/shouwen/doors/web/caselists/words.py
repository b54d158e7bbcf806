"""What stages, methods and complaint items are called: as the regulation in force has them."""

from typing import Any

from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.ground.policy import queries as policy
from shouwen.work.cases.course import classes
from shouwen.work.cases.course.courses import QUALITY_FLOW, QUALITY_FORM, SUBJECT, has_course
from shouwen.work.cases.models import Case, Category
from shouwen.work.customers.care import keeping

Choices = list[tuple[Any, Any]]


def stages(*, ended: bool = False) -> Choices:
    """The stages of every course of cases, each once: those of a quality complaint first."""
    flows = [one for one in policy.flows().values() if one.subject == SUBJECT]
    flows.sort(key=lambda one: one.flow != QUALITY_FLOW)
    found: dict[str, str] = {}
    for flow in flows:
        for one in flow.stages:
            if ended or not one.end:
                found.setdefault(one.key, str(one.title))
    return list(found.items())


def _choices(section: str, field: str) -> Choices:
    """The choices a field of the complaint form offers."""
    try:
        parts = policy.form(QUALITY_FORM).section(section).fields
    except policy.NotInForce:
        return []
    found = next(one for one in parts if one.key == field)
    return [(key, str(label)) for key, label in found.choices.items()]


def methods() -> Choices:
    """How a complaint can be settled."""
    return _choices("decision", "method")


def cause_items() -> Choices:
    """What a complaint can be about."""
    return _choices("investigation", "cause_item")


def cause_classes() -> Choices:
    """What kinds of causes there are."""
    return _choices("investigation", "cause_class")


def categories(person: Person) -> Choices:
    """What matters are about: the company's list where a division keeps one, else the built-in."""
    found: dict[str, str] = {}
    for division in sorted(org.divisions_visible(person)):
        known = classes.choices(division, classes.CATEGORIES) or Category.choices
        for code, title in known:
            found.setdefault(code, str(title))
    return list(found.items())


def customer_grades(person: Person) -> Choices:
    """The grades that the divisions a person sees give their customers (R2-10)."""
    seen = sorted(org.divisions_visible(person))
    return [(grade, grade) for grade in keeping.grades_of("grade", seen)]


def units(person: Person) -> Choices:
    """Units of the divisions a person sees, as the tree is read."""
    return units_below(sorted(org.divisions_visible(person)))


def units_below(tops: list[int]) -> Choices:
    """Some divisions and everything under them."""
    day = org.staffing()
    return [
        (pk, "　" * max(0, day.depth(pk) - day.depth(top)) + org.unit_by_id(pk).name)
        for top in tops
        for pk in day.below(top)
    ]


def stage_of(case: Case, names: dict[str, str] | None = None) -> str:
    """Where a case stands: its stage, or open and closed where there is no flow."""
    if not has_course(case.kind) or case.state != "open":
        return str(case.get_state_display())
    return (names or dict(stages())).get(case.stage, case.stage)
