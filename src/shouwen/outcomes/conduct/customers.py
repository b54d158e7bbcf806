"""What customers say of an employee: a rating, a complaint about him (R3-39, R5-05, R8-29)."""

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, models, transaction

from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal.actions import record
from shouwen.ground.org.models import Person
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions import quick
from shouwen.work.interactions.actions import Draft
from shouwen.work.interactions.models import Interaction
from shouwen.work.interactions.wording import own
from shouwen.work.reception import rating as ratings
from shouwen.work.reception.rules import RATINGS

from . import asking, norms
from .contacts import Contact, unit_of
from .findings import Found, open_finding
from .models import ContactRating, Finding, Grievance

COMPLAINED = own(N_("客户反映服务人员的服务态度，所说的内容另行登记。"))
"""What the contact says, which every colleague may read."""


@one_act
def rate_contact(
    interaction: Interaction,
    rating: str,
    words: str = "",
    *,
    by: Person | None,
    at: datetime | None = None,
) -> ContactRating:
    """Keep how a customer rated a contact; what a clause names goes before the manager (R5-05)."""
    moment = at or clock.now()
    seen = Contact.of(interaction)
    found = ratings.checked_after(seen.division, rating, moment)
    clause = found[0].id if found else ""
    if rating not in RATINGS:
        raise refuse(N_("请选择客户的评价"), clause, field="rating")
    if by is not None and by.pk == seen.person.pk:
        raise refuse(N_("不能登记对自己接待的评价"), clause, instead=N_("请由他人登记"))
    try:
        with transaction.atomic():
            kept = ContactRating.objects.create(
                interaction=interaction, person=seen.person, rating=rating,
                words=words.strip()[:500], by=by, at=moment,
            )  # fmt: skip
    except IntegrityError:
        raise refuse(N_("该次接触已经评价过"), clause) from None
    record(
        "contact.rated", interaction, by=by, at=moment, rating=rating, person=seen.person.pk,
        clauses=[one.id for one in found], division=seen.division.pk,
    )  # fmt: skip
    ratings.ask_manager(
        interaction, seen.person, unit_of(seen.person, seen.division, moment), rating, found,
        matter=seen.title, link=f"/conduct/ratings/{interaction.pk}/", by=by, at=moment,
    )  # fmt: skip
    return kept


@one_act
def check_rating(
    kept: ContactRating, words: str, *, by: Person, at: datetime | None = None
) -> ContactRating:
    """The manager says what he found when he looked into a bad rating."""
    moment = at or clock.now()
    kept = ContactRating.objects.select_for_update(of=("self",)).get(pk=kept.pk)
    seen = Contact.of(kept.interaction)
    found = ratings.checked_after(seen.division, kept.rating, moment)
    clause = found[0].id if found else ""
    asking.require_over(by, kept.person, seen.division, moment, clause)
    if not found or kept.checked_at:
        raise refuse(N_("该评价无须再核查"), clause)
    if not words.strip():
        raise refuse(N_("请写明核查结果和处理"), clause, field="words")
    kept.checked_by, kept.checked_at, kept.check_words = by, moment, words.strip()[:500]
    kept.save(update_fields=["checked_by", "checked_at", "check_words"])
    record("contact.rating_checked", kept.interaction, by=by, at=moment, words=kept.check_words,
           person=kept.person_id, division=seen.division.pk)  # fmt: skip
    dues.settle(key=f"interaction:{kept.pk}:{ratings.CHECK}", by=by, at=moment)
    return kept


@one_act
def take_grievance(
    draft: Draft,
    person: Person,
    code: str,
    words: str,
    *,
    by: Person,
    matter: models.Model | None = None,
    at: datetime | None = None,
) -> Grievance:
    """A customer turns to anybody of ours and complains about an employee (R3-39, R5-16).

    The contact is registered like any other and says that he complained; what he said of whom
    stands with the complaint alone, which the person complained about does not read.
    """
    moment = at or clock.now()
    contact = quick.take(replace(draft, body=COMPLAINED), by=by, at=moment)
    if matter is not None:
        interactions.tie(contact, matter, by=by, at=moment)
    return file_grievance(contact, person, code, words, by=by, at=moment)


