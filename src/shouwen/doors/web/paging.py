"""Pages by key, never by number: the cost of page one thousand is the cost of page one."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

SIZE = 50


@dataclass(frozen=True)
class Page:
    """Some rows and the way to those before and after them."""

    rows: list[Any]
    newer: str
    older: str

    @property
    def is_alone(self) -> bool:
        """Whether everything fits here."""
        return not self.newer and not self.older


def page_of(
    rows: QuerySet[Any], request: HttpRequest, *, order: Sequence[str] = ("-id",), size: int = SIZE
) -> Page:
    """The page the address asks for. `order` ends in a unique column; no column of it is null."""
    if order[-1].lstrip("-") not in ("id", "pk"):
        order = [*order, "-id" if order[0].startswith("-") else "id"]
    after, before = _key(request, "after", order), _key(request, "before", order)
    backwards = before is not None and after is None
    wanted = [_turned(name) for name in order] if backwards else [*order]
    key = before if backwards else after
    try:
        found = _rows(rows, wanted, key, size + 1)
    except (ValueError, ValidationError):  # a key of other columns, or one made up
        return page_of(rows, _without_key(request), order=order, size=size)
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_newer = more if backwards else key is not None
    has_older = True if backwards else more
    newer = _link(request, "before", found[0], order) if found and has_newer else ""
    older = _link(request, "after", found[-1], order) if found and has_older else ""
    return Page(found, newer, older)


def _rows(rows: QuerySet[Any], order: Sequence[str], key: Any, size: int) -> list[Any]:
    chosen = rows.filter(beyond(order, key)) if key else rows
    return list(chosen.order_by(*order)[:size])


def _without_key(request: HttpRequest) -> HttpRequest:
    query = request.GET.copy()
    for way in ("after", "before"):
        query.pop(way, None)
    plain = HttpRequest()
    plain.GET = query  # type: ignore[assignment]
    return plain


def beyond(order: Sequence[str], key: Sequence[Any]) -> Q:
    """Rows after the key in this order. The first column alone bounds the index range."""
    first = order[0]
    condition = Q()
    for depth, name in enumerate(order):
        equal = {order[level].lstrip("-"): key[level] for level in range(depth)}
        condition |= Q(**equal, **{f"{name.lstrip('-')}__{_side(name)}": key[depth]})
    return Q(**{f"{first.lstrip('-')}__{_side(first)}e": key[0]}) & condition


def _side(name: str) -> str:
    return "lt" if name.startswith("-") else "gt"


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _link(request: HttpRequest, way: str, row: Model, order: Sequence[str]) -> str:
    """The address of the neighbouring page, keeping every filter."""
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("before", None)
    query[way] = encode([_value(row, name.lstrip("-")) for name in order])
    return f"?{query.urlencode()}"


def _value(row: Any, path: str) -> Any:
    for step in path.split("__"):
        row = getattr(row, step)
    return row.isoformat() if isinstance(row, datetime | date) else row


def encode(key: list[Any]) -> str:
    """A key as one word of an address."""
    text = json.dumps(key, separators=(",", ":"), default=str)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(word: str) -> list[Any] | None:
    """A key as it was encoded; one that was tampered with is none."""
    try:
        key = json.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)))
    except (binascii.Error, ValueError):
        return None
    plain = isinstance(key, list) and all(isinstance(part, str | int | float) for part in key)
    return key if plain else None


def _key(request: HttpRequest, way: str, order: Sequence[str]) -> list[Any] | None:
    key = decode(request.GET.get(way, ""))
    return key if key is not None and len(key) == len(order) else None
