"""Importing it makes the kinds of records known that are exported and erased with a person."""

from .sources import carriers  # noqa: F401, I001 - registers itself; by the interactions
from .sources import contacts  # noqa: F401 - registers itself; before the names are gone
from .sources import answers, people  # noqa: F401 - register themselves
