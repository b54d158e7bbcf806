"""What of the log is written."""

from collections.abc import Callable
from logging import LogRecord

REFUSALS = (409, 422)
"""What a person was told: no fault of the server. The journal keeps what a clause refused."""


def no_refusals() -> Callable[[LogRecord], bool]:
    """A filter of the log that passes by what was answered to people as it should be."""
    return lambda record: getattr(record, "status_code", None) not in REFUSALS