@one_act
def file_grievance(
    interaction: Interaction,
    person: Person,
    code: str,
    words: str,
    *,
    by: Person,
    at: datetime | None = None,
) -> Grievance:
    """A customer complains about an employee; whoever took it writes it down (R3-39, R8-29)."""
    moment = at or clock.now()
    division = interaction.division
    binding = norms.clauses_of(code, division, moment)
    if not binding:
        raise refuse(N_("本单位的制度没有这一行为项目"), field="code")
    if not words.strip():
        raise refuse(N_("请写明客户所说的经过"), binding[0].id, field="words")
    kept, new = Grievance.objects.get_or_create(
        interaction=interaction, person=person, code=code,
        defaults={"division": division, "words": words.strip()[:1000], "filed_by": by,
                  "filed_at": moment},
    )  # fmt: skip
    if not new:
        raise refuse(N_("这件事已经登记过"), binding[0].id)
    record("grievance.filed", kept, by=by, at=moment, matter=kept, code=code,
           person=person.pk, clauses=[one.id for one in binding],
           division=division.pk)  # fmt: skip
    _ask_decision(kept, binding[0].id, by=by, at=moment)
    return kept


def _ask_decision(kept: Grievance, clause: str, *, by: Person, at: datetime) -> None:
    """His manager looks into it in his own time; neither contact nor unit shows it to others."""
    manager = ratings.manager_over(kept.person, kept.division_id, at)
    dues.open_due(
        N_("核实客户对%(person)s的投诉:%(what)s"),
        subject=kept,
        matter=kept,
        division=kept.division_id,
        clause=clause,
        person=manager,
        role="" if manager else asking.REVIEWERS,
        days=asking.answer_days(kept.division_id, at),
        params={
            "person": kept.person.name,
            "what": norms.name_of(kept.code, kept.division_id, at),
            "matter": kept.interaction.number,
        },
        link=f"/conduct/grievances/{kept.pk}/",
        key=f"grievance:{kept.pk}",
        by=by,
        at=at,
    )


@one_act
def decide_grievance(
    kept: Grievance, upheld: bool, reason: str, *, by: Person, at: datetime | None = None
) -> Grievance:
    """Upheld, it opens a finding of its code; dismissed, it stays on record with the reason."""
    moment = at or clock.now()
    rows = Grievance.objects.select_for_update(of=("self",)).select_related("person", "division")
    kept = rows.get(pk=kept.pk)
    clause = norms.clauses_of(kept.code, kept.division_id, moment)[0].id
    asking.require_over(by, kept.person, kept.division_id, moment, clause)
    if kept.decided_at:
        raise refuse(N_("该投诉已有结论"), clause)
    if not reason.strip():
        raise refuse(N_("请写明核实的结果"), clause, field="reason")
    kept.state = Grievance.State.UPHELD if upheld else Grievance.State.DISMISSED
    kept.decided_by, kept.decided_at, kept.reason = by, moment, reason.strip()[:500]
    kept.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    event = "grievance.upheld" if upheld else "grievance.dismissed"
    record(event, kept, by=by, at=moment, matter=kept, person=kept.person_id,
           code=kept.code, division=kept.division_id)  # fmt: skip
    dues.settle(key=f"grievance:{kept.pk}", by=by, at=moment)
    if upheld:
        found = Found(
            kept.division, kept.person, kept.code, f"{kept.words}\n{kept.reason}",
            Finding.Source.COMPLAINT, grievance=kept,
            contact=("interaction", kept.interaction_id),
        )  # fmt: skip
        open_finding(found, by=by, at=moment)
    return kept
