"""The tree of units with their people, and one unit on a page of its own."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.ground.journal.queries import timeline
from shouwen.ground.org import actions as org
from shouwen.ground.org import queries, ruling
from shouwen.ground.org.models import Appointment, Person, Post, Unit
from shouwen.ground.org.verbs import duties
from shouwen.work.cases.centre import routing

from . import choices, gates, history, unit_forms
from .pages import form_page, page


@dataclass(frozen=True)
class Seat:
    """Somebody on a post; `stand_ins` act while he is away."""

    held: Appointment
    away: bool
    stand_ins: list[Person]


@dataclass(frozen=True)
class Node:
    """One unit of the tree."""

    unit: Unit
    depth: int
    seats: list[Seat]


def seat(held: Appointment) -> Seat:
    """A post with who holds it today."""
    now = clock.now()
    away = queries.is_away(held.person, now)
    return Seat(held, away, queries.stand_ins(held.person, now) if away else [])


def home(request: Request) -> HttpResponse:
    """The room's first page."""
    return redirect("settings:organisation")


def organisation(request: Request) -> HttpResponse:
    """Every unit in sight with its people; `?name=` finds a person by name, pinyin or initials."""
    day, seen = queries.staffing(), gates.units_in_sight(request.person)
    nodes = [
        Node(unit, day.depth(unit.pk) - 1, [seat(held) for held in day.by_unit.get(unit.pk, ())])
        for unit in choices.in_tree_order(seen)
    ]
    words = request.GET.get("name", "").strip()
    found = [s for node in nodes for s in node.seats if _is_called(s.held.person, words)]
    return page(
        request, "organisation", "organisation", nodes=nodes, words=words,
        found=found if words else None, incomplete=_incomplete(request),
        keeper=gates.may_keep(request, None),
    )  # fmt: skip


def _incomplete(request: Request) -> set[int]:
    """The departments that the organisation check lists: nobody said what they are there for."""
    today = clock.today()
    seen = queries.divisions_visible(request.person)
    divisions = [one for one in queries.divisions() if one.pk in seen]
    asking = [
        one for one in divisions if ruling.clause("norm", one, clock.now(), item=duties.SETTING)
    ]
    return {unit.pk for one in asking for unit in duties.incomplete(one, today)}


def _is_called(person: Person, words: str) -> bool:
    wanted = words.lower().replace(" ", "")
    names = (person.name_zh, person.name_en.lower().replace(" ", ""), person.pinyin)
    return any(wanted in name for name in names) or person.initials.startswith(wanted)


def unit(request: Request, code: str) -> HttpResponse:
    """One unit: its posts and who holds them, what is under it, what became of it."""
    one = gates.unit_in_sight(request, code)
    day = queries.staffing()
    seats: dict[int, list[Seat]] = {}
    for held in day.by_unit.get(one.pk, ()):
        seats.setdefault(held.post_id, []).append(seat(held))
    posts = sorted(Post.objects.filter(unit=one), key=lambda post: -post.level)
    return page(
        request, "unit", "organisation", unit=one,
        line=[day.units[pk] for pk in reversed([*day.upward(one.pk)])][:-1],
        posts=[(post, seats.get(post.pk, [])) for post in posts],
        below=[day.units[pk] for pk in day.children.get(one.pk, ())],
        heirs=queries.current(one) if one.until else None,
        predecessors=[u for u in queries.closed_units() if u.successor_id == one.pk],
        events=history.of(timeline(one)[:50]), duties=duties.versions(one),
        categories=_categories(one),
        keeper=gates.may_keep(request, one) and one.until is None,
    )  # fmt: skip


def _categories(unit: Unit) -> list[str]:
    """What it answers for, by the table of its division (R2-20)."""
    division = queries.division_of(unit)
    return routing.categories_of(unit, division.pk, clock.now()) if division else []


def _back(unit: Unit) -> str:
    return reverse("settings:unit", args=[unit.code])


def unit_below(request: Request, code: str) -> HttpResponse:
    """Set up a unit under another."""
    parent = gates.unit_in_sight(request, code)
    gates.keeper_only(request, parent)
    form = unit_forms.NewUnit(request.POST or None)

    def act(data: dict[str, Any]) -> None:
        org.add_unit(parent=parent, by=request.person, **data)

    return form_page(
        request, form, act, title=_("新设下级部门"), hint=parent.name, back=_back(parent),
        button=_("设立"), done=_("部门已设立"),
    )  # fmt: skip


def unit_duties(request: Request, code: str) -> HttpResponse:
    """Say what a unit is there for; former versions stay (R2-20, R6-21)."""
    one = gates.unit_in_sight(request, code)
    gates.keeper_only(request, one)
    present = duties.duties_on(one, clock.today())
    initial = {"text_zh": present.text_zh, "text_en": present.text_en} if present else {}
    form = unit_forms.Duties(request.POST or None, initial=initial)
    return form_page(
        request, form, lambda data: org.state_duties(one, by=request.person, **data),
        title=_("部门职责"), hint=one.name, back=_back(one), button=_("保存"), done=_("已保存"),
    )  # fmt: skip


def unit_change(request: Request, code: str) -> HttpResponse:
    """Rename a unit or change its function."""
    one = gates.unit_in_sight(request, code)
    gates.keeper_only(request, one)
    present = {"name_zh": one.name_zh, "name_en": one.name_en, "function": one.function}
    form = unit_forms.UnitNames(request.POST or None, initial=present)
    return form_page(
        request, form, lambda data: org.change_unit(one, by=request.person, **data),
        title=_("修改部门"), hint=one.name, back=_back(one), button=_("保存"), done=_("已保存"),
    )  # fmt: skip


def unit_move(request: Request, code: str) -> HttpResponse:
    """Put a unit under another."""
    one = gates.unit_in_sight(request, code)
    gates.keeper_only(request, one)
    below = set(queries.staffing().below(one.pk))
    form = unit_forms.Move(
        request.POST or None, units=choices.units(gates.units_in_sight(request.person) - below)
    )

    def act(data: dict[str, Any]) -> None:
        parent = gates.unit_in_sight(request, data["parent"])
        org.move_unit(one, parent, reason=data["reason"], by=request.person)

    return form_page(
        request, form, act, title=_("移动部门"), hint=one.name, back=_back(one),
        button=_("移动"), done=_("部门已移动，人员与案件随之"),
    )  # fmt: skip


def unit_closure(request: Request, code: str) -> HttpResponse:
    """Dissolve a unit; another one takes over its work."""
    one = gates.unit_in_sight(request, code)
    gates.keeper_only(request, one)
    seen = gates.units_in_sight(request.person) - {one.pk}
    form = unit_forms.Closure(request.POST or None, units=choices.units(seen))

    def act(data: dict[str, Any]) -> None:
        heir = gates.unit_in_sight(request, data["successor"])
        org.close_unit(one, successor=heir, reason=data["reason"], by=request.person)

    return form_page(
        request, form, act, title=_("撤销部门"), hint=one.name, back=_back(one), danger=True,
        button=_("撤销"), done=_("部门已撤销，未了事项由承接部门处理"),
    )  # fmt: skip


def post_new(request: Request, code: str) -> HttpResponse:
    """Set up a post of a unit."""
    one = gates.unit_in_sight(request, code)
    gates.keeper_only(request, one)
    form = unit_forms.NewPost(request.POST or None)
    return form_page(
        request, form, lambda data: org.add_post(one, by=request.person, **data),
        title=_("新增职务"), hint=one.name, back=_back(one), button=_("新增"),
        done=_("职务已新增"),
    )  # fmt: skip
