"""Hand a bad answer back: to whoever takes it for that kind of matter, else as a new matter.

    handing.register("case", taker)

`taker(callback, result, by, at)` of a storey above, or beside, runs inside the act. Without one, a
matter that is still open goes back: by its own course where it follows one (it hears the fact),
else to its first-contact owner's desk. What is closed is reopened to him, or filed anew after the
company's days; what the director let rest, or is no matter at all, becomes a matter of its own.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from shouwen.engines.documents.matters import stand_in
from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due
from shouwen.engines.flows.models import Run
from shouwen.ground.foundation.refusal import N_, Refused
from shouwen.ground.journal.actions import record
from shouwen.ground.org.models import Person
from shouwen.work.cases import actions as cases
from shouwen.work.cases.centre import calling_back, joining, owning, verdicts
from shouwen.work.cases.models import Case, Category
from shouwen.work.interactions.models import Channel

from .models import Callback, Result

Taker = Callable[[Callback, Result, Person, datetime], None]
IN_SHORT = 60
"""So much of what was said is what a matter is called."""
_takers: dict[str, Taker] = {}


def register(kind: str, taker: Taker) -> None:
    """Say who takes the bad answers about a kind of matter."""
    _takers[kind] = taker


def hand_back(callback: Callback, result: Result, *, by: Person, at: datetime) -> None:
    """The customer is not satisfied: somebody has to act."""
    taker = _takers.get(callback.matter_kind)
    if taker is not None:
        taker(callback, result, by, at)
        return
    found = Case.objects.select_related("division", "customer", "first_owner", "text")
    case = found.filter(pk=callback.matter_id).first() if callback.matter_kind == "case" else None
    if case is None:
        case = open_linked(callback, result.words, by=by, at=at)
    elif case.state == "open":
        _go_on(callback, case, result, by, at)
    else:
        case = _take_up(callback, case, result, by, at)
    record(
        "callback.handed_back", callback, by=by, at=at, matter=stand_in(*callback.matter),
        case=case.pk, number=case.label,
    )  # fmt: skip


def _go_on(callback: Callback, case: Case, result: Result, by: Person, at: datetime) -> None:
    """By its own course, which hears the fact; from its archiving it is brought back here.

    What the director let rest, he let rest knowing that (R3-33).
    """
    if not _has_course(case):
        _put_back(callback, case, by, at)
    elif _is_archived(case) and not joining.was_let_rest(case):
        case.satisfied = False
        case.save(update_fields=["satisfied"])
        joining.bring_back(case, result.words, by=by, at=at)


def _is_archived(case: Case) -> bool:
    """Whether only its archiving is outstanding."""
    return verdicts.is_solved(case) and case.stage != calling_back.STAGE


def _has_course(case: Case) -> bool:
    found = Run.objects.filter(subject_kind="case", subject_id=case.pk, state=Run.State.OPEN)
    return found.exists()


def _take_up(callback: Callback, case: Case, result: Result, by: Person, at: datetime) -> Case:
    """What is closed goes on with whoever was asked first: reopened, later anew (R3-33)."""
    if not joining.how_taken_up(case, at):
        return open_linked(callback, result.words, by=by, at=at)
    owner = owning.answers_for(case, at)
    intake = verdicts.said_again(case, result.words, Channel.PHONE)
    intake = replace(intake, phone=callback.phone or intake.phone)
    try:
        with transaction.atomic():
            return joining.take_up_again(case, intake, by=by, owner=owner, at=at)
    except Refused:  # what he said is acted on, whatever hinders the matter itself
        return open_linked(callback, result.words, by=by, at=at)


def open_linked(callback: Callback, told: str, *, by: Person, at: datetime) -> Case:
    """Open an ordinary matter for what a call brought to light, called by what was said."""
    intake = cases.Intake(
        division=callback.division,
        customer=callback.customer,
        category=Category.SERVICE,
        title=" ".join(told.split())[:IN_SHORT],
        description=told,
        phone=callback.phone,
    )
    fresh = cases.open_case(intake, by=by, at=at)
    if callback.matter_kind == "case":
        joining.keep_link(fresh, Case.objects.get(pk=callback.matter_id), by=by, at=at)
    return fresh


def _put_back(callback: Callback, case: Case, by: Person, at: datetime) -> None:
    dues.open_due(
        N_("客户回访不满意，须继续处理：%(customer)s"),
        kind=Due.Kind.TASK,
        clause=callback.clause,
        subject=callback,
        matter=case,
        division=case.division_id,
        person=case.first_owner,
        params={
            "customer": {
                "zh": callback.customer.name_zh,
                "en": callback.customer.name_en or callback.customer.name_zh,
            },
            "matter": f"{case.label} {case.title}",
        },
        link=f"/cases/{case.pk}/",
        key=put_back_key(callback),
        by=by,
        at=at,
    )


def put_back_key(callback: Callback) -> str:
    """Under which key stands that a matter has to be taken up again."""
    return f"callback:{callback.pk}:put_back"


def taken_up(case: Case, *, by: Person | None, at: datetime) -> None:
    """A new solution, or its closing, settles what was put back before."""
    bad = Callback.objects.filter(matter_kind="case", matter_id=case.pk, satisfied=False)
    for callback in bad:
        dues.settle(key=put_back_key(callback), by=by, at=at)
