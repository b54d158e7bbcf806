"""The page of a case: head, chart, the sheet in sections, what can be done, papers, timeline."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from shouwen.doors.web.papers.inputs import SectionForm, section_form
from shouwen.doors.web.people import Request
from shouwen.engines.documents import presentation
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Section, Sheet, Signature
from shouwen.engines.documents.names import names_on
from shouwen.engines.dues import queries as dues
from shouwen.engines.flows import drawing
from shouwen.engines.flows import queries as flows
from shouwen.engines.flows.models import Run
from shouwen.ground.foundation.refusal import Reason
from shouwen.work.cases import suggesting
from shouwen.work.cases.actions import FORM
from shouwen.work.cases.models import Case, Kind

from .acts import Buttons, buttons
from .story import story_of


@dataclass
class SectionView:
    """One section of the sheet: as a form for whom it is open, as paper for everybody else."""

    key: str
    title: Any
    clause: str
    state: str
    rows: list[list[presentation.Block]] = field(default_factory=list)
    form: SectionForm | None = None
    signature: Signature | None = None
    waits_for: str = ""


@dataclass
class CasePage:
    """Everything the template shows."""

    case: Case
    run: Run | None
    sheet: Sheet | None
    sections: list[SectionView]
    buttons: Buttons
    papers: list[Sheet]
    dues: list[Any]
    events: list[Any]
    chart: str = ""

    @property
    def open_section(self) -> SectionView | None:
        """The section that is a form now."""
        return next((one for one in self.sections if one.form), None)

    @property
    def last_signed(self) -> SectionView | None:
        """What was signed last before it: what the reader has to answer stands open."""
        signed = [one for one in self.sections if one.signature]
        return max(signed, key=lambda one: one.signature.at, default=None)  # type: ignore[union-attr]


def page_of(
    request: Request,
    case: Case,
    *,
    typed: dict[str, Any] | None = None,
    reasons: Sequence[Reason] = (),
) -> CasePage:
    """Gather the page; `typed` and `reasons` are what came back from a refused form."""
    sheets = list(papers.sheets_of(case))
    sheet = next((one for one in sheets if one.form == FORM), None)
    run = flows.run_of(case) if case.kind == Kind.QUALITY else None
    return CasePage(
        case=case,
        run=run,
        sheet=sheet,
        sections=_sections(request, case, run, sheet, typed, reasons) if sheet and run else [],
        buttons=buttons(run, request.person) if run else Buttons([], []),
        papers=[one for one in sheets if one.form != FORM],
        dues=list(dues.of_matter(case, only_open=True)),
        events=story_of(case),
        chart=drawing.chart(run) if run else "",
    )


def _sections(
    request: Request,
    case: Case,
    run: Run,
    sheet: Sheet,
    typed: dict[str, Any] | None,
    reasons: Sequence[Reason],
) -> list[SectionView]:
    stage = flows.stage_of(run)
    names = names_on(papers.data_of(sheet), sheet.definition.sections, sheet.division_id)
    signatures = papers.signatures_of(sheet)
    found = []
    for part in sheet.sections.all():
        definition = part.definition
        is_here = run.state == Run.State.OPEN and part.key == stage.section
        if not (is_here or part.signed_at or part.data):
            continue
        view = SectionView(
            part.key,
            definition.title,
            definition.clause,
            "done" if part.signed_at else ("now" if is_here else "open"),
            signature=signatures.get(part.key),
        )
        if is_here and not part.signed_at and not flows.why_not_work(run, part.key, request.person):
            view.form = _form(case, sheet, part, typed, reasons)
        else:
            view.rows = presentation.rows(presentation.blocks(definition, part.data, names))
        found.append(view)
    order = [section.key for section in sheet.definition.sections]
    return sorted(found, key=lambda view: order.index(view.key))


def _form(
    case: Case,
    sheet: Sheet,
    part: Section,
    typed: dict[str, Any] | None,
    reasons: Sequence[Reason],
) -> SectionForm:
    data = typed if typed is not None else suggesting.data_to_edit(case, sheet, part.key)
    return section_form(
        part.definition,
        data,
        division=case.division,
        version=part.version,
        reasons=reasons,
        attachments=papers.attachments_of(case),
    )
