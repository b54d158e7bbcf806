"""What is said to the customer: within the ruling, by letter or telephone, never the form."""

from datetime import datetime
from typing import Any

from django.db import transaction

from shouwen.engines.documents import rules as document_rules
from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org.models import Person
from shouwen.ground.policy import queries as policy

from . import rules
from .actions import section_data, sheet_of
from .models import Case
from .records import file_record


def authority_of(case: Case) -> dict[str, Any] | None:
    """What was ruled last, as far as it is signed: the decision, else the ruling before it."""
    parts = {part.key: part for part in sheet_of(case).sections.all()}
    for key in ("decision", "ruling"):
        part = parts.get(key)
        if part and part.signed_at:
            return dict(part.data)
    return None


@transaction.atomic
def convey(case: Case, data: dict[str, Any], *, by: Person, at: datetime | None = None) -> Sheet:
    """Record what was conveyed to the customer (R4-53), refused beyond the ruling (R4-52)."""
    moment = at or clock.now()
    refuse_any(rules.why_not_promise(authority_of(case), _promise(data), "conveyance."))
    sheet = file_record(case, "conveyance", data, by=by, at=moment)
    said = section_data(sheet, "conveyance")
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


def _promise(data: dict[str, Any]) -> dict[str, Any]:
    """The promise in cleaned units, so that `1,000` typed by a person compares as cents."""
    section = policy.form("conveyance").section("conveyance")
    cleaned, _ = document_rules.clean(section, data, now=clock.now())
    return {key: cleaned.get(key) for key in ("method", "amount", "quantity")}
