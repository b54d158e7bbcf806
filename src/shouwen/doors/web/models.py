"""The one table of the screens: answers to forms that must be done once."""

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
