"""Matters that belong together: merged, split, taken up anew, said to be akin; and undone again.

Nothing is moved from one to the other: what was said and done in a matter stays its own, and the
page of the other shows it, so that undoing a merge brings back exactly what was.
"""

from datetime import datetime, timedelta

from shouwen.engines.dues import actions as dues
from shouwen.engines.dues import queries as due_queries
from shouwen.engines.flows import actions as flows
from shouwen.engines.flows import queries as flow_queries
from shouwen.engines.flows.circumstances import flow_of
from shouwen.engines.search import actions as search
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.journal import queries as journal
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org import values
from shouwen.ground.org.models import Person
from shouwen.work.cases import rules
from shouwen.work.cases.actions import Intake, open_case
from shouwen.work.cases.course import courses
from shouwen.work.cases.models import Case, CaseLink
from shouwen.work.ways import continuing

HOLD = "merged"
LET_REST, SOLVED = "case.let_rest", "case.solved"
WINDOW = "R3-33.reopen_days"
"""For how many days a closed matter is taken up again instead of a new one being opened."""


@one_act
def merge(
    case: Case, into: Case, *, reason: str, by: Person, at: datetime | None = None
) -> CaseLink:
    """Let one matter go on as part of another; its own course rests, its dues leave the desks."""
    moment = at or clock.now()
    refuse_any([*_why_not_theirs(case, by, moment), *_why_not_merged(case, into, reason)])
    waiting = list(due_queries.of_matter(case, only_open=True))
    link = CaseLink.objects.create(
        case=case, other=into, kind=CaseLink.Kind.MERGED, reason=reason.strip(), by=by, at=moment,
        data={"dues": [one.pk for one in waiting]},
    )  # fmt: skip
    dues.cancel(matter=case, reason=reason.strip(), by=by, at=moment)
    flows.hold(case, N_("已并入另一事项"), key=HOLD, by=by, at=moment)
    case.state = "merged"
    case.save(update_fields=["state"])
    record(
        "case.merged", case, by=by, at=moment, into=into.pk, number=into.label, reason=link.reason
    )
    record("case.took_in", into, by=by, at=moment, other=case.pk, number=case.label)
    search.touch(case)
    return link


def _why_not_theirs(case: Case, by: Person, at: datetime) -> list[Reason]:
    """Which matters belong together, customer service says; its owner stays who he was (R3-32)."""
    if case.kind not in rules.GENERAL or org.as_whom(by, "customer_service", case.division_id, at):
        return []
    told = N_("事项的合并、拆分与关联由客服部门办理")
    return [Reason(told, "R3-32", instead=N_("请联系首问责任人或客服部门"))]


def _why_not_merged(case: Case, into: Case, reason: str) -> list[Reason]:
    reasons = []
    if case.kind not in rules.GENERAL or into.kind not in rules.GENERAL:
        reasons.append(Reason(N_("客诉有自己的编号与期限,不能合并"), "R4-22"))
    if case.pk == into.pk:
        reasons.append(Reason(N_("不能并入自己"), field="into"))
    if case.customer_id != into.customer_id:
        reasons.append(Reason(N_("只有同一客户的事项可以合并"), field="into"))
    if case.state != "open" or into.state != "open":
        reasons.append(Reason(N_("只有在办的事项可以合并"), field="into"))
    if not reason.strip():
        reasons.append(Reason(N_("请写明合并的理由"), field="reason"))
    return reasons


@one_act
def undo_merge(link: CaseLink, *, by: Person, at: datetime | None = None) -> Case:
    """Part them again: the matter goes on where it stood, with what was on the desks."""
    moment = at or clock.now()
    refuse_any(_why_not_theirs(link.case, by, moment))
    won = CaseLink.objects.filter(
        pk=link.pk, kind=CaseLink.Kind.MERGED, undone_at__isnull=True
    ).update(undone_by=by, undone_at=moment)
    if not won:
        raise refuse(N_("这次合并已经撤销"))
    case = Case.objects.get(pk=link.case_id)
    flows.release(case, HOLD, by=by, at=moment)
    dues.restore(link.data.get("dues", []), by=by, at=moment)
    case.state = "open"
    case.save(update_fields=["state"])
    record("case.parted", case, by=by, at=moment, other=link.other_id)
    search.touch(case)
    return case


