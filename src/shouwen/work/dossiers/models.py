"""That a person was erased: who did it, why, what was replaced. Growth: some rows a year."""

from django.db import models
from django.db.models import Q


class Erasure(models.Model):
    """One person, no longer known by name; proofs and sums stay."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="erasures")
    contact = models.ForeignKey("customers.Contact", models.PROTECT, related_name="+", null=True)
    """None when the customer himself is the person."""
    reason = models.CharField(max_length=200)
    by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    """How many records of each kind were replaced."""
    facts_kept = models.PositiveIntegerField(default=0)
    """Facts of the sealed journal before this moment that are shown without their words."""

    class Meta:
        indexes = [models.Index(fields=["customer", "-at"], name="erasure_customer")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="erasure_says_why")]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.at:%Y-%m-%d}"
