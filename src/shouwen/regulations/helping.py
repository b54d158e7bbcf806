"""Words that scenarios need often and that are several verbs in one; nothing here is a rule."""

from typing import Any

from django.db.models import Model

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.models import Copy, Section, Sheet
from shouwen.ground.org import actions as org
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.policy import queries as policy


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
    """Type this into a section, as whoever opened it just now; `but` differs from `data`."""
    typed = {key: value for key, value in {**data, **(but or {})}.items() if value is not None}
    version = sheet.sections.get(key=section).version
    return documents.save_section(sheet, section, typed, version=version, by=by)


def complete(
    sheet: Sheet,
    section: str,
    data: dict[str, Any],
    but: dict[str, Any] | None = None,
    *,
    by: Person,
) -> Section:
    """Type into a section and sign it."""
    fill(sheet, section, data, but, by=by)
    documents.sign_section(sheet, section, by=by)
    return sheet.sections.get(key=section)


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
