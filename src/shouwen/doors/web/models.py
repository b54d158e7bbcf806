"""The tables of the screens: answers to forms that must be done once, and views people keep."""

from django.db import models


class Answered(models.Model):
    """What a form with this token was answered."""

    token = models.CharField(max_length=64, primary_key=True)
    person_id = models.BigIntegerField()
    path = models.CharField(max_length=200)
    status = models.SmallIntegerField(default=0)
    location = models.CharField(max_length=500, default="")
    body = models.TextField(default="")
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.path} {self.token[:8]}"


class SavedView(models.Model):
    """Filters of a list that somebody gave a name."""

    person = models.ForeignKey("org.Person", on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=40)
    """The name of the list's address."""
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=600)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "place", "name"], name="saved_view_once")
        ]

    def __str__(self) -> str:
        return self.name
