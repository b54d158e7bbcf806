"""The verbs of a case that people use: open it, fill its sheet, move it on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.access import Hand
from shouwen.engines.documents.models import Section, Sheet
from shouwen.engines.documents.sheets import Also
from shouwen.engines.flows import actions as flows
from shouwen.engines.flows import queries as flow_queries
from shouwen.engines.flows.definitions import Flow
from shouwen.engines.flows.models import Run
from shouwen.engines.search import actions as search
from shouwen.ground.foundation import clock, writing
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.policy import queries as policy
from shouwen.work.customers.models import Customer
from shouwen.work.interactions.models import Channel

from . import crosschecks, rules
from .access import require_role, role_of
from .course import courses, terms
from .models import Case, CaseText, Kind, Severity


@dataclass(frozen=True)
class Intake:
    """What the agent knows when the call comes in."""

    division: Unit
    customer: Customer
    category: str
    title: str
    description: str
    causes_loss: bool = True
    severity: int = Severity.NORMAL
    channel: str = Channel.PHONE
    caller: str = ""
    phone: str = ""
    salesperson: Person | None = None
    received_at: datetime | None = None
    sheet: dict[str, Any] = field(default_factory=dict)
    """What is already known of the first section of the form."""
    kind: str = ""
    """What kind of matter it is, where the category does not say."""
    email: str = ""
    wanted: str = ""
    """The outcome the customer wants."""
    next_step_on: date | None = None


@one_act
def open_case(
    intake: Intake, *, by: Person, at: datetime | None = None, origin: Case | None = None
) -> Case:
    """Register a matter; a product-quality one becomes a quality complaint with its form (R4-03).

    The taker stays first-contact owner. Raises Refused at the fields that are missing.
    """
    moment = at or clock.now()
    refuse_any(_why_not_open(intake, moment))
    kind = intake.kind or rules.kind_for(intake.category, intake.causes_loss)
    case = _row(intake, kind, origin, by=by, at=moment)
    writing.insert(
        CaseText(
            case=case,
            description=intake.description.strip(),
            caller=intake.caller.strip(),
            phone=intake.phone.strip(),
        )
    )
    travels, general = courses.has_course(kind), kind in rules.GENERAL
    if travels and general:  # numbered first, so that whatever follows calls it by its number
        _open_form(case, intake, by=by, at=moment)
    record(
        "case.opened", case, by=by, at=moment, kind=kind, channel=intake.channel,
        region=case.region, customer=intake.customer.pk, category=case.category,
    )  # fmt: skip
    if travels and not general:
        _open_form(case, intake, by=by, at=moment)
    if travels:
        _start(case, by=by, at=moment)
    if kind != Kind.QUALITY:
        terms.refresh(case)
    search.touch(case)
    return case


def _row(intake: Intake, kind: str, origin: Case | None, *, by: Person, at: datetime) -> Case:
    general = kind in rules.GENERAL
    row = Case(
        division=intake.division,
        kind=kind,
        category=intake.category,
        severity=intake.severity,
        channel=intake.channel,
        title=intake.title.strip(),
        customer=intake.customer,
        region=intake.customer.region,
        first_owner=by,
        handler=by if general else None,
        salesperson=intake.salesperson or intake.customer.salesperson or by,
        unit=org.unit_for("customer_service" if general else "sales", intake.division),
        stage="open",
        opened_at=at,
        # At once (R4-24): the form belongs to the day of the call.
        due_at=clock.end_of(clock.day_of(at)),
        next_step_on=intake.next_step_on or clock.day_of(at) if general else None,
        origin=origin,
    )
    return writing.insert(row)


def _why_not_open(intake: Intake, at: datetime) -> list[Reason]:
    reasons = []
    if not intake.title.strip():
        reasons.append(Reason(N_("请写明一句话的事由"), field="title"))
    if not intake.description.strip():
        reasons.append(Reason(N_("请记录客户所说的内容"), field="description"))
    if not intake.customer.region:
        reasons.append(Reason(N_("客户未标明国内或国外,期限无从计算"), "R4-60", field="customer"))
    if intake.received_at and intake.received_at > at:
        reasons.append(Reason(N_("接获时间不能晚于现在"), "R4-24", field="received_at"))
    return reasons


def _course(case: Case, at: datetime) -> Flow:
    return courses.course_for(case.kind, case.division, at, category=case.category)


def _open_form(case: Case, intake: Intake, *, by: Person, at: datetime) -> None:
    """Its paper, with what is known already."""
    course = _course(case, at)
    first = course.stage(course.start).section or ""
    sheet = documents.open_sheet(
        course.form, division=case.division, matter=case, by=by, at=at,
        data={first: _known(course.form, first, intake, at)},
        origin=sheet_of(case.origin) if case.origin and case.origin.kind == case.kind else None,
    )  # fmt: skip
    if case.kind in rules.GENERAL:
        case.number = documents.number_sheet(sheet, by=by, at=at)
        case.save(update_fields=["number"])


def _start(case: Case, *, by: Person, at: datetime) -> None:
    """The course on which it goes."""
    flows.start(
        _course(case, at).flow, case, division=case.division, by=by, at=at,
        facts={"region": case.region},
    )  # fmt: skip


def _known(form: str, section: str, intake: Intake, at: datetime) -> dict[str, Any]:
    """What the call told, under the names of the fields that ask for it."""
    told = {
        "received_at": (intake.received_at or at).isoformat(),
        "reporter": intake.caller,
        "reporter_phone": intake.phone,
        "reporter_email": intake.email,
        "phenomenon": intake.description,
        "wanted": intake.wanted,
    }
    found = policy.form(form, on=clock.day_of(at)).section(section)
    asked = {one.key for one in found.fields} if found else set()
    return {key: value for key, value in {**told, **intake.sheet}.items() if key in asked}


def sheet_of(case: Case) -> Sheet:
    """The paper that travels with a case, its sections at hand."""
    return Sheet.objects.prefetch_related("sections").get(
        form=courses.form_of(case.kind), matter_kind="case", matter_id=case.pk
    )


def case_of(sheet: Sheet) -> Case:
    """The case a paper belongs to, with its division; raises Case.DoesNotExist."""
    assert sheet.matter_kind == "case"
    assert sheet.matter_id is not None
    return Case.objects.select_related("division", "customer").get(pk=sheet.matter_id)


def section_data(sheet: Sheet, key: str) -> dict[str, Any]:
    """What stands in a section; empty when nobody has filled it."""
    return papers.data_of(sheet).get(key, {})


@one_act
def save_section(
    case: Case,
    key: str,
    data: dict[str, Any],
    *,
    version: int,
    by: Person,
    at: datetime | None = None,
) -> Section:
    """Save one section of the form: only at its step, only by those whose step it is.

    `version` is the one the person read; somebody else's save in between refuses this one.
    """
    moment = at or clock.now()
    sheet = sheet_of(case)
    # Whose step it is, is asked by the guard that flows keeps on every section of its form.
    return documents.save_section(
        sheet, key, data, version=version, by=by, at=moment, also=_crosschecks(case, key)
    )


@one_act
def move(
    case: Case,
    key: str,
    *,
    by: Person,
    at: datetime | None = None,
    data: dict[str, Any] | None = None,
    version: int = 0,
) -> Run:
    """Sign what the step asks and send the case on; `data` is saved first, in the same act."""
    moment = at or clock.now()
    run = flow_queries.run_of(case)
    section = flow_queries.stage_of(run).section
    filling = None
    if section:
        filling = flows.Filling(data, version, _crosschecks(case, section))
        for choose in _choosers.get(section, ()):
            run = choose(case, run, data or {}, by=by, at=moment)
    return flows.move(run, key, by=by, at=moment, filling=filling)


class Chooser(Protocol):
    """Lets what is written in a section choose the course before it is signed and sent on."""

    def __call__(
        self, case: Case, run: Run, data: dict[str, Any], *, by: Person, at: datetime
    ) -> Run:
        """The run, perhaps on another flow."""


_choosers: dict[str, list[Chooser]] = {}


def chooses_course(section: str) -> Callable[[Chooser], Chooser]:
    """Register what chooses the course of a case when a section is sent on."""

    def add(chooser: Chooser) -> Chooser:
        _choosers.setdefault(section, []).append(chooser)
        return chooser

    return add


def _crosschecks(case: Case, section: str) -> Also:
    """What is asked of a section beyond its form: shipments, the ruling, the company's tables."""

    def asked(data: dict[str, Any], hand: Hand) -> list[Reason]:
        sections = {key: dict(part) for key, part in hand.data.items()}
        return crosschecks.why_not(section, case, hand.sheet, data, sections)

    return asked


@one_act
def close_ordinary(case: Case, solution: str, *, by: Person, at: datetime | None = None) -> Case:
    """Close an ordinary matter with its solution; product quality never closes so (R4-03).

    Its first-contact owner may, its salesperson, and whoever holds the role that the clause names.
    """
    moment = at or clock.now()
    refuse_any(rules.why_not_ordinary(case.category))
    if by.pk not in (case.first_owner_id, case.salesperson_id):
        require_role(role_of("R4-03", moment), case.division, "R4-03", by=by, at=moment)
    if not solution.strip():
        raise refuse(N_("请写明处理结果"), field="solution")
    closed = Case.objects.filter(pk=case.pk, state="open").update(
        state="closed", stage="closed", closed_at=moment
    )
    if not closed:
        raise refuse(N_("案件已由他人办结"))
    case.refresh_from_db()
    record("case.closed", case, by=by, at=moment, solution=solution.strip(), region=case.region)
    return case
