"""What of the log is written."""

from collections.abc import Callable
from logging import LogRecord

REFUSALS = (409, 422)
"""What a person was told: no fault of the server. The journal keeps what a clause refused."""


PROBES = "/health/"
"""Whoever asks there, asks every few seconds and keeps the answer himself."""


def no_refusals() -> Callable[[LogRecord], bool]:
    """A filter of the log that passes by what was answered as it should be."""
    return lambda record: not (_is_refusal(record) or _is_probe(record))


def _is_refusal(record: LogRecord) -> bool:
    return getattr(record, "status_code", None) in REFUSALS


def _is_probe(record: LogRecord) -> bool:
    path = getattr(getattr(record, "request", None), "path", "")
    return hasattr(record, "status_code") and str(path).startswith(PROBES)
