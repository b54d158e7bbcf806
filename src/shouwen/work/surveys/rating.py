"""The verbs of ratings: a mark about a matter, and what the superior does about a bad one."""

from datetime import datetime
from typing import Any

from django.db import models

from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import kind_of, record
from shouwen.ground.org import queries as org
from shouwen.ground.org import values
from shouwen.ground.org.models import Person, Unit
from shouwen.work.cases import actions as cases
from shouwen.work.cases.models import Category
from shouwen.work.customers.models import Customer

from . import access, bounds, rules
from .models import AreaResult, FollowUp, Rating

IN_SHORT = 60
"""Characters of what was said that a matter is called by."""


@one_act
def rate(
    matter: models.Model,
    mark: int,
    words: str = "",
    *,
    customer: Customer | None = None,
    person: Person | None = None,
    unit: Unit | None = None,
    channel: str = "",
    key: str | None = None,
    replaces: Rating | None = None,
    by: Person | None,
    at: datetime | None = None,
) -> Rating:
    """Record how satisfied a customer is with a matter, and with whoever served him.

    The same `key` is recorded once. A low mark is a follow-up of the superior (R7-71). `matter` has
    a division. `replaces` is the mark that was wrong: it stays, and counts no more.
    """
    moment = at or clock.now()
    if key and (known := Rating.objects.filter(key=key).first()):
        return known
    division: int = matter.division_id  # type: ignore[attr-defined]
    clause = bounds.person_clause(division, moment)
    refuse_any(rules.why_not_rated(mark, clause.id if clause else ""))
    edge = bounds.of_company(clause, "low_mark", division, moment)
    rating = Rating.objects.create(
        division_id=division, matter_kind=kind_of(matter), matter_id=matter.pk,
        about=str(matter)[:160], customer=customer, person=person,
        unit=unit or _unit_of(person, moment), channel=channel, mark=mark,
        low=edge is not None and mark <= edge, words=words.strip(), at=moment, by=by, key=key,
        replaces=replaces,
    )  # fmt: skip
    if replaces is not None:
        dues.cancel(subject=replaces, reason=N_("评价已更正"), by=by, at=moment)
    record(
        "satisfaction.rated", rating, by=by, at=moment, matter=matter, mark=mark,
        person=rating.person_id, unit=rating.unit_id, customer=rating.customer_id,
        low=rating.low, channel=channel, replaces=replaces.pk if replaces else None,
    )  # fmt: skip
    if rating.low and clause:
        _open_follow_up(rating, matter, clause.id, by, moment)
    return rating


def _unit_of(person: Person | None, at: datetime) -> Unit | None:
    post = org.main_post(person, at) if person else None
    return post.post.unit if post else None


def _open_follow_up(
    rating: Rating, matter: models.Model, clause: str, by: Person | None, at: datetime
) -> None:
    named = rating.person or rating.unit
    title = (
        N_("客户给“%(who)s”打了 %(mark)s 分，请跟进：%(matter)s")
        if named
        else N_("客户打了 %(mark)s 分，请跟进：%(matter)s")
    )
    params: dict[str, Any] = {"mark": rating.mark, "matter": rating.about}
    if named:
        params["who"] = {"zh": named.name_zh, "en": named.name_en or named.name_zh}
    dues.open_due(
        title, subject=rating, matter=matter, division=rating.division_id, clause=clause,
        days=values.find(f"{clause}.follow_up_days", rating.division_id, at), params=params,
        link=f"/surveys/ratings/{rating.pk}/", key=f"rating:{rating.pk}", by=by, at=at,
        **_owed_by(rating, at),
    )  # fmt: skip


def _owed_by(rating: Rating, at: datetime) -> dict[str, Any]:
    """The nearest superior; of a unit its head; where nobody is named, who improves the areas."""
    if rating.person:
        above = org.superiors(rating.person, rating.division_id, at)
        if above:
            return {"person": above[0], "unit": rating.unit}
    if rating.unit:
        day = org.staffing(at)
        heads = [held.person for held in day.by_unit.get(rating.unit.pk, ())]
        return {"person": heads[0]} if heads else {"unit": rating.unit}
    problem = bounds.problem_clause(rating.division_id, at)
    role = bounds.of_company(problem, "owner", rating.division_id, at)
    return {"role": role or "management.deputy_gm"}


@one_act
def follow_up(
    rating: Rating, words: str, opens: bool = False, *, by: Person, at: datetime | None = None
) -> FollowUp:
    """Say what came of a bad mark; the superior's duty is done with it (R7-71).

    What is not done with words `opens` a matter of the customer's, which has its own course.
    """
    moment = at or clock.now()
    row = Rating.objects.select_for_update(of=("self",)).get(pk=rating.pk)
    clause = bounds.person_clause(row.division_id, moment)
    refuse_any(
        rules.why_not_followed_up(
            words, access.may_follow_up(by, row, moment), row.low,
            FollowUp.objects.filter(rating=row).exists(), clause.id if clause else "",
        )
    )  # fmt: skip
    made = FollowUp.objects.create(rating=row, words=words.strip(), by=by, at=moment)
    record("satisfaction.followed_up", row, by=by, at=moment, words=made.words)
    if opens and row.customer is not None:
        _open_matter(row, row.customer, made.words, by, moment)
    dues.settle(subject=row, by=by, at=moment)
    return made


def _open_matter(rating: Rating, customer: Customer, words: str, by: Person, at: datetime) -> None:
    told = rating.words or words
    intake = cases.Intake(
        division=org.unit_by_id(rating.division_id), customer=customer,
        category=Category.SERVICE, title=" ".join(told.split())[:IN_SHORT],
        description=f"{told}\n{words}" if rating.words else words, phone=customer.phone,
    )  # fmt: skip
    case = cases.open_case(intake, by=by, at=at)
    record(
        "satisfaction.became_matter", rating, by=by, at=at, matter=case, mark=rating.mark,
        about=rating.about, number=case.label,
    )  # fmt: skip


@one_act
def improve(result: AreaResult, words: str, *, by: Person, at: datetime | None = None) -> FollowUp:
    """Say what was done about an area that was below the threshold (R5-46)."""
    moment = at or clock.now()
    row = AreaResult.objects.select_for_update(of=("self",)).get(pk=result.pk)
    access.require_improver(by, row.campaign.division_id, moment)
    if not row.low or FollowUp.objects.filter(result=row).exists():
        raise refuse(N_("这一方面没有待办的改善"))
    if not words.strip():
        raise refuse(N_("请写明找到的原因和采取的办法"), field="words")
    made = FollowUp.objects.create(result=row, words=words.strip(), by=by, at=moment)
    record(
        "survey.improved", row, by=by, at=moment, matter=row.campaign, area=row.area,
        words=made.words,
    )  # fmt: skip
    dues.settle(subject=row, by=by, at=moment)
    return made
