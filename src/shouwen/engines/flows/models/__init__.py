"""The tables of flows and sign-off. What stands in them is written by the verbs only."""

from .handling import CarbonCopy, Delegation, Urge
from .rounds import Round, Signing
from .runs import Hold, Run, Step, Switch

__all__ = [
    "CarbonCopy",
    "Delegation",
    "Hold",
    "Round",
    "Run",
    "Signing",
    "Step",
    "Switch",
    "Urge",
]
