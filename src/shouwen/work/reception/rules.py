"""Decisions at reception: values in, reasons or numbers out. No database, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shouwen.ground.foundation.refusal import N_, Reason

RATINGS = frozenset({"good", "fair", "poor", "impatient", "ignored"})
LETTERS = ("letter", "fax")


@dataclass(frozen=True)
class VisitFacts:
    """What decisions about a visit ask of it."""

    arrived_at: datetime
    received_at: datetime | None
    left_at: datetime | None
    rated: bool
    confirmed: bool
    host: int


def why_not_registered(
    visitor: str, purpose: str, people: int, arrived_at: datetime, now: datetime, clause: str
) -> list[Reason]:
    """Who came, what for, and when: no later than now (R2-11)."""
    wanted = {
        "visitor": (bool(visitor.strip()), N_("请写明来访人姓名")),
        "purpose": (bool(purpose.strip()), N_("请写明来访事由")),
        "people": (people >= 1, N_("来访人数至少一人")),
        "arrived_at": (arrived_at <= now, N_("到访时间不能晚于现在")),
    }
    return _missing(wanted, clause)


def minutes_between(since: datetime, until: datetime) -> int:
    """Whole minutes waited."""
    return max(0, int((until - since) / timedelta(minutes=1)))


def is_over(minutes: int, limits: Iterable[int]) -> bool:
    """Whether somebody waited longer than the strictest of the company's figures (R2-12, R6-13)."""
    return any(minutes > limit for limit in limits)


def why_not_received(visit: VisitFacts, at: datetime, clause: str) -> list[Reason]:
    """Once, after the arrival, before the departure."""
    if visit.received_at:
        return [Reason(N_("该访客已被接待"), clause)]
    if visit.left_at:
        return [Reason(N_("该访客已经离开"), clause)]
    if at < visit.arrived_at:
        return [Reason(N_("接待时间不能早于到访时间"), clause, field="at")]
    return []


def why_not_left(visit: VisitFacts, outcome: str, at: datetime, clause: str) -> list[Reason]:
    """Once, with what came of it (R2-11)."""
    if visit.left_at:
        return [Reason(N_("该访客已经离开"), clause)]
    earliest = max(visit.arrived_at, visit.received_at or visit.arrived_at)
    wanted = {
        "outcome": (bool(outcome.strip()), N_("请写明接待结果")),
        "at": (at >= earliest, N_("离开时间不能早于到访和接待时间")),
    }
    return _missing(wanted, clause)


def why_not_confirmed(visit: VisitFacts, drawn: bool, name: str, clause: str) -> list[Reason]:
    """Once, by a drawn signature or by name, not by neither."""
    if visit.confirmed:
        return [Reason(N_("访客已经签字确认"), clause)]
    if drawn == bool(name.strip()):
        return [
            Reason(
                N_("请让访客签字;不能手写时改为写下确认人姓名"),
                clause,
                field="name",
                instead=N_("两种方式选一种"),
            )
        ]
    return []


def why_not_rated(visit: VisitFacts, rating: str, by: int, clause: str) -> list[Reason]:
    """Once, in one of the words, not by the host who received him (R2-12)."""
    if visit.rated:
        return [Reason(N_("访客已经评价过"), clause)]
    if by == visit.host:
        return [
            Reason(N_("接待人不能登记对自己接待的评价"), clause, instead=N_("请由前台或他人登记"))
        ]
    if rating not in RATINGS:
        return [Reason(N_("请选择访客的评价"), clause, field="rating")]
    return []


def why_not_letter(
    channel: str, party: str, subject: str, numbers: tuple[str, str], clause: str
) -> list[Reason]:
    """A letter or a fax that came in: from whom, about what, a fax by which number."""
    fax_number, _courier = numbers
    wanted = {
        "channel": (channel in LETTERS, N_("请选择信函或传真")),
        "party": (bool(party.strip()), N_("请写明来函人")),
        "subject": (bool(subject.strip()), N_("请写明来函主题")),
        "fax_number": (channel != "fax" or bool(fax_number.strip()), N_("请写明传真号码")),
    }
    return _missing(wanted, clause)


def why_not_reply(party: str, body: str, subject: str, clause: str) -> list[Reason]:
    """A reply names its recipient and says something."""
    wanted = {
        "party": (bool(party.strip()), N_("请写明收件人")),
        "subject": (bool(subject.strip()), N_("请写明主题")),
        "body": (bool(body.strip()), N_("请写明回复内容")),
    }
    return _missing(wanted, clause)


def why_not_dispatched(
    channel: str, address: str, numbers: tuple[str, str], clause: str
) -> list[Reason]:
    """By post with address and courier number, by fax with the number it was sent to."""
    fax_number, courier_number = numbers
    by_post = channel == "letter"
    wanted = {
        "address": (not by_post or bool(address.strip()), N_("请写明寄送地址")),
        "courier_number": (not by_post or bool(courier_number.strip()), N_("请写明快递单号")),
        "fax_number": (by_post or bool(fax_number.strip()), N_("请写明传真号码")),
    }
    return _missing(wanted, clause)


def _missing(wanted: dict[str, tuple[bool, str]], clause: str) -> list[Reason]:
    return [
        Reason(message, clause, field=field)
        for field, (said, message) in wanted.items()
        if not said
    ]
