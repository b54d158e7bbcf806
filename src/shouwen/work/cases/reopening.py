"""A decision taken up again: by an upheld petition (R4-55) or a customer's objection (R4-58)."""

from datetime import datetime

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.models import Section, Sheet
from shouwen.engines.dues import queries as dues
from shouwen.engines.flows import actions as flows
from shouwen.engines.flows import queries as flow_queries
from shouwen.engines.flows.models import Run
from shouwen.engines.search import actions as search
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org.models import Person

from .actions import sheet_of
from .models import Case, Kind

REOPENS = {"petition": "upheld", "objection": "reopen"}
"""Which answer to which paper takes the decision up again."""


def why_not_objected(form: str, case: Case) -> list[Reason]:
    """Why there is nothing yet that such a paper could object to."""
    if form == "objection":
        return why_no_objection(case)
    if form != "petition":
        return []
    if case.kind != Kind.QUALITY:
        return [Reason(N_("签呈只针对客诉的决议"), "R4-55")]
    return why_no_petition(flow_queries.run_of(case), sheet_of(case))


def why_no_objection(case: Case) -> list[Reason]:
    """A customer objects to a complaint that was closed as not upheld (R4-58)."""
    if case.state == "closed" and case.outcome == "not_upheld":
        return []
    instead = N_("客户不接受其他结论时,另填新表并附原表(R4-48)")
    return [Reason(N_("客户异议只针对已结案且不成立的客诉"), "R4-58", instead=instead)]


def why_no_petition(run: Run, sheet: Sheet) -> list[Reason]:
    """A department objects to what somebody ruled or decided (R4-55)."""
    if newest_decision(run, sheet):
        return []
    instead = N_("核决以前,意见写在表上本部门一栏")
    return [Reason(N_("本案尚无已签署的批示或核决,无从提出签呈"), "R4-55", instead=instead)]


def newest_decision(run: Run, sheet: Sheet) -> Section | None:
    """The last section in which somebody decided by authority and signed."""
    deciding = [stage.section for stage in flow_queries.deciding_stages(run)]
    signed = {part.key: part for part in sheet.sections.all() if part.signed_at}
    return next((signed[key] for key in reversed(deciding) if key in signed), None)


@one_act
def reopen_decision(
    case: Case, *, reason: str, clause: str, by: Person, at: datetime | None = None
) -> Run:
    """Bring the case back to whoever decides by the authority table; the old decision is kept.

    A closed form is taken back with its copies, for what they say no longer holds. Refused where
    money has moved on it already.
    """
    moment = at or clock.now()
    Case.objects.select_for_update().get(pk=case.pk)
    run, sheet = flow_queries.run_of(case), sheet_of(case)
    decided = newest_decision(run, sheet)
    if decided is None:
        refuse_any(why_not_objected("petition", case))
    assert decided is not None
    before = {
        "section": decided.key,
        "before": decided.data,
        "decided_by": decided.signed_by_id,
        "decided_at": decided.signed_at.isoformat() if decided.signed_at else "",
    }
    stage = flow_queries.stage_with(run, decided.key)
    if sheet.state == Sheet.State.ISSUED:
        documents.recall(sheet, reason=reason, by=by, at=moment)
    was_closed = case.state == "closed"
    run = flows.reopen(run, stage.key, by=by, reason=reason, clause=clause, at=moment)
    case.refresh_from_db()
    _bring_back(case)
    record("case.reopened", case, by=by, at=moment, stage=stage.key, clause=clause, reason=reason,
           closed=was_closed, **before)  # fmt: skip
    search.touch(case)
    return run


def _bring_back(case: Case) -> None:
    """It is open again, and due when its step is, if the time of the whole has run out."""
    ends = [due.due_at for due in dues.of_matter(case, only_open=True) if due.kind == "stage"]
    case.state, case.closed_at = "open", None
    case.due_at = max([case.due_at, *(moment for moment in ends if moment)])
    case.save(update_fields=["state", "closed_at", "due_at"])
