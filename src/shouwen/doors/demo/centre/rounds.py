"""The rhythm of the demo's year: projects are delivered, and everybody's turn comes and is rung.

The turns are planned on their days as the worker would have planned them, and answered before the
next ones, so that each interval begins anew from the call before it.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.db import transaction

from shouwen.doors.demo.figures import KEY_ACCOUNT
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.work.callbacks import actions
from shouwen.work.callbacks.models import Callback, Project, State
from shouwen.work.callbacks.rounds import projects, regular
from shouwen.work.callbacks.rounds.projects import ProjectDraft
from shouwen.work.customers.models import Customer

PROJECTS = (
    ("一期门禁改造", 400),
    ("地库充电桩", 210),
    ("园区监控升级", 60),
    ("会所空调更换", None),
)
"""What was built, and how many days ago it was delivered."""
LONGEST = 385
"""So many days ago everything was in place."""
STEP = timedelta(days=7)
REGULAR_SINCE = timedelta(days=125)
"""Since then the regular calls are planned."""

Ring = Callable[[datetime], int]


def make_rounds(division: Unit, at: datetime, ring: Ring) -> int:
    """Deliver the projects, then go through the year, day by day in the end; how many were rung."""
    customers = list(Customer.objects.filter(division=division).order_by("pk"))
    if Project.objects.filter(division=division).exists() or not customers:
        return 0
    agent = org.people("customer_service", division)[0]
    days = {_day(at, ago) for _name, ago in PROJECTS if ago is not None}
    steps = [_day(at, LONGEST) + STEP * turn for turn in range(LONGEST // STEP.days)]
    turns = {_day(at, ago) for ago in range(1, REGULAR_SINCE.days)}  # a call is due on its day
    rung, before = 0, min([*days, *steps])
    grouped = False
    for moment in sorted({*days, *steps, *turns}):
        if moment not in days and moment not in steps and not _has_turns(division, moment):
            continue
        with rehearsal(moment), transaction.atomic():
            _deliver(division, customers, agent, at)
            projects.plan_due(moment)
            if moment >= at - REGULAR_SINCE:
                grouped = grouped or _group(division, agent)
                _count_anew(division, before, moment)
                regular.plan_due(moment)
        rung += ring(moment)
        before = moment
    with rehearsal(at - timedelta(days=2)), transaction.atomic():
        _register(division, customers[len(PROJECTS) - 1], PROJECTS[-1][0], agent)
    return rung


def _has_turns(division: Unit, moment: datetime) -> bool:
    """Whether anybody's regular call is due on a day."""
    table = regular.table_of(division, moment)
    day = clock.day_of(moment)
    return table is not None and any(
        regular.due(division, group, days, day).exists() for group, days in table[1].items()
    )


def _day(at: datetime, ago: int) -> datetime:
    return clock.local(clock.day_of(at) - timedelta(days=min(ago, LONGEST)), time(9))


def _deliver(division: Unit, customers: list[Customer], agent: Person, at: datetime) -> None:
    """What was delivered on this day."""
    for customer, (name, ago) in zip(customers, PROJECTS, strict=False):
        if ago is not None and _day(at, ago) == clock.now():
            project = _register(division, customer, name, agent)
            day = clock.day_of(at) - timedelta(days=ago)
            actions.deliver(project, day, by=agent)


def _register(division: Unit, customer: Customer, name: str, agent: Person) -> Project:
    return actions.register_project(division, ProjectDraft(customer, name, agent), by=agent)


def _group(division: Unit, agent: Person) -> bool:
    """Shops are key accounts; all others are in the class for everybody else."""
    table = regular.table_of(division, clock.now())
    if table and KEY_ACCOUNT in table[1]:
        for shop in Customer.objects.filter(division=division, code__startswith="S-"):
            regular.set_group(shop, KEY_ACCOUNT, by=agent)
    return True


def _count_anew(division: Unit, since: datetime, until: datetime) -> None:
    """Whoever was reached meanwhile about anything else is counted from that call."""
    done = Callback.objects.filter(
        division=division, state=State.DONE, done_at__gt=since, done_at__lte=until
    )
    for callback in done.order_by("done_at"):
        if callback.done_at:
            regular.note_call(callback, callback.done_at)
