"""What stands around every page: the rooms in the sidebar, who is here, language and theme.

A room registers its entry in its own `nav.py`, which is imported at start:

    from shouwen.doors.web import shell
    shell.room("cases", pgettext_lazy("room", "案件"), "folders", "cases:list", order=30, role="")

An entry whose address does not exist yet is not shown; nor one whose role the person lacks.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, pgettext, pgettext_lazy

from . import people

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"


@dataclass(frozen=True)
class Room:
    """One entry of the sidebar. `key` is also the url namespace that lights it up."""

    key: str
    title: Any
    icon: str
    url_name: str
    order: int
    role: str = ""
    quick: str = ""
    """The letter that opens it after `g`: `d` for the desk."""
    also: tuple[str, ...] = ()
    """Other url namespaces, or single pages of them (`papers:copies_of`), that belong to it."""

    @property
    def name(self) -> str:
        """The title as a room is called; the same Chinese word may be said otherwise elsewhere."""
        title = str(self.title)
        as_a_room = pgettext("room", title)
        return as_a_room if as_a_room != title else gettext(title)

    @property
    def url(self) -> str:
        """Its address, or nothing while the room is not built."""
        return _address(self.url_name, settings.ROOT_URLCONF, get_script_prefix())


@cache
def _address(url_name: str, urlconf: str, prefix: str) -> str:
    """Found once: every page asks for all the rooms."""
    try:
        return reverse(url_name, urlconf)
    except NoReverseMatch:
        return ""


_rooms: dict[str, Room] = {}
TITLES = (
    pgettext_lazy("room", "今日"),
    pgettext_lazy("room", "受理"),
    pgettext_lazy("room", "案件"),
    pgettext_lazy("room", "各联"),
    pgettext_lazy("room", "客户"),
    pgettext_lazy("room", "回访"),
    pgettext_lazy("room", "退货折让"),
    pgettext_lazy("room", "考核"),
    pgettext_lazy("room", "报表"),
    pgettext_lazy("room", "设置"),
)
"""What the rooms are called, marked for the catalogue."""


def room(
    key: str,
    title: Any,
    icon: str,
    url_name: str,
    order: int,
    *,
    role: str = "",
    quick: str = "",
    also: tuple[str, ...] = (),
) -> None:
    """Register one entry of the sidebar; `role` may name several, separated by spaces.

    Raises ValueError when another room has the same quick key.
    """
    taken = {entry.quick: entry.key for entry in _rooms.values() if entry.key != key}
    if quick and quick in taken:
        raise ValueError(f"{key} and {taken[quick]} both want the key {quick}")
    _rooms[key] = Room(key, title, icon, url_name, order, role, quick, also)


def here(view_name: str) -> str:
    """Which entry an address belongs to: its own page, else the room of its namespace."""
    own = next((one.key for one in _rooms.values() if view_name in (one.url_name, *one.also)), "")
    space = view_name.partition(":")[0]
    lent = next((room.key for room in _rooms.values() if space in room.also), space)
    return own or lent


def rooms_for(request: HttpRequest) -> list[Room]:
    """The entries this person may open, in order."""
    person = getattr(request, "person", None)
    return [
        entry
        for entry in sorted(_rooms.values(), key=lambda entry: entry.order)
        if entry.url and (not entry.role or people.has_any(person, entry.role.split()))
    ]


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context every template has; what costs a query is only made when a page asks for it."""
    person = getattr(request, "person", None)
    match = request.resolver_match
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return {
        "person": person,
        "rooms": SimpleLazyObject(lambda: rooms_for(request)),
        "here": here(match.view_name) if match else "",
        "theme": theme if theme in THEMES else "auto",
        "language": get_language() or settings.LANGUAGE_CODE,
        "languages": settings.LANGUAGES,
        "demo": settings.DEMO,
        "acting_for": SimpleLazyObject(lambda: people.acting_for(person)),
        "unread": SimpleLazyObject(lambda: people.unread(person)),
        "new_case_url": _quick_new(),
    }


def _quick_new() -> str:
    """Where `n` leads: registering a matter, once that room stands."""
    return _address("intake:new", settings.ROOT_URLCONF, get_script_prefix())
