"""The verbs of settlement, by the way a decision is settled."""

from .allowances import book_allowance, open_certificate, seal_certificate, sign_certificate
from .collections import collect
from .proofs import file_proof
from .returns import (
    approve_slip,
    instruct_mismatch,
    open_slip,
    receive_goods,
    rule_excess,
)
from .vouchers import post_return

__all__ = [
    "approve_slip",
    "book_allowance",
    "collect",
    "file_proof",
    "instruct_mismatch",
    "open_certificate",
    "open_slip",
    "post_return",
    "receive_goods",
    "rule_excess",
    "seal_certificate",
    "sign_certificate",
]
