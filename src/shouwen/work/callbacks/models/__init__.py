"""The tables of call-backs, by what they are about."""

from .calls import Attempt, Callback, CallbackCorrection, Reason, Result, State
from .papers import Audit, AuditItem, CallbackReport
from .projects import CallbackFile, Project, RegularPlan
from .samples import Sample, SampleItem, Suggestion

__all__ = [
    "Attempt",
    "Audit",
    "AuditItem",
    "Callback",
    "CallbackCorrection",
    "CallbackFile",
    "CallbackReport",
    "Project",
    "Reason",
    "RegularPlan",
    "Result",
    "Sample",
    "SampleItem",
    "State",
    "Suggestion",
]
