"""Reward and penalty notices: drawn up by the office, in force by the general manager's word."""

from datetime import datetime
from typing import Any

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.models import Copy
from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.work.cases.models import Case

from .access import require, spec_of
from .models import Notice, Penalty

FORM = "reward_penalty_notice"
APPROVAL = "gm"
OFFICE = (N_("奖罚责任由总经理室依客诉项目原因决定"), "R4-64", N_("请向总经理室提出意见"))
GENERAL_MANAGER = (N_("奖罚通知单由总经理批准"), "R4-65", N_("请呈总经理批示"))


def ask_for_notice(penalty: Penalty, *, by: Person, at: datetime) -> None:
    """A deduction of one of the departments of R4-64 is carried out by a notice (R4-65)."""
    case = penalty.case
    spec = spec_of(case.division_id, "R4-64", at)
    if not any(org.holds(penalty.person, role, case.division_id, at) for role in spec.of):
        return
    person = penalty.person
    dues.open_due(
        N_("开立奖罚通知单:%(person)s"),
        kind="task",
        clause="R4-65",
        subject=penalty,
        matter=case,
        division=case.division_id,
        role=spec.by,
        start=at,
        params={"person": {"zh": person.name_zh, "en": person.name_en}, "matter": case.called},
        link=f"/assessment/notices/new/?penalty={penalty.pk}",
        by=by,
        at=at,
    )


@one_act
def open_notice(
    case: Case,
    data: dict[str, Any],
    *,
    penalty: Penalty | None = None,
    by: Person,
    at: datetime | None = None,
) -> Notice:
    """Draw up a notice for a unit or person of the departments of R4-64; puts it up to the GM."""
    moment = at or clock.now()
    require_office(by, case.division, moment)
    _require_unused(penalty, case)
    sheet = documents.open_sheet(FORM, division=case.division, matter=case, by=by, at=moment)
    saved = documents.save_section(sheet, "notice", data, version=0, by=by, at=moment).data
    documents.sign_section(sheet, "notice", by=by, at=moment)
    unit = org.unit_by_id(int(saved["unit"]))
    person = org.person(int(saved["person"])) if saved.get("person") else None
    _require_department(unit, person, case.division, moment)
    notice = Notice.objects.create(
        sheet=sheet,
        case=case,
        penalty=penalty,
        unit=unit,
        person=person,
        reward=saved["kind"] == "reward",
        amount_cents=saved["amount"],
    )
    who = {"unit": unit.pk, "person": person.pk if person else None}
    record("liability.decided", notice, by=by, at=moment, matter=case,
           cause_item=saved["cause_item"], **who)  # fmt: skip
    record("notice.drafted", notice, by=by, at=moment, matter=case, amount=saved["amount"], **who)
    if penalty is not None:
        dues.settle(subject=penalty, clause="R4-65", by=by, at=moment)
    _ask_general_manager(notice, case, by=by, at=moment)
    return notice


def require_office(by: Person, division: Unit, at: datetime) -> None:
    """Only the office decides whose fault it was for the bonus (R4-64)."""
    require(by, spec_of(division, "R4-64", at).by, division, at, OFFICE)


def _require_unused(penalty: Penalty | None, case: Case) -> None:
    if penalty is None:
        return
    if penalty.case_id != case.pk:
        raise refuse(N_("惩处不属于本案"), "R4-64")
    Penalty.objects.select_for_update().get(pk=penalty.pk)
    if penalty.notices.filter(declined_at__isnull=True).exists():
        raise refuse(N_("此项惩处已开立奖罚通知单"), "R4-65")


def _require_department(unit: Unit, person: Person | None, division: Unit, at: datetime) -> None:
    """Only units and people of the departments the clause names: manufacturing, sales, service."""
    day = org.staffing(at)
    functions = spec_of(division, "R4-64", at).of
    allowed = {pk for function in functions for pk in day.serving(function, division.pk)}
    if unit.pk not in allowed:
        raise refuse(
            N_("奖罚通知单的责任单位限于制造、业务、服务部门"), "R4-64", field="notice.unit"
        )
    inside = set(day.below(unit.pk))
    if person and not any(held.post.unit_id in inside for held in org.posts_of(person, at)):
        raise refuse(
            N_("%(person)s不在%(unit)s任职"), "R4-64", field="notice.person",
            person=person.name, unit=unit.name,
        )  # fmt: skip


def _ask_general_manager(notice: Notice, case: Case, *, by: Person, at: datetime) -> None:
    dues.open_due(
        N_("批准奖罚通知单:%(number)s"),
        kind="sign",
        clause="R4-65",
        subject=notice,
        matter=case,
        division=case.division,
        role=spec_of(case.division, "R4-65", at).by,
        start=at,
        params={"number": case.label, "matter": case.called},
        link=address(notice),
        by=by,
        at=at,
    )


