"""The service centre of the scenarios."""

from staging import as_, centre

__all__ = ["as_", "centre"]
