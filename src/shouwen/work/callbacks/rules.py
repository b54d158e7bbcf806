"""Decisions about a call-back: values in, reasons or numbers out. No database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from shouwen.ground.foundation.refusal import N_, Reason

REACHED, MISSED, DECLINED = "reached", "missed", "declined"
"""What an outcome means: he spoke, nobody was reached, he would not answer."""

Mark = int | None
"""None where the item does not apply."""


@dataclass(frozen=True)
class Answer:
    """What the customer said, as the caller typed it."""

    satisfied: bool | None = None
    words: str = ""
    opinion: str = ""
    suggestion: str = ""
    none_given: bool = False
    problem: str = ""
    marks: Mapping[str, Mark] | None = None
    need: str = ""
    """Something new he may want of us, noted as an opportunity (R2-10)."""
    next_step: str = ""

    def clean(self) -> "Answer":
        """Without the blanks around the texts."""
        return Answer(
            self.satisfied, self.words.strip(), self.opinion.strip(), self.suggestion.strip(),
            self.none_given, self.problem.strip(), dict(self.marks or {}),
            self.need.strip(), self.next_step.strip(),
        )  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What a result has to hold, and which clause asks for each part; empty: nobody does."""

    record: str = ""
    voice: str = ""
    """The clause that wants opinions and suggestions asked for."""
    scores: str = ""
    """The clause that wants every item scored."""
    items: tuple[str, ...] = ()
    best: int = 0
    needs: str = ""
    """The clause by which a new need is noted as an opportunity."""


def why_not_result(answer: Answer, asked: Asked) -> list[Reason]:
    """Own words, satisfied or not, every item marked, and his opinion or that he has none."""
    reasons = []
    if answer.satisfied is None:
        reasons.append(Reason(N_("请选择客户是否满意"), asked.record, "satisfied"))
    if not answer.words:
        reasons.append(Reason(N_("请如实记下客户的原话"), asked.record, "words"))
    told = answer.opinion or answer.suggestion
    if asked.voice and not told and not answer.none_given:
        reasons.append(
            Reason(
                N_("须征求客户的意见和建议，两项不能都空着"), asked.voice, "opinion",
                N_("客户确实没有意见和建议时，请勾选“没有意见和建议”"),
            )
        )  # fmt: skip
    if told and answer.none_given:
        reasons.append(
            Reason(
                N_("已记有意见或建议，不能再勾选“没有意见和建议”"),
                asked.voice or asked.record,
                "none_given",
            )
        )
    return [*reasons, *why_not_marks(answer.marks or {}, asked)]


def why_not_marks(marks: Mapping[str, Mark], asked: Asked) -> list[Reason]:
    """Every item has a mark within the scale or says that it does not apply; no other item."""
    clause = asked.scores or asked.record
    reasons = [
        Reason(N_("此项未评分，也未注明不适用"), clause, f"marks.{item}")
        for item in asked.items
        if item not in marks
    ]
    for item, mark in marks.items():
        if item not in asked.items:
            reasons.append(Reason(N_("回访单上没有这一项"), clause, f"marks.{item}"))
        elif mark is not None and not 1 <= mark <= asked.best:
            reasons.append(
                Reason(
                    N_("评分须在 1 到 %(best)s 之间"), clause, f"marks.{item}",
                    facts={"best": asked.best},
                )
            )  # fmt: skip
    return reasons


def why_not_corrected(reason: str, changed: Mapping[str, object], clause: str) -> list[Reason]:
    """A correction changes something and says why; what was submitted stays readable (R3-44)."""
    reasons = []
    if not changed:
        reasons.append(Reason(N_("没有改动任何内容"), clause))
    if not reason.strip():
        reasons.append(Reason(N_("请写明更正的理由"), clause, "reason"))
    return reasons


def gave_up(tries: int, most: int | None) -> bool:
    """Whether a customer nobody can reach counts as called; never while no number is set."""
    return most is not None and tries >= most


@dataclass(frozen=True)
class Rate:
    """How many of those owed were called in time."""

    owed: int
    called: int

    @property
    def percent(self) -> Decimal | None:
        """In percent with one decimal, never rounded up: only all is one hundred."""
        if not self.owed:
            return None
        share = Decimal(self.called) * 100 / Decimal(self.owed)
        return share.quantize(Decimal("0.1"), ROUND_DOWN)

    @property
    def missing(self) -> int:
        """How many are not called, or were too late."""
        return self.owed - self.called


def keeps(rate: Rate, at_least: Decimal) -> bool:
    """Whether a rate satisfies what a clause asks; a day without any is kept."""
    return not rate.owed or Decimal(rate.called) * 100 >= at_least * rate.owed


def mean(marks: Sequence[int]) -> Decimal | None:
    """The mean of some scores with one decimal; None of none."""
    if not marks:
        return None
    return (Decimal(sum(marks)) / len(marks)).quantize(Decimal("0.1"))


def why_not_delivered(delivered_on: date | None, today: date, clause: str) -> list[Reason]:
    """A delivered project has the day of its delivery, and that day has come (R5-24)."""
    if delivered_on is None:
        return [Reason(N_("请填写交付日期，回访档案从这一天建立"), clause, "delivered_on")]
    if delivered_on > today:
        return [Reason(N_("交付日期不能晚于今天"), clause, "delivered_on")]
    return []


def why_not_decided(
    decision: str, reason: str, owner: object, due_on: date | None, today: date, clause: str
) -> list[Reason]:
    """What is adopted has an owner and a day; what is not has a reason (R3-55)."""
    reasons = []
    if not decision:
        reasons.append(Reason(N_("请选择决定"), clause, "decision"))
    elif decision == "adopted":
        if owner is None:
            reasons.append(Reason(N_("采纳的建议须有负责人"), clause, "owner"))
        if due_on is None:
            reasons.append(Reason(N_("采纳的建议须有完成日期"), clause, "due_on"))
        elif due_on < today:
            reasons.append(Reason(N_("完成日期不能早于今天"), clause, "due_on"))
    elif not reason.strip():
        reasons.append(Reason(N_("不采纳或已有办法的，请写明理由"), clause, "reason"))
    return reasons
