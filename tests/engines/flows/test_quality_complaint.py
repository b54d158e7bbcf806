"""The course of regulation 4 as declared, from the form to the close-out, on its own papers."""

from types import SimpleNamespace

import pytest

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.conditions import holds
from shouwen.engines.documents.models import Sheet
from shouwen.engines.flows import actions as flows
from shouwen.engines.flows import drawing, queries
from shouwen.engines.flows.circumstances import flow_of
from shouwen.engines.flows.models import Run
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import actions as org
from shouwen.ground.org import queries as who
from shouwen.ground.policy import queries as policy

from .saying import refused

FUNCTIONS = ["sales", "pm_group", "quality", "manufacturing", "plant_office", "rnd", "gm_office"]
RANKS = ["staff", "supervisor", "manager"]


@pytest.fixture
def works(regulations, now):
    """A factory with a unit for every lane and three ranks in each."""
    c = SimpleNamespace(now=now)
    c.group = org.add_unit("group", name_zh="集团")
    c.factory = org.add_unit("factory", name_zh="工厂", function="management", parent=c.group,
                             division=True)  # fmt: skip
    for rank, name in (("gm", "高远"), ("deputy_gm", "傅立群")):
        person = org.hire(rank, name_zh=name)
        org.appoint(person, org.add_post(c.factory, name, rank=rank))
        setattr(c, rank, person)
    for function in FUNCTIONS:
        unit = org.add_unit(function.replace("_", "-"), name_zh=function, function=function,
                            parent=c.factory)  # fmt: skip
        for rank in RANKS:
            person = org.hire(f"{function}_{rank}", name_zh=f"{function}{rank}")
            org.appoint(person, org.add_post(unit, rank, rank=rank))
            setattr(c, f"{function}_{rank}", person)
        setattr(c, function, unit)
    org.adopt_regulation(c.factory, "R4", policy.regulation("R4").edition.number)
    bands = [("sales_manager", "5000"), ("deputy_gm", "50000"), ("gm", None)]
    rows = [{"level": level, "method": "any", "region": "any", "max_amount": most}
            for level, most in bands]  # fmt: skip
    org.set_value("R4-39.authority", rows, division=c.factory)
    return c


PLAIN = {
    "text": "一", "longtext": "说明", "integer": "1", "quantity": "10", "percent": "100",
    "money": "1000.00", "bool": False, "phone": "021-65432100", "order": "SO-1", "part": "P-1",
    "choices": [], "file": None, "files": [],
}  # fmt: skip


def filled(c, fields, **given):
    """Something sensible in every field that is asked for."""
    data = dict(given)
    for field in fields:
        asked = field.required or (field.required_if and holds(field.required_if, data))
        if asked and field.key not in data:
            data[field.key] = value_of(c, field)
    return data


def value_of(c, field):
    if field.type == "lines":
        return [filled(c, field.columns)]
    if field.must is not None:
        return field.must
    return {
        **PLAIN, "choice": next(iter(field.choices), None), "unit": c.manufacturing.pk,
        "person": c.quality_staff.pk, "date": "2026-03-09", "datetime": "2026-03-09 09:00",
    }[field.type]  # fmt: skip


def work(c, sheet, run, **given):
    """Fill, sign and send on whatever stage the run is at."""
    stage = queries.stage_of(run)
    by = c.gm if stage.by == "decider" else who.people(stage.by, c.factory)[0]
    if stage.key == "superior_read":
        by = c.sales_manager
    if stage.section:
        part = Sheet.objects.get(pk=sheet.pk).sections.get(key=stage.section)
        data = filled(c, part.definition.fields, **given)
        documents.save_section(sheet, stage.section, data, version=part.version, by=by)
        documents.sign_section(sheet, stage.section, by=by)
    (move,) = flow_of(run).moves_from(run.stage)
    return flows.move(run, move.move, by=by)


@pytest.fixture
def complaint(works, monkeypatch):
    """A form just opened, and its run; what the storeys above do about it is left out."""
    engines = {
        event: [one for one in reactions if one.__module__.startswith("shouwen.engines")]
        for event, reactions in journal._reactions.items()
    }
    monkeypatch.setattr(journal, "_reactions", engines)
    sheet = documents.open_sheet("complaint_form", division=works.factory, by=works.sales_staff)
    run = flows.start("quality_complaint", sheet, division=works.factory, by=works.sales_staff,
                      facts={"region": "domestic"})  # fmt: skip
    return SimpleNamespace(sheet=sheet, run=run)


def test_a_complaint_travels_from_the_form_to_the_close_out(works, complaint):
    run, seen = complaint.run, []
    while run.state == "open":
        seen.append(run.stage)
        run = work(works, complaint.sheet, Run.objects.get(pk=run.pk))
    declared = [stage.key for stage in flow_of(run).stages]
    assert [*seen, "closed"] == [key for key in declared if key != "rnd_opinion"]
    picture = drawing.chart(run)
    assert "客诉处理流程" in picture
    assert 'aria-current="step"' not in picture


def test_rnd_is_asked_when_quality_says_so(works, complaint):
    """R4-33: switched on by Quality; then the office cannot review before R&D has signed."""
    run = complaint.run
    while run.stage != "plant_opinion":
        given = {"rnd_needed": True} if run.stage == "investigation" else {}
        run = work(works, complaint.sheet, Run.objects.get(pk=run.pk), **given)
    run = work(works, complaint.sheet, run, rnd_needed=False)
    assert run.stage == "rnd_opinion"
    with refused("R4-34", "研发意见"):
        flows.move(run, "checked", by=works.pm_group_staff)
    assert work(works, complaint.sheet, run).stage == "check"


def test_quality_cannot_send_on_without_cause_and_department(works, complaint):
    """R4-30."""
    run = complaint.run
    for _stage in range(2):
        run = work(works, complaint.sheet, Run.objects.get(pk=run.pk))
    assert run.stage == "investigation"
    with refused("R4-30", "发生原因", "责任归属部门"):
        flows.move(run, "investigated", by=works.quality_staff)


@pytest.mark.parametrize("regulation", ["R4"])
def test_the_clauses_and_the_course_say_the_same(regulations, regulation):
    """A clause of the kind flow that speaks of a stage or a move is borne out by flow.yaml."""
    flow = policy.flow("quality_complaint")
    stages = {stage.key: stage for stage in flow.stages}
    moves = {move.move: move for move in flow.moves}
    told = [c for c in policy.clauses(regulation) if c.kind == "flow" and c.spec.flow == flow.flow]
    assert told
    for clause in told:
        spec = clause.spec
        for key in (*spec.stages, *([spec.stage] if spec.stage else [])):
            assert key in stages, clause.id
        if spec.stage:
            stage = stages[spec.stage]
            assert spec.by in ("", stage.by), clause.id
            assert spec.optional == stage.optional, clause.id
            assert spec.not_signer_of == stage.not_signer_of, clause.id
            assert spec.fields == () or stage.section, clause.id
        if spec.move in moves:
            move = moves[spec.move]
            assert set(spec.needs) <= set(move.needs), clause.id
            assert spec.by in ("", flow.by(move)), clause.id
            assert spec.to in ("", move.target), clause.id


def test_every_section_of_the_form_has_its_stage(regulations):
    flow, form = policy.flow("quality_complaint"), policy.form("complaint_form")
    staged = {stage.section for stage in flow.stages if stage.section}
    assert {section.key for section in form.sections if not section.is_late} - staged == set()
