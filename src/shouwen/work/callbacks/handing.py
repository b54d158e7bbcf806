"""Hand a bad answer back: to whoever takes it for that kind of matter, else as a new matter.

    handing.register("case", taker)

`taker(callback, result, by, at)` of a storey above, or beside, runs inside the act. Without one, a
matter that is still open goes back: by its own course where it follows one (it hears the fact),
else to its first-contact owner's desk. What is closed, or is no matter at all, becomes a matter of
its own.
"""

from collections.abc import Callable
from datetime import datetime

from shouwen.engines.documents.matters import stand_in
from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due
from shouwen.engines.flows.models import Run
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.journal.actions import record
from shouwen.ground.org.models import Person
from shouwen.work.cases import actions as cases
from shouwen.work.cases.models import Case, Category

from .models import Callback, Result

Taker = Callable[[Callback, Result, Person, datetime], None]
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
    case = Case.objects.filter(pk=callback.matter_id, state="open").first()
    if callback.matter_kind == "case" and case is not None:
        if not _has_course(case):
            _put_back(callback, case, by, at)
    else:
        case = open_linked(callback, result.words, N_("回访不满意"), by=by, at=at)
    record(
        "callback.handed_back", callback, by=by, at=at, matter=stand_in(*callback.matter),
        case=case.pk, number=case.label,
    )  # fmt: skip


def _has_course(case: Case) -> bool:
    found = Run.objects.filter(subject_kind="case", subject_id=case.pk, state=Run.State.OPEN)
    return found.exists()


def open_linked(callback: Callback, told: str, about: str, *, by: Person, at: datetime) -> Case:
    """Open an ordinary matter for what a call brought to light."""
    title = callback.title["zh"] if isinstance(callback.title, dict) else callback.title
    intake = cases.Intake(
        division=callback.division,
        customer=callback.customer,
        category=Category.SERVICE,
        title=f"{about}：{title or callback.customer.name_zh}"[:120],
        description=told,
        phone=callback.phone,
    )
    return cases.open_case(intake, by=by, at=at)


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
