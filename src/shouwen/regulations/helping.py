"""Words that scenarios need often and that are several verbs in one; nothing here is a rule."""

from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Model

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.models import Copy, Section, Sheet
from shouwen.ground.org import actions as org
from shouwen.ground.org import queries as org_queries
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.policy import queries as policy

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
"""The smallest picture, for what was scanned."""


def seat(
    username: str, unit: Unit, name_zh: str, name_en: str, title_zh: str, title_en: str, rank: str
) -> Person:
    """Somebody hired into a post of their own."""
    person = org.hire(username, name_zh=name_zh, name_en=name_en)
    org.appoint(person, org.add_post(unit, title_zh, title_en, rank=rank))
    return person


def set_examples(division: Unit, regulation: str) -> None:
    """Every value a regulation leaves open, as its own example has it."""
    for spec in policy.value_specs(regulation):
        if spec.example is not None:
            org.set_value(spec.key, spec.example, division=division)


def fill(
    sheet: Sheet,
    section: str,
    data: dict[str, Any],
    but: dict[str, Any] | None = None,
    *,
    by: Person,
) -> Section:
    """Type this into a section, as whoever opened it just now; `but` differs from `data`.

    A field of files names them: a small picture of that name is attached first.
    """
    typed = {key: value for key, value in {**data, **(but or {})}.items() if value is not None}
    for key in _file_fields(sheet, section) & typed.keys():
        files = (ContentFile(PICTURE, name=name) for name in typed[key])
        typed[key] = [str(documents.attach(f, sheet=sheet, by=by).uuid) for f in files]
    version = sheet.sections.get(key=section).version
    return documents.save_section(sheet, section, typed, version=version, by=by)


def _file_fields(sheet: Sheet, section: str) -> set[str]:
    found = sheet.definition.section(section)
    return (
        {field.key for field in found.fields if field.type in {"file", "files"}} if found else set()
    )


def number_forms(form: str, division: Unit, count: int) -> list[str]:
    """The numbers of so many new papers, accepted one after another."""
    papers = [documents.open_sheet(form, division=division, by=None) for _each in range(count)]
    return [documents.number_sheet(one, by=None) for one in papers]


def copies_of(sheet: Sheet) -> dict[str, str]:
    """Who holds which copy: number -> code of the unit."""
    rows = sheet.copies.order_by("no").values_list("no", "unit__code")
    return {str(no): code for no, code in rows}


def copy_of(sheet: Sheet, number: int) -> Copy:
    """One copy of a paper."""
    return sheet.copies.get(no=number)


def section_of(sheet: Sheet, section: str) -> Section:
    """One section of a paper, to look at."""
    return sheet.sections.get(key=section)


def paper(
    form: str,
    division: Unit,
    matter: Model | None = None,
    data: dict[str, Any] | None = None,
    *,
    by: Person | None = None,
) -> Sheet:
    """A paper begun, with what is known already."""
    return documents.open_sheet(form, division=division, matter=matter, data=data, by=by)


def items_of(regulation: str) -> list[str]:
    """The items to which a regulation applies, in its order."""
    head = next(one for one in policy.regulations() if one.code == regulation)
    return [group.key for group in head.groups]


def works_by(division: Unit, regulation: str, day: date) -> bool:
    """Whether a division works by a regulation on a day."""
    return org_queries.adopted(division.pk, regulation, day) is not None
