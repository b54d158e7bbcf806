"""The verbs of flows and sign-off, by the noun they belong to."""

from .verbs.handling import delegate, give_back, give_step, hand_over
from .verbs.holds import hold, release, skip_stage, switch_on
from .verbs.moving import Filling, move, reopen, send_back, start, stop, withdraw
from .verbs.rerouting import reroute
from .verbs.rounds import Ask, request_round
from .verbs.signoff import (
    add_signer,
    ask_again,
    ask_before,
    cancel_round,
    decline,
    drop_signer,
    sign,
)
from .verbs.telling import copy_to, read_copy, urge

__all__ = [
    "Ask",
    "Filling",
    "add_signer",
    "ask_again",
    "ask_before",
    "cancel_round",
    "copy_to",
    "decline",
    "delegate",
    "drop_signer",
    "give_back",
    "give_step",
    "hand_over",
    "hold",
    "move",
    "read_copy",
    "release",
    "reopen",
    "request_round",
    "reroute",
    "send_back",
    "sign",
    "skip_stage",
    "start",
    "stop",
    "switch_on",
    "urge",
    "withdraw",
]
