"""Where a record of some kind is looked at, and what its kind is called.

A room registers its kinds in its `nav.py`:
`links.register("case", N_("案件"), "folder", "cases:open")`; the address takes the record's id.
What has no room yet is shown without a link.

A page that is not for everybody says so in the same place, so that no other page offers it in vain:
`links.only_for("mail:list", lambda person: bool(access.divisions(person)))`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.translation import gettext

from shouwen.ground.org.models import Person

SOME = 1_234_567_890
"""A number that stands nowhere in an address but for that of a record."""


@dataclass(frozen=True)
class Kind:
    """A kind of record: its word (message id), icon and address."""

    key: str
    title: str
    icon: str
    url_name: str

    @property
    def name(self) -> str:
        """The word in the reader's language."""
        return gettext(self.title) if self.title else self.key


_kinds: dict[str, Kind] = {}


def register(key: str, title: str, icon: str, url_name: str) -> None:
    """Say where records of a kind are looked at."""
    _kinds[key] = Kind(key, title, icon, url_name)


def kind(key: str) -> Kind:
    """A kind of record, known or not."""
    return _kinds.get(key) or Kind(key, "", "file", "")


def kinds() -> list[Kind]:
    """Every kind with a room."""
    return list(_kinds.values())


def url(key: str, pk: int) -> str:
    """The address of a record, or nothing."""
    try:
        return address(kind(key).url_name, pk) if kind(key).url_name else ""
    except NoReverseMatch:
        return ""


def address(url_name: str, pk: int) -> str:
    """What `reverse` finds for a page of one record: worked out once, since lists ask by hundreds.

    Raises NoReverseMatch for a page that is not there.
    """
    before, after = _around(url_name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    return f"{before}{pk}{after}"


@cache
def _around(url_name: str, urlconf: str, prefix: str) -> tuple[str, str]:
    """An address before and after the number of its record."""
    before, after = reverse(url_name, urlconf, args=[SOME]).split(str(SOME))
    return before, after


Opens = Callable[[Person], bool]
_openers: dict[str, Opens] = {}


def only_for(url_name: str, opens: Opens) -> None:
    """Say to whom a page opens."""
    _openers[url_name] = opens


def opens(person: Person, url_name: str) -> bool:
    """Whether a page opens to a person; one that nobody spoke of opens to everybody."""
    return url_name not in _openers or _openers[url_name](person)
