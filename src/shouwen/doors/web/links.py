"""Where a record of some kind is looked at, and what its kind is called.

A room registers its kinds in its `nav.py`:
`links.register("case", N_("案件"), "folder", "cases:open")`; the address takes the record's id.
What has no room yet is shown without a link.
"""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext


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
        return reverse(kind(key).url_name, args=[pk]) if kind(key).url_name else ""
    except NoReverseMatch:
        return ""
