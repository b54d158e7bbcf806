"""Decisions about knowledge, summaries and bulletins: values in, reasons out. No database."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shouwen.ground.foundation.refusal import N_, Reason

from .matching import key_of

SOURCES = ("consultation", "complaint")
"""Kinds of matters that articles are made from."""
TOP = 10
"""Questions that a summary lists by name."""


def why_not_made(
    *, kind: str, closed: bool, worth: bool, of_centre: bool, clause: str
) -> list[Reason]:
    """An answered consultation, or a complaint closed as worth keeping."""
    reasons = []
    if kind not in SOURCES:
        reasons.append(Reason(N_("知识由咨询或投诉整理而成"), clause))
    elif not closed:
        reasons.append(Reason(N_("答复或办结之后才能整理为知识"), clause))
    elif kind == "complaint" and not worth:
        reasons.append(
            Reason(
                N_("这件投诉归档时没有注明“可供知识库参考”"), clause, instead=N_("请从其他事项整理")
            )
        )
    if not of_centre:
        reasons.append(Reason(N_("知识由客户服务中心整理"), clause))
    return reasons


def why_not_worded(question: str, answer: str, clause: str) -> list[Reason]:
    """Question and answer both say something."""
    reasons = []
    if not question.strip():
        reasons.append(Reason(N_("请写明问题"), clause, "question"))
    if not answer.strip():
        reasons.append(Reason(N_("请写明答案"), clause, "answer"))
    return reasons


def why_not_changed(state: str, clause: str) -> list[Reason]:
    """A retired article is history."""
    if state == "retired":
        return [Reason(N_("这条知识已停用,不能再改"), clause)]
    return []


def why_not_confirmed(
    *, state: str, waits: bool, own: bool, fresh: bool, of_division: bool, clause: str
) -> list[Reason]:
    """R3-27: a second person, of this division, who has read these very words."""
    if state == "retired":
        return why_not_changed(state, clause)
    if not waits:
        return [Reason(N_("没有等待确认的版本"), clause)]
    reasons = []
    if own:
        reasons.append(
            Reason(N_("不能确认自己写的答案"), clause, instead=N_("请另一位同事核对后确认"))
        )
    if not fresh:
        reasons.append(Reason(N_("内容已有改动"), clause, instead=N_("请重读后再确认")))
    if not of_division:
        reasons.append(Reason(N_("由本单位人员确认"), clause))
    return reasons


def why_not_retired(state: str, reason: str, clause: str) -> list[Reason]:
    """With a reason, once."""
    reasons = why_not_changed(state, clause)
    if not reason.strip():
        reasons.append(Reason(N_("请写明停用的原因"), clause, "reason"))
    return reasons


# -- the summary ----------------------------------------------------------------------------------

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Count:
    """One number of the summary, and by which words its list is opened."""

    by: str
    key: str
    n: int


def counts(rows: Sequence[Row], by: str) -> list[Count]:
    """How many consultations of each kind, most first."""
    found = Counter(str(row[by]) for row in rows)
    return [
        Count(by, key, n) for key, n in sorted(found.items(), key=lambda one: (-one[1], one[0]))
    ]


@dataclass(frozen=True)
class Question:
    """A question asked again and again, in the words of its newest asking."""

    key: str
    title: str
    n: int


def top_questions(rows: Sequence[Row], most: int = TOP) -> list[Question]:
    """The questions asked most; wording alike but for signs and spaces is one question."""
    found = Counter(row["question"] for row in rows)
    named = {row["question"]: row["title"] for row in rows}
    ranked = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return [Question(key, named[key], n) for key, n in ranked[:most]]


def question_key(title: str) -> str:
    """What makes two questions one."""
    return key_of(title)[:80]


def chosen(rows: Iterable[Row], by: str, key: str) -> list[Row]:
    """The consultations behind a number."""
    if by == "all":
        return list(rows)
    if by in ("open", "unsatisfied"):
        return [row for row in rows if row[by]]
    return [row for row in rows if str(row.get(by)) == key]


def why_not_submitted(
    *, frozen: bool, comment: str, opens: date, today: date, of_centre: bool, clause: str
) -> list[Reason]:
    """R3-30: at the end of the quarter, with a comment, once."""
    if frozen:
        return [Reason(N_("汇总已经上报,不能再改"), clause)]
    reasons = []
    if not of_centre:
        reasons.append(Reason(N_("咨询汇总由客户服务中心编制"), clause))
    if today < opens:
        reasons.append(
            Reason(
                N_("季度末才上报汇总,自 %(opens)s 起"), clause, facts={"opens": opens.isoformat()}
            )
        )
    if not comment.strip():
        reasons.append(Reason(N_("请写明对本季度咨询的说明"), clause, "comment"))
    return reasons


def why_not_decided(
    *, submitted: bool, director: bool, published: bool, topics: int, clause: str
) -> list[Reason]:
    """R3-31: the director, from a submitted summary, at least one topic."""
    reasons = []
    if not director:
        reasons.append(Reason(N_("宣传栏内容由客户服务中心主任确定"), clause))
    if not submitted:
        reasons.append(
            Reason(N_("先上报本季度的咨询汇总"), clause, instead=N_("请先完成并上报汇总"))
        )
    if published:
        reasons.append(Reason(N_("这一季度的宣传栏已经公布,不能再改"), clause))
    if not topics:
        reasons.append(Reason(N_("请至少选定一个主题"), clause, "topics"))
    return reasons


def why_not_topic(title: str, text: str, linked: bool, place: int, clause: str) -> list[Reason]:
    """A topic has a title, a text, and comes from a consultation or an article."""
    reasons = []
    facts = {"place": place}
    if not title.strip():
        reasons.append(Reason(N_("主题 %(place)s 没有标题"), clause, f"title_{place}", facts=facts))
    if not text.strip():
        reasons.append(Reason(N_("主题 %(place)s 没有内容"), clause, f"text_{place}", facts=facts))
    if not linked:
        reasons.append(
            Reason(
                N_("主题 %(place)s 须出自咨询记录或知识"), clause, f"source_{place}", facts=facts
            )
        )
    return reasons


def why_not_english(title: str, text: str, place: int, clause: str) -> list[Reason]:
    """English is written whole, or left out: title and text together."""
    facts = {"place": place}
    if title.strip() and not text.strip():
        message = N_("主题 %(place)s 有英文标题,没有英文内容")
        return [Reason(message, clause, f"text_en_{place}", facts=facts)]
    if text.strip() and not title.strip():
        message = N_("主题 %(place)s 有英文内容,没有英文标题")
        return [Reason(message, clause, f"title_en_{place}", facts=facts)]
    return []
