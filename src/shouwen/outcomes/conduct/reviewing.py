"""Review a contact: a mark for each item, a finding for each that fails (R2-01, R2-03)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import kind_of, record
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person, Unit
from shouwen.work.interactions.models import Interaction

from . import asking, norms, queries, rules
from .contacts import Contact, unit_of
from .findings import Found, open_finding
from .models import HIGHEST, LOWEST, Finding, Mark, Review
from .rules import Item

DRAWN_FROM = 1000
"""Among so many of the newest at most."""


@dataclass(frozen=True)
class Marks:
    """What a reviewer filled in: item → mark, item → comment, and the violations he noticed."""

    marks: Mapping[str, int] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""
    violations: Mapping[str, str] = field(default_factory=dict)
    """Code → what happened."""


@one_act
def draw_call(*, by: Person, at: datetime | None = None) -> Interaction:
    """Draw by chance one complaint call of the month that nobody reviewed yet (R2-01).

    Whoever inspects does not choose what he inspects; that he drew this one, and among how many,
    is a fact. Refused where there is none.
    """
    moment = at or clock.now()
    waiting = list(queries.complaint_calls(by, moment).values_list("pk", flat=True)[:DRAWN_FROM])
    if not waiting:
        raise refuse(N_("近一月没有您可以检查而尚未检查的投诉电话"))
    call = Interaction.objects.select_related("division").get(pk=secrets.choice(waiting))
    record("review.drawn", call, by=by, at=moment, among=len(waiting))
    return call


@one_act
def submit_review(
    contact: models.Model,
    given: Marks,
    *,
    person: Person | None = None,
    by: Person,
    at: datetime | None = None,
) -> Review:
    """Keep the marks of a contact; each item that fails opens a finding and tells the person.

    `person` is whose contact it was, where the record does not say.
    """
    moment = at or clock.now()
    seen = Contact.of(contact, person)
    found = norms.items(seen.division, seen.during, moment)
    _require_reviewable(seen, found, by, moment)
    least = pass_mark(seen.division, found, moment)
    scale = (LOWEST, HIGHEST)
    refuse_any(rules.why_not_reviewed(found, given.marks, given.comments, least, scale))
    if Review.objects.filter(
        contact_kind=kind_of(contact), contact_id=contact.pk, reviewer=by
    ).exists():
        raise refuse(N_("您已经检查过这次接触"), found[0].clauses[0])
    review = _kept(contact, seen, given.comment, by=by, at=moment)
    marks = _marked(review, found, given, least)
    record(
        "review.submitted", review, by=by, at=moment, person=review.person_id,
        division=review.division_id, marks={one.item: one.mark for one in marks},
        clauses=sorted({clause for one in marks for clause in one.clauses}),
        failed=[one.item for one in marks if not one.passed],
    )  # fmt: skip
    _open_findings(review, marks, given.violations, by=by, at=moment)
    return review


def _require_reviewable(seen: Contact, found: list[Item], by: Person, at: datetime) -> None:
    if not found:
        raise refuse(N_("本单位采用的制度没有这类接触的检查项目"), field="contact")
    if not asking.may_review(by, seen.person, seen.division, at):
        raise refuse(
            N_("检查由被检查人的上级或质量管理部门进行"),
            found[0].clauses[0],
            instead=N_("请联系部门主管"),
        )


def pass_mark(division: Unit | int, items: list[Item], at: datetime) -> int:
    """The mark from which an item passes, as the company set it; the stricter of several.

    Refuses, with the clause, while the company has set none.
    """
    wanted = {clause for item in items for clause in item.clauses}
    found = [one for one in norms.norms(division, at) if one.id in wanted]
    every = norms.norms(division, at)
    set_ones = ruling.figures("pass_mark", found, division, at) or ruling.figures(
        "pass_mark", every, division, at
    )
    if not set_ones:
        raise refuse(
            N_("公司尚未规定检查的合格分"),
            found[0].id if found else "",
            instead=N_("请制度管理员在“设置 · 公司规定值”中设定"),
        )
    return int(max(set_ones))


def _kept(
    contact: models.Model, seen: Contact, comment: str, *, by: Person, at: datetime
) -> Review:
    return Review.objects.create(
        division=seen.division,
        contact_kind=kind_of(contact),
        contact_id=contact.pk,
        title=seen.title[:200],
        during=seen.during,
        person=seen.person,
        unit=unit_of(seen.person, seen.division, at),
        reviewer=by,
        at=at,
        comment=comment.strip(),
    )


def _marked(review: Review, items: list[Item], given: Marks, least: int) -> list[Mark]:
    return Mark.objects.bulk_create(
        Mark(
            review=review,
            item=item.code,
            mark=given.marks[item.code],
            passed=given.marks[item.code] >= least,
            clauses=list(item.clauses),
            comment=given.comments.get(item.code, "").strip()[:500],
        )
        for item in items
    )


def _open_findings(
    review: Review,
    marks: list[Mark],
    violations: Mapping[str, str],
    *,
    by: Person,
    at: datetime,
) -> None:
    failed = {one.item: one.comment for one in marks if not one.passed}
    for code, words in {**failed, **violations}.items():
        found = Found(
            division=review.division,
            person=review.person,
            code=code,
            described=words,
            source=Finding.Source.REVIEW,
            review=review,
            contact=(review.contact_kind, review.contact_id),
        )
        open_finding(found, by=by, at=at)
