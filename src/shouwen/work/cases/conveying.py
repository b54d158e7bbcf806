"""What is said to the customer: within the ruling, by letter or telephone, never the form."""

from datetime import datetime
from typing import Any

from shouwen.engines.documents import printing
from shouwen.engines.documents import rules as document_rules
from shouwen.engines.documents.access import refuse_to_customer
from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org.models import Person
from shouwen.ground.policy import queries as policy

from . import rules
from .actions import case_of, section_data, sheet_of
from .models import Case, Kind
from .records import file_record

FORM = "conveyance"
"""Its form, and the only section in it."""


def authority_of(case: Case) -> dict[str, Any] | None:
    """What was ruled last, as far as it is signed: the decision, else the ruling before it."""
    if case.kind != Kind.QUALITY:
        return None
    parts = {part.key: part for part in sheet_of(case).sections.all()}
    for key in ("decision", "ruling"):
        part = parts.get(key)
        if part and part.signed_at:
            return dict(part.data)
    return None


@one_act
def convey(case: Case, data: dict[str, Any], *, by: Person, at: datetime | None = None) -> Sheet:
    """Record what was conveyed to the customer (R4-53), refused beyond the ruling (R4-52)."""
    moment = at or clock.now()
    refuse_any(rules.why_not_promise(authority_of(case), _promise(data), "conveyance."))
    sheet = file_record(case, FORM, data, by=by, at=moment)
    said = section_data(sheet, FORM)
    record(
        "conveyance.recorded",
        sheet,
        by=by,
        at=moment,
        matter=case,
        channel=said["channel"],
        method=said["method"],
    )
    return sheet


def goes_by_letter(sheet: Sheet) -> bool:
    """Whether a paper is what was conveyed to the customer by letter."""
    return sheet.form == FORM and section_data(sheet, FORM).get("channel") == "letter"


@one_act
def letter_to_customer(sheet: Sheet, *, by: Person, at: datetime | None = None) -> bytes:
    """The letter as PDF: what was conveyed and nothing else (R4-53).

    An internal paper never becomes one (R4-54).
    """
    refuse_to_customer(sheet)
    if not goes_by_letter(sheet):
        raise refuse(
            N_("“%(title)s”不是以书信转达的,没有可印的信"),
            "R4-53",
            instead=N_("请另填转达记录,方式选“书信”"),
            title=sheet.title,
        )
    case, said = case_of(sheet), section_data(sheet, FORM)
    return printing.letter(
        division=case.division,
        to=f"{case.customer.name} {said['person']}",
        paragraphs=said["text"].splitlines(),
        matter=case,
        by=by,
        at=at,
        reference=case.number or "",
        contact=case.salesperson.name,
    )


def _promise(data: dict[str, Any]) -> dict[str, Any]:
    """The promise in cleaned units, so that `1,000` typed by a person compares as cents."""
    section = policy.form(FORM).section(FORM)
    cleaned, _ = document_rules.clean(section, data, now=clock.now())
    return {key: cleaned.get(key) for key in ("method", "amount", "quantity")}
