"""What scenarios say of reviews, findings and what follows from them."""

from datetime import date
from typing import Any

from django.db.models import Model

from shouwen.ground.foundation import clock
from shouwen.ground.org import actions as org
from shouwen.ground.org import queries as people
from shouwen.ground.org.models import Person, Post, Unit
from shouwen.ground.policy import queries as policy
from shouwen.outcomes.conduct import actions, detecting, norms, queries
from shouwen.outcomes.conduct.models import Finding, Review
from shouwen.work.interactions.models import Interaction
from shouwen.work.reception.models import Visit


def review(
    division: Unit,
    contact: Model,
    marks: dict[str, int] | None = None,
    comments: dict[str, str] | None = None,
    violations: dict[str, str] | None = None,
    without: list[str] | None = None,
    *,
    by: Person,
) -> Review:
    """Mark a contact: every item full, but for those named; `without` leaves some unmarked."""
    during = "visit" if isinstance(contact, Visit) else "call"
    asked = [one.code for one in norms.items(division, during, clock.now())]
    full = {code: 5 for code in asked if code not in (without or [])}
    given = actions.Marks({**full, **(marks or {})}, comments or {}, "", violations or {})
    return actions.submit_review(contact, given, by=by)


def note(
    division: Unit,
    person: Person,
    code: str,
    described: str = "当面与客户争执。",
    *,
    by: Person,
) -> Finding:
    """A manager writes down what he saw."""
    return actions.note_finding(actions.Found(division, person, code, described), by=by)


def findings_of(person: Person) -> list[str]:
    """What was found against somebody, in the order of the finding."""
    return list(Finding.objects.filter(person=person).order_by("id").values_list("code", flat=True))


def finding_of(person: Person) -> Finding:
    """The last finding against somebody."""
    return Finding.objects.filter(person=person).latest("id")


def average(division: Unit, person: Person, item: str, month: date) -> str:
    """The mean mark of somebody's item in the month of a day."""
    last = clock.day_of(clock.now())
    found = queries.averages(division, month, last, person)
    return next((str(one.mark) for one in found if one.item == item), "")


def clause_figures(division: Unit, since: date, until: date) -> dict[str, Any]:
    """The overview by clause, and how many findings there are in all."""
    figures = queries.by_clause(division, since, until, clock.now())
    shown = {
        one.clause: {"mark": str(one.mark or ""), "findings": one.findings}
        for one in figures.values()
    }
    return {**shown, "all": queries.count_findings(division, since, until)}


def covered(review: Review) -> list[str]:
    """Every clause that a review shows."""
    return sorted({clause for one in review.marks.all() for clause in one.clauses})


def complain(
    contact: Interaction, person: Person, code: str, words: str = "态度粗野,话没说完就挂断。",
    *, by: Person,
) -> Any:  # fmt: skip
    """A customer complains about somebody."""
    return actions.file_grievance(contact, person, code, words, by=by)


def post_in(unit: Unit, title: str) -> Post:
    """A new post of a unit, free to be held."""
    return org.add_post(unit, title, title, rank="staff")


def holds_role(person: Person, role: str, division: Unit) -> bool:
    """Whether somebody holds a role now."""
    return people.holds(person, role, division)


def personnel_file(person: Person) -> list[str]:
    """The posts of somebody, the newest first."""
    return [held.post.title_zh for held in people.posts_ever(person)]


def seek_idle() -> int:
    """Look for matters in which nothing happens; how many were found."""
    return detecting.seek_idle(clock.now())


def matching(clause: str) -> dict[str, Any]:
    """Where a clause of a repeating text leads."""
    found = policy.repeated(clause)
    head = policy.regulation(clause.split("-")[0])
    return {
        "id": found.id if found else "",
        "running": found.running if found else False,
        "head": head.repeats,
    }


WORDS = {
    "matching": matching,
    "review": review,
    "note": note,
    "findings_of": findings_of,
    "finding_of": finding_of,
    "average": average,
    "clause_figures": clause_figures,
    "covered": covered,
    "complain": complain,
    "decide_grievance": actions.decide_grievance,
    "rate_contact": actions.rate_contact,
    "acknowledge": actions.acknowledge,
    "object_to": actions.object_to,
    "decide_finding": actions.decide_finding,
    "record_correction": actions.record_correction,
    "take_measure": actions.take_measure,
    "acknowledge_measure": actions.acknowledge_measure,
    "close_finding": actions.close_finding,
    "propose_transfer": actions.propose_transfer,
    "approve_transfer": actions.approve_transfer,
    "decline_transfer": actions.decline_transfer,
    "post_in": post_in,
    "holds_role": holds_role,
    "personnel_file": personnel_file,
    "seek_idle": seek_idle,
}
