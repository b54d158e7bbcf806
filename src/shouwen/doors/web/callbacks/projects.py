"""The register of projects with their call-back files, and the plan of the regular calls."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.caselists import listing as lists_page
from shouwen.doors.web.forms import at_fields, carried_out
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit
from shouwen.work.callbacks import access, actions, queries
from shouwen.work.callbacks.models import Callback, Project
from shouwen.work.callbacks.rounds import projects, regular
from shouwen.work.customers.access import access_customer, may_write
from shouwen.work.customers.models import Customer

from . import homes, lists, registers
from .forms import DeliveryForm, ProjectForm

UNPROCESSABLE = 422


@require_GET
def listing(request: Request) -> HttpResponse:
    """The register."""
    return lists_page.show(request, registers.PROJECTS, may=bool(_keeps(request)))


def _keeps(request: Request) -> list[Unit]:
    """The divisions whose register the reader may write."""
    now = clock.now()
    return [
        unit
        for unit in homes.bound(request.person, "checklist", form="project")
        if access.may_keep_projects(request.person, unit, now)
    ]


def new(request: Request) -> HttpResponse:
    """Register a project."""
    unit = homes.chosen(request, _keeps(request))
    form = ProjectForm(request.POST or None, division=unit)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with at_fields(request, form):
            draft = projects.ProjectDraft(
                access_customer(request.person, told["customer"]), told["name"],
                org.person(told["responsible"]) if told["responsible"] else None, told["phone"],
            )  # fmt: skip
            made = actions.register_project(unit, draft, by=request.person)
            messages.success(request, _("项目已登记"))
            return redirect("callbacks:project", made.pk)
    context = {"at": "projects", "form": form, "division": unit}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "callbacks/project_form.html", context, status=status)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One project with its call-back file."""
    return _page(request, access.access_project(request.person, pk))


def _page(request: Request, project: Project, form: DeliveryForm | None = None) -> HttpResponse:
    may = access.may_keep_projects(request.person, project.division_id, clock.now())
    rows = list(queries.calls_of("project", project.pk))
    empty = Empty(_("还没有安排回访"), _("交付之后，每个月、每个季度的回访会自己排进来。"), "phone")
    context = {
        "at": "projects", "project": project,
        "form": form or (DeliveryForm() if may and not project.delivered_on else None),
        "rhythms": projects.rhythms_of(project.division_id, clock.now()),
        "table": Table(_call_columns(), rows, request, empty, caption=_("回访档案"),
                       row_state=lists.mark_of),
    }  # fmt: skip
    return render(request, "callbacks/project.html", context, status=UNPROCESSABLE if form else 200)


def _call_columns() -> list[Column]:
    return [
        Column("period", _("本期自"), link=lists.address),
        Column("due_on", _("期限"), kind="day"),
        Column("clause", _("依据"), kind="clause"),
        Column("state", _("状态"), kind="badge", read=lists.state_of),
        Column("satisfied", _("满意度"), kind="badge", read=lists.satisfied_of),
        Column("words", _("客户原话"), read=_words, phone=False),
        Column("done_at", _("回访时间"), kind="moment"),
    ]


def _words(row: Callback) -> str:
    return row.result.words if row.state == "done" else ""


@require_POST
def deliver(request: Request, pk: int) -> HttpResponse:
    """Set a project to delivered."""
    project = access.access_project(request.person, pk)
    request.about = project
    form = DeliveryForm(request.POST)
    if carried_out(request, form, actions.deliver, project):
        messages.success(request, _("已交付，回访档案已建立"))
        return redirect("callbacks:project", pk)
    return _page(request, project, form)


@require_GET
def plans(request: Request) -> HttpResponse:
    """Every customer's regular call."""
    return lists_page.show(request, registers.PLANS)


def set_group(request: Request, customer: int) -> HttpResponse:
    """One customer's class, with the interval of each."""
    try:
        found = access_customer(request.person, customer)
    except Customer.DoesNotExist:
        raise Http404 from None
    now = clock.now()
    if request.method == "POST":
        request.about = found
        actions.set_group(found, request.POST.get("group", "")[:30], by=request.person)
        messages.success(request, _("回访类别已设定"))
        return redirect("callbacks:plans")
    table = regular.table_of(found.division_id, now)
    plan = queries.plan_of(found)
    context = {
        "at": "plans", "customer": found, "plan": plan,
        "next_on": regular.next_on(plan, now) if plan else None,
        "clauses": [one.id for one in regular.clauses_of(found.division_id, now)],
        "groups": [(key, registers.group_name(key), days) for key, days in table[1].items()]
        if table else [],
        "may": may_write(request.person, "customer", found.division_id),
    }  # fmt: skip
    return render(request, "callbacks/plan.html", context)
