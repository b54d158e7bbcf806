"""Choices for the forms of this room, in the order of the tree."""

from typing import Any

from django import forms

from shouwen.doors.web import saying
from shouwen.ground.org import access, queries
from shouwen.ground.org.models import Person, Post, Unit

Choices = list[tuple[str, Any]]
NONE: Choices = [("", "—")]
FUNCTIONS = (
    "management", "gm_office", "pm_group", "sales", "quality", "manufacturing", "plant_office",
    "rnd", "accounting", "warehouse", "hr", "service", "customer_service", access.KEEPER,
)  # fmt: skip


def offer(form: forms.Form, name: str, options: Choices) -> None:
    """Let a field choose among these."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = options


def in_tree_order(pks: set[int]) -> list[Unit]:
    """Units as the tree is read, from the top."""
    day = queries.staffing()
    roots = [pk for pk in day.units if day.parent[pk] is None]
    order = [pk for root in roots for pk in day.below(root)]
    return [day.units[pk] for pk in order if pk in pks]


def indented(unit: Unit) -> str:
    """A unit's name, moved in by its depth."""
    return "　" * (queries.staffing().depth(unit.pk) - 1) + unit.name


def units(pks: set[int]) -> Choices:
    """Units to choose from."""
    return [(unit.code, indented(unit)) for unit in in_tree_order(pks)]


def posts(pks: set[int]) -> Choices:
    """Posts of some units to choose from."""
    found = Post.objects.filter(unit__in=pks).order_by("pk")
    by_unit: dict[int, list[Post]] = {}
    for post in found:
        by_unit.setdefault(post.unit_id, []).append(post)
    return [
        (str(post.pk), f"{unit.name} · {post.title}")
        for unit in in_tree_order(pks)
        for post in by_unit.get(unit.pk, ())
    ]


def people(pks: set[int], but: Person) -> Choices:
    """Colleagues with a post in some units."""
    found = []
    for person in queries.all_persons():
        held = queries.main_post(person)
        if held and held.post.unit_id in pks and person != but:
            found.append((str(person.pk), f"{person.name} · {held.post.unit.name} {held.post}"))
    return found


def functions(present: str = "") -> Choices:
    """Functions a unit can have; one that is already in use stays choosable."""
    names = [*FUNCTIONS, *([present] if present and present not in FUNCTIONS else [])]
    return NONE + [(name, saying.role(name)) for name in names]
