"""Who may use the interface, and what was answered to whom.

A token is kept as a digest only. Kept answers are dropped after some days by a sweep.
"""

from django.db import models
from django.db.models import Q


class ApiClient(models.Model):
    """One system of a division that may ask us things; revoked, it is kept for the record."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=8, unique=True)
    """The open part of the token, by which it is found and named."""
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    created_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "name"],
                condition=Q(revoked_at__isnull=True),
                name="api_client_name_once",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="api_client_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def source(self) -> str:
        """How its interactions and calls name where they came from."""
        return f"api:{self.pk}"


class KeptAnswer(models.Model):
    """What a client was answered under an idempotency key, and to which request."""

    client = models.ForeignKey(ApiClient, models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    status = models.SmallIntegerField(default=0)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="api_key_once")]

    def __str__(self) -> str:
        return f"{self.client_id} {self.key[:12]}"
