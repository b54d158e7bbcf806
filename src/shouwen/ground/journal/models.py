"""Two tables that only grow. Database triggers refuse every change (see migration 0002)."""

from django.db import models

from .lookups import OneOf


class Entry(models.Model):
    """One fact. `matter` is the record whose timeline shows it: a case, for its return slip too."""

    at = models.DateTimeField()
    event = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    matter_kind = models.CharField(max_length=40)
    matter_id = models.BigIntegerField()
    actor_id = models.BigIntegerField(null=True)
    division_id = models.BigIntegerField(null=True)
    """Whose fact it is; nothing for what is the company's: its people, rules and editions."""
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["matter_kind", "matter_id", "id"], name="entry_matter"),
            models.Index(fields=["event", "at"], name="entry_event"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.subject_kind}:{self.subject_id}"


Entry._meta.get_field("event").register_lookup(OneOf)


class Seal(models.Model):
    """One link of the chain: the hash of the link before it and of its entry."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.pk} {self.hash[:12]}"
