"""What a step costs: each reads the sheet once, checks it once and writes it once."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwen.engines.documents import queries as papers
from shouwen.engines.flows import queries as flows
from shouwen.engines.flows.circumstances import flow_of
from shouwen.regulations.r04_quality_complaints.rehearse import (
    WRITTEN,
    Story,
    actor,
    open_complaint,
    stage_section,
)
from shouwen.work.cases import actions as cases

PLAIN = 34
"""A step that begins and ends no term of its own."""
LOOKED_AT_AGAIN = ("policy_edition", "org_version")
"""A process looks at these every few seconds, whatever it does."""
MORE = {  # what follows from a step is counted with it
    "draft": 39,  # checked against the shipments; the product lines and the submission follow
    "acceptance": 51,  # the number of the month, the fifteen days
    "investigation": 39,  # the three days of the report begin
    "ruling": 41,  # two terms begin
    "negotiation": 40,  # both of them end
    "consolidated": 38,  # the one day ends
    "decision": 46,  # the loss is computed
    "determination": 36,  # what is proposed is told
    "instruction": 47,  # shares of the loss take effect
    "closing": 55,  # five copies, each on a desk
}


def statements(case, story) -> tuple[str, list[str]]:
    """Make the next step; the stage and what it sent to the database."""
    case.refresh_from_db()
    run = flows.run_of(case)
    stage, data, version = run.stage, None, 0
    if stage in WRITTEN:
        sheet = cases.sheet_of(case)
        part = next(part for part in sheet.sections.all() if part.key == stage_section(stage))
        data, version = papers.data_to_edit(sheet, part.key), part.version
        data = {**data, **WRITTEN[stage](case, story)}
    by, move = actor(case, run), next(iter(flow_of(run).moves_from(stage))).move
    with CaptureQueriesContext(connection) as sent:
        cases.move(case, move, by=by, data=data, version=version)
    sqls = (query["sql"] for query in sent.captured_queries)
    return stage, [sql for sql in sqls if not any(table in sql for table in LOOKED_AT_AGAIN)]


def test_every_step_costs_what_it_did(shipment):
    story = Story(shipment)
    case = open_complaint(story)
    while case.state != "closed":
        stage, sent = statements(case, story)
        assert len(sent) <= MORE.get(stage, PLAIN), (stage, *sent)
        case.refresh_from_db()
    assert case.stage == "closed"
