"""What follows a confirmed finding: criticism, education, punishment, transfer (R5-14, R5-15)."""

from datetime import date, datetime

from shouwen.engines.dues import actions as dues
from shouwen.engines.notices import actions as notices
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import actions as org
from shouwen.ground.org import queries as people
from shouwen.ground.org import values
from shouwen.ground.org.models import Appointment, Person, Post
from shouwen.ground.policy.shapes import Clause

from . import asking, norms, rules
from .findings import locked
from .models import Finding, Measure

APPROVE = "approve"


@one_act
def take_measure(
    finding: Finding, kind: str, words: str, *, by: Person, at: datetime | None = None
) -> Measure:
    """The department decides one of the measures its clause names; dated, to be acknowledged."""
    moment = at or clock.now()
    finding = locked(finding)
    allowed = {kind: one for one in _charges(finding, moment) if not one.spec.approver
               for kind in one.spec.measures}  # fmt: skip
    clause = _clause(finding, moment)
    asking.require_over(by, finding.person, finding.division_id, moment, clause)
    refuse_any(rules.why_not_measured(finding.state, kind, allowed, words, clause))
    measure = Measure.objects.create(
        finding=finding, kind=kind, clause=allowed[kind].id, words=words.strip()[:500],
        since=clock.day_of(moment), decided_by=by, decided_at=moment,
    )  # fmt: skip
    record("measure.taken", measure, by=by, at=moment, matter=finding, kind=kind,
           person=finding.person_id, division=finding.division_id)  # fmt: skip
    _ask_to_acknowledge(finding, measure, by=by, at=moment)
    return measure


def _charges(finding: Finding, at: datetime) -> list[Clause]:
    return norms.charges(finding.code, finding.division_id, at)


def _clause(finding: Finding, at: datetime) -> str:
    found = _charges(finding, at)
    return found[0].id if found else str(finding.clauses[0])


def _ask_to_acknowledge(finding: Finding, measure: Measure, *, by: Person, at: datetime) -> None:
    dues.open_due(
        N_("签收处理措施:%(what)s"),
        subject=measure,
        matter=finding,
        division=finding.division_id,
        clause=measure.clause,
        person=finding.person,
        days=asking.answer_days(finding.division_id, at),
        params={"what": named(measure, at), "matter": finding.number},
        link=f"/conduct/findings/{finding.pk}/",
        key=f"measure:{measure.pk}:acknowledge",
        by=by,
        at=at,
    )


def named(measure: Measure, at: datetime) -> object:
    """What a measure is called."""
    for one in _charges(measure.finding, at):
        if measure.kind in one.spec.names:
            return one.spec.names[measure.kind]
    return measure.kind


@one_act
def acknowledge_measure(measure: Measure, *, by: Person, at: datetime | None = None) -> Measure:
    """The person signs that he knows of it."""
    moment = at or clock.now()
    measure = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    if measure.finding.person_id != by.pk:
        raise refuse(N_("处理措施由本人签收"), measure.clause)
    if measure.acknowledged_at:
        raise refuse(N_("该措施已经签收"), measure.clause)
    measure.acknowledged_at = moment
    measure.save(update_fields=["acknowledged_at"])
    record("measure.acknowledged", measure, by=by, at=moment, matter=measure.finding,
           division=measure.finding.division_id)  # fmt: skip
    dues.settle(key=f"measure:{measure.pk}:acknowledge", by=by, at=moment)
    return measure


@one_act
def close_finding(finding: Finding, *, by: Person, at: datetime | None = None) -> Finding:
    """It is done with, once a measure stands where its clause asks for one (R5-14)."""
    moment = at or clock.now()
    finding = locked(finding)
    clause = _clause(finding, moment)
    asking.require_over(by, finding.person, finding.division_id, moment, clause)
    charged = [one for one in _charges(finding, moment) if not one.spec.approver]
    wanted = {kind for one in charged for kind in one.spec.measures}
    taken = [one.kind for one in finding.measures.all() if one.stands]
    refuse_any(rules.why_not_closed(finding.state, wanted, taken, clause))
    finding.state, finding.closed_at = Finding.State.CLOSED, moment
    finding.save(update_fields=["state", "closed_at"])
    record("finding.closed", finding, by=by, at=moment, measures=taken, person=finding.person_id,
           division=finding.division_id)  # fmt: skip
    dues.settle(key=asking.key(finding, asking.ACT), by=by, at=moment)
    return finding


@one_act
def propose_transfer(
    finding: Finding,
    new_post: Post,
    since: date,
    words: str,
    *,
    by: Person,
    at: datetime | None = None,
) -> Measure:
    """Propose another post from a day on; it needs the approval the company named (R5-15)."""
    moment = at or clock.now()
    finding = locked(finding)
    charge = _transferring(finding, moment)
    asking.require_over(by, finding.person, finding.division_id, moment, charge.id)
    kind = charge.spec.measures[0]
    refuse_any(rules.why_not_measured(finding.state, kind, charge.spec.measures, words, charge.id))
    values.get(charge.spec.criterion, finding.division_id, moment)  # when it may be done at all
    held = _post_held(finding, charge, moment)
    refuse_any(_why_not(held, new_post, since, moment, charge.id))
    if finding.measures.filter(new_post__isnull=False, declined_at__isnull=True).exists():
        raise refuse(N_("已提出调离岗位,等待审批或已批准"), charge.id)
    measure = Measure.objects.create(
        finding=finding, kind=kind, clause=charge.id, words=words.strip()[:500], since=since,
        decided_by=by, decided_at=moment, new_post=new_post,
    )  # fmt: skip
    record(
        "transfer.proposed", measure, by=by, at=moment, matter=finding, post=new_post.pk,
        since=since.isoformat(), person=finding.person_id, division=finding.division_id,
    )  # fmt: skip
    _ask_approval(finding, measure, charge, by=by, at=moment)
    return measure


