"""Importing it makes visits and letters known to the engines below."""

from . import facts  # noqa: F401 - registers itself
