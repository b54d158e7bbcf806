"""The page of a case: whose turn, chart, the sheet in sections, papers, terms, what happened."""

from dataclasses import dataclass, field
from typing import Any

from shouwen.doors.web.people import Request
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Sheet
from shouwen.engines.dues import queries as dues
from shouwen.engines.dues.models import Due
from shouwen.engines.flows import drawing
from shouwen.engines.flows import queries as flows
from shouwen.engines.flows.circumstances import flow_of
from shouwen.engines.flows.models import Run
from shouwen.engines.flows.queries import Turn
from shouwen.work.cases import rules
from shouwen.work.cases.course.courses import form_of
from shouwen.work.cases.models import Case, State

from .acts import Buttons, buttons
from .sections import Sections, SectionView, Typed
from .story import Event, facts_of, told
from .ways import Way, after_the_end, to_file

PAPERS = 12
TERMS = 24


@dataclass(frozen=True)
class PaperLine:
    """A paper beside the sheet, and the answer it still waits for."""

    sheet: Sheet
    waits: Due | None

    @property
    def who(self) -> str:
        """Whose answer it waits for."""
        if self.waits is None:
            return ""
        if self.waits.person:
            return self.waits.person.name
        return self.waits.unit.name if self.waits.unit else ""


@dataclass
class CasePage:
    """Everything the template shows."""

    case: Case
    run: Run
    sheet: Sheet
    turn: Turn | None
    term: Due | None
    """The term of the present step."""
    sections: list[SectionView]
    buttons: Buttons
    papers: list[PaperLine]
    more_papers: bool
    dues: list[Due]
    events: list[Event]
    chart: str
    to_file: list[Any]
    ways: list[Way] = field(default_factory=list)
    refiled: list[Case] = field(default_factory=list)
    again: str = ""
    """Why the decision was taken up again, while it waits for it."""

    @property
    def end_clause(self) -> str:
        """The clause by which it ended: R4-47 for a quality complaint."""
        ended = next((one for one in flow_of(self.run).stages if one.key == self.run.stage), None)
        return ended.clause if ended else ""

    @property
    def open_section(self) -> SectionView | None:
        """The section that is a form now."""
        return next((one for one in self.sections if one.form), None)

    @property
    def unsaved(self) -> SectionView | None:
        """The section whose words could not be taken, because the step went on meanwhile."""
        return next((one for one in self.sections if one.unsaved), None)


def page_of(request: Request, case: Case, typed: Typed | None = None) -> CasePage:
    """Gather the page; `typed` is what came back from a refused form.

    Cost: a fixed number of queries, however many papers hang on the case.
    """
    form = form_of(case.kind)
    sheet = papers.sheets_of(case, form).get()
    run = flows.run_of(case)
    steps = flows.path(run)
    c = flows.known(run, sheet, steps)
    facts = facts_of(case)
    reopened = [entry for entry in facts if entry.event == "case.reopened"]
    waiting = dues.of_matter(case, only_open=True).exclude(kind=Due.Kind.COPY)
    terms = list(waiting.select_related("unit", "person")[:TERMS])
    others = list(Sheet.objects.filter(matter_kind="case", matter_id=case.pk)
                  .exclude(form=form).order_by("-id")[: PAPERS + 1])  # fmt: skip
    is_open = run.state == Run.State.OPEN and case.state == State.OPEN
    again = c.step.entered_by_move == "reopen" and bool(reopened)
    return CasePage(
        case=case,
        run=run,
        sheet=sheet,
        turn=flows.turn(c, request.person) if is_open else None,
        term=next((one for one in terms if one.kind == Due.Kind.STAGE), None),
        sections=Sections(case, sheet, c, reopened).views(request.person, typed),
        buttons=buttons(run, request.person, c),
        papers=[PaperLine(one, _waiting(one, terms)) for one in others[:PAPERS]],
        more_papers=len(others) > PAPERS,
        dues=terms,
        events=[told(entry, sheet) for entry in facts],
        chart=drawing.chart(run, steps),
        to_file=to_file(case, request.person),
        ways=[]
        if is_open or case.kind in rules.GENERAL
        else after_the_end(case, request.person, run, sheet),
        refiled=[] if is_open else list(case.refiled.order_by("id")),
        again=reopened[0].data["reason"] if again else "",
    )


def _waiting(sheet: Sheet, terms: list[Due]) -> Due | None:
    about = ("sheet", sheet.pk)
    return next((one for one in terms if (one.subject_kind, one.subject_id) == about), None)
