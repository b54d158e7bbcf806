"""The verbs of a visit: arrival, reception, departure, signature. Each is one fact."""

from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import models, transaction

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.numbers import next_number
from shouwen.engines.dues import actions as dues
from shouwen.engines.notices import actions as notices
from shouwen.engines.search import actions as search
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers.models import Customer
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions.models import Channel, Interaction, Nature

from . import rules
from .models import Errand, Visit

SERIES = "LF{yy}{mm}{dd}-{n:03}"
"""Its running number: the day, and its place among those of the month."""
REGISTER = "visitor_register"
OPEN = "open_visit"


@dataclass(frozen=True)
class Arrival:
    """Who came, to see whom, what for."""

    division: Unit
    visitor: str
    purpose: str
    host: Person
    errand: str = Errand.BUSINESS
    company: str = ""
    phone: str = ""
    people: int = 1
    customer: Customer | None = None
    nature: str = Nature.PROBLEM
    wanted: str = ""
    arrived_at: datetime | None = None
    """When they came; now, unless it is written down later."""


@one_act
def register_visit(
    draft: Arrival,
    *,
    by: Person,
    at: datetime | None = None,
    matter: models.Model | None = None,
) -> Visit:
    """Write a visitor down with number, moment and host, and tell the host at once (R2-11)."""
    moment = at or clock.now()
    arrived = draft.arrived_at or moment
    refuse_any(
        rules.why_not_registered(
            draft.visitor, draft.purpose, draft.people, arrived, moment,
            clause_of(draft.division, moment),
        )
    )  # fmt: skip
    visit = Visit(
        division=draft.division,
        interaction=_interaction(draft, arrived, by=by, at=moment, matter=matter),
        errand=draft.errand,
        visitor=draft.visitor.strip(),
        company=draft.company.strip(),
        phone=draft.phone.strip(),
        people=draft.people,
        purpose=draft.purpose.strip(),
        host=draft.host,
        unit=_unit_of_host(draft, moment),
        registered_by=by,
        arrived_at=arrived,
    )
    visit.number = next_number(f"visit:{draft.division.pk}", SERIES, "month", moment)
    visit.save(force_insert=True)
    record(
        "visit.registered", visit, by=by, at=moment, matter=matter, number=visit.number,
        host=visit.host_id, errand=visit.errand, interaction=visit.interaction_id,
        visitor=visit.visitor, form=REGISTER, division=visit.division_id,
    )  # fmt: skip
    _tell_host(visit, moment)
    _owe_departure(visit, by=by, at=moment)
    search.touch(visit)
    return visit


def clause_of(division: Unit | int, at: datetime) -> str:
    """The clause that asks for the register, for a refusal to quote."""
    found = ruling.clause("document", division, at, form=REGISTER)
    return found.id if found else ""


def _interaction(
    draft: Arrival,
    arrived: datetime,
    *,
    by: Person,
    at: datetime,
    matter: models.Model | None,
) -> Interaction | None:
    """What the visitor came to say; who comes to see a friend says nothing to the company."""
    if draft.errand == Errand.PRIVATE:
        return None
    said = interactions.Draft(
        draft.division, draft.purpose, channel=Channel.VISIT, nature=draft.nature,
        customer=draft.customer, name=draft.visitor, phone=draft.phone, wanted=draft.wanted,
        spoken_at=arrived, more={"company": draft.company, "host": draft.host.pk},
    )  # fmt: skip
    return interactions.record_interaction(said, by=by, at=at, matter=matter)


def _unit_of_host(draft: Arrival, at: datetime) -> Unit:
    for held in org.posts_of(draft.host, at):
        if org.division_of(held.post.unit, at) in (draft.division, None):
            return held.post.unit
    raise refuse(
        N_("%(host)s不在本单位任职"),
        clause_of(draft.division, at),
        field="host",
        instead=N_("请选择本单位的接待人"),
        host=draft.host.name,
    )


def _tell_host(visit: Visit, at: datetime) -> None:
    """Whoever is away has somebody who stands in; reception's guest waits for a person."""
    people = org.stand_ins(visit.host, at) if org.is_away(visit.host, at) else [visit.host]
    notices.tell(
        people or [visit.host],
        N_("%(visitor)s来访,正在前台等候:%(purpose)s"),
        about=visit,
        key=f"visit:{visit.pk}:arrived",
        link=f"/reception/{visit.pk}/",
        at=at,
        clause=clause_of(visit.division_id, at),
        urgent=True,
        visitor=visit.visitor,
        purpose=visit.purpose,
    )


