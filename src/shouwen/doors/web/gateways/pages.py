"""What the pages of this room share: the four parts below one tab of the settings."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.people import Request
from shouwen.doors.web.settings_room import gates
from shouwen.doors.web.settings_room.pages import tabs
from shouwen.ground.org.models import Unit

PARTS = (
    ("gateways:channels", _("公示渠道")),
    ("gateways:labels", _("二维码标签")),
    ("gateways:telephones", _("电话分机")),
    ("gateways:clients", _("接入系统")),
)

KEPT = {"gateways:clients"}
"""What the keeper alone opens: it holds keys to the house."""


def page(request: Request, part: str, unit: Unit, **context: Any) -> HttpResponse:
    """One part, of one division."""
    keeper = gates.may_keep(request, unit)
    context |= {
        "tabs": tabs(request),
        "tab": "gateways:channels",
        "parts": [one for one in PARTS if keeper or one[0] not in KEPT],
        "part": f"gateways:{part}",
        "unit": unit,
        "places": divisions(request),
        "keeper": keeper,
    }
    return render(request, f"gateways/{part}.html", context)


def divisions(request: Request) -> list[Unit]:
    """The divisions in sight."""
    return [unit for unit in gates.places(request) if unit.division]


def division(request: Request) -> Unit:
    """The division the address asks for, else the reader's own."""
    found = gates.place(request)
    return found if found.division else divisions(request)[0]


def back(name: str, unit: Unit) -> str:
    """A list, of the same division."""
    from django.urls import reverse

    return f"{reverse(name)}?division={unit.code}"
