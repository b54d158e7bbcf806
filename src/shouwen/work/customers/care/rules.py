"""Decisions about complete records, grades, opportunities, offers and opinions. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from shouwen.ground.foundation.refusal import N_, Reason

FIELDS = {
    "phone": N_("电话"),
    "contact": N_("联系人"),
    "address": N_("地址"),
    "email": N_("邮箱"),
    "industry": N_("行业"),
    "products": N_("购用产品"),
    "contract": N_("合同"),
    "salesperson": N_("业务员"),
    "segment": N_("客户类别"),
}
"""What a company may want to know of every customer; the name is asked of all of them."""

SHORTEST_REASON = 2
LONGEST_TEXT = 5000


def lacking(required: Iterable[str], known: Mapping[str, bool]) -> list[str]:
    """Which of the required fields nobody filled in, in the company's order (R1-10)."""
    return [key for key in required if not known.get(key)]


def percent(required: Collection[str], lacks: Collection[str]) -> int:
    """How complete a record is; the name always counts, so nobody is at nothing."""
    whole = len(required) + 1
    return round(100 * (whole - len(lacks)) / whole)


def packed(keys: Iterable[str]) -> str:
    """Keys as a column in which one can be looked for: ` phone address `."""
    text = " ".join(keys)
    return f" {text} " if text else ""


def why_not_reason(reason: str, field: str = "reason", clause: str = "") -> list[Reason]:
    """Whoever changes a judgement says why."""
    if len(reason.strip()) >= SHORTEST_REASON:
        return []
    return [Reason(N_("请写明理由"), clause, field)]


def why_not_graded(
    before: str, after: str, reason: str, grades: Collection[str], clause: str
) -> list[Reason]:
    """A grade of the company's list, another one than now, with a reason (R2-10, R6-11)."""
    reasons = why_not_reason(reason, clause=clause)
    if after not in grades:
        reasons.append(
            Reason(
                N_("没有“%(grade)s”这一等级"),
                clause,
                "grade",
                N_("公司规定的等级有：%(grades)s"),
                {"grade": after, "grades": "、".join(sorted(grades))},
            )
        )
    elif before == after:
        reasons.append(Reason(N_("等级没有改变"), clause, "grade"))
    return reasons


def why_not_opportunity(
    need: str, expected_cents: int | None, next_step: str, next_on: date | None, today: date,
    clause: str,
) -> list[Reason]:  # fmt: skip
    """Need and next step are said; what is expected is no debt; the next step lies ahead."""
    reasons = []
    if not need.strip():
        reasons.append(Reason(N_("请写明客户的需求"), clause, "need"))
    if not next_step.strip():
        reasons.append(Reason(N_("请写明下一步"), clause, "next_step"))
    if expected_cents is not None and expected_cents < 0:
        reasons.append(Reason(N_("预计金额不能是负数"), clause, "expected"))
    if next_on and next_on < today:
        reasons.append(Reason(N_("下一步的日期不能早于今天"), clause, "next_on"))
    return reasons


def why_not_offer(title: str, text: str, since: date, until: date | None) -> list[Reason]:
    """An offer says what it is, and ends no earlier than it begins."""
    reasons = []
    if not title.strip():
        reasons.append(Reason(N_("请填写新业务的名称"), field="title"))
    if not text.strip():
        reasons.append(Reason(N_("请填写内容"), field="text"))
    if until and until < since:
        reasons.append(Reason(N_("止日不能早于起日"), field="until"))
    return reasons


@dataclass(frozen=True)
class Terms:
    """For whom an offer is and when it holds."""

    title: str
    segment: str
    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        """Whether customers can be told of it on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


def why_not_presented(
    offers: Collection[Terms], segment: str, told_at: datetime, now: datetime, day: date,
    clause: str,
) -> list[Reason]:  # fmt: skip
    """Offers that held on the day, for this class of customer, told no later than now (R1-12)."""
    reasons = []
    if not offers:
        reasons.append(Reason(N_("请选择介绍了哪些新业务"), clause, "offers"))
    for one in offers:
        facts = {"title": one.title}
        if not one.holds(day):
            reasons.append(Reason(N_("“%(title)s”当日不在有效期内"), clause, "offers", "", facts))
        if one.segment and one.segment != segment:
            reasons.append(Reason(N_("“%(title)s”不是给这类客户的"), clause, "offers", "", facts))
    if told_at > now:
        reasons.append(Reason(N_("介绍时间不能晚于现在"), clause, "told_at"))
    return reasons


def why_not_opinion(
    text: str, source: str, heard_on: date, today: date, of_customer: bool, market: bool
) -> list[Reason]:
    """What was said, where and when it was heard; by whom, unless it is the market."""
    reasons = []
    if not text.strip():
        reasons.append(Reason(N_("请写下意见或信息的内容"), field="text"))
    if len(text) > LONGEST_TEXT:
        facts = {"most": LONGEST_TEXT}
        reasons.append(Reason(N_("内容最多 %(most)s 个字"), field="text", facts=facts))
    if not source.strip():
        reasons.append(Reason(N_("请写明来源"), field="source"))
    if heard_on > today:
        reasons.append(Reason(N_("日期不能晚于今天"), field="heard_on"))
    if not of_customer and not market:
        reasons.append(Reason(N_("请写明是哪位客户的意见"), field="customer"))
    return reasons


def why_not_told(
    answered_at: datetime | None, told_at: datetime, now: datetime, clause: str
) -> list[Reason]:
    """Only what was answered can be told, after it was, and before now (R8-33)."""
    if answered_at is None:
        return [
            Reason(
                N_("部门尚未答复，还不能通报客户"), clause, "told_at",
                N_("请先请有关部门写明处理意见"),
            )
        ]  # fmt: skip
    if told_at < answered_at:
        return [Reason(N_("通报时间不能早于部门答复的时间"), clause, "told_at")]
    if told_at > now:
        return [Reason(N_("通报时间不能晚于现在"), clause, "told_at")]
    return []
