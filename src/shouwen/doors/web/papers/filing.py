"""Which papers can be filed on a case by hand, and why not."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from shouwen.engines.documents.definitions import FormDef
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.ground.policy import queries as policy
from shouwen.work.cases.models import Case

FILED = (
    "conveyance",
    "help_log",
    "investigation_report",
    "improvement_action",
    "help_request",
    "followup",
    "quantity_followup",
    "petition",
    "third_party",
    "objection",
    "abnormality_note",
)
"""In the order of the page; the other papers come from a decision or a settlement."""


def settled_by(due: Due) -> str:
    """The address where the paper is filed that settles a time limit of a case, or nothing."""
    if due.kind != Due.Kind.DEADLINE or due.matter_kind != "case":
        return ""
    forms = [fact.partition(".")[0] for fact in due.stops.get("facts", ())]
    wanted = next((form for form in forms if form in FILED), "")
    return reverse("papers:new", args=[due.matter_id, wanted]) if wanted else ""


@dataclass(frozen=True)
class Filable:
    """A form that can be filed, and whether this person may."""

    form: FormDef
    allowed: bool
    role: Any


def filable(case: Case, person: Person) -> list[Filable]:
    """Every form of the list with who files it."""
    found = []
    for key in FILED:
        form = policy.form(key, on=clock.today())
        role = form.sections[0].by
        allowed = role == "any" or bool(org.as_whom(person, role, case.division_id, clock.now()))
        title = "" if role == "any" else org.role_title(role, case.division_id)
        found.append(Filable(form, allowed, title))
    return found
