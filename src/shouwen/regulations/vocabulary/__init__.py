"""Words that scenarios may say, one module a part of the house: each has `WORDS`, word → call.

A verb that scenarios use as it is stands there under its own name; several in one, or a probe that
looks something up, is a function of that module. Nothing there is a rule.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any


def words() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every word of every module of this package, with its call."""
    for found in iter_modules(__path__):
        module = import_module(f"{__name__}.{found.name}")
        yield from module.WORDS.items()
