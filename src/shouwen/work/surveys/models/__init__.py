"""The tables of surveys: asking, answering, rating."""

from .answering import AreaResult, Reply, Response
from .asking import Campaign, Question, Questionnaire, Recipient
from .rating import FollowUp, Rating

__all__ = [
    "AreaResult",
    "Campaign",
    "FollowUp",
    "Question",
    "Questionnaire",
    "Rating",
    "Recipient",
    "Reply",
    "Response",
]
