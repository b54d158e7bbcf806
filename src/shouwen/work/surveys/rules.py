"""Decisions about surveys: values in, reasons and numbers out. No database, no clock."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from shouwen.ground.foundation.refusal import N_, Reason

LEAST, MOST = 1, 5
"""The ends of the scale of marks."""
LONGEST = 2000
"""Characters of one answer in words."""
FEWEST_CHOICES = 2


@dataclass(frozen=True)
class Asked:
    """A question as the rules see it."""

    key: int
    kind: str
    area: str
    required: bool = True
    choices: int = 0


@dataclass(frozen=True)
class Given:
    """What was answered to one question; a key of `Asked`."""

    mark: int | None = None
    choice: int | None = None
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing was answered."""
        return self.mark is None and self.choice is None and not self.text


def why_not_question(
    kind: str, text: str, area: str, areas: Collection[str], choices: int, clause: str
) -> list[Reason]:
    """A question has words, a known area, and choices where it wants one of them."""
    reasons = []
    if not text.strip():
        reasons.append(Reason(N_("请写明题目"), field="text_zh"))
    if area not in areas:
        reasons.append(Reason(N_("没有这一方面"), clause, field="area"))
    if kind == "choice" and choices < FEWEST_CHOICES:
        reasons.append(Reason(N_("选择题至少要有两个选项"), field="choices"))
    return reasons


def missing_areas(asked: Iterable[Asked], wanted: Sequence[str]) -> list[str]:
    """The areas that no question is about, in the order of the clause (R5-45)."""
    have = {one.area for one in asked}
    return [area for area in wanted if area not in have]


def why_not_started(
    state: str,
    asked: Sequence[Asked],
    wanted: Sequence[tuple[str, str]],
    recipients: int,
    closes_on: date,
    today: date,
    clause: str,
) -> list[Reason]:
    """A campaign starts once, complete, with somebody to ask; `wanted` are areas with names."""
    if state != "draft":
        return [Reason(N_("调查已经开始，不能再开始一次"))]
    names = dict(wanted)
    reasons = [
        Reason(
            N_("问卷缺少“%(area)s”方面的题目"),
            clause,
            field="questionnaire",
            instead=N_("请在问卷中补上这一方面的题目，再开始调查"),
            facts={"area": names[area]},
        )
        for area in missing_areas(asked, [key for key, _name in wanted])
    ]
    if not asked:
        reasons.append(Reason(N_("问卷还没有题目"), clause, field="questionnaire"))
    if not recipients:
        reasons.append(Reason(N_("还没有调查对象"), field="recipients"))
    if closes_on < today:
        reasons.append(Reason(N_("截止日已过"), field="closes_on"))
    return reasons


def why_not_channel(channel: str, allowed: Collection[str], clause: str) -> list[Reason]:
    """Only the channels of the clause are counted (R5-44)."""
    if channel in allowed:
        return []
    return [
        Reason(
            N_("满意度调查没有“%(channel)s”这一渠道"),
            clause,
            field="channel",
            facts={"channel": channel},
        )
    ]


def why_not_reachable(channel: str, phone: str, email: str, address: str) -> str:
    """What is missing to ask somebody by this channel; a message, empty when nothing is."""
    needs = {
        "telephone": (phone, N_("没有电话")),
        "email": (email, N_("没有邮箱")),
        "letter": (address, N_("没有地址")),
    }
    have, problem = needs.get(channel, ("-", ""))
    return "" if have.strip() else problem


def why_not_answered(asked: Sequence[Asked], given: Mapping[int, Given]) -> list[Reason]:
    """Every question that must be answered is, and each answer is of its question's kind."""
    reasons = []
    for one in asked:
        answer = given.get(one.key, Given())
        field = f"q{one.key}"
        if answer.is_empty:
            if one.required:
                reasons.append(Reason(N_("请回答这一题"), field=field))
        elif wrong := _wrong(one, answer):
            reasons.append(Reason(wrong, field=field))
    if not reasons and all(given.get(one.key, Given()).is_empty for one in asked):
        reasons.append(Reason(N_("请至少回答一题")))
    return reasons


def _wrong(one: Asked, answer: Given) -> str:
    if one.kind == "mark":
        fits = answer.mark is not None and LEAST <= answer.mark <= MOST
        return "" if fits and answer.choice is None and not answer.text else N_("请打 1 至 5 分")
    if one.kind == "choice":
        fits = answer.choice is not None and 0 <= answer.choice < one.choices
        return "" if fits and answer.mark is None and not answer.text else N_("请选择其中一项")
    if answer.mark is not None or answer.choice is not None:
        return N_("这一题请用文字回答")
    return N_("文字太长，请缩短") if len(answer.text) > LONGEST else ""


def why_not_rated(mark: int, clause: str) -> list[Reason]:
    """A mark from 1 to 5."""
    if LEAST <= mark <= MOST:
        return []
    return [Reason(N_("请打 1 至 5 分"), clause, field="mark")]


def why_not_followed_up(
    words: str, may: bool, is_low: bool, done: bool, clause: str
) -> list[Reason]:
    """The superior says what came of it, once (R7-71)."""
    if not is_low:
        return [Reason(N_("这次评价不需要跟进"), clause)]
    if done:
        return [Reason(N_("已经跟进过了"), clause)]
    if not may:
        return [
            Reason(N_("须由其上级跟进，本人不能代办"), clause, instead=N_("请转告上级在今日里办理"))
        ]
    if not words.strip():
        return [Reason(N_("请写明了解到什么、做了什么"), clause, field="words")]
    return []


def mean_mark(marks: Sequence[int]) -> int | None:
    """The one mark that stands for several: their mean, halves to the better."""
    if not marks:
        return None
    mean = Decimal(sum(marks)) / len(marks)
    return int(mean.quantize(Decimal(1), ROUND_HALF_UP))


def mark_of_call(satisfied: bool, marks: Sequence[int], best: int, good: int, low: int) -> int:
    """What a call-back says on the scale of marks: as the items were scored, and as he said.

    `good` and `low` are the company's: from which mark on he counts as satisfied, up to which he
    is followed up. Whoever says that he is satisfied is, whatever he scored; and the other way
    round.
    """
    scored = mean_mark(marks)
    if scored is not None and best > LEAST:
        scored = round(LEAST + (scored - LEAST) * (MOST - LEAST) / (best - LEAST))
    if satisfied:
        return max(good, scored or good)
    return min(low, scored or low)


def average(total: int, count: int) -> Decimal | None:
    """A mean to two places, None of nothing."""
    return (Decimal(total) / count).quantize(Decimal("0.01")) if count else None


def rate(part: int, whole: int) -> Decimal | None:
    """A share in percent to one place, None of nothing."""
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.1")) if whole else None


def is_low(total: int, count: int, threshold: Decimal) -> bool:
    """Whether an average is below the threshold; compared exactly, not as rounded (R5-46)."""
    return bool(count) and Decimal(total) < threshold * count
