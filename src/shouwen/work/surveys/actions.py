"""Every verb of surveys by name."""

from .answering import Answers, answer, correct, key_in
from .asking import (
    Wanted,
    call_in_vain,
    close,
    invite,
    mark_sent,
    plan,
    remind,
    start,
    strike,
)
from .mailing import send_waiting
from .rating import follow_up, improve, rate
from .rules import Given
from .writing import (
    Heading,
    QuestionDraft,
    draw_up,
    drop_question,
    move_question,
    put_question,
    renew,
    reword,
)

__all__ = [
    "Answers",
    "Given",
    "Heading",
    "QuestionDraft",
    "Wanted",
    "answer",
    "call_in_vain",
    "close",
    "correct",
    "draw_up",
    "drop_question",
    "follow_up",
    "improve",
    "invite",
    "key_in",
    "mark_sent",
    "move_question",
    "plan",
    "put_question",
    "rate",
    "remind",
    "renew",
    "reword",
    "send_waiting",
    "start",
    "strike",
]
