"""Who keeps the lists, confirms what is known, and decides what is told; gates to each record."""

from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet
from django.http import Http404

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org import access as org_access
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person, Unit

from .models import Article, Bulletin, Summary, TabooPhrase

CENTRE = "customer_service"
LEAD = "customer_service.supervisor"
DIRECTOR = "customer_service.manager"
TABOO = "taboo_phrase"


def taboo_clause(division: Unit | int, at: datetime) -> str:
    """The clause that forbids taboo phrases where a division is bound by it, else nothing."""
    found = ruling.clause("norm", division, at, item=TABOO)
    return found.id if found else ""


def duty_clause(form: str, division: Unit | int, at: datetime) -> str:
    """The clause that orders a paper every quarter: `consultation_summary`, `bulletin_plan`."""
    found = ruling.clause("duty", division, at, form=form)
    return found.id if found else ""


def holds(person: Person, role: str, division: Unit | int, at: datetime) -> bool:
    """Whether he, or one he stands in for, fills a role."""
    return org.as_whom(person, role, division, at) is not None


def keeps_phrases(person: Person, division: Unit | int, at: datetime) -> bool:
    """The director and the keeper of rules keep the list of taboo phrases."""
    return holds(person, DIRECTOR, division, at) or org_access.may_keep(person, division)


def require_keeper(division: Unit, by: Person, at: datetime) -> None:
    """Refuse whoever does not keep the list of taboo phrases."""
    if not keeps_phrases(by, division, at):
        raise refuse(
            N_("忌语表由客户服务中心主任或制度管理员维护"),
            taboo_clause(division, at),
            instead=N_("请把建议告诉他们"),
        )


def require(role: str, division: Unit | int, clause: str, *, by: Person, at: datetime) -> None:
    """Refuse whoever does not fill a role."""
    if not holds(by, role, division, at):
        raise refuse(
            N_("此事由%(role)s办理"),
            clause,
            instead=N_("请交由该岗位人员或其代理人办理"),
            role=org.role_title(role, division, at),
        )


def home_of(person: Person, at: datetime | None = None) -> Unit | None:
    """The division whose consultations a person sees: the first in sight that keeps records."""
    moment = at or clock.now()
    seen = [org.unit_by_id(pk) for pk in sorted(org.divisions_visible(person, moment))]
    found = [one for one in seen if ruling.clause("document", one, moment, form="consultation")]
    return next(iter(found or seen), None)


def visible_articles(person: Person) -> QuerySet[Article]:
    """What is known in the divisions a person works in."""
    return Article.objects.filter(division_id__in=org.divisions_visible(person))


T = TypeVar("T")


def _got(row: T | None) -> T:
    if row is None:
        raise Http404
    return row


def access_article(person: Person, pk: int) -> Article:
    """The article, or 404 for whoever may not know of it."""
    found = visible_articles(person).select_related("case", "shown", "division", "made_by")
    return _got(found.filter(pk=pk).first())


def access_summary(person: Person, pk: int) -> Summary:
    """The summary, or 404."""
    found = Summary.objects.filter(division_id__in=org.divisions_visible(person))
    return _got(
        found.select_related("division", "drawn_up_by", "submitted_by").filter(pk=pk).first()
    )


def access_bulletin(person: Person, pk: int) -> Bulletin:
    """The bulletin, or 404: before it is published only for the centre."""
    found = Bulletin.objects.filter(division_id__in=org.divisions_visible(person))
    row = _got(found.select_related("division", "decided_by", "summary").filter(pk=pk).first())
    if row.published_at is None and not holds(person, CENTRE, row.division_id, clock.now()):
        raise Http404
    return row


def access_phrase(person: Person, pk: int) -> TabooPhrase:
    """The phrase, or 404."""
    found = TabooPhrase.objects.filter(division_id__in=org.divisions_visible(person))
    return _got(found.select_related("division").filter(pk=pk).first())
