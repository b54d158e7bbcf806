"""What can be found, and what waits to be indexed. The index itself is made in migration 0002."""

from django.db import models


class SearchDoc(models.Model):
    """The words of one record. Nothing but the index reads them; the record keeps its own."""

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    division = models.BigIntegerField(null=True)
    """The division whose people may find it; None is found by everybody."""
    title = models.CharField(max_length=300)
    body = models.TextField()
    names = models.TextField()
    """One name a line; they are also found by their pinyin."""
    at = models.DateTimeField()
    """When it happened; newer ones are shown first."""
    indexed = models.BooleanField(default=False)
    """False while a worker has reserved the row and not yet read the record."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="searchdoc_record")
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id} {self.title}"


class SearchWaiting(models.Model):
    """A record whose words changed. Only ever inserted by a verb: no writer waits for another."""

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    """Set when building its words failed, so that a broken record does not hold up the others."""

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
