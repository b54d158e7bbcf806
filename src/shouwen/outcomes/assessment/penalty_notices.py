"""Reward and penalty notices: drawn up by the office, in force by the general manager's word."""

from datetime import datetime
from typing import Any

from django.db import transaction

from shouwen.engines.documents import actions as documents
from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.policy import queries as policy
from shouwen.work.cases.models import Case

from .models import Notice

FORM = "reward_penalty_notice"
APPROVAL = "gm"


@transaction.atomic
def open_notice(
    case: Case, data: dict[str, Any], *, by: Person, at: datetime | None = None
) -> Notice:
    """Draw up a notice for a unit or person of the departments of R4-64; puts it up to the GM."""
    moment = at or clock.now()
    _require_office(by, case.division, moment)
    sheet = documents.open_sheet(FORM, division=case.division, matter=case, by=by, at=moment)
    saved = documents.save_section(sheet, "notice", data, version=0, by=by, at=moment).data
    documents.sign_section(sheet, "notice", by=by, at=moment)
    unit = org.unit_by_id(int(saved["unit"]))
    _require_department(unit, case.division, moment)
    notice = Notice.objects.create(
        sheet=sheet,
        case=case,
        unit=unit,
        person=org.person(int(saved["person"])) if saved.get("person") else None,
        reward=saved["kind"] == "reward",
        amount_cents=saved["amount"],
    )
    record("notice.opened", notice, by=by, at=moment, matter=case, unit=unit.pk)
    dues.open_due(
        N_("批准奖罚通知单:%(number)s"),
        kind="sign",
        clause="R4-65",
        subject=sheet,
        matter=case,
        division=case.division,
        role="management.gm",
        start=moment,
        params={"number": case.label},
        link=f"/papers/{sheet.pk}/",
        by=by,
        at=moment,
    )
    return notice


def _require_office(by: Person, division: Unit, at: datetime) -> None:
    if org.as_whom(by, "gm_office", division, at) is None:
        raise refuse(
            N_("奖罚责任由总经理室依客诉项目原因决定"), "R4-64", instead=N_("请向总经理室提出意见")
        )


def _require_department(unit: Unit, division: Unit, at: datetime) -> None:
    """Only units of the departments the clause names: manufacturing, sales, service."""
    functions = policy.clause("R4-64", clock.day_of(at)).spec.of
    allowed = {
        below
        for function in functions
        for top in org.units_with(function, division, at)
        for below in org.staffing(at).below(top.pk)
    }
    if unit.pk not in allowed:
        raise refuse(
            N_("奖罚通知单的责任单位限于制造、业务、服务部门"), "R4-64", field="notice.unit"
        )


@transaction.atomic
def approve_notice(
    notice: Notice, *, by: Person, at: datetime | None = None, opinion: str = ""
) -> Notice:
    """The general manager approves: three copies go out and the deduction takes effect (R4-66)."""
    moment = at or clock.now()
    documents.sign_place(notice.sheet, APPROVAL, by=by, at=moment, opinion=opinion)
    documents.issue(notice.sheet, by=by, at=moment)
    notice.approved_at = moment
    notice.save(update_fields=["approved_at"])
    dues.settle(subject=notice.sheet, kind="sign", by=by, at=moment)
    record("notice.approved", notice, by=by, at=moment, matter=notice.case,
           amount=notice.amount_cents)  # fmt: skip
    return notice


@transaction.atomic
def confirm_check(notice: Notice, *, by: Person, at: datetime | None = None) -> Notice:
    """Accounting has checked the notice by its copy (R4-66)."""
    return _confirm(notice, "checked", "accounting", by, at or clock.now())


@transaction.atomic
def confirm_deduction(notice: Notice, *, by: Person, at: datetime | None = None) -> Notice:
    """The penalised department has taken it from the bonus (R4-66)."""
    return _confirm(notice, "deducted", f"unit:{notice.unit.code}", by, at or clock.now())


def _confirm(notice: Notice, what: str, role: str, by: Person, at: datetime) -> Notice:
    if org.as_whom(by, role, notice.sheet.division_id, at) is None:
        raise refuse(N_("由收存该联的单位确认"), "R4-66")
    changed = Notice.objects.filter(
        pk=notice.pk, approved_at__isnull=False, **{f"{what}_at__isnull": True}
    ).update(**{f"{what}_at": at, f"{what}_by": by})
    if not changed:
        raise refuse(N_("奖罚通知单未经批准,或已确认过"), "R4-66")
    notice.refresh_from_db()
    record(f"notice.{what}", notice, by=by, at=at, matter=notice.case)
    return notice
