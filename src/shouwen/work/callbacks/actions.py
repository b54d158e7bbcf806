"""Every verb of call-backs by name, and the sweep that plans what has come due."""

from datetime import datetime

from shouwen.ground.foundation import clock

from .calling import attempt, correct, drop_taken, submit, take_next
from .oversight import sampling
from .oversight.auditing import check, draw_audit, submit_audit
from .oversight.reporting import acknowledge, draw_up, submit_report, write
from .oversight.sampling import close_sample, draw_sample
from .oversight.suggesting import decide, note_effect
from .planning import plan, plan_all
from .rounds import projects, regular
from .rounds.projects import deliver, register_project
from .rounds.regular import set_group

__all__ = [
    "acknowledge",
    "attempt",
    "check",
    "close_sample",
    "correct",
    "decide",
    "deliver",
    "draw_audit",
    "draw_sample",
    "draw_up",
    "drop_taken",
    "note_effect",
    "plan",
    "plan_all",
    "register_project",
    "set_group",
    "submit",
    "submit_audit",
    "submit_report",
    "sweep",
    "take_next",
    "write",
]


def sweep(now: datetime | None = None) -> int:
    """Plan the calls whose period or interval has come and draw the samples of ended quarters."""
    now = now or clock.now()
    return projects.plan_due(now) + regular.plan_due(now) + sampling.draw_due(now)
