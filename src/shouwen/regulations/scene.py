"""What a scenario knows while it plays: its names, and how written arguments become values."""

import dataclasses
import inspect
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.words import Words


class Unknown(LookupError):  # noqa: N818 - said to the person who wrote the scenario
    """A name or a place of a record that does not exist."""


class Scene:
    """Names of records and values. A record is read anew whenever it is named."""

    def __init__(self, names: Mapping[str, Any] | None = None) -> None:
        self.names = dict(names or {})

    def get(self, path: str) -> Any:
        """`case`, or inside it: `case.customer.name_zh`, `sheet.copies.0.holder`."""
        name, *places = path.split(".")
        if name not in self.names:
            raise Unknown(f"“{name}” is not known here; known: {', '.join(sorted(self.names))}")
        value = fresh(self.names[name])
        for place in places:
            value = _inside(value, place, path)
        return value

    def value(self, written: Any) -> Any:
        """Plain data with every `$name` in it replaced; `$$` begins a text with a dollar."""
        if isinstance(written, str) and written.startswith("$"):
            return written[1:] if written.startswith("$$") else self.get(written[1:])
        if isinstance(written, Mapping):
            return {key: self.value(one) for key, one in written.items()}
        if isinstance(written, list):
            return [self.value(one) for one in written]
        return written

    def arguments(self, call: Callable[..., Any], written: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments of a verb as its signature wants them."""
        hints = typing.get_type_hints(call)
        return {name: self.shaped(one, hints.get(name, Any)) for name, one in written.items()}

    def shaped(self, written: Any, hint: Any) -> Any:
        """A written value in the type a verb asks for: a day, a record by its name, a draft."""
        value = self.value(written)
        if value is None or isinstance(value, models.Model):
            return value
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if origin in (typing.Union, types.UnionType):
            return self.shaped(written, next(one for one in inner if one is not type(None)))
        if origin in (list, tuple, Sequence) and isinstance(value, list) and inner:
            return [self.shaped(one, inner[0]) for one in written]
        if isinstance(hint, type):
            return self._of_type(value, hint, written)
        return value

    def _of_type(self, value: Any, hint: type, written: Any) -> Any:
        if isinstance(value, str) and issubclass(hint, models.Model):
            return self.get(value)
        if isinstance(value, str) and hint is datetime:
            return moment(value)
        if isinstance(value, str) and hint is date:
            return date.fromisoformat(value)
        if hint is Decimal:
            return Decimal(str(value))
        if dataclasses.is_dataclass(hint) and isinstance(value, Mapping):
            plain = written if isinstance(written, Mapping) else value
            return hint(**self.arguments(hint.__init__, plain))
        return value


def fresh(value: Any) -> Any:
    """A record as the database has it now."""
    if isinstance(value, models.Model) and value.pk is not None:
        return type(value)._base_manager.get(pk=value.pk)
    return value


def moment(text: str) -> datetime:
    """Company time; a bare day is its end: due on it, late from then on."""
    if len(text) == len("2025-03-16"):
        return clock.end_of(date.fromisoformat(text))
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=clock.COMPANY_ZONE)


def same(actual: Any, wanted: Any) -> bool:
    """Whether a value is what the scenario says, by the way people write it."""
    if isinstance(actual, Words):
        return wanted in (actual.zh, actual.en)
    if isinstance(actual, datetime):
        return isinstance(wanted, str) and moment(wanted) == actual
    if isinstance(actual, date):
        return bool(wanted == actual.isoformat())
    if isinstance(actual, Decimal):
        return _number(wanted) == actual
    if isinstance(actual, Mapping) and isinstance(wanted, Mapping):
        return all(key in actual and same(actual[key], one) for key, one in wanted.items())
    if isinstance(wanted, list) and not isinstance(actual, str | Mapping):
        found = list(actual.all() if hasattr(actual, "all") else actual)
        return len(found) == len(wanted) and all(map(same, found, wanted))
    return bool(actual == wanted) and isinstance(actual, bool) == isinstance(wanted, bool)


def _number(written: Any) -> Decimal | None:
    try:
        return Decimal(str(written))
    except InvalidOperation:
        return None


def _inside(value: Any, place: str, path: str) -> Any:
    if isinstance(value, Mapping):
        if place not in value:
            raise Unknown(f"“{path}”: no “{place}” in {', '.join(map(str, value))}")
        return value[place]
    if place.isdigit():
        rows = list(value.all() if hasattr(value, "all") else value)
        if int(place) >= len(rows):
            raise Unknown(f"“{path}”: only {len(rows)} there")
        return rows[int(place)]
    if not hasattr(value, place):
        raise Unknown(f"“{path}”: {type(value).__name__} has no “{place}”")
    found = getattr(value, place)
    return found() if inspect.ismethod(found) else found
