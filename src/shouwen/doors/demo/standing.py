"""Complaints that stand still, one at each step, so that every department finds work at once.

Most arrived lately and are in time; some came weeks ago and nobody moved them since, so that the
overdue board and the overdue responses have something to say.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from shouwen.engines.dues import actions as dues
from shouwen.engines.dues import queries as due_lists
from shouwen.engines.flows import queries as flows
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import Rehearsal
from shouwen.regulations.r04_quality_complaints.rehearse import actor
from shouwen.work.cases.models import Case

from .plans import Plan

FIRST = 1000
"""Their plans are counted from here, far from those that are drawn over the year."""
DAYS, PACE = 8, 4.5
"""Days of a whole way as they are told, and as they are walked: weekends come on top."""
WAYS = {
    "draft": 0.0, "acceptance": 0.02, "investigation": 0.06, "production": 0.3,
    "plant_opinion": 0.46, "rnd_opinion": 0.52, "check": 0.55, "proposal": 0.62,
    "first_opinion": 0.68, "ruling": 0.73, "negotiation": 0.8, "superior_read": 0.81,
    "consolidated": 0.83, "decision": 0.88, "determination": 0.94, "instruction": 0.98,
    "closing": 1.0,
}  # fmt: skip
"""How far on its way a complaint is when it comes to a step."""
LATE = {"investigation": 23, "proposal": 24, "negotiation": 22, "decision": 25}
"""Where some of them lie for longer than the whole may take, and since how many days."""


def halting(drawn: Sequence[Plan], at: datetime) -> list[Plan]:
    """One plan for each step and each late one, made of those that were drawn."""
    if not drawn:  # a company without trade has nothing to complain of
        return []
    draw = random.Random(FIRST)  # noqa: S311 - a story, not a secret
    today = clock.day_of(at)
    wanted = [(stage, round(DAYS * way) + (way > 0)) for stage, way in WAYS.items()]
    made = []
    for number, (stage, days) in enumerate([*wanted, *LATE.items()]):
        like = draw.choice(drawn[-min(len(drawn), 60) :])
        day = _working_day_before(today - timedelta(days=days))
        made.append(
            replace(
                like,
                index=FIRST + number,
                opened_at=clock.local(day, time(8, 35 + draw.randrange(20))),
                days=PACE,
                halts_at=stage,
                rnd=stage == "rnd_opinion",
                sent_back=False,
                refiled=False,
                petition="",
            )
        )
    return made


def _working_day_before(day: date) -> date:
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    return day


def respond(case: Case, plan: Plan, day: Rehearsal, until: datetime) -> None:
    """Whoever is late says why; one of them has not done so yet."""
    moment = until - timedelta(hours=20)
    lies_long = plan.index >= FIRST + len(WAYS)
    if not lies_long or plan.halts_at == "investigation":
        return
    day.move(moment)
    late = [due for due in due_lists.of_matter(case, only_open=True) if due.is_late(moment)]
    for due in late:
        if due.kind == due.Kind.STAGE:
            dues.react_overdue(
                due, reason="与客户的复验尚未完成。", measure="已约定复验日期，专人跟进。",
                promise=clock.day_of(until) + timedelta(days=3), by=actor(case, flows.run_of(case)),
            )  # fmt: skip
