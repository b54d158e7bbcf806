"""The channels an intake offers: those the company publishes, then the plain ones (R8-28)."""

from dataclasses import dataclass
from typing import Any

from shouwen.doors.web.numbers import number_of
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.work.interactions.models import Channel
from shouwen.work.ways import queries as ways

PREFIX = "way-"


@dataclass(frozen=True)
class Chosen:
    """What was chosen: the kind of channel, and which published one it is."""

    channel: str
    more: dict[str, Any]


def choices(person: Person) -> list[tuple[str, str]]:
    """Published channels with their address, then every kind."""
    published = ways.published(org.divisions_visible(person))
    named = [(f"{PREFIX}{one.pk}", f"{one.name} · {one.address}"[:80]) for one in published]
    plain = [(key, str(word)) for key, word in Channel.choices if key not in ("api", "web")]
    return [*named, *plain]


def first_phone(person: Person) -> str:
    """What a call comes by, unless it is said otherwise: the published number."""
    found = ways.published(org.divisions_visible(person)).filter(channel=Channel.PHONE).first()
    return f"{PREFIX}{found.pk}" if found else Channel.PHONE.value


def chosen(word: str, person: Person) -> Chosen:
    """What a choice means; the name is kept as it was published then."""
    if not word.startswith(PREFIX):
        return Chosen(word, {})
    number = number_of(word.removeprefix(PREFIX))
    found = ways.way(number, org.divisions_visible(person)) if number is not None else None
    if found is None:  # withdrawn meanwhile: the verb says so
        return Chosen(Channel.PHONE, {"way": 0})
    more = {"way": found.pk, "way_zh": found.name_zh, "way_en": found.name_en}
    return Chosen(found.channel, more)
