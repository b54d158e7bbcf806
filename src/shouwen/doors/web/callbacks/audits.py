"""The quarterly assessment by two departments: draw, ask again, score, sign."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.caselists import listing as lists_page
from shouwen.doors.web.forms import carried_out
from shouwen.doors.web.people import Request
from shouwen.engines.dues.models import Due
from shouwen.engines.dues.tied import periods
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.work.callbacks import access, actions
from shouwen.work.callbacks.models import Audit, AuditItem
from shouwen.work.callbacks.oversight import auditing

from . import homes, lists, registers
from .forms import CheckForm

UNPROCESSABLE = 422


@require_GET
def listing(request: Request) -> HttpResponse:
    """Every assessment, what each department still owes, and what the reader may draw."""
    units = homes.bound(request.person, "duty", form=auditing.FORM)
    return lists_page.show(
        request, registers.AUDITS, offers=_offers(request, units), owed=_owed(units)
    )


def _owed(units: list[Any]) -> list[dict[str, Any]]:
    """The duties of the departments that are open; the late ones first."""
    now = clock.now()
    clauses = {auditing.clause_of(unit, now).id for unit in units}
    found = (
        Due.objects.open()
        .filter(clause__in=clauses, division__in=units, kind=Due.Kind.DUTY)
        .soonest()
    )
    return [_named(due) for due in found]


def _named(due: Due) -> dict[str, Any]:
    return {
        "due": due,
        "who": homes.department(due.role, due.division_id),
        "late": due.is_late(clock.now()),
    }


def _offers(request: Request, units: list[Any]) -> list[dict[str, object]]:
    now, offers = clock.now(), []
    for unit in units:
        clause = auditing.clause_of(unit, now)
        this = periods.period_of(clause.spec.every, clock.day_of(now))
        for role in access.owners_of(clause):
            if not org.as_whom(request.person, role, unit, now):
                continue
            for period in (periods.before(clause.spec.every, this).key, this.key):
                drawn = Audit.objects.filter(division=unit, period=period, role=role)
                if not drawn.exists():
                    offers.append({"division": unit, "period": period, "role": role})
    return offers


@require_POST
def draw(request: Request) -> HttpResponse:
    """Draw the call-backs that one department asks about again."""
    unit = homes.chosen(request, homes.bound(request.person, "duty", form=auditing.FORM))
    period, role = request.POST.get("period", "")[:7], request.POST.get("role", "")[:80]
    audit = actions.draw_audit(unit, period, role, by=request.person)
    return redirect("callbacks:audit", audit.pk)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One assessment with its calls."""
    return _page(request, access.access_audit(request.person, pk))


Wrong = tuple[int, CheckForm] | None


def _page(request: Request, audit: Audit, wrong: Wrong = None) -> HttpResponse:
    items = audit.items.select_related("callback__customer", "callback__result", "by")
    mine = org.as_whom(request.person, audit.role, audit.division_id, clock.now()) is not None
    may = mine and audit.submitted_at is None
    best = auditing.best_score(audit, clock.now()) if may else None
    rows: list[dict[str, Any]] = [
        {"item": one, "title": lists.title_of(one.callback), "form": _form(one, wrong, best)}
        for one in items
    ]
    context = {
        "at": "audits", "audit": audit, "rows": rows, "may": may,
        "who": homes.department(audit.role, audit.division_id),
        "left": sum(not row["item"].truth for row in rows),
    }  # fmt: skip
    return render(request, "callbacks/audit.html", context, status=UNPROCESSABLE if wrong else 200)


def _form(item: AuditItem, wrong: Wrong, best: int | None) -> CheckForm | None:
    if best is None:
        return None
    if wrong and wrong[0] == item.pk:
        return wrong[1]
    stands = {"truth": item.truth, "score": item.score, "finding": item.finding}
    return CheckForm(prefix=f"i{item.pk}", initial=stands, best=best)


@require_POST
def check(request: Request, pk: int, item: int) -> HttpResponse:
    """Note what asking one customer again showed."""
    audit = access.access_audit(request.person, pk)
    request.about = audit
    found = get_object_or_404(AuditItem, pk=item, audit=audit)
    best = auditing.best_score(audit, clock.now())
    form = CheckForm(request.POST, prefix=f"i{item}", best=best)
    if carried_out(request, form, actions.check, found):
        return redirect(f"/callbacks/audits/{pk}/#item-{item}")
    return _page(request, audit, (item, form))


@require_POST
def sign(request: Request, pk: int) -> HttpResponse:
    """Sign the assessment."""
    audit = access.access_audit(request.person, pk)
    request.about = audit
    actions.submit_audit(audit, opinion=request.POST.get("opinion", "")[:4000], by=request.person)
    messages.success(request, _("考核已签署提交"))
    return redirect("callbacks:audit", pk)
