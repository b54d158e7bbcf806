"""The verbs of training: plan, submit, hold, test; ask for the re-test of what expired."""

from .planning import Program, draft_plan, duties, hold_session, revise_plan, submit_plan
from .testing import ask_retests, pass_skill

__all__ = [
    "Program",
    "ask_retests",
    "draft_plan",
    "duties",
    "hold_session",
    "pass_skill",
    "revise_plan",
    "submit_plan",
]
