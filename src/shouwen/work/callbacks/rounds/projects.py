"""Projects: register, deliver with a call-back file, and plan the call of each period."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile

from django.db import IntegrityError, transaction

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.foundation.refusal import Reason as Why
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.policy.shapes import Clause
from shouwen.work.callbacks import access, planning, queries, rules
from shouwen.work.callbacks.models import CallbackFile, Project, Reason
from shouwen.work.customers.models import Customer

from . import rhythm

SLICE = 200
DEFAULT_OWNER = "customer_service"


@dataclass(frozen=True)
class ProjectDraft:
    """What is known of a project when it is registered."""

    customer: Customer
    name: str
    responsible: Person | None = None
    phone: str = ""


def rhythms_of(division: Unit | int, at: datetime) -> list[rhythm.Rhythm]:
    """How often the clauses in force want a project called, and for how long (R5-25, R5-26)."""
    found = ruling.clauses("quota", division, at, of="callback.done", by="project")
    return [
        rhythm.Rhythm(
            clause.id, clause.spec.per, _owner(clause),
            getattr(clause.spec, "from_months", None) or 0,
            getattr(clause.spec, "until_months", None),
        )
        for clause in found
    ]  # fmt: skip


def _owner(clause: Clause) -> str:
    owners = access.owners_of(clause)
    return owners[0] if owners else DEFAULT_OWNER


def _register_clause(division: Unit | int, at: datetime) -> str:
    found = ruling.clause("checklist", division, at, form="project", before="project.delivered")
    return found.id if found else ""


@one_act
def register_project(
    division: Unit, draft: ProjectDraft, *, by: Person, at: datetime | None = None
) -> Project:
    """Register what is being built for a customer."""
    moment = at or clock.now()
    clause = _register_clause(division, moment)
    access.require_project_keeper(by, division, clause, moment)
    refuse_any(_why_not_registered(division, draft, clause))
    row = Project(
        division=division, customer=draft.customer, name=draft.name.strip()[:120],
        phone=draft.phone.strip() or draft.customer.phone, responsible=draft.responsible,
        registered_at=moment, registered_by=by,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise refuse(
            N_("该客户已有同名项目“%(name)s”"), clause, field="name", name=row.name
        ) from None
    record("project.registered", row, by=by, at=moment, customer=row.customer_id,
           responsible=row.responsible_id, division=row.division_id)  # fmt: skip
    return row


def _why_not_registered(division: Unit, draft: ProjectDraft, clause: str) -> Iterator[Why]:
    if not draft.name.strip():
        yield Why(N_("请填写项目名称"), clause, "name")
    if draft.responsible is None:
        yield Why(N_("请指定项目负责人"), clause, "responsible")
    if draft.customer.division_id != division.pk:
        yield Why(N_("客户属于另一单位"), clause, "customer")


@one_act
def deliver(
    project: Project, delivered_on: date | None, *, by: Person, at: datetime | None = None
) -> Project:
    """Set a project to delivered: its call-back file is opened with it, or neither (R5-24)."""
    moment = at or clock.now()
    row = Project.objects.select_for_update().select_related("division", "customer").get(
        pk=project.pk
    )  # fmt: skip
    clause = _register_clause(row.division_id, moment)
    access.require_project_keeper(by, row.division_id, clause, moment)
    if row.delivered_on:
        raise refuse(N_("项目已于 %(day)s 交付"), clause, day=row.delivered_on.isoformat())
    today = clock.day_of(moment)
    refuse_any(rules.why_not_delivered(delivered_on, today, clause))
    assert delivered_on is not None
    rhythms = rhythms_of(row.division_id, moment)
    first = next(rhythm.periods(delivered_on, rhythms, today), None)
    if first is None:
        raise refuse(
            N_("制度没有规定交付项目多久回访一次，回访计划无从建立"), clause, field="delivered_on"
        )
    row.file = CallbackFile.objects.create(
        opened_at=moment, opened_by=by, first_due_on=first.last, next_on=first.first
    )
    row.delivered_on = delivered_on
    row.save(update_fields=["delivered_on", "file"])
    record(
        "project.delivered", row, by=by, at=moment, delivered_on=delivered_on.isoformat(),
        first_due_on=first.last.isoformat(), file=row.file.pk, division=row.division_id,
    )  # fmt: skip
    _plan([row.file], {row.division_id: rhythms}, moment)
    return row


def plan_due(now: datetime) -> int:
    """Plan the calls of the projects whose next period has begun; returns how many are new.

    Files are claimed slice by slice and moved on in the act that plans, so whoever is killed in
    between leaves nothing half done, and any number of workers plan each period once.
    """
    day, planned = clock.day_of(now), 0
    of_division = {one.pk: rhythms_of(one, now) for one in org.divisions(day)}
    of_division = {pk: found for pk, found in of_division.items() if found}
    while True:
        with transaction.atomic():
            due = queries.files_due(day, of_division).order_by("next_on", "id")
            files = list(due.select_for_update(skip_locked=True, of=("self",))[:SLICE])
            planned += _plan(files, of_division, now)
        if len(files) < SLICE:
            return planned


def _plan(
    files: list[CallbackFile], of_division: dict[int, list[rhythm.Rhythm]], now: datetime
) -> int:
    found = Project.objects.filter(file__in=files).select_related("customer", "file")
    needs = []
    for project in found:
        needs += _needs(project, of_division[project.division_id], clock.day_of(now))
    planning.plan_all(needs, by=None, at=now)
    CallbackFile.objects.bulk_update([one.file for one in found if one.file], ["next_on"])
    return len(needs)


def _needs(project: Project, rhythms: list[rhythm.Rhythm], today: date) -> list[planning.Need]:
    """The periods that have begun since the file was looked at; it is moved to the next one."""
    file, delivered_on = project.file, project.delivered_on
    assert file is not None
    assert file.next_on is not None
    assert delivered_on is not None
    coming = rhythm.periods(delivered_on, rhythms, file.next_on)
    begun = list(takewhile(lambda one: one.first <= today, coming))
    last = begun[-1].last if begun else file.next_on
    after = rhythm.periods(delivered_on, rhythms, last)
    following = next((one for one in after if one.first > today), None)
    file.next_on = following.first if following else None
    return [_need(project, one) for one in begun]


def _need(project: Project, period: rhythm.Period) -> planning.Need:
    return planning.Need(
        project.division_id, Reason.PROJECT, ("project", project.pk), project.customer,
        period.rhythm.clause, project.name, project.phone, role=period.rhythm.role,
        period=period.key, counted_on=period.last, due_at=clock.end_of(period.last),
    )  # fmt: skip
