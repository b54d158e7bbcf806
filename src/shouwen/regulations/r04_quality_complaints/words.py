"""Words about complaints that scenarios need often; several verbs in one, nothing here is a rule.

A way leaves `case` and `story` behind; whoever speaks of them again need not name them (`verbs`).
"""

import dataclasses
import json
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents import printing
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Copy, Section, Sheet
from shouwen.engines.documents.printing.papers import paper_data
from shouwen.engines.dues.models import Due
from shouwen.engines.flows import actions as flows
from shouwen.engines.flows import queries as flow_queries
from shouwen.engines.flows.models import Run
from shouwen.engines.notices.models import Notice
from shouwen.ground.foundation import clock
from shouwen.ground.org.models import Person, Unit
from shouwen.outcomes.settlement import actions as settlement
from shouwen.outcomes.settlement.models import ReturnLine
from shouwen.outcomes.settlement.queries import matches_of
from shouwen.outcomes.settlement.rules import Match
from shouwen.regulations.helping import PICTURE
from shouwen.work.cases import actions as cases
from shouwen.work.cases import queries, refiling
from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Shipment

from . import rehearse
from .rehearse import Story

Data = dict[str, Any]


def take_call(story: Story, *, by: Person | None = None) -> Case:
    """The call comes in; whoever is named takes it, else the customer's salesperson."""
    return rehearse.open_complaint(story, by=by)


def act(
    case: Case,
    story: Story,
    stage: str = "",
    but: Data | None = None,
    move: str = "",
    *,
    by: Person | None = None,
) -> Run | None:
    """Do what the stage asks for and send the case on; `but` is written instead of the story.

    With `stage` only if the case stands there: an optional stage may have been passed over.
    """
    if stage and case.stage != stage:
        return None
    return rehearse.step(case, _told(case, story, but), by=by, key=move)


def write(
    case: Case, story: Story, but: Data | None = None, *, by: Person | None = None
) -> Section:
    """Save the section of the stage without signing it."""
    return rehearse.write(case, _told(case, story, but), by=by)


def _told(case: Case, story: Story, but: Data | None) -> Story:
    section = rehearse.stage_section(case.stage)
    told = {**story.overrides.get(section, {}), **(but or {})}
    return dataclasses.replace(story, overrides={**story.overrides, section: told})


def form_of(case: Case) -> Sheet:
    """The complaint form of a case."""
    return cases.sheet_of(case)


def said(case: Case, section: str) -> Data:
    """What stands in a section of the complaint form."""
    return cases.section_data(cases.sheet_of(case), section)


def send_back(case: Case, to: str, reason: str, *, by: Person) -> Run:
    """Send a case back to an earlier stage."""
    return flows.send_back(flow_queries.run_of(case), to, by=by, reason=reason)


def call_for(case: Case, stage: str, reason: str, *, by: Person) -> None:
    """Ask for an optional stage."""
    flows.switch_on(flow_queries.run_of(case), stage, by=by, reason=reason)


def registered(division: Unit, since: date, until: date) -> list[str]:
    """The numbers in the register of those days, in its order."""
    return [case.label for case in queries.register(division.pk, since, until)]


def receive(case: Case, copy: int, *, by: Person) -> Copy:
    """Sign for a copy of the closed form."""
    return documents.receive_copy(cases.sheet_of(case).copies.get(no=copy), by=by)


def scanned(case: Case, name: str, *, by: Person) -> list[str]:
    """A scan of that name kept with the case, as a field of files wants it."""
    picture = ContentFile(PICTURE, name=name)
    kept = documents.attach(picture, matter=case, division=case.division, by=by)
    return [str(kept.uuid)]


def instruct_if_different(slip: Sheet, instruction: str, *, by: Person) -> None:
    """The superior instructs where the goods that were counted differ from the slip."""
    counted = papers.data_of(slip)["receipt"]["lines"]
    approved = ReturnLine.objects.filter(slip=slip).order_by("position")
    if any(
        line.approved != Decimal(row["actual"]) for line, row in zip(approved, counted, strict=True)
    ):
        settlement.instruct_mismatch(slip, {"instruction": instruction}, by=by)


def matches(slip: Sheet) -> list[Match]:
    """What accounting finds when it lays copy 4 beside the slip, line by line."""
    return [found for _line, found in matches_of(slip)]


def accept_complaints(shipment: Shipment, count: int) -> list[str]:
    """The numbers of so many complaints, taken, submitted and accepted one after another."""
    cases_taken = [rehearse.open_complaint(Story(shipment)) for _each in range(count)]
    for case in cases_taken:
        rehearse.walk(case, Story(shipment), "investigation")
    return [case.number or "" for case in cases_taken]


def pass_over(case: Case, stage: str, reason: str, *, by: Person) -> None:
    """Say that an optional stage is not needed."""
    flows.skip_stage(flow_queries.run_of(case), stage, by=by, reason=reason)


def told(person: Person, clause: str, says: str = "") -> int:
    """How often somebody was told something under a clause; `says` is a part of the message."""
    return Notice.objects.filter(person=person, clause=clause, message__contains=says).count()


def due_of(case: Case, clause: str) -> Due:
    """The newest due of a clause on a case."""
    return Due.objects.filter(matter_kind="case", matter_id=case.pk, clause=clause).latest("id")


def on_paper(sheet: Sheet, text: str) -> bool:
    """Whether a text stands on the paper as it would be printed now."""
    return text in json.dumps(paper_data(sheet, [], by=None, at=clock.now()), ensure_ascii=False)


def again(case: Case, description: str) -> cases.Intake:
    """What a customer says who does not accept the conclusion."""
    return refiling.again(case, description)


def printed(sheet: Sheet, *, by: Person) -> bool:
    """Print a paper without its copies; whether it is a PDF."""
    return printing.pdf(sheet, by=by).startswith(b"%PDF")
