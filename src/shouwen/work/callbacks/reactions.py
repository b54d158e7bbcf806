"""What is planned, counted and held up when a matter is solved, a repair finished, a call made."""

from datetime import datetime, timedelta

from shouwen.engines.dues import actions as dues
from shouwen.engines.dues import resolvers
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal.actions import reacts_to
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person
from shouwen.work.cases.models import Case

from . import access, facts, figures, handing, planning, queries  # noqa: F401
from .models import Callback, Reason, Result
from .oversight import sampling
from .rounds import regular


@reacts_to("case.solved")
def call_about_the_solution(entry: Entry, case: Case) -> None:
    """The first-contact owner calls back on every problem (R3-35)."""
    by = _actor(entry)
    handing.taken_up(case, by=by, at=entry.at)
    if _waits(case, Reason.FIRST_CONTACT):
        return
    clause = ruling.clause("duty", case.division_id, entry.at, after=entry.event, form=figures.FORM)
    if clause is None or not clause.running:
        return
    word = access.owners_of(clause)[0]
    known = resolvers.facts_of("case", case.pk)
    days = figures.find(clause, "days", case.division_id, entry.at)
    need = planning.Need(
        case.division_id, Reason.FIRST_CONTACT, ("case", case.pk), case.customer, clause.id,
        queries.title_of(case), queries.phone_of(case), person=known.get(word),
        role="" if known.get(word) else word, occasion=entry.pk,
        due_at=_end(entry, days),
    )  # fmt: skip
    planning.plan(need, by=by, at=entry.at)


@reacts_to("case.owner_changed")
def call_is_the_new_owners(entry: Entry, case: Case) -> None:
    """Whoever answers for the matter from now on calls back about it (R3-32, R3-35)."""
    waiting = _waits(case, Reason.FIRST_CONTACT)
    if waiting is None or waiting.person_id != entry.data["before"]:
        return
    to = org.person(entry.data["after"])
    waiting.person, waiting.taken_by, waiting.taken_at = to, None, None
    waiting.save(update_fields=["person", "taken_by", "taken_at"])
    dues.assign(waiting, to, by=_actor(entry), at=entry.at)


@reacts_to("repair.finished")
def call_about_the_repair(entry: Entry, case: Case) -> None:
    """Every finished repair is called back by telephone (R3-43)."""
    clause = figures.repair_quota(case.division_id, entry.at)
    if clause is None or not clause.running or _waits(case, Reason.REPAIR):
        return
    owners = access.owners_of(clause)
    days = figures.find(clause, "days", case.division_id, entry.at) or 0
    need = planning.Need(
        case.division_id, Reason.REPAIR, ("case", case.pk), case.customer, clause.id,
        queries.title_of(case), queries.phone_of(case),
        role=owners[0] if owners else "customer_service", occasion=entry.pk,
        due_at=_end(entry, days),
    )  # fmt: skip
    planning.plan(need, by=_actor(entry), at=entry.at)


def _waits(case: Case, reason: str) -> Callback | None:
    """The call about the matter that is still to be made: one is enough."""
    found = Callback.objects.filter(
        matter_kind="case", matter_id=case.pk, reason=reason, state="open"
    )
    return found.select_related("person").first()


def _end(entry: Entry, days: int | None) -> datetime | None:
    if days is None:
        return None
    return clock.end_of(clock.day_of(entry.at) + timedelta(days=days))


@reacts_to("case.closed")
def closing_waits(entry: Entry, case: Case) -> None:
    """No matter is closed before its first-contact owner has called back (R3-35)."""
    waiting = _waits(case, Reason.FIRST_CONTACT)
    if waiting is not None:
        raise refuse(
            N_("首问责任人尚未回访，不能结案"),
            waiting.clause,
            instead=N_("请由%(owner)s先打回访电话并记下结果"),
            owner=waiting.person.name
            if waiting.person
            else org.role_title(waiting.role, waiting.division_id, entry.at),
        )
    handing.taken_up(case, by=_actor(entry), at=entry.at)


@reacts_to("callback.done")
def count_the_call(entry: Entry, callback: Callback) -> None:
    """The customer's interval begins anew, reached or not; a drawn record has its result."""
    if entry.subject_kind != "callback":
        return
    result = Result.objects.filter(callback=callback).first()
    by = _actor(entry)
    if result is not None:
        regular.note_call(callback, entry.at)
    elif callback.reason == Reason.REGULAR:
        regular.pass_turn(callback, entry.at)
    if callback.reason == Reason.SAMPLE and by is not None:
        sampling.note_call(callback, result, by=by, at=entry.at)


def _actor(entry: Entry) -> Person | None:
    return org.person(entry.actor_id) if entry.actor_id else None
