"""Dues that a clause ties to facts: one fact opens them, another settles them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q

from shouwen.engines.dues import actions, opening, resolvers, rules
from shouwen.engines.dues.clockwork import timing
from shouwen.engines.dues.kinds import DeadlineSpec, DutySpec
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.shapes import Clause

from . import clauses

Facts = Mapping[str, Any]


def open_for(entry: Entry, subject: Model) -> None:
    """Open what the clauses that the division works by tie to this fact."""
    facts = _facts(entry, subject)
    division = _division(facts, subject)
    if division is None:
        return
    day = clock.day_of(entry.at)
    adopted = ruling.editions(division, day)
    matching = [
        *policy.in_force("deadline", day, adopted=adopted, facts=facts, starts=entry.event),
        *policy.in_force("duty", day, adopted=adopted, facts=facts, after=entry.event),
    ]
    asked = [c for c in matching if clauses.is_tied(c) and says(c.spec.match, entry)]
    found = [(clause, _figures(clause, facts, division, entry.at)) for clause in asked]
    wanted = [(clause, figures) for clause, figures in found if figures is not None]
    if not wanted:
        return
    earlier = _earlier([clause for clause, _figures in wanted], entry)
    dues = [
        _due(clause, entry, facts, division, figures, len(ended))
        for clause, figures in wanted
        if None not in (ended := earlier[clause.id])  # else it runs already
    ]
    opening.place_new(dues, by=_actor(entry), at=entry.at)


def _facts(entry: Entry, subject: Model) -> dict[str, Any]:
    """What holds of the matter, and what this fact says, which is newer."""
    return {**resolvers.facts_at(entry, subject), **entry.data}


def _actor(entry: Entry) -> Person | None:
    return org.person(entry.actor_id) if entry.actor_id else None


def _division(facts: Facts, subject: Model) -> int | None:
    found = facts.get("division") or getattr(subject, "division_id", None)
    return getattr(found, "pk", found)


def says(match: Mapping[str, str], entry: Entry) -> bool:
    """Whether the data of a fact are those a clause asks for."""
    return all(str(entry.data.get(name, "")) == wanted for name, wanted in match.items())


Place = tuple[str, int]


def _target(clause: Clause, entry: Entry) -> Place:
    """What the due is about: the matter, or the very record of the fact."""
    if getattr(clause.spec, "per", "matter") == "subject":
        return entry.subject_kind, entry.subject_id
    return entry.matter_kind, entry.matter_id


def _earlier(asked: list[Clause], entry: Entry) -> dict[str, list[datetime | None]]:
    """When the dues that each clause opened before about the same were settled; one statement."""
    targets = {clause.id: _target(clause, entry) for clause in asked}
    places = Q()
    for kind, pk in set(targets.values()):
        places |= Q(subject_kind=kind, subject_id=pk)
    rows = Due.objects.filter(places, clause__in=targets)
    earlier: dict[str, list[datetime | None]] = {number: [] for number in targets}
    for number, kind, pk, settled in rows.values_list(
        "clause", "subject_kind", "subject_id", "settled_at"
    ):
        if targets[number] == (kind, pk):
            earlier[number].append(settled)
    return earlier


def _due(
    clause: Clause, entry: Entry, facts: Facts, division: int, figures: Facts, earlier: int
) -> Due:
    spec = clause.spec
    target = _target(clause, entry)
    return Due(
        kind=Due.Kind.DEADLINE if isinstance(spec, DeadlineSpec) else Due.Kind.DUTY,
        title="%(title)s",
        params=_params(clause, facts),
        clause=clause.id,
        key=f"{clause.id}:{target[0]}:{target[1]}:{earlier}",
        subject_kind=target[0],
        subject_id=target[1],
        matter_kind=entry.matter_kind,
        matter_id=entry.matter_id,
        division_id=division,
        start_at=start_of(entry),
        count=getattr(spec, "unit", "calendar"),
        warn_days=list(spec.warn_days),
        warn_hours=list(spec.warn_hours),
        pausable=getattr(spec, "pausable", False),
        stops=spec.ends,
        link=_link(spec, entry, facts),
        picked=str(facts.get(spec.pick, "")) if spec.pick else "",
        **figures,
        **_owner(spec, facts),
    )


def _figures(clause: Clause, facts: Facts, division: int, at: datetime) -> dict[str, Any] | None:
    """Days or minutes; None where the clause does not speak of this region."""
    spec = clause.spec
    if last := facts.get(getattr(spec, "last_day", "")):
        return {"due_at": clock.end_of(date.fromisoformat(str(last)))}
    if spec.value:
        return timing.value_figures(spec.value, division, at, facts.get(spec.pick))
    days = getattr(spec, "days", None)
    if isinstance(days, dict):
        if not facts.get("region"):
            raise refuse(
                N_("期限因国内外而异，须先写明客户属于国内还是国外"),
                clause.id,
                field="region",
                instead=N_("请在客户资料中补填国内外别"),
            )
        days = rules.days_for(days, facts)
        return None if days is None else {"days": days}
    return {"days": days}


def start_of(entry: Entry) -> datetime:
    """The moment of the fact; a fact that is told later says `since` which day it holds."""
    since = entry.data.get("since")
    if not since:
        return entry.at
    moment = datetime.fromisoformat(str(since))
    return min(moment if moment.tzinfo else clock.local(moment.date()), entry.at)


def _params(clause: Clause, facts: Facts) -> dict[str, Any]:
    words = clause.spec.title or clause.text
    named = {"matter": facts["title"]} if facts.get("title") else {}
    return {"title": {"zh": words.zh, "en": words.en}, **named}


def _link(spec: DeadlineSpec | DutySpec, entry: Entry, facts: Facts) -> str:
    if spec.link:
        return spec.link.format(matter_id=entry.matter_id, subject_id=entry.subject_id)
    return str(facts.get("link", ""))


def _owner(spec: DeadlineSpec | DutySpec, facts: Facts) -> dict[str, Any]:
    """A role, or whom the facts name by that word: a person, a unit, or another role."""
    word = spec.owner if isinstance(spec, DeadlineSpec) else spec.owners[0]
    named = facts.get(word)
    if word == "unit" and named:
        return {"unit_id": getattr(named, "pk", named)}
    if isinstance(named, str) and named:
        return {"role": named}
    if named:
        return {"person_id": getattr(named, "pk", named)}
    return {"role": word}


def settle_for(entry: Entry) -> None:
    """Settle the deadlines of the matter that this fact stops."""
    fitting = [
        due
        for due in Due.objects.open().filter(
            matter_kind=entry.matter_kind, matter_id=entry.matter_id
        )
        if _is_stopped(due, entry) and _is_about(due, entry)
    ]
    _settle(fitting, entry)


def settle_duties_for(entry: Entry, subject: Model) -> None:
    """Settle the duty of the period that this fact speaks of, else the oldest one open."""
    division = _division(_facts(entry, subject), subject)
    open_ones = Due.objects.open().filter(kind=Due.Kind.DUTY, division_id=division)
    fitting = [due for due in open_ones.order_by("due_at") if _is_stopped(due, entry)]
    period = entry.data.get("period") or (fitting[0].period if fitting else "")
    fitting = [due for due in fitting if due.period == period]
    own = [due for due in fitting if _holds(entry.actor_id, due, entry.at)]
    _settle(own or fitting, entry)


def _is_stopped(due: Due, entry: Entry) -> bool:
    stops = due.stops or {}
    if entry.event not in stops.get("facts", ()):
        return False
    wanted = {**stops.get("match", {}), **stops.get("if", {}).get(entry.event, {})}
    return says(wanted, entry)


def _is_about(due: Due, entry: Entry) -> bool:
    """A due of the whole matter, or of the very record the fact is about."""
    subject = (due.subject_kind, due.subject_id)
    return subject == due.matter or subject == (entry.subject_kind, entry.subject_id)


def _holds(actor: int | None, due: Due, at: datetime) -> bool:
    if not actor or not due.role:
        return False
    return org.as_whom(org.person(actor), due.role, due.division_id, at) is not None


def _settle(dues: list[Due], entry: Entry) -> None:
    if dues:
        actions.settle_these(dues, by=_actor(entry), at=entry.at, entry=entry.pk)
