"""The verbs of settlement, by the way a decision is settled."""

from .allowances import book_allowance, open_certificate, seal_certificate, sign_certificate
from .collections import collect
from .proofs import file_proof, open_return_certificate
from .returns import (
    approve_slip,
    count_goods,
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
    "count_goods",
    "file_proof",
    "instruct_mismatch",
    "open_certificate",
    "open_return_certificate",
    "open_slip",
    "post_return",
    "receive_goods",
    "rule_excess",
    "seal_certificate",
    "sign_certificate",
]
