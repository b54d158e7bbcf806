"""A finding from its opening to its end: answered by the person, decided by those above him."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shouwen.engines.documents.numbers import next_numbers
from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due
from shouwen.engines.notices import actions as notices
from shouwen.engines.notices.saying import packed
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import Fact, kind_of, record, record_all
from shouwen.ground.org.models import Person, Unit

from . import asking, norms, rules
from .contacts import unit_of
from .models import Finding, Grievance, Review

SERIES = "XW{yy}{mm}-{n:03}"


@dataclass(frozen=True)
class Found:
    """What was found, against whom, how it came up."""

    division: Unit
    person: Person
    code: str
    described: str
    source: str = Finding.Source.NOTE
    review: Review | None = None
    grievance: Grievance | None = None
    contact: tuple[str, int] | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    """With these `described` is a message id, said in the language of whoever reads it."""


@one_act
def note_finding(found: Found, *, by: Person, at: datetime | None = None) -> Finding:
    """A manager writes down what he saw; only those above a person do (R3-39)."""
    moment = at or clock.now()
    binding = norms.clauses_of(found.code, found.division, moment)
    clause = binding[0].id if binding else ""
    asking.require_over(by, found.person, found.division, moment, clause)
    return open_finding(found, by=by, at=moment)


def open_finding(found: Found, *, by: Person | None, at: datetime) -> Finding:
    """Keep it with the clauses that bind today, tell the person, ask for an answer."""
    return open_findings([found], by=by, at=at)[0]


@one_act
def open_findings(founds: Sequence[Found], *, by: Person | None, at: datetime) -> list[Finding]:
    """Open many; a dozen statements and one for each division, however many they are."""
    rows = [_row(found, by, at) for found in founds]
    _number(rows, at)
    Finding.objects.bulk_create(rows)
    record_all("finding.opened", map(_opened, rows), by=by, at=at)
    notices.tell_all([_telling(row, at) for row in rows], at=at)
    asking.ask_persons(rows, by=by, at=at)
    return rows


def _number(rows: Sequence[Finding], at: datetime) -> None:
    own = defaultdict(list)
    for row in rows:
        own[row.division_id].append(row)
    for division, theirs in own.items():
        numbers = next_numbers(f"finding:{division}", SERIES, "month", at, len(theirs))
        for row, number in zip(theirs, numbers, strict=True):
            row.number = number


def _row(found: Found, by: Person | None, at: datetime) -> Finding:
    binding = norms.clauses_of(found.code, found.division, at)
    known = norms.known_codes(found.division, at)
    clause = binding[0].id if binding else ""
    refuse_any(rules.why_not_opened(found.described, found.code, known, clause))
    return Finding(
        division=found.division, code=found.code, clauses=[one.id for one in binding],
        person=found.person, unit=unit_of(found.person, found.division, at), source=found.source,
        review=found.review, grievance=found.grievance, described=found.described.strip()[:1000],
        facts=packed(found.facts),
        contact_kind=found.contact[0] if found.contact else "",
        contact_id=found.contact[1] if found.contact else None, opened_by=by, opened_at=at,
    )  # fmt: skip


def _opened(finding: Finding) -> Fact:
    data = {
        "code": finding.code, "person": finding.person_id, "clauses": finding.clauses,
        "source": finding.source, "number": finding.number, "division": finding.division_id,
    }  # fmt: skip
    return Fact(finding, data=data)


def _telling(finding: Finding, at: datetime) -> notices.Telling:
    return notices.Telling(
        people=[finding.person],
        message=N_("记录了一项行为:%(what)s。请确认,或写明异议"),
        about=(kind_of(finding), finding.pk),
        key=f"finding:{finding.pk}:opened",
        link=asking.link(finding),
        clause=finding.clauses[0],
        division=finding.division_id,
        facts={"what": norms.name_of(finding.code, finding.division_id, at)},
    )


@one_act
def acknowledge(finding: Finding, *, by: Person, at: datetime | None = None) -> Finding:
    """The person acknowledges it."""
    return _answered(finding, "", by=by, at=at or clock.now())


@one_act
def object_to(
    finding: Finding, objection: str, *, by: Person, at: datetime | None = None
) -> Finding:
    """The person contests it; the objection is answered by those above him, in its own time."""
    if not objection.strip():
        raise refuse(N_("请写明异议的理由"), finding.clauses[0], field="objection")
    return _answered(finding, objection.strip()[:1000], by=by, at=at or clock.now())


def _answered(finding: Finding, objection: str, *, by: Person, at: datetime) -> Finding:
    finding = locked(finding)
    clause = finding.clauses[0]
    refuse_any(rules.why_not_answered(finding.state, by.pk == finding.person_id, clause))
    finding.objection, finding.answered_at = objection, at
    finding.state = Finding.State.OBJECTED if objection else Finding.State.ACKNOWLEDGED
    finding.save(update_fields=["objection", "answered_at", "state"])
    event = "finding.objected" if objection else "finding.acknowledged"
    record(event, finding, by=by, at=at, objection=objection, division=finding.division_id)
    dues.settle(key=asking.key(finding, asking.ANSWER), by=by, at=at)
    asking.ask_decision(finding, by=by, at=at)
    return finding


@one_act
def decide_finding(
    finding: Finding, confirmed: bool, words: str, *, by: Person, at: datetime | None = None
) -> Finding:
    """Confirm it or drop it, answering the objection if there is one. Never by itself."""
    moment = at or clock.now()
    finding = locked(finding)
    clause = finding.clauses[0]
    asking.require_over(by, finding.person, finding.division_id, moment, clause)
    refuse_any(rules.why_not_decided(finding.state, _term_over(finding, moment), words, clause))
    finding.state = Finding.State.CONFIRMED if confirmed else Finding.State.DROPPED
    finding.decided_by, finding.decided_at = by, moment
    finding.decision = words.strip()[:1000]
    finding.save(update_fields=["state", "decided_by", "decided_at", "decision"])
    event = norms.CONFIRMED if confirmed else "finding.dropped"
    record(
        event, finding, by=by, at=moment, code=finding.code, item=finding.code,
        person=finding.person_id, words=finding.decision, division=finding.division_id,
    )  # fmt: skip
    _after_decision(finding, confirmed, by=by, at=moment)
    return finding


def _term_over(finding: Finding, at: datetime) -> bool:
    """Whether the person let the time for his answer pass."""
    asked = Due.objects.open().filter(key=asking.key(finding, asking.ANSWER)).first()
    return asked is not None and asked.is_late(at)


def _after_decision(finding: Finding, confirmed: bool, *, by: Person, at: datetime) -> None:
    for step in (asking.ANSWER, asking.DECIDE):
        dues.settle(key=asking.key(finding, step), by=by, at=at)
    if not confirmed:
        dues.cancel(key=asking.key(finding, asking.CORRECT), by=by, at=at)
    elif following := norms.charges(finding.code, finding.division_id, at):
        asking.ask_measure(finding, following[0].id, by=by, at=at)
    notices.tell(
        [finding.person],
        N_("行为记录 %(number)s 已认定") if confirmed else N_("行为记录 %(number)s 不予认定"),
        about=finding,
        key=f"finding:{finding.pk}:decided",
        link=asking.link(finding),
        at=at,
        clause=finding.clauses[0],
        number=finding.number,
    )


@one_act
def record_correction(
    finding: Finding, words: str, *, by: Person, at: datetime | None = None
) -> Finding:
    """Keep what the customer was told instead of the wrong answer (R5-08)."""
    moment = at or clock.now()
    finding = locked(finding)
    clause = norms.corrected(finding.code, finding.division_id, moment)
    if clause is None or finding.corrected_at:
        raise refuse(N_("该记录无须再向客户更正"), finding.clauses[0])
    if not words.strip():
        raise refuse(N_("请写明向客户更正的内容"), clause.id, field="words")
    if by.pk != finding.person_id:
        asking.require_over(by, finding.person, finding.division_id, moment, clause.id)
    finding.corrected, finding.corrected_by, finding.corrected_at = words.strip(), by, moment
    finding.save(update_fields=["corrected", "corrected_by", "corrected_at"])
    record("finding.corrected", finding, by=by, at=moment, words=finding.corrected,
           division=finding.division_id)  # fmt: skip
    dues.settle(key=asking.key(finding, asking.CORRECT), by=by, at=moment)
    return finding


def locked(finding: Finding) -> Finding:
    """The row itself, held until the end of the act."""
    found = Finding.objects.select_for_update(of=("self",)).select_related("person", "division")
    return found.get(pk=finding.pk)
