"""Who answers for a matter and who deals with it: owner kept to the end, handler passed on.

A matter outside one's duty goes, registered, to the manager in charge (R5-10), or to whoever stands
in for him (R5-11); he takes it over or sends it on. Whoever took it first stays its owner (R3-32).
"""

from datetime import datetime
from typing import Any

from shouwen.engines.dues import actions as dues
from shouwen.engines.flows import actions as flows
from shouwen.engines.flows import queries as flow_queries
from shouwen.engines.flows.models import Run
from shouwen.engines.notices import actions as notices
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person
from shouwen.work.cases.actions import sheet_of
from shouwen.work.cases.course import courses
from shouwen.work.cases.models import Case, Transfer

from . import rules as handing

OWNER = "first_contact_owner"
"""What clauses and courses call whoever was asked first."""
HEAD = "customer_service.manager"


def answers_for(case: Case, at: datetime) -> Person:
    """Its first-contact owner; of one who left, whoever heads customer service."""
    if case.first_owner.active:
        return case.first_owner
    heads = org.people(HEAD, case.division_id, at)
    return heads[0] if heads else case.first_owner


def _clause(case: Case, at: datetime, kind: str = "flow", **match: str) -> str:
    found = ruling.clause(kind, case.division_id, at, **match)
    return found.id if found else ""


@one_act
def transfer(
    case: Case, to: Person, *, reason: str, by: Person, at: datetime | None = None
) -> Transfer:
    """Hand a matter one cannot handle to a manager; he takes it over or sends it on.

    Raises Refused without registration, reason or a manager who is there (R5-10, R5-11, R7-69).
    """
    moment = at or clock.now()
    refuse_any(why_not_transferred(case, to, reason, by=by, at=moment))
    row = Transfer.objects.create(case=case, giver=by, taker=to, reason=reason.strip(), at=moment)
    clause = _clause(case, moment, flow="first_contact", move="transfer")
    dues.open_due(
        N_("接办或另转:%(matter)s"), subject=row, matter=case, division=case.division_id,
        clause=clause, person=to, params={"matter": f"{case.label} {case.title}"},
        link=f"/cases/{case.pk}/", by=by, at=moment,
    )  # fmt: skip
    told: dict[str, Any] = {"to": to.pk, "reason": row.reason}
    record("case.cannot_handle", case, by=by, at=moment, **told)
    record("case.transferred", case, by=by, at=moment, owner=case.first_owner_id, **told)
    return row


def why_not_transferred(
    case: Case, to: Person, reason: str, *, by: Person, at: datetime
) -> list[Reason]:
    """Every reason against handing it to this person now."""
    first = min(sheet_of(case).sections.all(), key=lambda part: part.pk)
    facts = handing.Handing(
        is_open=case.state == "open",
        registered=first.signed_at is not None,
        is_handler=by.pk == case.handler_id or by in org.superiors(
            case.handler_id, case.division_id, at
        ) if case.handler_id else False,
        reason=reason,
        taker=to.name,
        leads=leads(to, case, at),
        away=org.is_away(to, at),
        instead=[one.name for one in org.stand_ins(to, at)],
        waiting=case.transfers.filter(state=Transfer.State.WAITING).exists(),
    )  # fmt: skip
    passed_on = ruling.clause("deadline", case.division_id, at, starts="case.cannot_handle")
    return handing.why_not_transferred(
        facts,
        leader=_clause(case, at, flow="first_contact", to="manager_in_charge"),
        absent=_clause(case, at, flow="first_contact", when="manager_absent"),
        passing=passed_on.id if passed_on else "",
    )


def leads(person: Person, case: Case, at: datetime) -> bool:
    """Whether somebody is a manager in the division of a matter."""
    posts = org.posts_of(person, at)
    here = org.divisions_visible(person, at)
    return case.division_id in here and any(held.post.level > 0 for held in posts)


@one_act
def take_over(
    row: Transfer, *, handler: Person | None = None, by: Person, at: datetime | None = None
) -> Case:
    """The manager takes the matter over, himself or by one of his people; its owner is told."""
    moment = at or clock.now()
    _answer(row, Transfer.State.TAKEN, by=by, at=moment)
    case = Case.objects.select_related("division").get(pk=row.case_id)
    to, before = handler or by, case.handler_id
    run = flow_queries.run_of(case)
    flows.give_step(run, to, by=by, reason=row.reason, at=moment)
    Case.objects.filter(pk=case.pk).update(handler=to)
    case.refresh_from_db()
    dues.follow(case, "handler", before=before, to=to, by=by, at=moment)
    record("case.passed_on", case, by=by, at=moment, handler=to.pk, owner=case.first_owner_id)
    notices.tell(
        [case.first_owner], N_("“%(matter)s”已由%(person)s接办"), about=case,
        key=f"taken:{row.pk}", link=f"/cases/{case.pk}/", at=moment,
        matter=f"{case.label} {case.title}", person=to.name,
    )  # fmt: skip
    return case


