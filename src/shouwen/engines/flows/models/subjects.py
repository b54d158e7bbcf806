"""What every table here begins with."""

from typing import Any

from django.db import models

from shouwen.ground.org.models import Person


class Subject(models.Model):
    """Names its record and the matter whose timeline shows it; knows neither."""

    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    matter_kind = models.CharField(max_length=40)
    matter_id = models.BigIntegerField()

    class Meta:
        abstract = True


def somebody(**options: Any) -> Any:
    """A link to a person without a way back from there."""
    return models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", **options
    )