def _owe_departure(visit: Visit, *, by: Person, at: datetime) -> None:
    """A visit without a departure at the end of its day is late on reception's desk (R6-12)."""
    dues.open_due(
        N_("登记%(visitor)s的离开时间"),
        subject=visit,
        division=visit.division_id,
        clause=clause_of(visit.division_id, at),
        person=visit.registered_by,
        due_at=clock.end_of(clock.day_of(visit.arrived_at)),
        params={"visitor": visit.visitor, "matter": visit.number},
        link=f"/reception/{visit.pk}/",
        key=f"visit:{visit.pk}:{OPEN}",
        by=by,
        at=at,
    )


@one_act
def receive_visit(visit: Visit, *, by: Person, at: datetime | None = None) -> Visit:
    """The visitor is being received: how long he waited is counted and judged now (R2-12)."""
    moment = at or clock.now()
    visit = locked(visit)
    refuse_any(rules.why_not_received(facts(visit), moment, clause_of(visit.division_id, moment)))
    found = ruling.clauses("norm", visit.division_id, moment, item="visitor_rating")
    limits = ruling.figures("minutes", found, visit.division_id, moment)
    visit.received_at, visit.received_by = moment, by
    visit.waited_minutes = rules.minutes_between(visit.arrived_at, moment)
    visit.over_limit = rules.is_over(visit.waited_minutes, limits)
    visit.save(update_fields=["received_at", "received_by", "waited_minutes", "over_limit"])
    record(
        "visit.received", visit, by=by, at=moment, division=visit.division_id,
        minutes=visit.waited_minutes,
        over=visit.over_limit, host=visit.host_id, allowed=min(limits, default=None),
        clauses=[one.id for one in found],
    )  # fmt: skip
    return visit


@one_act
def record_departure(
    visit: Visit, outcome: str, *, by: Person, at: datetime | None = None
) -> Visit:
    """The visitor leaves; what came of it stands in the register (R2-11)."""
    moment = at or clock.now()
    visit = locked(visit)
    clause = clause_of(visit.division_id, moment)
    refuse_any(rules.why_not_left(facts(visit), outcome, moment, clause))
    visit.left_at, visit.outcome = moment, outcome.strip()
    visit.save(update_fields=["left_at", "outcome"])
    record(
        "visit.ended", visit, by=by, at=moment, outcome=visit.outcome, form=REGISTER,
        division=visit.division_id,
    )  # fmt: skip
    dues.settle(key=f"visit:{visit.pk}:{OPEN}", by=by, at=moment)
    return visit


def confirm_visit(
    visit: Visit,
    *,
    picture: bytes | None = None,
    name: str = "",
    by: Person,
    at: datetime | None = None,
) -> Visit:
    """The visitor signs on the screen, or is written down by name where nothing can be drawn."""
    moment = at or clock.now()
    clause = clause_of(visit.division_id, moment)
    refuse_any(rules.why_not_confirmed(facts(visit), picture is not None, name, clause))
    drawn = None
    if picture is not None:  # examined before the transaction begins, like every file from outside
        file = ContentFile(picture, name=f"signature-{visit.number}.png")
        division = org.unit_by_id(visit.division_id)
        drawn = documents.attach(file, matter=visit, division=division, by=by, at=moment)
    with transaction.atomic():
        visit = locked(visit)
        refuse_any(rules.why_not_confirmed(facts(visit), picture is not None, name, clause))
        visit.signature, visit.confirmed_name, visit.confirmed_at = drawn, name.strip(), moment
        visit.save(update_fields=["signature", "confirmed_name", "confirmed_at"])
        record(
            "visit.confirmed", visit, by=by, at=moment, drawn=drawn is not None,
            division=visit.division_id,
        )  # fmt: skip
    return visit


@one_act
def tie_visit(
    visit: Visit, matter: models.Model, *, by: Person, at: datetime | None = None
) -> Visit:
    """Say which matter a visit belongs to; its interaction goes with it."""
    if visit.interaction is None:
        raise refuse(N_("私人来访不属于任何案件"), clause_of(visit.division_id, at or clock.now()))
    interactions.tie(visit.interaction, matter, by=by, at=at)
    return visit


def locked(visit: Visit) -> Visit:
    """The row itself, held until the end of the act."""
    return Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)


def facts(visit: Visit) -> rules.VisitFacts:
    """What the rules ask of a visit."""
    return rules.VisitFacts(
        arrived_at=visit.arrived_at,
        received_at=visit.received_at,
        left_at=visit.left_at,
        rated=bool(visit.rating),
        confirmed=visit.is_confirmed,
        host=visit.host_id,
    )
