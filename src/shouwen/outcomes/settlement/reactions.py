"""What a closed complaint and an objection set in motion here."""

from shouwen.engines.documents.models import Copy, Sheet
from shouwen.ground.foundation import clock
from shouwen.ground.journal.actions import reacts_to
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.policy import queries as policy
from shouwen.work.cases.models import Case

from .collections import open_collections
from .models import Collection
from .opening import open_settlement


@reacts_to("copy.received")
def settle_on_copy_three(entry: Entry, copy: Copy) -> None:
    """Sales signs for copy 3 of the closed form: the decided settlement opens."""
    if entry.data["form"] != "complaint_form" or copy.no != _copy_for_sales(entry):
        return
    case = Case.objects.select_related("division").get(pk=entry.matter_id)
    open_settlement(case, by=org.person(entry.actor_id or 0), at=entry.at)


def _copy_for_sales(entry: Entry) -> int:
    """The copy by which sales acts on the decision: 3 by the text of R4-67."""
    return int(policy.clause("R4-67", clock.day_of(entry.at)).spec.copy_no)


@reacts_to("case.closed")
def collect_when_not_upheld(entry: Entry, case: Case) -> None:
    """A complaint that is not upheld leaves the invoices to be collected (R4-57)."""
    if case.kind == "quality_complaint" and case.outcome == "not_upheld":
        open_collections(case, by=org.person(entry.actor_id or 0), at=entry.at)


@reacts_to("objection.filed")
def dispute(entry: Entry, sheet: Sheet) -> None:
    """The customer objects: the collections are disputed until the superior decides (R4-58)."""
    Collection.objects.filter(case_id=entry.matter_id, state=Collection.State.OPEN).update(
        state=Collection.State.DISPUTED
    )


@reacts_to("objection.answered")
def end_dispute(entry: Entry, sheet: Sheet) -> None:
    """Maintained: the receivable is to be collected after all."""
    if entry.data["result"] == "maintain":
        Collection.objects.filter(case_id=entry.matter_id, state=Collection.State.DISPUTED).update(
            state=Collection.State.OPEN
        )
