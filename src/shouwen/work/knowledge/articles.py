"""Knowledge articles: made from what was answered, confirmed by a second person, offered, used."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from shouwen.engines.documents import queries as papers
from shouwen.engines.search import actions as search
from shouwen.engines.search import queries as found_by
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person
from shouwen.work.cases import actions as cases
from shouwen.work.cases.models import Case, Kind

from . import access, rules
from .models import Article, ArticleUse, ArticleVersion

OFFERED = 3


@dataclass(frozen=True)
class Wording:
    """What an article says."""

    question: str
    answer: str
    category: str = ""


def clause_of(case: Case, at: datetime) -> str:
    """The clause by which an answer has to be correct."""
    found = ruling.clause("deadline", case.division_id, at, starts="expert_question.filed")
    return found.id if found else ""


def proposed(case: Case) -> Wording:
    """What the record of a matter says already."""
    data = papers.data_of(cases.sheet_of(case))
    if case.kind == Kind.CONSULTATION:
        return Wording(case.title, str(data.get("answer", {}).get("text") or ""), case.category)
    said = next((part for part in data.values() if "to_knowledge" in part), {})
    question = str(said.get("problem") or case.title)
    return Wording(question[:300], str(said.get("solution") or ""), case.category)


def why_not_made(case: Case, by: Person, at: datetime) -> list[Reason]:
    """Only what was answered, or closed as worth keeping, becomes knowledge."""
    data = papers.data_of(cases.sheet_of(case)) if case.kind in rules.SOURCES else {}
    return rules.why_not_made(
        kind=case.kind,
        closed=case.state == "closed",
        worth=any(part.get("to_knowledge") for part in data.values()),
        of_centre=access.holds(by, access.CENTRE, case.division_id, at),
        clause=clause_of(case, at),
    )


@one_act
def write(case: Case, words: Wording, *, by: Person, at: datetime | None = None) -> Article:
    """Make an article from a matter; it waits for a second person. Raises Refused at the fields."""
    moment = at or clock.now()
    clause = clause_of(case, moment)
    refuse_any([
        *why_not_made(case, by, moment),
        *rules.why_not_worded(words.question, words.answer, clause),
    ])  # fmt: skip
    row = Article.objects.create(
        division=case.division, case=case, category=words.category or case.category, made_by=by,
        made_at=moment,
    )  # fmt: skip
    _version(row, 1, words, by, moment)
    record("article.written", row, by=by, at=moment, case=case.pk)
    return row


def _version(
    article: Article, number: int, words: Wording, by: Person, at: datetime
) -> ArticleVersion:
    return ArticleVersion.objects.create(
        article=article, number=number, question=words.question.strip(),
        answer=words.answer.strip(), written_by=by, written_at=at,
    )  # fmt: skip


@one_act
def revise(article: Article, words: Wording, *, by: Person, at: datetime | None = None) -> Article:
    """Word it anew: a draft is mended in place, a confirmed one gets a new version.

    What was confirmed goes on being offered until the new version is confirmed.
    """
    moment = at or clock.now()
    row = _locked(article)
    clause = clause_of(row.case, moment)
    access.require(access.CENTRE, row.division, clause, by=by, at=moment)
    refuse_any([
        *rules.why_not_changed(row.state, clause),
        *rules.why_not_worded(words.question, words.answer, clause),
    ])  # fmt: skip
    draft = row.versions.select_for_update().filter(confirmed_at__isnull=True).first()
    if draft is None:
        newest = row.versions.order_by("-number").first()
        draft = _version(row, newest.number + 1 if newest else 1, words, by, moment)
    else:
        draft.question, draft.answer = words.question.strip(), words.answer.strip()
        draft.written_by, draft.written_at = by, moment
        draft.revision += 1
        draft.save()
    if words.category and words.category != row.category:
        Article.objects.filter(pk=row.pk).update(category=words.category)
    record("article.revised", row, by=by, at=moment, version=draft.number)
    article.refresh_from_db()
    return article


@one_act
def confirm(
    article: Article, *, revision: int | None = None, by: Person, at: datetime | None = None
) -> Article:
    """A second person finds the answer correct; from now on it is offered (R3-27).

    `revision` is that of the words he read. Raises Refused for the writer himself.
    """
    moment = at or clock.now()
    row = _locked(article)
    clause = clause_of(row.case, moment)
    draft = row.versions.select_for_update().filter(confirmed_at__isnull=True).first()
    refuse_any(
        rules.why_not_confirmed(
            state=row.state,
            waits=draft is not None,
            own=draft is not None and draft.written_by_id == by.pk,
            fresh=draft is not None and revision in (None, draft.revision),
            of_division=access.holds(by, "any", row.division_id, moment),
            clause=clause,
        )
    )
    assert draft is not None
    draft.confirmed_by, draft.confirmed_at = by, moment
    draft.save(update_fields=["confirmed_by", "confirmed_at"])
    Article.objects.filter(pk=row.pk).update(state=Article.State.CONFIRMED, shown=draft)
    record("article.confirmed", row, by=by, at=moment, version=draft.number,
           written_by=draft.written_by_id)  # fmt: skip
    search.touch(row)
    article.refresh_from_db()
    return article


@one_act
def retire(article: Article, *, reason: str, by: Person, at: datetime | None = None) -> Article:
    """Offer it no longer: it does not hold any more. What it said stays to be read."""
    moment = at or clock.now()
    row = _locked(article)
    clause = clause_of(row.case, moment)
    access.require(access.LEAD, row.division, clause, by=by, at=moment)
    refuse_any(rules.why_not_retired(row.state, reason, clause))
    Article.objects.filter(pk=row.pk).update(
        state=Article.State.RETIRED, retired_by=by, retired_at=moment, retired_why=reason.strip()
    )
    record("article.retired", row, by=by, at=moment, reason=reason.strip())
    search.touch(row)
    article.refresh_from_db()
    return article


@one_act
def use(article: Article, case: Case, *, by: Person, at: datetime | None = None) -> Article:
    """It helped in a matter; counted once for each."""
    moment = at or clock.now()
    row = _locked(article)
    if row.state != Article.State.CONFIRMED or row.shown_id is None:
        raise refuse(N_("只能引用已确认、未停用的知识"), clause_of(case, moment))
    if row.division_id != case.division_id:
        raise refuse(N_("知识属于另一单位"), clause_of(case, moment))
    _use, new = ArticleUse.objects.get_or_create(
        article=row, case=case, defaults={"version_id": row.shown_id, "person": by, "at": moment}
    )
    if new:
        Article.objects.filter(pk=row.pk).update(uses=F("uses") + 1)
        record("article.used", row, by=by, at=moment, case=case.pk)
    article.refresh_from_db()
    return article


def _locked(article: Article) -> Article:
    return (
        Article.objects.select_for_update(of=("self",))
        .select_related("case", "division")
        .get(pk=article.pk)
    )


def offered(words: str, divisions: Collection[int], limit: int = OFFERED) -> list[Article]:
    """Confirmed articles nearest to a question as it was typed, the nearest first."""
    docs = found_by.akin(words, kinds=["article"], divisions=divisions, limit=limit)
    ids = [doc.object_id for doc in docs]
    rows = Article.objects.filter(pk__in=ids, state=Article.State.CONFIRMED)
    by_id = {one.pk: one for one in rows.select_related("shown")}
    return [by_id[pk] for pk in ids if pk in by_id]


def texts(ids: Collection[int]) -> Iterable[search.Text]:
    """The words by which articles are found; those not confirmed, or retired, are not."""
    found = Article.objects.filter(pk__in=ids, state=Article.State.CONFIRMED)
    for one in found.select_related("shown"):
        assert one.shown is not None
        yield search.Text(
            object_id=one.pk, title=one.shown.question, at=one.shown.written_at,
            division=one.division_id, body=one.shown.answer,
        )  # fmt: skip


search.register("article", texts)
