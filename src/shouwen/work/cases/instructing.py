"""The general manager's instruction on an investigation report reaches the units concerned."""

from shouwen.engines.documents.models import Sheet
from shouwen.engines.notices import actions as notices
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.journal.actions import reacts_to
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

from .actions import case_of, section_data, sheet_of
from .models import Case


@reacts_to("investigation_report.answered")
def tell_units_concerned(entry: Entry, sheet: Sheet) -> None:
    """Whoever reported, the group, and the heads of the units the form names (R4-28)."""
    case = case_of(sheet)
    notices.tell(
        _concerned(case, sheet, but=entry.actor_id),
        N_("总经理已批示调查报告:%(case)s"),
        about=sheet,
        key=f"instruction:{sheet.pk}",
        link=f"/papers/{sheet.pk}/",
        at=entry.at,
        clause="R4-28",
        case=case.called,
    )


def _concerned(case: Case, sheet: Sheet, but: int | None) -> list[Person]:
    found = section_data(sheet_of(case), "investigation")
    named = (found.get("liable_unit"), found.get("production_unit"))
    people = [part.signed_by for part in sheet.sections.all() if part.signed_by]
    people += org.people("pm_group", case.division)
    for unit in sorted({int(pk) for pk in named if pk}):
        people += org.people(f"unit:{org.unit_by_id(unit).code}.supervisor", case.division)
    return list({one.pk: one for one in people if one.pk != but}.values())
