"""Importing it makes knowledge known to the engines and to what is below."""

from . import articles, taboo  # noqa: F401 - register themselves
