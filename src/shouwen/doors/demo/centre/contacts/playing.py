"""Let the contacts of the demo's year happen, each in its own transaction, as far as time reaches.

They are made in the order of their days, so that lists stand as in a house that has run for a year.
"""

from datetime import datetime

from django.db import transaction

from shouwen.doors.demo.centre import customers
from shouwen.doors.demo.centre.gateways import build_gateways
from shouwen.doors.demo.company import Company
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.journal.actions import record
from shouwen.ground.journal.models import Entry

from . import asides
from .coming import Story
from .courses import Course
from .plans import Plan, plans

MADE = "demo.contact"


def missing(company: Company, at: datetime) -> list[Plan]:
    """Plans that have not happened yet, oldest first."""
    done = set(Entry.objects.filter(event=MADE).values_list("data__plan", flat=True))
    drawn = plans(at, customers.HOMES, customers.SHOPS)
    return [plan for plan in drawn if plan.index not in done]


def make(company: Company, wanted: list[Plan], at: datetime) -> int:
    """Let the contacts happen; returns how many."""
    if not wanted:
        return 0
    gateways = build_gateways(company, at)
    known = customers.build_customers(company, at)
    for plan in wanted:
        with rehearsal(plan.opened_at) as day, transaction.atomic():
            story = Story(company.people, gateways, plan, known[plan.customer], day, at)
            aside = asides.STORIES.get(plan.aside)
            told = aside(story) if aside else Course(story).play() or story.spoken
            record(MADE, told, by=None, plan=plan.index)
    return len(wanted)