@one_act
def split(
    case: Case, intake: Intake, *, reason: str, by: Person, at: datetime | None = None
) -> Case:
    """Make a matter of its own of something that came in with another one; both stay linked.

    Whoever was asked first stays the owner of both (R3-32); each keeps its own history.
    """
    moment = at or clock.now()
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    refuse_any([*_why_not_theirs(case, by, moment), *_why_not_split(case, intake, reason)])
    fresh = open_case(intake, by=case.first_owner, at=moment)
    _link(fresh, case, CaseLink.Kind.SPLIT, reason, by, moment)
    record("case.split", case, by=by, at=moment, other=fresh.pk, number=fresh.label,
           reason=reason.strip())  # fmt: skip
    return fresh


def _why_not_split(case: Case, intake: Intake, reason: str) -> list[Reason]:
    reasons = []
    if case.kind not in rules.GENERAL:
        reasons.append(Reason(N_("客诉不能拆分"), "R4-22"))
    if case.state == "closed":
        told = N_("已结案的事项不能拆分")
        reasons.append(Reason(told, "R3-33", instead=N_("请续办,或另行受理")))
    elif case.state != "open":
        reasons.append(Reason(N_("只有在办的事项可以拆分")))
    if (intake.kind or case.kind) not in rules.GENERAL:
        told = N_("产品质量异常须按客诉受理,不能拆出")
        reasons.append(Reason(told, "R4-22", field="kind", instead=N_("请在受理中另行登记客诉")))
    if not reason.strip():
        reasons.append(Reason(N_("请写明拆分的理由"), field="reason"))
    return reasons


@one_act
def link_akin(
    case: Case, other: Case, *, reason: str = "", by: Person, at: datetime | None = None
) -> CaseLink:
    """Say that two matters have to do with each other."""
    moment = at or clock.now()
    refuse_any(_why_not_theirs(case, by, moment))
    if case.pk == other.pk:
        raise refuse(N_("不能与自己关联"), field="other")
    if case.division_id != other.division_id:
        raise refuse(N_("只能关联同一单位的事项"), field="other")
    there = CaseLink.objects.filter(
        case=other, other=case, kind=CaseLink.Kind.AKIN, undone_at__isnull=True
    ).first()
    if there is not None:  # said from the other side already
        return there
    made = _link(case, other, CaseLink.Kind.AKIN, reason, by, moment)
    record("case.linked", case, by=by, at=moment, other=other.pk, number=other.label)
    return made


@one_act
def unlink(link: CaseLink, *, by: Person, at: datetime | None = None) -> None:
    """They have nothing to do with each other after all."""
    moment = at or clock.now()
    refuse_any(_why_not_theirs(link.case, by, moment))
    won = CaseLink.objects.filter(
        pk=link.pk, kind=CaseLink.Kind.AKIN, undone_at__isnull=True
    ).update(undone_by=by, undone_at=moment)
    if won:
        record("case.unlinked", link.case, by=by, at=moment, other=link.other_id)


def keep_link(case: Case, other: Case, *, by: Person, at: datetime) -> CaseLink:
    """A matter that came of another one leads to it; for the storeys that open such matters."""
    return _link(case, other, CaseLink.Kind.AKIN, "", by, at)


def _link(case: Case, other: Case, kind: str, reason: str, by: Person, at: datetime) -> CaseLink:
    found, _new = CaseLink.objects.get_or_create(
        case=case, other=other, kind=kind, undone_at=None,
        defaults={"reason": reason.strip(), "by": by, "at": at},
    )  # fmt: skip
    return found


