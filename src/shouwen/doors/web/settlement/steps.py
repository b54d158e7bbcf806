"""The steps of a settlement as this person sees them, and the verb each of them calls."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from shouwen.doors.web.papers.inputs import SectionForm, section_form
from shouwen.doors.web.papers.reading import Written, written_on
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Sheet, Signature
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Reason
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.outcomes.settlement import actions as settlement
from shouwen.outcomes.settlement import course
from shouwen.outcomes.settlement.course import Step
from shouwen.outcomes.settlement.queries import VOUCHER
from shouwen.work.cases.models import Case

Data = dict[str, Any]
READ_FIRST = frozenset({"approve", "sign", "mismatch", "excess", "book"})
"""Steps that say yes to a paper: it is shown above the button."""


@dataclass
class Shown:
    """A step on the page: whether it is this person's, for whom it waits, its blanks."""

    step: Step
    allowed: bool
    waits_for: str
    form: SectionForm | None = None
    says: list[Written] = field(default_factory=list)
    """What stands on the paper that is to be approved, signed, ruled on or booked."""
    signature: Signature | None = None
    """Who took the step, when it was taken."""

    @property
    def is_wrong(self) -> bool:
        """Whether what was typed here came back."""
        return bool(self.form and (self.form.errors or self.form.wrong))

    @property
    def paper(self) -> Sheet | None:
        """The paper that came of the step, to be read: the slip itself, its voucher, its proof."""
        own = self.step.sheet if self.step.key in ("opened", "proof") else None
        return self.step.taken_on or own

    @property
    def books(self) -> bool:
        """Whether a voucher comes of it, which may carry a number of the accounts."""
        return self.step.key in ("post", "book")


@dataclass(frozen=True)
class Typed:
    """What came back refused: at which step, what was typed, why."""

    key: str = ""
    raw: Data | None = None
    reasons: tuple[Reason, ...] = ()


def shown_to(person: Person, case: Case, typed: Typed) -> list[Shown]:
    """Every step as far as the settlement has come."""
    at, found = clock.now(), []
    for step in course.steps_of(case):
        allowed = not step.done and _may(person, step, case, at)
        one = Shown(step, allowed, str(org.role_title(step.role, case.division_id)))
        if step.done and (paper := step.taken_on or step.sheet):
            one.signature = papers.signatures_of(paper).get(_place(step))
        if allowed and step.section:
            one.form = _form(case, step, typed)
        if allowed and step.sheet and step.key.split(":")[0] in READ_FIRST:
            one.says = written_on(step.sheet)
        found.append(one)
    return found


def _place(step: Step) -> str:
    """Where the paper was signed for this step."""
    if step.key == "opened" and step.sheet:
        return step.sheet.definition.sections[0].key
    if step.section:
        return step.section.key
    if step.key in ("post", "book"):
        return VOUCHER
    return "manager" if step.key == "approve" else step.key.removeprefix("sign:")


def _may(person: Person, step: Step, case: Case, at: Any) -> bool:
    roles = [step.role]
    if step.key == "excess" and step.sheet:
        roles = course.ruling_roles(step.sheet)
    return any(org.as_whom(person, role, case.division_id, at) for role in roles)


def _form(case: Case, step: Step, typed: Typed) -> SectionForm:
    assert step.section is not None
    is_wrong = step.key == typed.key
    return section_form(
        step.section,
        typed.raw if is_wrong and typed.raw is not None else step.start,
        division=case.division,
        version=step.version,
        reasons=typed.reasons if is_wrong else (),
        attachments=papers.attachments_of(case),
    )


def press(case: Case, step: Step, raw: Data, version: int, by: Person, *, verb: str = "") -> None:
    """Do what a step says, or another verb of it. Raises Refused with the fields of its section."""
    key = verb or step.key
    if step.sheet is None:
        _OPENING[key](case, raw, by=by)
    elif key.startswith("sign:"):
        settlement.sign_certificate(step.sheet, key.removeprefix("sign:"), by=by)
    elif key in _SECTIONS:
        _SECTIONS[key](step.sheet, raw, version=version, by=by)
    else:
        _SHEETS[key](step.sheet, raw, by)


_OPENING: dict[str, Callable[..., object]] = {
    "certificate": settlement.open_certificate,
    "slip": settlement.open_slip,
}
_SECTIONS: dict[str, Callable[..., object]] = {
    "seal": settlement.seal_certificate,
    "mismatch": settlement.instruct_mismatch,
    "receive": settlement.receive_goods,
    "count": settlement.count_goods,
}
_SHEETS: dict[str, Callable[[Sheet, Data, Person], object]] = {
    "approve": lambda sheet, raw, by: settlement.approve_slip(sheet, by=by),
    "excess": lambda sheet, raw, by: settlement.rule_excess(sheet, raw, by=by),
    "return_certificate": lambda sheet, raw, by: settlement.open_return_certificate(
        sheet, raw, by=by
    ),
    "proof": lambda sheet, raw, by: settlement.file_proof(sheet, raw, by=by),
    "book": lambda sheet, raw, by: settlement.book_allowance(sheet, raw["reference"], by=by),
    "post": lambda sheet, raw, by: settlement.post_return(sheet, reference=raw["reference"], by=by),
}