@one_act
def send_on(
    row: Transfer, to: Person, *, reason: str, by: Person, at: datetime | None = None
) -> Transfer:
    """It is not the manager's either: he names another one, and why."""
    moment = at or clock.now()
    _answer(row, Transfer.State.SENT_ON, by=by, at=moment)
    case = row.case
    clause = _clause(case, moment, flow="first_contact", to="manager_in_charge")
    reasons = [] if reason.strip() else [Reason(N_("请写明另转的理由"), clause, "reason")]
    instead = [one.name for one in org.stand_ins(to, moment)]
    refuse_any([*reasons, *handing.why_not_taker(
        to.name, leads(to, case, moment), org.is_away(to, moment), instead, leader=clause,
        absent=_clause(case, moment, flow="first_contact", when="manager_absent"),
    )])  # fmt: skip
    fresh = Transfer.objects.create(case=case, giver=by, taker=to, reason=reason.strip(), at=moment)
    dues.open_due(
        N_("接办或另转:%(matter)s"), subject=fresh, matter=case, division=case.division_id,
        clause=clause, person=to, params={"matter": f"{case.label} {case.title}"},
        link=f"/cases/{case.pk}/", by=by, at=moment,
    )  # fmt: skip
    record("case.transferred", case, by=by, at=moment, to=to.pk, reason=fresh.reason,
           owner=case.first_owner_id)  # fmt: skip
    return fresh


def _answer(row: Transfer, state: str, *, by: Person, at: datetime) -> None:
    entitled = {row.taker_id, *(one.pk for one in org.stand_ins(row.taker_id, at))}
    if by.pk not in entitled:
        raise refuse(N_("此事已转请%(person)s接办"), person=org.person(row.taker_id).name)
    won = Transfer.objects.filter(pk=row.pk, state=Transfer.State.WAITING).update(
        state=state, answered_by=by, answered_at=at
    )
    if not won:
        raise refuse(N_("此事已由他人接办或另转"))
    dues.settle(subject=row, by=by, at=at)


@one_act
def change_owner(
    case: Case, to: Person, *, reason: str, by: Person, at: datetime | None = None
) -> Case:
    """Give a matter another first-contact owner: a manager's act, with its reason (R3-32)."""
    moment = at or clock.now()
    clause = _clause(case, moment, flow="first_contact", owner="taker")
    above = org.superiors(case.first_owner_id, case.division_id, moment)
    directs = org.as_whom(by, HEAD, case.division_id, moment)
    refuse_any(
        handing.why_not_changed(
            own=by.pk == case.first_owner_id,
            entitled=bool(directs) or by in above,
            reason=reason,
            same=to.pk == case.first_owner_id,
            clause=clause,
        )
    )
    before = case.first_owner_id
    case.first_owner = to
    case.save(update_fields=["first_owner"])
    dues.follow(case, OWNER, before=before, to=to, by=by, at=moment)
    _give_the_owners_step(case, to, reason, by=by, at=moment)
    record("case.owner_changed", case, by=by, at=moment, before=before, after=to.pk,
           reason=reason.strip())  # fmt: skip
    return case


def _give_the_owners_step(case: Case, to: Person, reason: str, *, by: Person, at: datetime) -> None:
    """A step that is the owner's is the new one's from now on."""
    if not courses.has_course(case.kind):
        return
    run = flow_queries.run_of(case)
    if run.state == Run.State.OPEN and flow_queries.stage_of(run).person_from == OWNER:
        flows.give_step(run, to, by=by, reason=reason, at=at)


@one_act
def report_major(case: Case, *, why: str, by: Person, at: datetime | None = None) -> Case:
    """A matter of major concern to the company goes to the general manager at once (R5-12)."""
    moment = at or clock.now()
    clause = _clause(case, moment, kind="notice", after="matter.major")
    if not why.strip():
        raise refuse(N_("请写明为何是重大事项"), clause, field="why")
    record("matter.major", case, by=by, at=moment, why=why.strip(),
           minutes=int((moment - case.opened_at).total_seconds() // 60))  # fmt: skip
    bosses = org.people("management.gm", case.division_id, moment)
    dues.open_due(
        N_("知悉重大事项:%(matter)s"), subject=case, division=case.division_id, clause=clause,
        role="management.gm", key=f"major:{case.pk}", link=f"/cases/{case.pk}/",
        params={"matter": f"{case.label} {case.title}"}, by=by, at=moment,
    )  # fmt: skip
    notices.tell(
        bosses, N_("重大事项:%(matter)s。%(why)s"), about=case, key=f"major:{case.pk}",
        link=f"/cases/{case.pk}/", at=moment, clause=clause, urgent=True,
        matter=f"{case.label} {case.title}", why=why.strip(),
    )  # fmt: skip
    return case


@one_act
def acknowledge_major(case: Case, *, by: Person, at: datetime | None = None) -> Case:
    """The general manager knows of it (R5-12)."""
    moment = at or clock.now()
    clause = _clause(case, moment, kind="notice", after="matter.major")
    if org.as_whom(by, "management.gm", case.division_id, moment) is None:
        raise refuse(N_("重大事项由总经理知悉"), clause)
    if not dues.settle(key=f"major:{case.pk}", by=by, at=moment):
        raise refuse(N_("没有待知悉的重大事项"), clause)
    record("matter.acknowledged", case, by=by, at=moment)
    return case
