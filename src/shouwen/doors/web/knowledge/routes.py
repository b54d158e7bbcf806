from typing import Any

from shouwen.doors.web.access import Route
from shouwen.ground.foundation import clock
from shouwen.work.cases.actions import Intake, open_case
from shouwen.work.cases.models import Case
from shouwen.work.customers.actions import create_customer
from shouwen.work.customers.drafts import CustomerDraft
from shouwen.work.knowledge.models import (
    Article,
    ArticleVersion,
    Bulletin,
    ShiftCheck,
    Summary,
    TabooPhrase,
)


def _matter(cast: Any) -> Case:
    draft = CustomerDraft(code="K-9", name_zh="问讯客户", region="domestic", salesperson=cast.sales)
    customer = create_customer(cast.division, draft, by=cast.sales)
    intake = Intake(cast.division, customer, "delivery", "何时交货", "客户问订单何时交货。")
    return open_case(intake, by=cast.sales)


def a_matter(cast: Any) -> dict[str, Any]:
    """A matter of the factory that is no consultation."""
    return {"case": _matter(cast).pk}


def an_article(cast: Any) -> dict[str, Any]:
    """A draft of the agent."""
    row = Article.objects.create(
        division=cast.division, case=_matter(cast), category="delivery", made_by=cast.agent,
        made_at=clock.now(),
    )  # fmt: skip
    ArticleVersion.objects.create(
        article=row, number=1, question="何时交货", answer="看合同。", written_by=cast.agent,
        written_at=clock.now(),
    )  # fmt: skip
    return {"pk": row.pk}


def to_use(cast: Any) -> dict[str, Any]:
    """An article to be used in no matter at all."""
    return an_article(cast) | {"key": "use"}


def a_phrase(cast: Any) -> dict[str, Any]:
    """A phrase of the factory's list that ended."""
    day = clock.today()
    made = TabooPhrase.objects.create(
        division=cast.division, phrase="不知道", key="不知道", instead="我去了解", since=day,
        until=day, added_at=clock.now(),
    )  # fmt: skip
    return {"pk": made.pk}


def a_shift(cast: Any) -> dict[str, Any]:
    """A day with two enquiries, one of them without a record."""
    now = clock.now()
    made = ShiftCheck.objects.create(
        division=cast.division, day=clock.today(), since=now, until=now, enquiries=2, missing=1,
        checked_at=now,
    )  # fmt: skip
    return {"pk": made.pk}


def _summary(cast: Any, **but: Any) -> Summary:
    now = clock.now()
    fresh: dict[str, Any] = {
        "period": "2026-Q1", "since": clock.local(clock.today()), "until": now,
        "drawn_up_by": cast.agent, "drawn_up_at": now, "body": {"rows": []}, **but,
    }  # fmt: skip
    return Summary.objects.create(division=cast.division, **fresh)


def a_summary(cast: Any) -> dict[str, Any]:
    """The draft of the running quarter."""
    return {"pk": _summary(cast).pk}


def to_submit(cast: Any) -> dict[str, Any]:
    """The same, to be submitted without a comment."""
    return a_summary(cast) | {"key": "submit"}


def a_bulletin(cast: Any) -> dict[str, Any]:
    """One that hangs on the board."""
    now, day = clock.now(), clock.today()
    made = Bulletin.objects.create(
        division=cast.division, period="2026-Q1", first_day=day, last_day=day,
        summary=_summary(cast), decided_by=cast.cs_director, decided_at=now, published_at=now,
        published_by=cast.cs_director,
    )  # fmt: skip
    return {"pk": made.pk}


def a_period(cast: Any) -> dict[str, Any]:
    """A quarter of the factory of which nothing is known."""
    return {"division": cast.division.pk, "period": "2025-Q1"}


KEEPERS: Any = {"keeper": 200, "office_manager": 200, "cs_director": 200}
ROUTES = [
    Route("knowledge:list"),
    Route("knowledge:export"),
    Route("knowledge:new", args=a_matter, outsider=404),
    Route("knowledge:offer"),
    Route("knowledge:article", args=an_article, outsider=404),
    Route("knowledge:edit", args=an_article, outsider=404),
    Route("knowledge:act", "POST", args=to_use, everyone=404),
    Route("knowledge:taboo"),
    Route("knowledge:taboo", "POST", everyone=409, keeper=422, office_manager=422,
          cs_director=422),
    Route("knowledge:taboo_end", "POST", args=a_phrase, everyone=409, outsider=404),
    Route("knowledge:hits", everyone=409, **KEEPERS),
    Route("knowledge:hits_export", everyone=409, **KEEPERS),
    Route("knowledge:check", "POST", args=a_matter, outsider=404),
    Route("knowledge:shifts"),
    Route("knowledge:shifts_export"),
    Route("knowledge:shift", args=a_shift, outsider=404),
    Route("knowledge:summaries"),
    Route("knowledge:draw_up", "POST", everyone=422),
    Route("knowledge:summary_of", args=a_period, everyone=302, outsider=404),
    Route("knowledge:summary", args=a_summary, outsider=404),
    Route("knowledge:summary_act", "POST", args=to_submit, everyone=422, outsider=404),
    Route("knowledge:counted", args=a_summary, outsider=404),
    Route("knowledge:summary_pdf", args=a_summary, outsider=404),
    Route("knowledge:summary_export", args=a_summary, outsider=404),
    Route("knowledge:decide", args=a_summary, outsider=404),
    Route("knowledge:decide", "POST", args=a_summary, everyone=422, outsider=404),
    Route("knowledge:board"),
    Route("knowledge:bulletin_of", args=a_period, everyone=302, outsider=404),
    Route("knowledge:bulletin", args=a_bulletin, outsider=404),
    Route("knowledge:publish", "POST", args=a_bulletin, everyone=409, outsider=404),
    Route("knowledge:bulletin_pdf", args=a_bulletin, outsider=404),
]  # fmt: skip
