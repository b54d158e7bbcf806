"""What scenarios say of keeping customers: records, offers, opinions, opportunities."""

from datetime import time
from typing import Any

from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers import actions as customers
from shouwen.work.customers.care import (
    compiling,
    completeness,
    keeping,
    merging,
    offers,
    opinions,
    preferences,
)
from shouwen.work.customers.care import queries as care
from shouwen.work.customers.drafts import CustomerDraft, draft_of
from shouwen.work.customers.models import Customer, Opinion

HOURS = ("likes_from", "likes_until")


def complete_customer(customer: Customer, values: dict[str, Any], *, by: Person) -> bool:
    """Write some fields of a customer and leave the others."""
    draft = draft_of(CustomerDraft, customer).values() | values
    return customers.change_customer(customer, CustomerDraft(**draft), by=by)


def prefer(customer: Customer, values: dict[str, Any], *, by: Person) -> bool:
    """Write down how a customer likes to be served; hours as `09:00`."""
    hours = {key: time.fromisoformat(values[key]) for key in HOURS if values.get(key)}
    return complete_customer(customer, values | hours, by=by)


def disturbed(customer: Customer) -> bool:
    """Whether somebody who is about to call him is warned."""
    return preferences.is_inconvenient(customer, clock.now())


def lacking(division: Unit, customer: Customer) -> list[str]:
    """What the list of incomplete records says of a customer; empty when he is not on it."""
    found = care.incomplete([division.pk]).filter(pk=customer.pk).first()
    return found.lacks.split() if found else []


def silent(division: Unit, customer: Customer) -> int | None:
    """Days since the last contact as the relationship list has them; None when he is not on it."""
    now = clock.now()
    found = care.turns("interaction.recorded", [division.pk], now)
    beat = found.filter(subject_id=customer.pk).first()
    return (clock.day_of(now) - clock.day_of(beat.last_at)).days if beat else None


def inbox(unit: Unit) -> list[Opinion]:
    """What a department has not acknowledged yet, oldest first."""
    found = Opinion.objects.filter(target=unit, acknowledged_at__isnull=True)
    return list(found.order_by("id"))


def counted(division: Unit, unit: Unit) -> int:
    """How many opinions a centre passed on this year."""
    day = clock.today()
    rows = care.by_centre([division.pk], day.replace(month=1, day=1), day)
    return sum(row["opinions"] for row in rows if row["unit"] == unit.pk)


def opportunities_of(customer: Customer) -> list[str]:
    """The needs noted of a customer, newest first."""
    return [one.need for one in care.opportunities_of(customer)]


def opportunities_of_unit(division: Unit, person: Person) -> list[str]:
    """The needs on the list of the department a person works in."""
    found = care.opportunities([division.pk]).filter(unit__in=org.units_of(person))
    return [one.need for one in found.order_by("id")]


def refused_merge(survivor: Customer, other: Customer, reason: str, *, by: Person) -> bool:
    """Whether a merge is refused; what refuses it is good sense, no clause."""
    try:
        merging.merge_customers(survivor, other, reason=reason, by=by)
    except Refused:
        return True
    return False


def refused_grade(customer: Customer, grade: str, reason: str, *, by: Person) -> bool:
    """Whether a customer grade is refused, whatever clause says so."""
    try:
        keeping.grade_customer(customer, "grade", grade, reason=reason, by=by)
    except Refused:
        return True
    return False


def to_answer(unit: Unit) -> list[str]:
    """What the compilations sent to a department ask it to answer."""
    found = Opinion.objects.filter(compilation__target=unit, answered_at__isnull=True)
    return [one.text for one in found.order_by("id")]


WORDS = {
    "open_rhythms": dues.open_rhythms,
    "recount": completeness.recount,
    "create_contact": customers.create_contact,
    "complete_customer": complete_customer,
    "prefer": prefer,
    "disturbed": disturbed,
    "lacking": lacking,
    "silent": silent,
    "inbox": inbox,
    "counted": counted,
    "to_answer": to_answer,
    "opportunities_of": opportunities_of,
    "opportunities_of_unit": opportunities_of_unit,
    "verify_customer": keeping.verify_customer,
    "grade_customer": keeping.grade_customer,
    "note_opportunity": keeping.note_opportunity,
    "gradings_of": care.gradings_of,
    "make_offer": offers.make_offer,
    "present_offers": offers.present_offers,
    "record_opinion": opinions.record_opinion,
    "acknowledge_opinion": opinions.acknowledge_opinion,
    "mark_valuable": opinions.mark_valuable,
    "answer_opinion": opinions.answer_opinion,
    "tell_customer_of_opinion": opinions.tell_customer,
    "send_compilation": compiling.send_compilation,
    "refused_merge": refused_merge,
    "refused_grade": refused_grade,
    "merge_customers": merging.merge_customers,
    "undo_merge": merging.undo_merge,
}
