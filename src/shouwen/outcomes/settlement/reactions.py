"""What a closed complaint and an objection set in motion here."""

from shouwen.engines.documents.models import Copy, Sheet
from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal.actions import reacts_to
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.policy import queries as policy
from shouwen.work.cases.actions import case_of
from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Shipment

from . import collections
from .course import hand_on
from .opening import open_settlement
from .queries import CERTIFICATE, SLIP


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
    if case.kind != "quality_complaint":
        return
    by = org.person(entry.actor_id or 0)
    if case.outcome == "not_upheld":
        collections.open_collections(case, by=by, at=entry.at)
    else:
        collections.withdraw_collections(case, by=by, at=entry.at)


@reacts_to("receivable.collected")
def follow_payment(entry: Entry, shipment: Shipment) -> None:
    """An invoice paid in full ends the collections that wait for it, whoever registered it."""
    by = org.person(entry.actor_id) if entry.actor_id else None
    collections.follow_payment(shipment, by=by, at=entry.at)


@reacts_to("objection.filed")
def dispute(entry: Entry, sheet: Sheet) -> None:
    """The customer objects: the collections are disputed until the superior decides (R4-58)."""
    collections.dispute(entry.matter_id, disputed=True)


@reacts_to("objection.answered")
def end_dispute(entry: Entry, sheet: Sheet) -> None:
    """Maintained: the receivable is to be collected after all."""
    if entry.data["result"] == "maintain":
        collections.dispute(entry.matter_id, disputed=False)


@reacts_to("case.refused")
def file_anew(entry: Entry, case: Case) -> None:
    """The new form that a ruling on an excess asked for is filed (R4-77)."""
    by = org.person(entry.actor_id) if entry.actor_id else None
    dues.settle(matter=case, clause="R4-77", kind="task", by=by, at=entry.at)


@reacts_to("sheet.voided")
def ask_again(entry: Entry, sheet: Sheet) -> None:
    """A certificate or slip was struck: its tasks go, and sales is asked for a new one.

    Refused when it was booked: what accounting posted is corrected by accounting.
    """
    if sheet.form not in (CERTIFICATE, SLIP) or sheet.matter_kind != "case":
        return
    if hasattr(sheet, "posted"):
        raise refuse(
            N_("%(paper)s 已开立传票,不能作废"), sheet.definition.clause, field="reason",
            instead=N_("请会计科冲销后另行处理"), paper=sheet.label,
        )  # fmt: skip
    by = org.person(entry.actor_id or 0)
    dues.cancel(subject=sheet, kind="task", by=by, at=entry.at)
    hand_on(case_of(sheet), by=by, at=entry.at)
