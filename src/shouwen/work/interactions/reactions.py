"""Importing it makes interactions known to the engines below."""

from . import arriving, facts  # noqa: F401 - they register themselves
