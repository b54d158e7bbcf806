"""A case follows its course: its row keeps step, and what a move brings about happens with it.

What a move records and which columns it keeps, the flow declares. Here stands only what no
declaration can say: a number is given, copies go out, somebody is asked for more.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.models import Sheet
from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due
from shouwen.engines.flows.circumstances import flow_of
from shouwen.engines.flows.definitions import Move as Declared
from shouwen.engines.flows.models import Run
from shouwen.engines.search import actions as search
from shouwen.ground.foundation import writing
from shouwen.ground.foundation.prepared import prepared
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import reacts_to, record
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person
from shouwen.work.cases import rules
from shouwen.work.cases.actions import section_data, sheet_of
from shouwen.work.cases.centre import gatekeeping, replying
from shouwen.work.cases.centre.reclassifying import graded
from shouwen.work.cases.facts import told
from shouwen.work.cases.models import Case, Kind

from . import gates, terms
from .courses import SUBJECT

OWNER = "first_contact_owner"
"""Steps of the owner stay his work; whoever does one for him is not the handler."""
MOVED = ("stage", "unit", "handler", "version")
"""What every move changes on the row."""


@dataclass
class Move:
    """A move of the flow, as what it brings about sees it."""

    case: Case
    paper: Sheet
    by: Person
    entry: Entry
    declared: Declared
    columns: set[str] = field(default_factory=set)

    @property
    def at(self) -> datetime:
        """When it was made."""
        return self.entry.at

    def data(self, section: str) -> dict[str, Any]:
        """What stands in a section."""
        return section_data(self.paper, section)

    def read(self, path: str) -> Any:
        """One field of the paper: `section.field`."""
        section, _dot, name = path.partition(".")
        return self.data(section).get(name)

    def set(self, **columns: Any) -> None:
        """Change columns of the row; it is written once."""
        for name, value in columns.items():
            setattr(self.case, name, value)
            self.columns.add(name.removesuffix("_id"))

    def save(self) -> None:
        """Write the row."""
        writing.update(self.case, *MOVED, *sorted(self.columns))

    def record(self, event: str, **data: Any) -> None:
        """One fact of the case."""
        record(event, self.case, by=self.by, at=self.at, **data)


def _nothing(move: Move) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Act:
    """What a move of one kind of case does beside what its flow declares."""

    before: Callable[[Move], dict[str, Any]] = _nothing
    """Before the row is written; gives what the fact says beside."""
    after: Callable[[Move], dict[str, Any]] = _nothing


@reacts_to("flow.moved", "flow.sent_back", "flow.withdrawn", "flow.reopened", "flow.started",
           "flow.rerouted", "flow.handed_over")  # fmt: skip
def follow_flow(entry: Entry, run: Run) -> None:
    """Keep the hot row in step with the flow, then do what the move brings about."""
    if run.subject_kind != SUBJECT:
        return
    case = run.about
    if not isinstance(case, Case):
        case = _case.one(run.subject_id)
    case.version += 1
    if entry.event == "flow.handed_over":
        if flow_of(run).stage(run.stage).person_from != OWNER:
            _handed_on(case, entry)
    else:
        case.stage, case.unit_id = run.stage, entry.data["unit"]
    if entry.event == "flow.moved":
        declared = flow_of(run).move(entry.data["move"])
        by = org.person(entry.actor_id or 0)
        _make(Move(case, run.paper or sheet_of(case), by, entry, declared), run)
    else:
        writing.update(case, *MOVED)
    if (run.matter_kind, run.matter_id) == (SUBJECT, case.pk):
        run.told = told(case)


@prepared
def _case(pk: int) -> QuerySet[Case]:
    return Case.objects.select_related("division", "customer").filter(pk=pk)


def _handed_on(case: Case, entry: Entry) -> None:
    """Whoever has the step now deals with the matter, and owes what it owes."""
    before, case.handler_id = case.handler_id, entry.data["to"]
    to = org.person(entry.data["to"])
    by = org.person(entry.actor_id) if entry.actor_id else None
    dues.follow(case, "handler", before=before, to=to, by=by, at=entry.at)


def _make(move: Move, run: Run) -> None:
    """What the flow declares of a move, and what stands in `ACTS`."""
    act = ACTS.get((move.case.kind, move.declared.move), Act())
    before = move.case.handler_id
    ends = run.state == Run.State.DONE
    move.set(**{column: move.read(path) for column, path in move.declared.keeps.items()})
    told = {name: move.read(path) for name, path in move.declared.tells.items()}
    for event in (move.declared.records, "case.closed" if ends else ""):
        refuse_any(gates.why_not(move.case, move.paper, event, move.at) if event else [])
    told |= act.before(move)
    if ends:
        if move.case.kind in rules.GENERAL:
            refuse_any(gatekeeping.why_not_closed(move.case))
        move.set(state="closed", closed_at=move.at)
    move.save()
    if "handler" in move.columns and move.case.handler_id != before:
        to = org.person(move.case.handler_id or 0)
        dues.follow(move.case, "handler", before=before, to=to, by=move.by, at=move.at)
    if move.declared.records:
        move.record(move.declared.records, **told)
    act.after(move)
    if ends:
        case = move.case
        move.record("case.closed", region=case.region, outcome=case.outcome, method=case.method)
        search.touch(case)
    if move.case.kind in rules.GENERAL:
        terms.refresh(move.case)


# -- the quality complaint ------------------------------------------------------------------------


def _ask_quantity(move: Move) -> dict[str, Any]:
    """The quantity left open at intake is to be told later (R4-26)."""
    case = move.case
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
            by=move.by,
            at=move.at,
        )
    return {}


def _submitted(move: Move) -> dict[str, Any]:
    move.set(submitted_at=move.at)
    return {}


def _number(move: Move) -> dict[str, Any]:
    """Number and register line in the transaction of the acceptance (R4-22, R4-23, R4-29)."""
    number = documents.number_sheet(move.paper, by=move.by, at=move.at)
    move.set(accepted_at=move.at, number=number)
    return {"number": number, "region": move.case.region}


def _term_of_the_whole(move: Move) -> dict[str, Any]:
    """A complaint is due when the last of its deadlines is: fifteen days, or twenty."""
    found = Due.objects.open().filter(
        matter_kind="case", matter_id=move.case.pk, kind=Due.Kind.DEADLINE
    )
    whole = found.order_by("-due_at").first()
    if whole and whole.due_at:
        move.case.due_at = whole.due_at
        move.case.save(update_fields=["due_at"])
    return {}


def _judged(move: Move) -> dict[str, Any]:
    """What must have been judged is asked here, so that no way to the end passes it by."""
    refuse_any(rules.why_not_closable(move.data("determination"), move.data("investigation")))
    return {}


def _issue(move: Move) -> dict[str, Any]:
    """Close-out issues the five copies (R4-47)."""
    documents.issue(move.paper, by=move.by, at=move.at)
    return {}


# -- the service centre ---------------------------------------------------------------------------


def _accepted(move: Move) -> dict[str, Any]:
    move.set(accepted_at=move.at)
    return {"category": move.case.category, "grade": move.case.grade}


def _graded(move: Move) -> dict[str, Any]:
    """How grave it is starts clocks of its own; a big one is with the director now (R3-42)."""
    graded(move.case, by=move.by, at=move.at)
    if move.declared.target == "instruction":
        move.record("case.reported_up")
    return {}


def _satisfied(move: Move) -> dict[str, Any]:
    """Closed only when the customer said that he is content (R3-33)."""
    if move.case.satisfied is not True:
        raise refuse(
            N_("用户还没有表示满意,不能办结"),
            move.declared.clause,
            instead=N_("请先回访用户;用户不满意的退回处理,或由主任说明理由后结束"),
        )
    return {}


def _answered(move: Move) -> dict[str, Any]:
    """What stands on the record is what the user was told: a definite answer (R3-27).

    Who was given it before, by a letter or on the telephone, is not told again. Who is not content
    with it is answered anew, or the director lets it rest (R3-33).
    """
    to_the_end = ruling.clause(
        "flow", move.case.division_id, move.at, flow="first_contact", move="close"
    )
    if to_the_end and move.read("answer.satisfied") == "no_":
        raise refuse(
            N_("用户对答复不满意,不能办结"), to_the_end.id, field="satisfied",
            instead=N_("请再作说明或咨询有关人员后重新答复;确实无法满足的,保存后由主任说明理由结束"),
        )  # fmt: skip
    if move.case.replied_at is None:
        text, channel = str(move.read("answer.text")), move.case.channel
        replying.reply(move.case, text, channel=channel, by=move.by, at=move.at)
        move.set(replied_at=move.at)
    return {}


def _solved(move: Move) -> dict[str, Any]:
    move.set(solved_at=move.at, satisfied=None)
    return {"owner": move.case.first_owner_id}


def _said_solved(move: Move) -> dict[str, Any]:
    """A request that is fulfilled is solved: its owner calls back (R3-35)."""
    move.record("case.solved", owner=move.case.first_owner_id)
    return {}


CALLED_BACK = (Kind.COMPLAINT, Kind.REQUEST, Kind.REPAIR)
"""Kinds that end only after the customer was asked."""
ACTS: dict[tuple[str, str], Act] = {
    (Kind.QUALITY, "submit"): Act(_submitted, _ask_quantity),
    (Kind.QUALITY, "accept"): Act(_number, _term_of_the_whole),
    (Kind.QUALITY, "close"): Act(_judged, _issue),
    (Kind.CONSULTATION, "answer"): Act(_answered),
    (Kind.COMPLAINT, "accept"): Act(_accepted, _graded),
    (Kind.COMPLAINT, "solve"): Act(_solved),
    (Kind.REQUEST, "accept"): Act(_accepted),
    (Kind.REQUEST, "solve"): Act(_solved, _said_solved),
    (Kind.REPAIR, "solve"): Act(_solved),
    **{(kind, "satisfied"): Act(_satisfied) for kind in CALLED_BACK},
}