@one_act
def take_up_again(
    case: Case,
    intake: Intake,
    *,
    by: Person | None,
    owner: Person | None = None,
    at: datetime | None = None,
) -> Case:
    """A closed matter is not over: within the company's days it is reopened to the same owner.

    Later a new matter is opened, linked to the old one; it is its `owner`'s, or his who took the
    contact. Raises Refused for an open one. `by` None is the customer himself (R3-33).
    """
    moment = at or clock.now()
    taker = owner or by or case.first_owner
    case = Case.objects.select_for_update(of=["self"]).select_related(
        "division", "customer", "first_owner"
    ).get(pk=case.pk)  # fmt: skip
    if case.state != "closed" or case.kind not in rules.TAKEN_UP:
        raise refuse(N_("只有已办结的事项可以续办"))
    if within_window(case, moment):
        return reopen(case, intake.description, by=by, at=moment)
    fresh = open_case(intake, by=taker, at=moment, origin=case)
    _link(fresh, case, CaseLink.Kind.ANEW, intake.description[:200], taker, moment)
    record("case.anew", case, by=by, at=moment, other=fresh.pk, number=fresh.label)
    return fresh


def within_window(case: Case, at: datetime) -> bool:
    """Whether a closed matter may still be reopened itself; refuses while the days are not set."""
    days = values.get(WINDOW, case.division_id, at)
    return bool(case.closed_at and at - case.closed_at <= timedelta(days=int(days)))


def how_taken_up(case: Case, at: datetime) -> str:
    """`reopen`, or `anew` after the company's days; empty where neither is done by itself.

    What the director let rest with a reason is his to take up again (R3-33).
    """
    days = values.find(WINDOW, case.division_id, at)
    if case.state != "closed" or case.kind not in rules.TAKEN_UP or days is None:
        return ""
    if was_let_rest(case):
        return ""
    return "reopen" if within_window(case, at) else "anew"


def was_let_rest(case: Case) -> bool:
    """Whether the director ended it with his reason, and nobody worked on it since."""
    told = journal.timeline(case).filter(event__in=(LET_REST, SOLVED)).first()
    return told is not None and told.event == LET_REST


def reopen(case: Case, reason: str, *, by: Person | None, at: datetime) -> Case:
    """Bring a closed matter back to its handler."""
    if courses.has_course(case.kind):
        bring_back(case, reason, by=by, at=at)
    else:
        case.stage, case.due_at = "open", clock.end_of(clock.day_of(at))
        case.save(update_fields=["stage", "due_at"])
    case.state, case.closed_at, case.solved_at, case.satisfied = "open", None, None, None
    case.save(update_fields=["state", "closed_at", "solved_at", "satisfied"])
    record("case.taken_up", case, by=by, at=at, reason=reason)
    search.touch(case)
    return case


def bring_back(case: Case, reason: str, *, by: Person | None, at: datetime) -> None:
    """Let the work be done again by whoever did it: the step before call-back or end."""
    run = flow_queries.run_of(case)
    flow = flow_of(run)
    back = flow.back_from("callback")
    last = next(move.source for move in flow.moves if flow.stage(move.target).end)
    flows.reopen(run, back.back_to[0] if back else last, by=by, reason=reason, at=at)
    case.refresh_from_db()


def line(pk: int) -> list[int]:
    """A matter and those in which it went on, oldest first: merged into, or filed anew."""
    found = [pk]
    while (after := _heir(found[-1])) is not None and after not in found:
        found.append(after)
    return found


def _heir(pk: int) -> int | None:
    into = CaseLink.objects.filter(case=pk, kind=CaseLink.Kind.MERGED, undone_at__isnull=True)
    other = into.values_list("other_id", flat=True).first()
    anew = Case.objects.filter(origin=pk).exclude(state="void").order_by("-pk")
    return other or anew.values_list("pk", flat=True).first()


def taken_in(pk: int) -> list[int]:
    """The matters that go on in this one now, near ones first."""
    found: list[int] = []
    waiting = [pk]
    while waiting:
        merged = CaseLink.objects.filter(
            other__in=waiting, kind=CaseLink.Kind.MERGED, undone_at__isnull=True
        ).exclude(case__in=[pk, *found])  # fmt: skip
        waiting = list(merged.order_by("pk").values_list("case_id", flat=True))
        found += waiting
    return found


continuing.register("case", line)
