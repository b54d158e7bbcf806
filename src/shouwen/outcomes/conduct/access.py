"""Who may read what is said of people: they themselves, those above them, those who inspect."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org import values
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.org.roles import Rank

from . import norms
from .asking import REVIEWERS
from .models import ContactRating, Finding, Grievance, Measure, Review


def of_interest(person: Person, at: datetime | None = None) -> Q:
    """Rows about people: one's own; all of a division for those who inspect or head it; those of
    the units one leads."""
    moment = at or clock.now()
    whole = _whole(person, moment)
    return Q(person=person) | Q(division__in=whole) | Q(unit__in=led(person, moment))


def _whole(person: Person, at: datetime) -> set[int]:
    """The divisions of which somebody reads everything: its inspectors and its management."""
    heads = f"management.{Rank.DEPUTY_GM}"
    seen = org.divisions_visible(person, at)
    return inspected(person, at) | {one for one in seen if org.as_whom(person, heads, one, at)}


def inspected(person: Person, at: datetime) -> set[int]:
    """The divisions whose service somebody inspects."""
    seen = org.divisions_visible(person, at)
    return {one for one in seen if org.as_whom(person, REVIEWERS, one, at)}


def led(person: Person, at: datetime) -> set[int]:
    """The units a person leads, with all below them; also of whom he stands in for."""
    day = org.staffing(at)
    least = Rank.SUPERVISOR.order
    return {
        pk
        for one in (person, *org.acting_for(person, at))
        for held in org.posts_of(one, at)
        if held.post.level >= least
        for pk in day.below(held.post.unit_id)
    }


def visible_findings(person: Person) -> QuerySet[Finding]:
    """The findings a person may read."""
    return Finding.objects.filter(of_interest(person)).select_related("person", "unit")


def visible_reviews(person: Person) -> QuerySet[Review]:
    """The reviews a person may read: also those he made."""
    found = Review.objects.filter(of_interest(person) | Q(reviewer=person))
    return found.select_related("person", "unit", "reviewer")


def access_finding(person: Person, pk: int) -> Finding:
    """The finding, or 404: whoever it does not concern need not know of it."""
    ready = ("division", "review", "grievance", "opened_by", "decided_by", "corrected_by")
    finding = visible_findings(person).select_related(*ready).filter(pk=pk).first()
    if finding is None:
        proposed = Finding.objects.filter(pk=pk, measures__new_post__isnull=False)
        finding = proposed.select_related("person", "unit", *ready).first()
        if finding is None or not may_rule(person, finding):
            raise Http404
    return finding


def access_review(person: Person, pk: int) -> Review:
    """The review, or 404."""
    review = visible_reviews(person).select_related("division").filter(pk=pk).first()
    if review is None:
        raise Http404
    return review


def access_grievance(person: Person, pk: int) -> Grievance:
    """A complaint about somebody: for those above him; he himself learns of it by the finding."""
    found = Grievance.objects.select_related(
        "person", "division", "interaction", "filed_by", "decided_by"
    )
    kept = found.filter(pk=pk).first()
    if kept is None or not _over(person, kept.person, kept.division_id):
        raise Http404
    return kept


def access_rating(person: Person, pk: int) -> ContactRating:
    """A customer's rating: for those above whom it concerns."""
    found = ContactRating.objects.select_related("person", "interaction__text", "checked_by")
    kept = found.filter(pk=pk).first()
    if kept is None or not _over(person, kept.person, kept.interaction.division_id):
        raise Http404
    return kept


def _over(by: Person, person: Person, division: int) -> bool:
    from .asking import may_review

    return may_review(by, person, division, clock.now())


def people_led(person: Person, at: datetime) -> set[int]:
    """Whoever holds a post in the units a person leads."""
    day = org.staffing(at)
    return {held.person_id for pk in led(person, at) for held in day.by_unit.get(pk, ())}


def reads_all(person: Person, division: Unit | int, at: datetime) -> bool:
    """Whether somebody reads of everybody in a division."""
    return org.key(division) in _whole(person, at)


def access_measure(person: Person, measure: Measure) -> None:
    """404 for whoever may neither read the finding nor approve the transfer."""
    finding = measure.finding
    seen = visible_findings(person).filter(pk=finding.pk).exists()
    if not seen and not may_rule(person, finding):
        raise Http404


def may_rule(person: Person, finding: Finding) -> bool:
    """Whether the company named somebody to approve a transfer after such a finding (R5-15)."""
    at = clock.now()
    roles = [
        values.find(one.spec.approver, finding.division_id, at)
        for one in norms.charges(finding.code, finding.division_id, at)
        if one.spec.approver
    ]
    return any(role and org.as_whom(person, role, finding.division_id, at) for role in roles)
