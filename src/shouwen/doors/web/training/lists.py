"""The lists of this room: plans, trainings, people with their skills; and their workbooks."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from shouwen.doors.web.caselists import listing
from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.numbers import number_of
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.work.training import access, queries
from shouwen.work.training.models import Plan, Session, Skill

from .forms import PeopleFilters, PlanFilters, SessionFilters

MARGIN = F("came") * 100 - F("invited") * F("attendance_target")
MET = Q(held__gte=F("sessions_target"), invited__gt=0, margin__gte=0)
"""Both targets are reached; as `rules.Progress.met`, said to the database."""


def plan_state(row: Plan) -> tuple[str, str]:
    """Where a counted plan stands."""
    if row.submitted_at is None:
        return ("draft", _("未提交"))
    if queries.progress_of(row).met:
        return ("done", _("达到目标"))
    over = row.year < clock.today().year
    return ("late", _("未达目标")) if over else ("now", _("执行中"))


def _plan_rows(filters: PlanFilters, divisions: set[int]) -> QuerySet[Plan]:
    found = Plan.objects.filter(division__in=divisions).select_related("unit", "submitted_by")
    if words := filters.asked("q"):
        named = Q(unit__name_zh__icontains=words) | Q(unit__name_en__icontains=words)
        found = found.filter(Q(title__icontains=words) | named)
    if year := filters.asked("year"):
        found = found.filter(year=year)
    state = filters.asked("state")
    if state:
        found = found.filter(submitted_at__isnull=state == "draft")
    found = queries.counted(found).annotate(margin=MARGIN)
    return {"met": found.filter(MET), "unmet": found.exclude(MET)}.get(state or "", found)


def _plan_columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("title", _("计划"), link=lambda row: reverse("training:plan", args=[row.pk])),
        Column("unit", _("部门"), read="unit.name"),
        Column("year", _("年度"), read=lambda row: str(row.year)),
        Column("sessions", _("已办与目标"), read=lambda row: f"{row.held} / {row.sessions_target}"),
        Column("attendance", _("出勤率与目标"), read=_attendance),
        Column("submitted_at", _("提交日期"), kind="day", phone=False),
        Column("state", _("状态"), kind="badge", read=plan_state),
    ]


def _attendance(row: Plan) -> str:
    percent = queries.progress_of(row).attendance
    return f"{'—' if percent is None else f'{percent} %'} / {row.attendance_target} %"


PLANS = Listing(
    "plans", gettext_lazy("培训计划"), PlanFilters, _plan_rows, _plan_columns,
    ("-year", "unit__code", "id"),
    lambda: Empty(
        _("没有这样的培训计划"), _("部门负责人每年拟定一份：次数、目标和每次的内容，提交后执行。"),
        "school",
    ),
    lambda row: "late" if plan_state(row)[0] == "late" else "", "training/plans.html",
)  # fmt: skip


@require_GET
def plans(request: Request) -> HttpResponse:
    """The plans; above them the departments that owe one."""
    at = clock.now()
    seen = sorted(org.divisions_visible(request.person, at))
    year = number_of(request.GET.get("year", "")) or clock.day_of(at).year
    owing = [
        {"unit": unit, "may": access.leads(request.person, unit, at)}
        for division in seen
        for unit in queries.missing(division, year, at)
    ]
    may = bool(access.units_led(request.person, at))
    return listing.show(request, PLANS, owing=owing, year=year, may=may)


@require_GET
def plans_export(request: Request) -> HttpResponse:
    """The plans as a workbook."""
    return listing.export(request, PLANS)


def session_state(row: Session) -> tuple[str, str]:
    """Where a training stands."""
    if row.held_on:
        return ("done", _("已举办"))
    late = row.planned_on < clock.today()
    return ("late", _("逾期未办")) if late else ("later", _("未举办"))


def _session_rows(filters: SessionFilters, divisions: set[int]) -> QuerySet[Session]:
    found = queries.sessions(divisions)
    if words := filters.asked("q"):
        named = Q(plan__unit__name_zh__icontains=words) | Q(plan__unit__name_en__icontains=words)
        found = found.filter(Q(topic__icontains=words) | named)
    if year := filters.asked("year"):
        found = found.filter(plan__year=year)
    if state := filters.asked("state"):
        found = found.filter(held_on__isnull=state != "held")
        if state == "late":
            found = found.filter(planned_on__lt=clock.today())
    return found


def _session_columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("topic", _("培训内容"), link=lambda row: reverse("training:session", args=[row.pk])),
        Column("unit", _("部门"), read="plan.unit.name"),
        Column("planned_on", _("计划日期"), kind="day"),
        Column("held_on", _("举办日期"), kind="day"),
        Column("came", _("到场与应到"), read=lambda row: _of(row, row.came, row.invited)),
        Column(
            "passed",
            _("合格与考核"),
            read=lambda row: _of(row, row.passed, row.passed + row.failed),
        ),
        Column("result", _("结果"), read=lambda row: row.result or "—", phone=False),
        Column("state", _("状态"), kind="badge", read=session_state),
    ]


def _of(row: Session, part: int, whole: int) -> str:
    return f"{part} / {whole}" if row.held_on and whole else "—"


SESSIONS = Listing(
    "sessions", gettext_lazy("培训记录"), SessionFilters, _session_rows, _session_columns,
    ("-planned_on", "-id"),
    lambda: Empty(
        _("没有这样的培训"), _("培训先列入部门的年度计划，举办后登记参加人员和结果。"), "school"
    ),
    lambda row: "late" if session_state(row)[0] == "late" else "", "training/list.html",
)  # fmt: skip


@require_GET
def sessions(request: Request) -> HttpResponse:
    """The trainings."""
    return listing.show(request, SESSIONS)


@require_GET
def sessions_export(request: Request) -> HttpResponse:
    """The trainings as a workbook."""
    return listing.export(request, SESSIONS)


def people_of(reader: Person, at: datetime) -> Listing:
    """The people whose skills one may read, and what each has and lacks."""
    required = queries.required(org.divisions_visible(reader, at), at)
    seen = access.concerned(reader, at)

    def rows(filters: PeopleFilters, _divisions: set[int]) -> QuerySet[Person]:
        found = Person.objects.filter(pk__in=seen, active=True)
        if words := filters.asked("q"):
            named = Q(name_zh__icontains=words) | Q(name_en__icontains=words)
            spelt = Q(pinyin__startswith=words.lower()) | Q(initials__startswith=words.lower())
            found = found.filter(named | spelt)
        if unit := filters.asked("unit"):
            found = found.filter(pk__in=[one.pk for one in access.people_of(unit, at)])
        if state := filters.asked("state"):
            held = queries.held(seen)
            lacking = [pk for pk in seen if queries.gaps(required.get(pk, []), held[pk], at)]
            found = (
                found.filter(pk__in=lacking) if state == "gaps" else found.exclude(pk__in=lacking)
            )
        return found

    def columns(people: list[Person]) -> list[Column]:
        held = queries.held([one.pk for one in people])
        missing = {
            one.pk: queries.gaps(required.get(one.pk, []), held[one.pk], at) for one in people
        }
        return [
            Column("person", _("姓名"), read="name", link=_person_page),
            Column("post", _("岗位"), read=lambda row: post_of(row, at)),
            Column("held", _("有效技能"), read=lambda row: _valid(held[row.pk], at)),
            Column(
                "gaps", _("缺的技能"), read=lambda row: _named(gap.name for gap in missing[row.pk])
            ),
            Column("state", _("状态"), kind="badge", read=lambda row: _count(missing[row.pk])),
        ]

    return Listing(
        "people", gettext_lazy("人员技能"), PeopleFilters, rows, columns, ("pinyin", "id"),
        lambda: Empty(_("没有这样的人员"), _("这里列出本人和所属部门人员应有的和已测试的技能。"),
                      "certificate"),
        None, "training/list.html",
    )  # fmt: skip


def _person_page(row: Person) -> str:
    return reverse("training:person", args=[row.pk])


def post_of(person: Person, at: datetime) -> str:
    """The unit and title of somebody's main post."""
    held = org.main_post(person, at)
    return f"{held.post.unit.name} · {held.post.title}" if held else "—"


def _valid(skills: list[Skill], at: datetime) -> str:
    return _named(one.name for one in skills if one.expires_on > clock.day_of(at))


def _named(names: Iterable[str]) -> str:
    return _("、").join(names) or "—"


def _count(gaps: list[Any]) -> tuple[str, str]:
    if not gaps:
        return ("done", _("不缺"))
    return ("late", _("缺 %(n)s 项") % {"n": len(gaps)})


@require_GET
def people(request: Request) -> HttpResponse:
    """The people with their skills."""
    return listing.show(request, people_of(request.person, clock.now()))


@require_GET
def people_export(request: Request) -> HttpResponse:
    """The skill table as a workbook."""
    return listing.export(request, people_of(request.person, clock.now()))
