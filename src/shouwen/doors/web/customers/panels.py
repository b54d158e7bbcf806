"""What other rooms show on a customer's page: their boxes, and their facts on its timeline.

A room registers in its `nav.py`:

    panels.register("cases", N_("未结事项"), "cases/_of_customer.html", context, order=10)
    panels.timeline(events_of)

`context(request, customer)` gives the template's context, or None when there is nothing to show;
`events_of(request, customer, limit)` gives events as `web/_timeline.html` takes them, newest first.
"""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from shouwen.doors.web.people import Request
from shouwen.work.customers.models import Customer

Context = Callable[[Request, Customer], dict[str, Any] | None]
Events = Callable[[Request, Customer, int], Iterable[dict[str, Any]]]


@dataclass(frozen=True)
class Panel:
    """One box of a room."""

    key: str
    title: str
    template: str
    context: Context
    order: int


@dataclass(frozen=True)
class Drawn:
    """A box with its content."""

    key: str
    title: str
    html: SafeString


customer_panels: dict[str, Panel] = {}
_timelines: list[Events] = []


def register(key: str, title: str, template: str, context: Context, *, order: int = 50) -> None:
    """Show a box on every customer's page; lower orders stand higher."""
    customer_panels[key] = Panel(key, title, template, context, order)


def timeline(events: Events) -> None:
    """Mix a room's facts into every customer's timeline."""
    if events not in _timelines:
        _timelines.append(events)


def drawn(request: Request, customer: Customer) -> list[Drawn]:
    """The boxes of a customer's page, those with nothing to show left out."""
    found = []
    for panel in sorted(customer_panels.values(), key=lambda one: (one.order, one.key)):
        context = panel.context(request, customer)
        if context is not None:
            html = render_to_string(panel.template, context, request=request)
            found.append(Drawn(panel.key, panel.title, html))
    return found


def events(
    request: Request, customer: Customer, own: Iterable[dict[str, Any]], limit: int
) -> list[dict[str, Any]]:
    """The customer's own facts and those of every room, newest first."""
    streams = [list(own), *(list(more(request, customer, limit)) for more in _timelines)]
    return heapq.nlargest(limit, (one for many in streams for one in many), key=_moment)


def _moment(event: dict[str, Any]) -> Any:
    return event["at"]
