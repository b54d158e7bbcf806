"""What the customer thought of a contact, and the manager's check that follows (R2-12, R3-41)."""

from datetime import datetime

from django.db import models

from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import kind_of, record
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.org.roles import Rank
from shouwen.ground.policy.shapes import Clause

from . import rules
from .models import Rating, Visit
from .visits import facts, locked

CHECK = "rated_contact"


@one_act
def rate_visit(
    visit: Visit, rating: str, words: str = "", *, by: Person, at: datetime | None = None
) -> Visit:
    """Keep the visitor's rating; a bad one goes before the manager of the host (R2-12, R6-13)."""
    moment = at or clock.now()
    visit = locked(visit)
    found = checked_after(visit.division_id, rating, moment)
    binding = ruling.clause("norm", visit.division_id, moment, item="visitor_rating")
    clause = found[0].id if found else binding.id if binding else ""
    refuse_any(rules.why_not_rated(facts(visit), rating, by.pk, clause))
    visit.rating, visit.rating_words, visit.rated_at = rating, words.strip()[:500], moment
    visit.to_follow_up = bool(found)
    visit.save(update_fields=["rating", "rating_words", "rated_at", "to_follow_up"])
    record(
        "visit.rated", visit, by=by, at=moment, rating=rating, host=visit.host_id,
        words=visit.rating_words, clauses=[one.id for one in found], division=visit.division_id,
    )  # fmt: skip
    ask_manager(
        visit, visit.host, visit.unit, rating, found, matter=visit.number,
        link=f"/reception/{visit.pk}/", by=by, at=moment,
    )  # fmt: skip
    return visit


def checked_after(division: Unit | int, rating: str, at: datetime) -> list[Clause]:
    """The clauses by which a contact of that rating is looked into."""
    return ruling.clauses("norm", division, at, rated=rating)


def ask_manager(
    contact: models.Model,
    person: Person,
    unit: Unit,
    rating: str,
    found: list[Clause],
    *,
    matter: str,
    link: str,
    by: Person | None,
    at: datetime,
) -> None:
    """Put the check on the desk of the manager over the person; the task names him (R3-41)."""
    if not found:
        return
    division = org.division_of(unit, at) or unit
    manager = manager_over(person, division, at)
    dues.open_due(
        N_("核查%(person)s的接待:客户评价“%(rating)s”"),
        subject=contact,
        division=division,
        clause=found[0].id,
        unit=unit,
        person=manager,
        params={
            "person": person.name,
            "rating": {"message": _RATED[rating], "facts": {}},
            "matter": matter,
        },
        link=link,
        key=f"{kind_of(contact)}:{contact.pk}:{CHECK}",
        by=by,
        at=at,
    )


_RATED: dict[str, str] = {
    Rating.POOR: N_("不满意"),
    Rating.FAIR: N_("一般"),
    Rating.GOOD: N_("满意"),
    Rating.IMPATIENT: N_("态度不耐烦"),
    Rating.IGNORED: N_("无人理睬"),
}


def manager_over(person: Person, division: Unit | int, at: datetime) -> Person | None:
    """The nearest manager above somebody; of a manager the next one up."""
    above = org.superiors(person, division, at)
    least = Rank.MANAGER.order
    for one in above:
        if any(held.post.level >= least for held in org.posts_of(one, at)):
            return one
    return above[0] if above else None


@one_act
def follow_up_visit(visit: Visit, words: str, *, by: Person, at: datetime | None = None) -> Visit:
    """The manager says what he found and did about a bad rating; the check is settled."""
    moment = at or clock.now()
    visit = locked(visit)
    found = checked_after(visit.division_id, visit.rating, moment)
    clause = found[0].id if found else ""
    if not visit.to_follow_up or visit.followed_up_at:
        raise refuse(N_("该来访没有待跟进的评价"), clause)
    if not may_follow_up(visit, by, moment):
        raise refuse(
            N_("不满意的接待由接待人的上级跟进"), clause, instead=N_("请联系接待人的部门经理")
        )
    if not words.strip():
        raise refuse(N_("请写明核查结果和处理"), clause, field="words")
    visit.followed_up_at, visit.followed_up_by, visit.follow_up = moment, by, words.strip()[:500]
    visit.save(update_fields=["followed_up_at", "followed_up_by", "follow_up"])
    record(
        "visit.followed_up", visit, by=by, at=moment, words=visit.follow_up,
        division=visit.division_id,
    )  # fmt: skip
    dues.settle(key=f"{kind_of(visit)}:{visit.pk}:{CHECK}", by=by, at=moment)
    return visit


def may_follow_up(visit: Visit, by: Person, at: datetime) -> bool:
    """Whoever stands above the host, or stands in for one who does."""
    above = {one.pk for one in org.superiors(visit.host_id, visit.division_id, at)}
    acting = {by.pk, *(one.pk for one in org.acting_for(by, at))}
    return bool(above & acting)
