"""The record a paper belongs to: a case, or anything else that has papers."""

from functools import cache

from django.apps import apps
from django.db import models

from shouwen.ground.journal.actions import kind_of


def reference(matter: models.Model) -> dict[str, object]:
    """How a table of papers points at its matter."""
    return {"matter_kind": kind_of(matter), "matter_id": matter.pk}


def stand_in(kind: str, pk: int) -> models.Model:
    """The matter by its name and number, for the journal: nothing is read for it."""
    return _model(kind)(pk=pk)


@cache
def _model(kind: str) -> type[models.Model]:
    for model in apps.get_models():
        if model._meta.model_name == kind and model._meta.app_config.name.startswith("shouwen."):
            return model
    raise LookupError(f"no record is called {kind!r}")
