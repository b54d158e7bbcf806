"""Importing it makes surveys known to the engines below."""

from . import facts  # noqa: F401 - registers itself