def address(notice: Notice) -> str:
    """Where a notice is looked at, approved and confirmed."""
    return f"/assessment/notices/{notice.pk}/"


@one_act
def approve_notice(
    notice: Notice, *, by: Person, at: datetime | None = None, opinion: str = ""
) -> Notice:
    """The general manager approves: three copies go out and the deduction takes effect (R4-66)."""
    moment = at or clock.now()
    notice = _undecided(notice)
    documents.sign_place(notice.sheet, APPROVAL, by=by, at=moment, opinion=opinion)
    documents.issue(notice.sheet, by=by, at=moment)
    notice.approved_at = moment
    notice.save(update_fields=["approved_at"])
    dues.settle(subject=notice, kind="sign", by=by, at=moment)
    record("notice.approved", notice, by=by, at=moment, matter=notice.case,
           amount=notice.amount_cents)  # fmt: skip
    notice.sheet.refresh_from_db()
    for what, title in ASKED.items():
        _ask_holder(notice, what, title, by=by, at=moment)
    return notice


ASKED = {
    "checked": N_("查核奖罚通知单:%(number)s"),
    "deducted": N_("办理奖罚通知单:%(number)s"),
}


def _ask_holder(notice: Notice, what: str, title: str, *, by: Person, at: datetime) -> None:
    dues.open_due(
        title,
        kind="task",
        clause="R4-66",
        subject=notice,
        matter=notice.case,
        division=notice.sheet.division_id,
        unit=_copy_to(notice, what, at).unit,
        start=at,
        params={"number": notice.sheet.label, "matter": notice.case.called if notice.case else ""},
        link=address(notice),
        key=f"notice:{notice.pk}:{what}",
        by=by,
        at=at,
    )


def _copy_to(notice: Notice, what: str, at: datetime) -> Copy:
    """The copy by which something is confirmed, as the clause says (R4-66)."""
    number = spec_of(notice.sheet.division_id, "R4-66", at).confirms[what]
    return Copy.objects.select_related("unit").get(sheet=notice.sheet, no=number)


@one_act
def decline_notice(
    notice: Notice, reason: str, *, by: Person, at: datetime | None = None
) -> Notice:
    """The general manager does not approve: the draft is void and has no effect (R4-65)."""
    moment = at or clock.now()
    notice = _undecided(notice)
    division = notice.sheet.division
    require(by, spec_of(division, "R4-65", moment).by, division, moment, GENERAL_MANAGER)
    if not reason.strip():
        raise refuse(N_("请写明不批准的理由"), "R4-65", field="reason")
    documents.void(notice.sheet, reason=reason, by=by, at=moment)
    notice.declined_at = moment
    notice.save(update_fields=["declined_at"])
    dues.settle(subject=notice, kind="sign", by=by, at=moment)
    record("notice.declined", notice, by=by, at=moment, matter=notice.case, reason=reason.strip())
    if notice.penalty:  # the penalty stands, so the office has to put up another notice
        ask_for_notice(notice.penalty, by=by, at=moment)
    return notice


def _undecided(notice: Notice) -> Notice:
    found = (
        Notice.objects.select_for_update(of=("self",))
        .select_related("sheet__division", "case", "unit")
        .get(pk=notice.pk)
    )
    if found.approved_at or found.declined_at:
        raise refuse(N_("此奖罚通知单已经批示"), "R4-65")
    return found


@one_act
def confirm_check(notice: Notice, *, by: Person, at: datetime | None = None) -> Notice:
    """Accounting has checked the notice by its copy (R4-66)."""
    return _confirm(notice, "checked", by, at or clock.now())


@one_act
def confirm_deduction(notice: Notice, *, by: Person, at: datetime | None = None) -> Notice:
    """The department has taken it from the bonus, or paid the reward (R4-66)."""
    return _confirm(notice, "deducted", by, at or clock.now())


def _confirm(notice: Notice, what: str, by: Person, at: datetime) -> Notice:
    if notice.approved_at is None:
        raise refuse(N_("奖罚通知单未经总经理批准,没有效力"), "R4-65", instead=N_("请待总经理批示"))
    # Whoever confirms has the copy in hand: the receipt asks that he is of the unit it is for.
    documents.receive_copy(_copy_to(notice, what, at), by=by, at=at)
    changed = Notice.objects.filter(pk=notice.pk, **{f"{what}_at__isnull": True}).update(
        **{f"{what}_at": at, f"{what}_by": by}
    )
    if not changed:
        raise refuse(N_("已确认过,不必再办"), "R4-66")
    notice.refresh_from_db()
    dues.settle(key=f"notice:{notice.pk}:{what}", by=by, at=at)
    record(f"notice.{what}", notice, by=by, at=at, matter=notice.case)
    return notice
