"""What people of a service centre do with a matter beside its course: answer, hand on, join.

Each is a small form on the page and one verb behind it; a refusal comes back at its fields.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.people import Request
from shouwen.engines.dues import queries as dues
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.work.cases import actions as cases
from shouwen.work.cases import rules
from shouwen.work.cases.centre import joining, owning, reclassifying, replying, stepping
from shouwen.work.cases.models import Case, CaseLink, Kind, Transfer

from .deal_forms import (
    AgainForm,
    ClassForm,
    DealForm,
    MajorForm,
    NothingForm,
    NumberForm,
    OwnerForm,
    ReplyForm,
    SplitForm,
    StepForm,
    TakeOverForm,
    TransferForm,
)

Press = Callable[[Case, DealForm, Request], object]


@dataclass(frozen=True)
class Deal:
    """One thing that can be done: its words, its form, when it is offered, what it does."""

    key: str
    title: Any
    icon: str
    clause: str
    form: type[DealForm]
    offered: Callable[[Case, Person], bool]
    press: Press
    button: Any


@dataclass
class Offer:
    """A deal on the page, perhaps with what came back of it."""

    deal: Deal
    form: DealForm

    @property
    def is_open(self) -> bool:
        """Whether it stands unfolded."""
        return self.form.is_bound


def _open(case: Case, person: Person) -> bool:
    return case.state == "open"


def _waiting(case: Case, person: Person) -> bool:
    row = waiting_transfer(case)
    if row is None:
        return False
    now = clock.now()
    return person.pk in {row.taker_id, *(one.pk for one in org.stand_ins(row.taker_id, now))}


def waiting_transfer(case: Case) -> Transfer | None:
    """The transfer that waits for a manager."""
    return case.transfers.filter(state=Transfer.State.WAITING).first()


def _waits(case: Case) -> Transfer:
    row = waiting_transfer(case)
    if row is None:
        raise refuse(N_("此事已由他人接办或另转"))
    return row


def _handles(case: Case, person: Person) -> bool:
    if not _open(case, person) or case.handler_id is None or waiting_transfer(case):
        return False
    above = org.superiors(case.handler_id, case.division_id, clock.now())
    return person.pk == case.handler_id or person in above


def _steps(case: Case, person: Person) -> bool:
    return _open(case, person) and (person.pk == case.first_owner_id or _handles(case, person))


def _leads(case: Case, person: Person) -> bool:
    role = "customer_service.manager"
    return _open(case, person) and bool(
        org.as_whom(person, role, case.division_id, clock.now())
        or person in org.superiors(case.first_owner_id, case.division_id, clock.now())
    )


def _of_centre(case: Case, person: Person) -> bool:
    held = org.as_whom(person, "customer_service", case.division_id, clock.now())
    return _open(case, person) and bool(held)


def _reclassifies(case: Case, person: Person) -> bool:
    return case.kind == Kind.COMPLAINT and bool(case.accepted_at) and _of_centre(case, person)


def _confirms(case: Case, person: Person) -> bool:
    boss = org.as_whom(person, "management.gm", case.division_id, clock.now())
    waiting = dues.of_matter(case, only_open=True).filter(key=f"major:{case.pk}")
    return bool(boss) and waiting.exists()


def _merged(case: Case, person: Person) -> bool:
    held = org.as_whom(person, "customer_service", case.division_id, clock.now())
    return case.state == "merged" and bool(held)


def _again(case: Case, form: DealForm, request: Request) -> Case:
    said = form.cleaned_data["description"]
    intake = cases.Intake(
        case.division, case.customer, case.category, case.title, said, channel=case.channel,
        caller=case.text.caller, phone=case.text.phone, wanted=said,
        kind=case.kind if case.kind in rules.GENERAL else "",
    )  # fmt: skip
    owner = owning.answers_for(case, clock.now())
    return joining.take_up_again(case, intake, by=request.person, owner=owner)


def _split(case: Case, form: DealForm, request: Request) -> Case:
    assert isinstance(form, SplitForm)
    reason = form.cleaned_data["reason"]
    return joining.split(case, form.intake(), reason=reason, by=request.person)


def _undo(case: Case, form: DealForm, request: Request) -> Case:
    link = CaseLink.objects.get(case=case, kind=CaseLink.Kind.MERGED, undone_at__isnull=True)
    return joining.undo_merge(link, by=request.person)


def _person(form: DealForm, name: str) -> Person:
    return org.person(int(form.cleaned_data[name]))


def _take(case: Case, form: DealForm, request: Request) -> Case:
    chosen = form.cleaned_data.get("handler")
    handler = org.person(int(chosen)) if chosen else None
    return owning.take_over(_waits(case), handler=handler, by=request.person)


AGAIN = "again"
DEALS: tuple[Deal, ...] = (
    Deal("reply", _("答复客户"), "message-forward", "R2-07", ReplyForm, _open,
         lambda case, form, request: replying.reply(
             case, form.cleaned_data["text"], channel=form.cleaned_data["channel"],
             definite=form.cleaned_data["definite"], by=request.person),
         _("记录答复")),
    Deal("next_step", _("安排下一步"), "calendar-event", "R7-67", StepForm, _steps,
         lambda case, form, request: stepping.plan_next_step(
             case, form.cleaned_data["on"], form.cleaned_data["what"], by=request.person),
         _("安排")),
    Deal("take_over", _("接办"), "user-check", "R5-10", TakeOverForm, _waiting, _take, _("接办")),
    Deal("send_on", _("另转他人"), "transfer", "R5-10", TransferForm, _waiting,
         lambda case, form, request: owning.send_on(
             _waits(case), _person(form, "to"), reason=form.cleaned_data["reason"],
             by=request.person),
         _("另转")),
    Deal("transfer", _("移交主管领导"), "transfer", "R5-10", TransferForm, _handles,
         lambda case, form, request: owning.transfer(
             case, _person(form, "to"), reason=form.cleaned_data["reason"], by=request.person),
         _("移交")),
    Deal("reclassify", _("更改类别与程度"), "tags", "R2-13", ClassForm, _reclassifies,
         lambda case, form, request: reclassifying.reclassify(
             case, category=form.cleaned_data["category"], grade=form.cleaned_data["grade"],
             reason=form.cleaned_data["reason"], by=request.person),
         _("更改")),
    Deal("major", _("报告重大事项"), "alert-octagon", "R5-12", MajorForm, _open,
         lambda case, form, request: owning.report_major(
             case, why=form.cleaned_data["why"], by=request.person),
         _("立即报告总经理")),
    Deal("acknowledge", _("知悉重大事项"), "eye-check", "R5-12", NothingForm, _confirms,
         lambda case, form, request: owning.acknowledge_major(case, by=request.person),
         _("已知悉")),
    Deal("owner", _("改派首问责任人"), "user-edit", "R3-32", OwnerForm, _leads,
         lambda case, form, request: owning.change_owner(
             case, _person(form, "to"), reason=form.cleaned_data["reason"], by=request.person),
         _("改派")),
    Deal("merge", _("并入另一事项"), "arrow-merge", "", NumberForm, _of_centre,
         lambda case, form, request: joining.merge(
             case, form.other(request), reason=form.cleaned_data["reason"],  # type: ignore[attr-defined]
             by=request.person),
         _("并入")),
    Deal("split", _("拆出另一事项"), "arrows-split", "R3-32", SplitForm, _of_centre, _split,
         _("拆出")),
    Deal("undo_merge", _("撤销合并"), "arrows-split", "", NothingForm, _merged, _undo, _("撤销")),
    Deal("link", _("关联另一事项"), "link", "", NumberForm, _of_centre,
         lambda case, form, request: joining.link_akin(
             case, form.other(request), reason=form.cleaned_data["reason"],  # type: ignore[attr-defined]
             by=request.person),
         _("关联")),
    Deal(AGAIN, _("客户仍有问题:续办"), "refresh", "R3-33", AgainForm,
         lambda case, person: case.state == "closed", _again, _("续办")),
)  # fmt: skip
"""In the order of the page."""


def offers(
    case: Case, person: Person, came_back: DealForm | None = None, key: str = ""
) -> list[Offer]:
    """What this person is offered; the one that came back refused stands open with its words."""
    return [
        Offer(deal, came_back if came_back and deal.key == key else blank(deal, case))
        for deal in _known(case)
        if deal.key == key or deal.offered(case, person)
    ]


def _known(case: Case) -> list[Deal]:
    """All for what the service centre carries; an ordinary matter is only taken up again."""
    if case.kind in rules.GENERAL:
        return list(DEALS)
    return [deal for deal in DEALS if deal.key == AGAIN and case.kind in rules.TAKEN_UP]


def blank(deal: Deal, case: Case) -> DealForm:
    """The form as it begins."""
    start = {
        "channel": case.channel,
        "kind": case.kind,
        "category": case.category,
        "grade": case.grade,
        "on": max(case.next_step_on or clock.today(), clock.today()),
    }
    return deal.form(case, prefix=deal.key, initial=start)


def find(key: str, case: Case) -> Deal | None:
    """The deal of that key, where such a matter knows it."""
    return next((deal for deal in _known(case) if deal.key == key), None)


def links_of(case: Case) -> Iterable[CaseLink]:
    """Every matter that this one has to do with, either way."""
    here = CaseLink.objects.filter(case=case, undone_at__isnull=True).select_related("other")
    there = CaseLink.objects.filter(other=case, undone_at__isnull=True).select_related("case")
    return [*here, *there]
