"""Which pages read the replica, and when it may be read."""

import logging
import time

from django.conf import settings
from django.db import DatabaseError, connections

from shouwen.doors.jobs.models import newest_beat
from shouwen.ground.foundation import clock
from shouwen.ground.replica import REPORTS, is_configured

SPACES = frozenset({"reports"})
"""Rooms that only count what happened."""
ENDS = ("export", "workbook", "statistics")
"""How the names of the other addresses end that read much and need not be of this second."""
CHECK_EVERY = 1.0
"""Seconds for which a process believes what it found out about the replica."""

log = logging.getLogger(__name__)


class _Replica:
    """What this process knows of it."""

    checked = float("-inf")
    is_fresh = False


def is_report(view_name: str) -> bool:
    """Whether an address is a report, a statistic or an export."""
    space, _colon, name = view_name.rpartition(":")
    return space in SPACES or name.endswith(ENDS)


def is_fresh() -> bool:
    """Whether the replica is there and at most `REPORTS_OLDEST` seconds behind.

    The workers' signs of life tell it: a newest one of ten seconds ago means that everything older
    than that has arrived, whether replication is slow or cut off.
    """
    if not is_configured():
        return False
    now = time.monotonic()
    if now - _Replica.checked > CHECK_EVERY:
        fresh = _look()
        if fresh != _Replica.is_fresh:
            log.info("reports are read from the %s", "replica" if fresh else "primary database")
        _Replica.is_fresh, _Replica.checked = fresh, now
    return _Replica.is_fresh


def _look() -> bool:
    try:
        beat = newest_beat(REPORTS)
    except DatabaseError as error:
        log.warning("the replica for reports is away: %s", error)
        connections[REPORTS].close()
        return False
    return beat is not None and (clock.now() - beat).total_seconds() <= settings.REPORTS_OLDEST


def forget() -> None:
    """Look again at the next question."""
    _Replica.checked, _Replica.is_fresh = float("-inf"), False
