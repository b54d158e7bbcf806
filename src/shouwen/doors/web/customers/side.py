"""What the page of a customer says of keeping him: completeness, grades, turns, merges."""

from typing import Any

from django.utils.translation import gettext as _

from shouwen.ground.foundation import clock
from shouwen.ground.org.models import Person
from shouwen.work.customers.care import keeping, rules
from shouwen.work.customers.care import queries as care
from shouwen.work.customers.models import Customer
from shouwen.work.dossiers import access as dossiers


def lacks_in_words(lacks: str) -> str:
    """The missing fields in the reader's language."""
    return _("、").join(_(rules.FIELDS[key]) for key in lacks.split())


def side(record: Customer, person: Person) -> dict[str, Any]:
    """All of it for one customer as a person sees it; four statements."""
    turns = [
        {"clause": one.rhythm.clause, "day": clock.day_of(one.next_at), "late": one.asked_at}
        for one in care.turns_of(record)
        if one.next_at
    ]
    return {
        "meter": care.meter(record),
        "turns": turns,
        "merges": list(care.merges_of(record)),
        "graded": {kind: keeping.has_grades(kind, record) for kind in keeping.GRADES},
        "may_look_up": dossiers.may(person, dossiers.EXPORTERS, record.division_id),
    }
