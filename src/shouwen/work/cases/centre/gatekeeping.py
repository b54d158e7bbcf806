"""How clauses that stand before a step are kept: what must be on the paper, answered, said."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.conditions import is_empty
from shouwen.engines.documents.models import Sheet
from shouwen.engines.dues import queries as dues
from shouwen.ground.foundation.refusal import N_, Reason
from shouwen.ground.policy.shapes import Clause
from shouwen.work.cases.course import gates
from shouwen.work.cases.models import Case
from shouwen.work.cases.records import next_answer


@gates.register("complaint")
def has_fields(case: Case, sheet: Sheet, clause: Clause, at: datetime) -> Iterable[Reason]:
    """Fields that the clause names stand on the complaint record (R1-09, R2-13, R3-50)."""
    if sheet.form != "complaint":
        return
    written = {
        name: value for part in papers.data_of(sheet).values() for name, value in part.items()
    }
    labels = {
        field.key: str(field.label)
        for section in sheet.definition.sections
        for field in section.fields
    }
    wanted = getattr(clause.spec, "items", ()) or getattr(clause.spec, "fields", ())
    for name in wanted:
        key = ALIASES.get(name, name)
        if key in labels and is_empty(written.get(key)):
            yield Reason(N_("“%(label)s”未填"), clause.id, key, facts={"label": labels[key]})


ALIASES = {"wanted_outcome": "wanted"}
"""What a clause calls a field, where the form says it shorter."""


@gates.register("department_task")
def all_answered(case: Case, sheet: Sheet, clause: Clause, at: datetime) -> Iterable[Reason]:
    """Nobody's answer is outstanding (R2-06)."""
    tasks = papers.sheets_of(case, clause.spec.form)
    open_ones = [one for one in tasks if one.state != Sheet.State.VOID and next_answer(one)]
    for one in open_ones:
        unit = papers.figure(one, "task.unit")
        yield Reason(
            N_("协同办理单 %(number)s 还没有答复,不能办结"),
            clause.id,
            instead=N_("请催办,或由首问责任人反映不配合情况"),
            facts={"number": one.label, "unit": unit},
        )


@gates.register("contact_log")
def was_said(case: Case, sheet: Sheet, clause: Clause, at: datetime) -> Iterable[Reason]:
    """At least so many notes of that kind lie with the case: a customer was reassured (R2-17)."""
    wanted = set(clause.spec.choices)
    least = int(getattr(clause.spec, "at_least", 1))
    notes = papers.sheets_of(case, clause.spec.form)
    found = sum(papers.figure(one, "entry.kind") in wanted for one in notes)
    if found < least:
        yield Reason(
            N_("严重事件办结前须至少有 %(least)s 次安抚沟通记录"),
            clause.id,
            instead=N_("请在案件上填“客户沟通记录”"),
            facts={"least": least},
        )


def why_not_closed(case: Case) -> list[Reason]:
    """A matter that owes the customer an answer is not closed without one (R3-49, R8-30)."""
    owed = dues.of_matter(case, only_open=True).filter(Q(kind="deadline"), due_at__isnull=False)
    return [
        Reason(
            N_("还没有给客户明确答复,不能办结"),
            due.clause,
            instead=N_("请先在案件上记录答复"),
        )
        for due in owed
        if "reply.given" in (due.stops or {}).get("facts", ())
    ][:1]
