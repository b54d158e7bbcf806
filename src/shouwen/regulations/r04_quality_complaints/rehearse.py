"""Play a quality complaint through its departments, with what people would write by default.

Scenarios, the demo company and the browser tests all walk with these steps, so that none of them
reaches a state that the verbs would not have allowed.
"""

from datetime import date, timedelta

from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Section
from shouwen.engines.flows import queries as flows
from shouwen.engines.flows.circumstances import Circumstances
from shouwen.engines.flows.models import Run
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.work.cases import actions as cases
from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Shipment

from .written import WRITTEN, Data, Story

__all__ = [
    "Story",
    "actor",
    "open_complaint",
    "shipped_before",
    "stage_section",
    "step",
    "walk",
    "write",
]


def open_complaint(story: Story, *, by: Person | None = None) -> Case:
    """Take the call: the case and its form, with what the caller says."""
    intake = intake_of(story)
    agent = by or intake.customer.salesperson or org.people("sales", intake.division)[0]
    return cases.open_case(intake, by=agent, at=clock.now())


def intake_of(story: Story) -> cases.Intake:
    """What is written down while the customer is on the telephone."""
    line = story.shipment.order_line
    customer = line.order.customer
    return cases.Intake(
        division=customer.division,
        customer=customer,
        category="product_quality",
        title=f"{line.product.name} {story.title}",
        description=story.phenomenon,
        severity=story.severity,
        caller="王采购",
        phone="13800138000",
    )


def step(case: Case, story: Story, *, by: Person | None = None, key: str = "") -> Run:
    """Do what the current stage asks for and send the case on."""
    c = Circumstances(flows.run_of(case))
    data, version = _written(case, story, c)
    move = key or next(act.move for act in c.flow.moves_from(c.run.stage))
    return cases.move(case, move, by=by or _asked(case, c), data=data, version=version)


def write(case: Case, story: Story, *, by: Person | None = None) -> Section:
    """Save what the current stage asks for, neither signed nor sent on."""
    c = Circumstances(flows.run_of(case))
    data, version = _written(case, story, c)
    by = by or _asked(case, c)
    section = stage_section(c.run.stage)
    return cases.save_section(case, section, data or {}, version=version, by=by)


def _written(case: Case, story: Story, c: Circumstances) -> tuple[Data | None, int]:
    """What is typed at a stage, over what stands there; a field told as None is left empty."""
    stage = c.run.stage
    if stage not in WRITTEN or c.sheet is None:
        return None, 0
    part = c.sections[stage_section(stage)]
    defaults = {**papers.data_to_edit(c.sheet, part.key), **WRITTEN[stage](case, story)}
    data = {**defaults, **story.overrides.get(part.key, {})}
    return {key: value for key, value in data.items() if value is not None}, part.version


def walk(case: Case, story: Story, upto: str, *, wait: timedelta | None = None) -> Case:
    """Step on until the case stands at `upto`; `wait` passes before each step in a rehearsal."""
    for _ in range(40):
        case.refresh_from_db()
        if case.stage == upto or case.state == "closed":
            return case
        step(case, story)
        if wait:
            clock.wait(wait)
    raise RuntimeError(f"{case} never came to {upto}")


def actor(case: Case, run: Run) -> Person:
    """Somebody whose step it is: the customer's own salesperson wherever he may."""
    return _asked(case, Circumstances(run))


def _asked(case: Case, c: Circumstances) -> Person:
    need = c.need(c.stage)
    people = [one for role in need.roles for one in org.people(role, case.division_id)]
    free = [one for one in people if one.pk not in need.barred]
    return next((one for one in free if one.pk == case.salesperson_id), free[0])


def stage_section(stage: str) -> str:
    """The section a stage fills; the draft fills the intake."""
    return "intake" if stage == "draft" else stage


def shipped_before(day: date, division: Unit) -> Shipment:
    """A shipment of the division that a customer could complain about on a day."""
    found = (
        Shipment.objects.filter(order_line__order__division=division, shipped_on__lt=day)
        .select_related("order_line__order__customer", "order_line__product")
        .order_by("-shipped_on", "-id")
        .first()
    )
    if found is None:
        raise LookupError(f"nothing was shipped before {day}")
    return found
