"""One row for each worker that is up."""

from django.db import models


class Worker(models.Model):
    """A running worker and what its sweeps last did; a row that stopped moving is a dead one."""

    name = models.CharField(max_length=100, unique=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    sweeps = models.JSONField(default=dict)
    """name -> {at, did, failures, error}."""

    def __str__(self) -> str:
        return self.name
