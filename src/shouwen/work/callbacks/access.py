"""Who sees call-backs, who may make one, and the gates from an address to a record."""

from datetime import datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.policy.shapes import Clause

from .models import Audit, Callback, CallbackReport, Project, Sample, Suggestion

PROJECT_KEEPERS = ("customer_service", "service", "sales")
"""Who registers projects and says that one is delivered."""

Row = TypeVar("Row", bound=Model)


def visible(person: Person) -> QuerySet[Callback]:
    """Call-backs of the divisions a person works in, and those he owes himself."""
    return Callback.objects.filter(
        Q(division_id__in=org.divisions_visible(person)) | Q(person=person)
    )


def mine(person: Person, at: datetime) -> Q:
    """What is a person's to call: his own, his roles', and those of whom he stands in for."""
    bearers = [person.pk, *(absent.pk for absent in org.acting_for(person, at))]
    found = Q(person_id__in=bearers)
    open_roles = visible(person).filter(state="open", person__isnull=True)
    for division, role in open_roles.order_by().values_list("division_id", "role").distinct():
        if org.as_whom(person, role, division, at) is not None:
            found |= Q(person__isnull=True, division_id=division, role=role)
    return found


def may_call(person: Person, callback: Callback, at: datetime) -> bool:
    """Whether the call is his to make: as owner, standing in, or as the owner's superior."""
    if callback.person_id is None:
        return org.as_whom(person, callback.role, callback.division_id, at) is not None
    owner = org.person(callback.person_id)
    allowed = [owner, *org.stand_ins(owner, at), *org.superiors(owner, callback.division_id, at)]
    return person in allowed


def require_caller(by: Person, callback: Callback, at: datetime) -> None:
    """Refuse whoever may not make the call."""
    if may_call(by, callback, at):
        return
    owner = (
        org.person(callback.person_id).name
        if callback.person_id
        else org.role_title(callback.role, callback.division_id, at)
    )
    raise refuse(
        N_("这一回访由%(owner)s负责，您不能代打"),
        callback.clause,
        instead=N_("请交由负责人、其代理人或上级办理"),
        owner=owner,
    )


def require_role(role: str, division: Unit | int, clause: str, *, by: Person, at: datetime) -> None:
    """Refuse whoever does not fill a role, himself or standing in."""
    if org.as_whom(by, role, division, at) is None:
        raise refuse(
            N_("此事由%(role)s办理"),
            clause,
            instead=N_("请交由该岗位人员或其代理人办理"),
            role=org.role_title(role, division, at),
        )


def owners_of(clause: Clause) -> tuple[str, ...]:
    """The roles that a clause names, be it one or several."""
    owner = getattr(clause.spec, "owner", "") or getattr(clause.spec, "by", "") or ()
    return (owner,) if isinstance(owner, str) else tuple(owner)


def may_keep_projects(person: Person, division: Unit | int, at: datetime) -> bool:
    """Whether somebody may register projects of a division."""
    return any(org.as_whom(person, role, division, at) for role in PROJECT_KEEPERS)


def require_project_keeper(by: Person, division: Unit | int, clause: str, at: datetime) -> None:
    """Refuse whoever may not write the register of projects."""
    if not may_keep_projects(by, division, at):
        raise refuse(
            N_("只有客服、服务和业务部门可以登记项目"), clause, instead=N_("请联系这些部门")
        )


def access_callback(person: Person, pk: int) -> Callback:
    """The call-back, or 404 for whoever may not know that it exists."""
    found = visible(person).select_related("customer", "division", "person", "done_by")
    return _or_404(found.filter(pk=pk).first())


def access_sample(person: Person, pk: int) -> Sample:
    """The sample of a division in sight, or 404."""
    found = Sample.objects.filter(division_id__in=org.divisions_visible(person))
    return _or_404(found.select_related("division", "drawn_by", "closed_by").filter(pk=pk).first())


def access_audit(person: Person, pk: int) -> Audit:
    """The audit of a division in sight, or 404."""
    found = Audit.objects.filter(division_id__in=org.divisions_visible(person))
    return _or_404(found.select_related("division", "submitted_by").filter(pk=pk).first())


def access_report(person: Person, pk: int) -> CallbackReport:
    """The report of a division in sight, or 404."""
    found = CallbackReport.objects.filter(division_id__in=org.divisions_visible(person))
    ready = found.select_related("division", "drawn_by", "submitted_by", "acknowledged_by")
    return _or_404(ready.filter(pk=pk).first())


def access_suggestion(person: Person, pk: int) -> Suggestion:
    """The line of the improvement list of a division in sight, or 404."""
    found = Suggestion.objects.filter(division_id__in=org.divisions_visible(person))
    ready = found.select_related("division", "owner", "callback__customer")
    return _or_404(ready.filter(pk=pk).first())


def access_project(person: Person, pk: int) -> Project:
    """The project of a division in sight, or 404."""
    found = Project.objects.filter(division_id__in=org.divisions_visible(person))
    ready = found.select_related("division", "customer", "responsible", "file")
    return _or_404(ready.filter(pk=pk).first())


def _or_404(found: Row | None) -> Row:
    if found is None:
        raise Http404
    return found
