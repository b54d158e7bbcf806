"""What happens only now and then, by the name under which the plans know it."""

from collections.abc import Callable

from django.db import models

from . import frictions, joined, mishaps
from .coming import Story

STORIES: dict[str, Callable[[Story], models.Model]] = {
    "merged": joined.merged,
    "unmerged": joined.unmerged,
    "split": joined.split,
    "akin": joined.akin,
    "second_call": joined.second_call,
    "reopened": joined.reopened,
    "anew": joined.anew,
    "bounced": mishaps.bounced,
    "away": mishaps.away,
    "advert": mishaps.advert,
    "unreadable": mishaps.unreadable,
    "missed_call": mishaps.missed_call,
    "expert": frictions.expert,
    "task": frictions.task,
    "major": frictions.major,
    "uncooperative": frictions.uncooperative,
    "grievance": frictions.grievance,
    "upheld": frictions.upheld,
    "waiting": frictions.waiting,
}
