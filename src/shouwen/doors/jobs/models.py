"""One row for each worker that is up."""

from datetime import datetime

from django.db import DEFAULT_DB_ALIAS, models


class Worker(models.Model):
    """A running worker and what its sweeps last did; a row that stopped moving is a dead one."""

    name = models.CharField(max_length=100, unique=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    sweeps = models.JSONField(default=dict)
    """name -> {at, did, failures, error}."""

    key = models.CharField(max_length=16, default="", db_default="")
    """A fingerprint of its secret key: nodes with different keys do not understand each other.

    The database has the default too: a worker of the version before goes on during an upgrade.
    """
    version = models.CharField(max_length=40, default="", db_default="")

    def __str__(self) -> str:
        return self.name


def newest_beat(using: str = DEFAULT_DB_ALIAS) -> datetime | None:
    """The last sign of life of any worker, as one of the databases knows it."""
    found: datetime | None = Worker.objects.using(using).aggregate(at=models.Max("beat_at"))["at"]
    return found
