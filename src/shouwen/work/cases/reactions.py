"""What a case does when its flow moves or its sheet is saved; all of it inside the same act."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Sheet
from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due
from shouwen.engines.flows.models import Run
from shouwen.engines.search import actions as search
from shouwen.ground.foundation.refusal import N_, refuse_any
from shouwen.ground.journal.actions import reacts_to, record
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

from . import facts, instructing, rules  # noqa: F401 - two register themselves
from .actions import FLOW, FORM, case_of, section_data, sheet_of
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


@dataclass(frozen=True)
class Move:
    """A move of the flow, as what it brings about sees it."""

    case: Case
    paper: Sheet
    by: Person
    entry: Entry

    @property
    def at(self) -> datetime:
        """When it was made."""
        return self.entry.at

    def data(self, section: str) -> dict[str, Any]:
        """What stands in a section."""
        return section_data(self.paper, section)

    def keep(self, *columns: str) -> None:
        """Write the case once, with the columns that every move changes."""
        self.case.save(update_fields=[*MOVED, *columns])

    def record(self, event: str, **data: Any) -> None:
        """One fact of the case."""
        record(event, self.case, by=self.by, at=self.at, **data)


MOVED = ("stage", "unit", "version")


@reacts_to("flow.moved", "flow.sent_back", "flow.withdrawn", "flow.reopened", "flow.started")
def follow_flow(entry: Entry, run: Run) -> None:
    """Keep the hot row in step with the flow, then do what the move brings about."""
    if run.flow != FLOW:
        return
    case = Case.objects.select_related("division", "customer").get(pk=run.subject_id)
    case.stage, case.unit_id = run.stage, entry.data["unit"]
    case.version += 1
    act = AFTER.get(entry.data.get("move", "")) if entry.event == "flow.moved" else None
    if act is None:
        case.save(update_fields=MOVED)
    else:
        act(Move(case, run.paper or sheet_of(case), org.person(entry.actor_id or 0), entry))


def _submitted(move: Move) -> None:
    case, by, entry = move.case, move.by, move.entry
    case.submitted_at = entry.at
    move.keep("submitted_at")
    move.record("case.submitted")
    if move.data("intake").get("demand_undetermined"):
        dues.open_due(
            N_("补报退换数量:%(customer)s"),
            kind="task",
            clause="R4-26",
            subject=case,
            matter=case,
            division=case.division,
            role="sales",
            person=case.salesperson,
            params={"customer": case.customer.name, "matter": case.called},
            link=f"/cases/{case.pk}/papers/new/quantity_followup/",
            by=by,
            at=entry.at,
        )


def _accepted(move: Move) -> None:
    """Number and register line in the transaction of the acceptance (R4-22, R4-23, R4-29)."""
    case = move.case
    case.accepted_at = move.at
    case.number = documents.number_sheet(move.paper, by=move.by, at=move.at)
    move.keep("number", "accepted_at")
    move.record("case.accepted", number=case.number, region=case.region)
    whole = (
        Due.objects.filter(
            matter_kind="case", matter_id=case.pk, kind="deadline", settled_at__isnull=True
        )
        .order_by("-due_at")
        .first()
    )
    if whole and whole.due_at:
        case.due_at = whole.due_at
        case.save(update_fields=["due_at"])


def _investigated(move: Move) -> None:
    move.keep()
    move.record("case.investigated", since=move.data("investigation")["investigated_on"])


def _ruled(move: Move) -> None:
    data = move.data("ruling")
    move.keep()
    move.record("case.ruled", method=data["method"], amount=data.get("amount"))


def _negotiated(move: Move) -> None:
    move.keep()
    move.record("case.negotiated", answer=move.data("negotiation")["answer"])


def _returned(move: Move) -> None:
    """The superior has read the result: it is back with the group, whose day begins (R4-38)."""
    move.keep()
    move.record("case.result_returned")


def _consolidated(move: Move) -> None:
    move.keep()
    move.record("case.consolidated")


def _decided(move: Move) -> None:
    case, data = move.case, move.data("decision")
    case.outcome, case.method = data["upheld"], data["method"]
    case.amount_cents = data.get("amount")
    move.keep("outcome", "method", "amount_cents")
    move.record("case.decided", outcome=case.outcome, method=case.method, amount=case.amount_cents)


def _determined(move: Move) -> None:
    move.keep()
    move.record("case.determined")


def _instructed(move: Move) -> None:
    move.keep()
    move.record("case.instructed")


def _closed(move: Move) -> None:
    """Close-out issues the five copies and stops the clock (R4-47, R4-59, R4-60).

    What must have been judged before is asked here, so that no way to the end passes it by.
    """
    case = move.case
    refuse_any(rules.why_not_closable(move.data("determination"), move.data("investigation")))
    case.state, case.closed_at = "closed", move.at
    move.keep("state", "closed_at")
    documents.issue(move.paper, by=move.by, at=move.at)
    move.record("case.closed", region=case.region, outcome=case.outcome, method=case.method)
    search.touch(case)


AFTER: dict[str, Callable[[Move], None]] = {
    "submit": _submitted,
    "accept": _accepted,
    "investigated": _investigated,
    "rule": _ruled,
    "negotiated": _negotiated,
    "read": _returned,
    "put_up_again": _consolidated,
    "decide": _decided,
    "determined": _determined,
    "instruct": _instructed,
    "close": _closed,
}


@reacts_to("sheet.section_saved")
def follow_sheet(entry: Entry, sheet: Sheet) -> None:
    """Keep product lines and promoted columns in step with the sheet."""
    if sheet.form != FORM or entry.matter_kind != "case":
        return
    key = entry.data["section"]
    data = section_data(sheet, key)
    if key == "intake":
        _rewrite_lines(entry.matter_id, data.get("lines") or [])
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
    if sheet.form == FORM and entry.matter_kind == "case":
        _rewrite_lines(entry.matter_id, entry.data["data"].get("intake", {}).get("lines") or [])


def _rewrite_lines(case_id: int, lines: list[dict[str, str]]) -> None:
    CaseLine.objects.filter(case_id=case_id).delete()
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
