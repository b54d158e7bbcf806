"""Who stands over whom here, how long an answer may take, and the dues that ask for it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due
from shouwen.engines.notices.saying import packed
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal.actions import kind_of
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person, Unit
from shouwen.work.reception.rating import manager_over

from . import norms
from .models import Finding

REVIEWERS = "quality"
"""The unit that inspects service beside the superiors."""
ANSWER, DECIDE, ACT, CORRECT = "answer", "decide", "act", "correct"


def is_over(by: Person, person: Person, division: Unit | int, at: datetime) -> bool:
    """Whether somebody stands above a person, or stands in for one who does; never he himself."""
    if by.pk == person.pk:
        return False
    above = {one.pk for one in org.superiors(person, division, at)}
    return bool(above & {by.pk, *(one.pk for one in org.acting_for(by, at))})


def require_over(
    by: Person, person: Person, division: Unit | int, at: datetime, clause: str
) -> None:
    """Refuse whoever does not stand above the person."""
    if not is_over(by, person, division, at):
        raise refuse(
            N_("对%(person)s的行为记录由其上级办理"),
            clause,
            instead=N_("请联系其部门经理"),
            person=person.name,
        )


def may_review(by: Person, person: Person, division: Unit | int, at: datetime) -> bool:
    """Superiors and quality management; nobody reviews himself."""
    inspects = org.as_whom(by, REVIEWERS, division, at) is not None
    return by.pk != person.pk and (inspects or is_over(by, person, division, at))


def answer_days(division: Unit | int, at: datetime) -> int | None:
    """How many days an answer may take, where the company has said so; the shorter of several."""
    return min(ruling.figures("answer_days", norms.norms(division, at), division, at), default=None)


def key(finding: Finding, step: str) -> str:
    """Keeps a due of a finding from being opened twice."""
    return f"finding:{finding.pk}:{step}"


def link(finding: Finding) -> str:
    """Where a finding is read and answered."""
    return f"/conduct/findings/{finding.pk}/"


def ask_persons(findings: Sequence[Finding], *, by: Person | None, at: datetime) -> None:
    """Each person acknowledges or contests, in his own time, and tells the customer what is right
    where a clause asks for that (R5-08). One look at the desks, however many findings.
    """
    wanted = [due for finding in findings for due in _asked_of_person(finding, at)]
    dues.open_dues(wanted, by=by, at=at)


def _asked_of_person(finding: Finding, at: datetime) -> Iterator[Due]:
    yield _due(finding, ANSWER, N_("确认或说明:%(what)s"), finding.person, at,
               days=answer_days(finding.division_id, at))  # fmt: skip
    if correcting := norms.corrected(finding.code, finding.division_id, at):
        yield _due(finding, CORRECT, N_("向客户更正:%(what)s"), finding.person, at,
                   clause=correcting.id)  # fmt: skip


def ask_decision(finding: Finding, *, by: Person, at: datetime) -> None:
    """His manager answers the objection, or decides, in a time of its own."""
    manager = manager_over(finding.person, finding.division_id, at)
    due = _due(finding, DECIDE, N_("认定或不予认定:%(person)s · %(what)s"), manager, at,
               days=answer_days(finding.division_id, at))  # fmt: skip
    dues.open_dues([due], by=by, at=at)


def ask_measure(finding: Finding, clause: str, *, by: Person, at: datetime) -> None:
    """The department decides what follows (R5-14)."""
    manager = manager_over(finding.person, finding.division_id, at)
    due = _due(finding, ACT, N_("决定措施:%(person)s · %(what)s"), manager, at, clause=clause)
    dues.open_dues([due], by=by, at=at)


def _due(
    finding: Finding,
    step: str,
    title: str,
    person: Person | None,
    at: datetime,
    *,
    days: int | None = None,
    clause: str = "",
) -> Due:
    own = (kind_of(finding), finding.pk)
    called = {
        "person": finding.person.name,
        "what": norms.name_of(finding.code, finding.division_id, at),
        "matter": finding.number,
    }
    return Due(
        kind=Due.Kind.TASK,
        title=title,
        params=packed(called),
        clause=clause or finding.clauses[0],
        key=key(finding, step),
        subject_kind=own[0],
        subject_id=own[1],
        matter_kind=own[0],
        matter_id=own[1],
        division_id=finding.division_id,
        unit_id=finding.unit_id,
        person=person,
        start_at=at,
        days=days,
        link=link(finding),
    )
