"""Papers beside the main sheet: notes, requests, opinions, petitions, each perhaps with an answer.

A form whose section `answers` another is a question and its answer: filing it opens a due for
whoever must answer, the answer settles it. What it sets in motion reacts to `<form>.answered`.
"""

from datetime import date, datetime
from typing import Any

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.access import named_unit
from shouwen.engines.documents.definitions import SectionDef
from shouwen.engines.documents.models import Sheet
from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org import values
from shouwen.ground.org.models import Person

from . import reopening
from .actions import case_of
from .models import Case

Data = dict[str, Any]


@one_act
def file_record(
    case: Case, form: str, data: Data, *, by: Person, at: datetime | None = None
) -> Sheet:
    """File a paper on a case and ask whoever must answer it.

    Raises Refused with the fields at fault, or when the person may not file such a paper.
    """
    moment = at or clock.now()
    refuse_any(reopening.why_not_objected(form, case))
    sheet = documents.open_sheet(form, division=case.division, matter=case, by=by, at=moment)
    first = sheet.definition.sections[0]
    documents.save_section(sheet, first.key, data, version=0, by=by, at=moment)
    documents.sign_section(sheet, first.key, by=by, at=moment)
    if not sheet.definition.signatures:
        documents.issue(sheet, by=by, at=moment)
    record(f"{form}.filed", sheet, by=by, at=moment, matter=case)
    _ask(case, sheet, first.key, by=by, at=moment)
    return sheet


@one_act
def answer_record(
    sheet: Sheet, key: str, data: Data, *, version: int = 0, by: Person, at: datetime | None = None
) -> Sheet:
    """Answer a paper; settles what was asked and asks the next answer, if there is one."""
    moment = at or clock.now()
    section = sheet.definition.section(key)
    if section is None or section.answers is None:
        raise ValueError(f"{sheet.form}.{key} answers nothing")
    if not _signed(sheet, section.answers.section):
        raise refuse(N_("前一栏尚未签署,不能答复"), section.clause, field=key)
    documents.save_section(sheet, key, data, version=version, by=by, at=moment)
    documents.sign_section(sheet, key, by=by, at=moment)
    dues.settle(subject=sheet, kind="task", by=by, at=moment)
    case = case_of(sheet)
    answer = papers.data_of(_fresh(sheet))[key]
    result = next((answer[name] for name in ("result", "verdict", "status") if name in answer), "")
    record(
        f"{sheet.form}.answered", sheet, by=by, at=moment, matter=case, section=key, result=result
    )
    _ask(case, sheet, key, by=by, at=moment)
    return sheet


def next_answer(sheet: Sheet) -> SectionDef | None:
    """The section of a paper that is to be answered next; None when nothing is asked."""
    signed = {part.key for part in sheet.sections.all() if part.signed_at}
    for section in sheet.definition.sections:
        if section.answers and section.answers.section in signed and section.key not in signed:
            return section
    return None


def _signed(sheet: Sheet, key: str) -> bool:
    return sheet.sections.filter(key=key, signed_at__isnull=False).exists()


def _fresh(sheet: Sheet) -> Sheet:
    return Sheet.objects.prefetch_related("sections").get(pk=sheet.pk)


def _role(section: SectionDef, sections: dict[str, Data]) -> str:
    """The role of a section; `unit_of:a.b` is the unit named in field b of section a."""
    if not section.by.startswith("unit_of:"):
        return section.by
    unit = named_unit(section.by, sections)
    if unit is None:
        raise refuse(N_("表上尚未填写由哪个单位答复"), section.clause)
    return f"unit:{unit.code}"


def _ask(case: Case, sheet: Sheet, answered: str, *, by: Person, at: datetime) -> None:
    """Open the due of the section that answers the one just signed."""
    for section in sheet.definition.sections:
        asks = section.answers
        if asks is None or asks.section != answered:
            continue
        sections = papers.data_of(_fresh(sheet))
        question = sections[answered]
        owner = question.get(asks.owner_field) if asks.owner_field else None
        due_on = question.get(asks.due_field) if asks.due_field else None
        days = values.get(asks.days_value, case.division, on=at) if asks.days_value else None
        dues.open_due(
            N_("%(form)s待办:%(section)s"),
            kind="task",
            clause=section.clause,
            subject=sheet,
            matter=case,
            division=case.division,
            role="" if owner else _role(section, sections),
            person=org.person(int(owner)) if owner else None,
            start=at,
            days=int(days) if days is not None else None,
            due_at=clock.end_of(date.fromisoformat(due_on)) if due_on else None,
            params={
                "form": sheet.definition.title,
                "section": section.title,
                "matter": case.called,
            },
            link=f"/papers/{sheet.pk}/",
            by=by,
            at=at,
        )
