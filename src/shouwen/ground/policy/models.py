"""Two tables: a regulation, and its editions. A published edition never changes (see `loading`)."""

import json
from typing import Any

from django.db import models
from django.db.models import Q


class Regulation(models.Model):
    """One regulation of the company, by its code: `R4`."""

    code = models.CharField(max_length=20, unique=True)

    def __str__(self) -> str:
        return self.code


class Edition(models.Model):
    """What a regulation says from a day on: clauses, forms and flow, as they were written."""

    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    since = models.DateField()
    published_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64)
    """Of what the edition rules; fixed once it is published."""
    version = models.CharField(max_length=64)
    """Of the whole body, with the remarks that may still be mended."""
    body = models.TextField()
    """JSON text and no JSON column: PostgreSQL would forget the order in which it was written."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regulation", "number"], name="edition_number"),
            models.UniqueConstraint(
                fields=["regulation", "since"],
                condition=Q(published_at__isnull=False),
                name="edition_since",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regulation_id}/{self.number}"

    @property
    def content(self) -> dict[str, Any]:
        """The body as plain data: regulation, clauses, forms, flow."""
        return dict(json.loads(self.body))
