"""The service centre of the scenarios, with its people signed in."""

from staging import as_, centre

__all__ = ["as_", "centre"]