def _transferring(finding: Finding, at: datetime) -> Clause:
    """The clause that allows a transfer after such a finding."""
    for one in _charges(finding, at):
        if one.spec.approver:
            return one
    raise refuse(N_("该行为不适用调离岗位"), _clause(finding, at))


def _post_held(finding: Finding, charge: Clause, at: datetime) -> Appointment:
    held = people.main_post(finding.person_id, at)
    if held is None:
        raise refuse(N_("%(person)s没有任职"), charge.id, person=finding.person.name)
    return held


def _why_not(held: Appointment, post: Post, since: date, at: datetime, clause: str) -> list[Reason]:
    same = held.post_id == post.pk
    return rules.why_not_transferred(same, since, clock.day_of(at), held.since, clause)


def _ask_approval(
    finding: Finding, measure: Measure, charge: Clause, *, by: Person, at: datetime
) -> None:
    dues.open_due(
        N_("审批%(person)s调离岗位"),
        subject=measure,
        matter=finding,
        division=finding.division_id,
        clause=charge.id,
        role=values.get(charge.spec.approver, finding.division_id, at),
        params={"person": finding.person.name, "matter": finding.number},
        link=f"/conduct/findings/{finding.pk}/",
        key=f"measure:{measure.pk}:{APPROVE}",
        by=by,
        at=at,
    )


@one_act
def approve_transfer(measure: Measure, *, by: Person, at: datetime | None = None) -> Measure:
    """Approve it: from its day on the old post has ended and the new one is held (R5-15)."""
    moment = at or clock.now()
    measure, charge = _to_rule(measure, by, moment)
    finding = measure.finding
    post = Post.objects.select_related("unit").get(pk=measure.new_post_id or 0)
    held = _post_held(finding, charge, moment)
    refuse_any(_why_not(held, post, measure.since, moment, charge.id))
    measure.appointment = org.appoint(finding.person, post, since=measure.since, by=None, at=moment)
    measure.approved_by, measure.approved_at = by, moment
    measure.save(update_fields=["appointment", "approved_by", "approved_at"])
    record(
        "transfer.approved", measure, by=by, at=moment, matter=finding, person=finding.person_id,
        post=post.pk, since=measure.since.isoformat(), division=finding.division_id,
    )  # fmt: skip
    record("person.transferred", finding.person, by=by, at=moment, finding=finding.pk,
           number=finding.number, since=measure.since.isoformat(), post=post.pk,
           former=held.post_id)  # fmt: skip
    dues.settle(key=f"measure:{measure.pk}:{APPROVE}", by=by, at=moment)
    _ask_to_acknowledge(finding, measure, by=by, at=moment)
    _tell_proposer(measure, N_("已批准%(person)s调离岗位"), moment)
    return measure


@one_act
def decline_transfer(
    measure: Measure, reason: str, *, by: Person, at: datetime | None = None
) -> Measure:
    """It is not approved; the post stays what it is."""
    moment = at or clock.now()
    measure, charge = _to_rule(measure, by, moment)
    if not reason.strip():
        raise refuse(N_("请写明不批准的理由"), charge.id, field="reason")
    measure.declined_at, measure.declined_because = moment, reason.strip()[:300]
    measure.save(update_fields=["declined_at", "declined_because"])
    record("transfer.declined", measure, by=by, at=moment, matter=measure.finding,
           reason=measure.declined_because, division=measure.finding.division_id)  # fmt: skip
    dues.settle(key=f"measure:{measure.pk}:{APPROVE}", by=by, at=moment)
    _tell_proposer(measure, N_("未批准%(person)s调离岗位"), moment)
    return measure


def _to_rule(measure: Measure, by: Person, at: datetime) -> tuple[Measure, Clause]:
    """The proposal, held; refuses whoever may not rule on it, and what was ruled on."""
    rows = Measure.objects.select_for_update(of=("self",)).select_related("finding__person")
    measure = rows.get(pk=measure.pk)
    charge = _transferring(measure.finding, at)
    division = measure.finding.division_id
    role = values.get(charge.spec.approver, division, at)
    if people.as_whom(by, role, division, at) is None or by.pk in (
        measure.decided_by_id, measure.finding.person_id,
    ):  # fmt: skip
        raise refuse(
            N_("调离岗位须由公司规定的审批人批准"), charge.id, instead=N_("请等审批人办理")
        )
    if measure.new_post_id is None or measure.approved_at or measure.declined_at:
        raise refuse(N_("没有待审批的调离岗位"), charge.id)
    return measure, charge


def _tell_proposer(measure: Measure, message: str, at: datetime) -> None:
    finding = measure.finding
    notices.tell(
        [measure.decided_by],
        message,
        about=finding,
        key=f"measure:{measure.pk}:ruled",
        link=f"/conduct/findings/{finding.pk}/",
        at=at,
        clause=measure.clause,
        person=finding.person.name,
    )
