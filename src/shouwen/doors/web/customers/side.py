"""What the page of a customer says of keeping him: completeness, grades, turns, merges."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.ground.foundation import clock
from shouwen.work.customers.care import queries as care
from shouwen.work.customers.care import rules
from shouwen.work.customers.models import Customer


def lacks_in_words(lacks: str) -> str:
    """The missing fields in the reader's language."""
    return _("、").join(_(rules.FIELDS[key]) for key in lacks.split())


def side(record: Customer) -> dict[str, Any]:
    """All of it for one customer; four statements."""
    turns = [
        {"clause": one.rhythm.clause, "day": clock.day_of(one.next_at), "late": one.asked_at}
        for one in care.turns_of(record)
        if one.next_at
    ]
    return {
        "meter": care.meter(record),
        "turns": turns,
        "merges": list(care.merges_of(record)),
        "person_url": reverse("care:person", args=["customer", record.pk]),
    }
