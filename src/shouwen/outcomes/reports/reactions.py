"""Nothing happens here when a fact is recorded; the engines only learn what a report is."""

from . import facts  # noqa: F401 - they register themselves
