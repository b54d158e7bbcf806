"""The bulletin board 宣传栏: decided for the next quarter by the director, published (R3-31)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet

from shouwen.engines.dues.tied import periods
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org.models import Person, Unit

from . import access, rules, summaries
from .models import Article, Bulletin, Summary, Topic

FORM = "bulletin_plan"


@dataclass(frozen=True)
class TopicDraft:
    """One piece as the director chooses it; it comes from consultations, an article, or both."""

    title: str
    text: str
    article: Article | None = None
    cases: Sequence[int] = field(default=())
    title_en: str = ""
    text_en: str = ""


@one_act
def decide(
    summary: Summary, topics: Sequence[TopicDraft], *, by: Person, at: datetime | None = None
) -> Bulletin:
    """Decide the board of the quarter after the summary's; decided anew until it is published.

    Raises Refused for anybody but the director, without a submitted summary, and for a topic that
    comes from nothing.
    """
    moment = at or clock.now()
    # The summary's row is the lock: two decisions about one quarter come one after the other.
    summary = Summary.objects.select_for_update().get(pk=summary.pk)
    clause = access.duty_clause(FORM, summary.division_id, moment)
    quarter = periods.after("quarter", summaries.quarter_named(summary.period))
    known = in_force(summary.division_id, quarter.key)
    refuse_any([
        *rules.why_not_decided(
            submitted=summary.is_frozen,
            director=access.holds(by, access.DIRECTOR, summary.division_id, moment),
            published=known is not None and known.published_at is not None,
            topics=len(topics),
            clause=clause,
        ),
        *_why_not_topics(summary, topics, clause),
    ])  # fmt: skip
    if known is not None:
        known.replaced_at = moment
        known.save(update_fields=["replaced_at"])
    row = Bulletin.objects.create(
        division=summary.division, period=quarter.key, first_day=quarter.first,
        last_day=quarter.last, summary=summary, decided_by=by, decided_at=moment,
    )  # fmt: skip
    _keep(row, topics)
    record("bulletin.decided", row, by=by, at=moment, period=row.period, topics=len(topics),
           summary=summary.pk)  # fmt: skip
    return row


def _why_not_topics(summary: Summary, topics: Sequence[TopicDraft], clause: str) -> list[Reason]:
    counted = {row["case"] for row in summary.rows}
    reasons = []
    for place, one in enumerate(topics, 1):
        usable = one.article is not None and (
            one.article.division_id == summary.division_id
            and one.article.state == Article.State.CONFIRMED
        )
        known = bool(one.cases) and set(one.cases) <= counted
        linked = (known or not one.cases) and (usable or one.article is None) and (known or usable)
        reasons += rules.why_not_topic(one.title, one.text, linked, place, clause)
        reasons += rules.why_not_english(one.title_en, one.text_en, place, clause)
    return reasons


def _keep(bulletin: Bulletin, topics: Sequence[TopicDraft]) -> None:
    for place, one in enumerate(topics, 1):
        topic = Topic.objects.create(
            bulletin=bulletin, place=place, title=one.title.strip(), text=one.text.strip(),
            article=one.article, title_en=one.title_en.strip(), text_en=one.text_en.strip(),
        )  # fmt: skip
        topic.cases.set(one.cases)


@one_act
def publish(bulletin: Bulletin, *, by: Person, at: datetime | None = None) -> Bulletin:
    """Hang it on the board for everybody of the division; it changes no more."""
    moment = at or clock.now()
    clause = access.duty_clause(FORM, bulletin.division_id, moment)
    access.require(access.DIRECTOR, bulletin.division_id, clause, by=by, at=moment)
    won = Bulletin.objects.filter(
        pk=bulletin.pk, published_at__isnull=True, replaced_at__isnull=True
    ).update(published_at=moment, published_by=by)
    if not won:
        raise refuse(N_("这一期已经公布,或已另作决定"), clause)
    bulletin.refresh_from_db()
    record("bulletin.published", bulletin, by=by, at=moment, period=bulletin.period)
    return bulletin


def in_force(division: Unit | int, period: str) -> Bulletin | None:
    """What was decided for a quarter."""
    found = Bulletin.objects.filter(division=division, period=period, replaced_at__isnull=True)
    return found.first()


def published_topics(division: Unit | int, on: date | None = None) -> QuerySet[Topic]:
    """What hangs on the board on a day, in its order: for every page of ours that shows it."""
    day = on or clock.today()
    return Topic.objects.filter(
        bulletin__division=division, bulletin__published_at__isnull=False,
        bulletin__first_day__lte=day, bulletin__last_day__gte=day,
    ).select_related("bulletin")  # fmt: skip


def told_to_customers(divisions: Collection[int], on: date | None = None) -> QuerySet[Bulletin]:
    """The published boards of some divisions whose quarter has begun, the newest first.

    With their topics and nothing else of them: what customers read without an account (R3-31).
    """
    found = Bulletin.objects.filter(
        division_id__in=divisions, published_at__isnull=False, replaced_at__isnull=True,
        first_day__lte=on or clock.today(),
    )  # fmt: skip
    return found.select_related("division").prefetch_related("topics").order_by("-period", "pk")
