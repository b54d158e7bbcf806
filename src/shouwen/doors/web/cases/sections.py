"""The sheet of a case on its page: one section as a form for whom it is open, the rest as paper."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from shouwen.doors.web.papers.clashes import Conflict, conflict, is_clash
from shouwen.doors.web.papers.inputs import SectionForm, section_form
from shouwen.engines.documents import presentation, rules
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.definitions import SectionDef
from shouwen.engines.documents.models import Attachment, Section, Sheet, Signature
from shouwen.engines.documents.names import Names, names_on
from shouwen.engines.flows import queries as flows
from shouwen.engines.flows.circumstances import Circumstances
from shouwen.engines.flows.models import Run
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Reason
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.work.cases import suggesting
from shouwen.work.cases.models import Case

Rows = list[list[presentation.Block]]


@dataclass
class Earlier:
    """A decision as it stood before it was taken up again (R4-55, R4-58)."""

    rows: Rows
    person: Person | None
    at: str
    reason: str
    clause: str


@dataclass
class SectionView:
    """One section of the sheet: as a form for whom it is open, as paper for everybody else."""

    key: str
    title: Any
    clause: str
    state: str
    rows: Rows = field(default_factory=list)
    form: SectionForm | None = None
    signature: Signature | None = None
    earlier: list[Earlier] = field(default_factory=list)
    unsaved: Rows = field(default_factory=list)
    """What was typed here and could not be taken, because the step went on meanwhile."""
    is_begun: bool = False
    """Whether anything is written in it."""
    is_open: bool = False
    """Whether it stands unfolded."""


@dataclass
class Typed:
    """What came back from a refused form: its section, the words, the reasons."""

    key: str
    data: dict[str, Any]
    reasons: Sequence[Reason]


class Sections:
    """Builds the views of one sheet for one person."""

    def __init__(self, case: Case, sheet: Sheet, c: Circumstances, reopened: list[Entry]) -> None:
        self.case, self.sheet, self.c, self.reopened = case, sheet, c, reopened
        self.names: Names = names_on(
            papers.data_of(sheet), sheet.definition.sections, sheet.division_id
        )

    def views(self, person: Person, typed: Typed | None) -> list[SectionView]:
        """Every section that is filled or at its turn, in the order of the paper."""
        parts = {part.key: part for part in self.sheet.sections.all()}
        found = [
            self._view(one, parts[one.key], person, typed)
            for one in self.sheet.definition.sections
            if self._is_shown(parts[one.key], typed)
        ]
        signed = [view for view in found if view.signature]
        if signed:  # what the reader has to answer stands open
            newest = max(signed, key=lambda one: one.signature.at)  # type: ignore[union-attr]
            newest.is_open = True
        for view in found:  # and so does what somebody else is writing
            view.is_open = view.is_open or (view.state == "now" and view.is_begun)
        return found

    def _is_here(self, part: Section) -> bool:
        return self.c.run.state == Run.State.OPEN and part.key == self.c.stage.section

    def _is_shown(self, part: Section, typed: Typed | None) -> bool:
        came_back = typed is not None and typed.key == part.key
        return bool(self._is_here(part) or part.signed_at or part.data or came_back)

    def _view(
        self, one: SectionDef, part: Section, person: Person, typed: Typed | None
    ) -> SectionView:
        here, back = self._is_here(part), typed if typed and typed.key == part.key else None
        state = "done" if part.signed_at else ("now" if here else "open")
        view = SectionView(one.key, one.title, one.clause, state, earlier=self._earlier(one))
        view.is_begun = bool(part.data)
        view.signature = papers.signatures_of(self.sheet).get(one.key)
        if here and not part.signed_at and not flows.why_closed(self.c, one.key, person):
            view.form = self._form(one, part, back)
        else:
            view.rows = self._rows(one, part.data)
            view.unsaved = self._rows(one, _cleaned(one, back.data)) if back else []
        return view

    def _rows(self, one: SectionDef, data: dict[str, Any]) -> Rows:
        return presentation.rows(presentation.blocks(one, data, self.names))

    def _earlier(self, one: SectionDef) -> list[Earlier]:
        return [
            Earlier(
                self._rows(one, entry.data["before"]),
                org.person(entry.data["decided_by"]) if entry.data["decided_by"] else None,
                entry.data["decided_at"],
                entry.data["reason"],
                entry.data["clause"],
            )
            for entry in self.reopened
            if entry.data["section"] == one.key
        ]

    def _form(self, one: SectionDef, part: Section, back: Typed | None) -> SectionForm:
        data = back.data if back else suggesting.data_to_edit(self.case, self.sheet, part.key)
        return section_form(
            one,
            data,
            division=self.case.division,
            version=part.version,
            reasons=back.reasons if back else (),
            attachments=self._files(one),
            conflict=self._conflict(part, back),
        )

    def _conflict(self, part: Section, back: Typed | None) -> Conflict | None:
        if back is None or not is_clash(back.reasons):
            return None
        return conflict(part, back.data, self.names)

    def _files(self, one: SectionDef) -> list[Attachment]:
        """The files at hand, where the section can hold any."""
        kinds = {
            inner.type for one_field in one.fields for inner in (one_field, *one_field.columns)
        }
        return list(papers.attachments_of(self.case)) if "files" in kinds else []


def _cleaned(one: SectionDef, typed: dict[str, Any]) -> dict[str, Any]:
    return rules.clean(one, typed, now=clock.now())[0]
