"""What a case does when its sheet or a paper beside it changes; all of it inside the same act."""

from decimal import Decimal

from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Sheet
from shouwen.engines.dues import actions as dues
from shouwen.engines.search import actions as search
from shouwen.ground.journal.actions import reacts_to, record
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org

from . import facts, instructing  # noqa: F401 - register themselves
from .actions import case_of, section_data
from .centre import (  # noqa: F401 - register themselves
    calling_back,
    contacting,
    hearing,
    joining,
    replying,
    routing,
    verdicts,
)
from .course import following  # noqa: F401 - register themselves
from .course.courses import QUALITY_FORM
from .models import Case, CaseLine, Kind
from .records import next_answer
from .reopening import REOPENS, reopen_decision

Promoted = dict[str, str]
PROMOTED: dict[str, Promoted] = {
    "investigation": {
        "cause_class": "cause_class",
        "cause_item": "cause_item",
        "liable_unit_id": "liable_unit",
    },
}
"""Columns of the case that repeat what a section says, for lists and statistics."""


@reacts_to("sheet.section_saved")
def follow_sheet(entry: Entry, sheet: Sheet) -> None:
    """Keep product lines and promoted columns in step with the sheet."""
    if sheet.form != QUALITY_FORM or entry.matter_kind != "case":
        return
    key = entry.data["section"]
    data = section_data(sheet, key)
    if key == "intake":
        CaseLine.objects.filter(case_id=entry.matter_id).delete()
        _write_lines(entry.matter_id, data.get("lines") or [])
    columns = {
        column: data.get(field) or (None if column.endswith("_id") else "")
        for column, field in PROMOTED.get(key, {}).items()
    }
    if columns:
        Case.objects.filter(pk=entry.matter_id).update(**columns)
    search.touch_id("case", entry.matter_id)


@reacts_to("sheet.opened")
def lines_of_a_new_sheet(entry: Entry, sheet: Sheet) -> None:
    """What the call already told of the products counts at once, not only after the first save."""
    if sheet.form == QUALITY_FORM and entry.matter_kind == "case":
        _write_lines(entry.matter_id, entry.data["data"].get("intake", {}).get("lines") or [])


def _write_lines(case_id: int, lines: list[dict[str, str]]) -> None:
    CaseLine.objects.bulk_create(
        CaseLine(
            case_id=case_id,
            order_number=line["order"],
            part_number=line["part"],
            ship_date=line["ship_date"],
            quantity=Decimal(line["quantity"]),
            defective=Decimal(line["defective"]),
        )
        for line in lines
        if all(line.get(key) for key in ("order", "part", "ship_date", "quantity", "defective"))
    )


@reacts_to("petition.answered", "objection.answered")
def take_up_again(entry: Entry, sheet: Sheet) -> None:
    """An upheld petition or an objection that is heard brings the decision back (R4-55, R4-58)."""
    if entry.data["result"] != REOPENS[sheet.form] or entry.matter_kind != "case":
        return
    said = section_data(sheet, entry.data["section"]).get("text", "")
    reopen_decision(
        case_of(sheet),
        reason=said,
        clause=sheet.definition.clause,
        by=org.person(entry.actor_id or 0),
        at=entry.at,
    )


@reacts_to("abnormality_note.answered")
def close_abnormality(entry: Entry, sheet: Sheet) -> None:
    """The unit concerned has answered with its improvement: nothing else is waited for (R4-04)."""
    if entry.matter_kind != "case":
        return
    case = case_of(sheet)
    if case.kind != Kind.ABNORMALITY or case.state != "open" or _note_waits(case):
        return
    case.state, case.stage, case.closed_at = "closed", "closed", entry.at
    case.save(update_fields=["state", "stage", "closed_at"])
    measure = section_data(sheet, entry.data["section"]).get("measure", "")
    by = org.person(entry.actor_id or 0)
    record("case.closed", case, by=by, at=entry.at, solution=measure, region=case.region)
    search.touch(case)


def _note_waits(case: Case) -> bool:
    """Whether another note of the case is still to be answered."""
    notes = papers.sheets_of(case, "abnormality_note")
    return any(next_answer(note) for note in notes if note.state != Sheet.State.VOID)


@reacts_to("quantity_followup.filed")
def quantity_fixed(entry: Entry, sheet: Sheet) -> None:
    """The quantity left open at intake is known now (R4-26)."""
    case = Case.objects.get(pk=entry.matter_id)
    by = org.person(entry.actor_id or 0)
    dues.settle(subject=case, kind="task", clause="R4-26", by=by, at=entry.at)
