"""Importing it makes plans and skills known to the engines below."""

from . import facts  # noqa: F401 - registers itself
