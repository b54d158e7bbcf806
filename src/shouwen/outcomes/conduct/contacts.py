"""A contact as a reviewer sees it: whose it was, by which way, in which division."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.work.interactions.models import Channel, Interaction
from shouwen.work.reception.models import Visit

DURING = {Channel.PHONE: "call", Channel.VISIT: "visit"}
"""Everything else is written: a letter."""


@dataclass(frozen=True)
class Contact:
    """What is reviewed: a call, a visit, a letter, or a whole case."""

    person: Person
    division: Unit
    during: str
    title: str

    @classmethod
    def of(cls, record: models.Model, person: Person | None = None) -> "Contact":
        """Of an interaction its taker, of a visit its host; of anything else whoever is named."""
        if isinstance(record, Visit):
            return cls(record.host, record.division, "visit", f"{record.number} {record.visitor}")
        if isinstance(record, Interaction):
            taker, during = record.taker or person, DURING.get(Channel(record.channel), "letter")
        else:
            taker, during = person, "case"
        if taker is None:
            raise refuse(N_("请指明由谁接待"), field="person")
        division: Any = record.division  # type: ignore[attr-defined]
        return cls(taker, division, during, str(getattr(record, "number", None) or record))


def unit_of(person: Person, division: Unit, at: datetime) -> Unit:
    """Where somebody works in a division; the division itself where he holds no post there."""
    for held in org.posts_of(person, at):
        if org.division_of(held.post.unit, at) == division:
            return held.post.unit
    return division
