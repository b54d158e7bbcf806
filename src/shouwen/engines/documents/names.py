"""The names behind the numbers that a paper stores: people, units, files."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from shouwen.ground.foundation.words import Words
from shouwen.ground.org import queries as org
from shouwen.ground.org import values
from shouwen.ground.org.models import Person, Unit

from .conditions import Data
from .definitions import SectionDef
from .models import Attachment


class Names(Protocol):
    """What the presentation asks for."""

    def person(self, pk: int) -> str:
        """The name of a person."""

    def unit(self, pk: int) -> str:
        """The name of a unit."""

    def file(self, uuid: str) -> str:
        """The name of a file."""

    def option(self, table: str, code: str) -> str:
        """What a company table calls one of its codes."""


class KnownNames:
    """People and units from memory; the files that were asked for in one query beforehand."""

    def __init__(self, uuids: Iterable[str] = (), division: int | None = None) -> None:
        self.division = division
        wanted = list(uuids)
        found = Attachment.objects.filter(uuid__in=wanted, removed_at=None) if wanted else []
        self.files = {str(attachment.uuid): attachment for attachment in found}

    def person(self, pk: int) -> str:
        """The name of a person, or his number when there is nobody."""
        try:
            return org.person(int(pk)).name
        except Person.DoesNotExist:
            return f"#{pk}"

    def unit(self, pk: int) -> str:
        """The name of a unit, or its number when there is none."""
        try:
            return org.unit_by_id(int(pk)).name
        except Unit.DoesNotExist:
            return f"#{pk}"

    def file(self, uuid: str) -> str:
        """The name of a file, or a dash for one that was removed."""
        return self.files[uuid].name if uuid in self.files else "—"

    def option(self, table: str, code: str) -> str:
        """Its name in the company's table of today, or the code when it is no longer there."""
        return dict(options_of(table, self.division)).get(code, code)


def options_of(table: str, division: Unit | int | None) -> list[tuple[str, str]]:
    """The codes of a company table with their names; none while the company has not set it."""
    rows = values.find(table, division) if division is not None else None
    return [(row["code"], str(Words(zh=row["name_zh"], en=row["name_en"]))) for row in rows or ()]


def names_on(
    sections: Mapping[str, Data], definitions: Iterable[SectionDef], division: int | None = None
) -> KnownNames:
    """Every name that stands on these sections; one query when there are files."""
    uuids = (
        uuid for one in definitions for _path, uuid in files_in(one, sections.get(one.key, {}))
    )
    return KnownNames(uuids, division)


def files_in(section: SectionDef, data: Data) -> list[tuple[str, str]]:
    """Path and id of every file of a section, those inside tables too."""
    found: list[tuple[str, str]] = []
    for field in section.fields:
        value: Any = data.get(field.key) or []
        if field.type in {"file", "files"}:
            found += [(field.key, uuid) for uuid in value]
        inside = [column.key for column in field.columns if column.type in {"file", "files"}]
        found += [
            (f"{field.key}.{place}.{key}", uuid)
            for key in inside
            for place, row in enumerate(value)
            for uuid in row.get(key) or []
        ]
    return found
