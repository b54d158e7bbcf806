"""One row for what was tried by one in one window; a nightly sweep drops those that are over."""

from django.db import models


class Window(models.Model):
    """How often it was tried since the window began. `who` is a digest, never a name or number."""

    scope = models.CharField(max_length=30)
    who = models.CharField(max_length=64)
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "who", "since"], name="window_once")
        ]
        indexes = [models.Index(fields=["since"], name="window_since")]

    def __str__(self) -> str:
        return f"{self.scope} {self.count}"
