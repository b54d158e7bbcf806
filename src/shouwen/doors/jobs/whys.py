"""Everything that stands behind a case: facts, dates, figures and the clauses that ruled them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from shouwen.doors.web import saying
from shouwen.doors.web.regulations import figures, record
from shouwen.engines.dues import queries as dues
from shouwen.engines.dues.models import Due
from shouwen.engines.flows.models import Run
from shouwen.ground.foundation import clock
from shouwen.ground.journal.actions import kind_of
from shouwen.ground.journal.models import Entry
from shouwen.ground.journal.queries import timeline
from shouwen.ground.org import queries as org
from shouwen.ground.org import values
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.shapes import Clause
from shouwen.ground.policy.values import ValueSpec
from shouwen.work.cases.models import Case


def find(label: str) -> list[Case]:
    """The cases of a number, or of a draft `D17`; several when divisions number alike."""
    wanted = Q(number=label)
    if label[:1] in "Dd" and label[1:].isdigit():
        wanted |= Q(pk=int(label[1:]))
    cases = Case.objects.filter(wanted).select_related("division", "customer")
    return list(cases.order_by("pk"))


def lines(case: Case) -> Iterator[str]:
    """The whole account, as text."""
    clauses = _clauses(case)
    facts = list(timeline(case).order_by("id"))
    owed = list(Due.objects.filter(matter_kind=kind_of(case), matter_id=case.pk).order_by("id"))
    seen = {due.clause for due in owed if due.clause}
    yield from _head(case)
    yield from ("", _("事实"))
    for fact in facts:
        proves = [one.id for one in clauses.values() if _proves(fact, one)]
        seen.update(proves)
        yield _fact(fact, proves)
    yield from ("", _("期限与待办"))
    for due in owed:
        yield from _due(due)
    ruling = [clauses[key] for key in sorted(seen) if key in clauses]
    yield from ("", _("公司规定的值"))
    yield from _values(case, ruling)
    yield from ("", _("条款"))
    yield from (f"  {one.id}  {one.text}" for one in ruling)


def _day(case: Case) -> date:
    """The day whose regulations rule the case."""
    return clock.day_of(case.accepted_at or case.opened_at)


def _clauses(case: Case) -> dict[str, Clause]:
    """What the case's division works by on that day."""
    day = _day(case)
    found: dict[str, Clause] = {}
    for adoption in org.adoptions(case.division):
        edition = org.adopted(case.division, adoption.regulation, day)
        if edition is not None:
            for one in policy.clauses(adoption.regulation, edition=edition):
                found[one.id] = one
    return found


def _head(case: Case) -> Iterator[str]:
    yield f"{case.label}  {case.get_kind_display()}  {case.get_state_display()}  {case.title}"
    yield f"  {case.customer.name}  {case.division.name}"
    run = Run.objects.filter(subject_kind=kind_of(case), subject_id=case.pk).first()
    if run:
        facts = {"flow": run.flow, "edition": run.edition}
        yield "  " + _("流程 %(flow)s，按第 %(edition)s 版办理") % facts


def _proves(fact: Entry, clause: Clause) -> bool:
    """Whether the fact is evidence of the clause; another form, section or move is none."""
    form, section, due_by = (fact.data.get(key) for key in ("form", "section", "clause"))
    heap = record.Heap(fact.division_id, fact.event, form, section, due_by, 1)
    if not record.shows(clause, heap):
        return False
    wanted = clause.spec.model_dump().get("move") if clause.spec is not None else None
    return wanted is None or fact.data.get("move", wanted) == wanted


def _fact(fact: Entry, proves: Iterable[str]) -> str:
    who = org.person(fact.actor_id).name if fact.actor_id else _("系统")
    title = saying.event_title(fact.event)
    return f"  {_moment(fact.at)}  {fact.event}  {title}  {who}  {' '.join(proves)}".rstrip()


def _due(due: Due) -> Iterator[str]:
    state = _("办结于 %(at)s") % {"at": _moment(due.settled_at)} if due.settled_at else _("未办结")
    yield f"  {due.clause or '—'}  {due.name}  {state}"
    term = _("自 %(start)s 起") % {"start": _moment(due.start_at)}
    if due.due_at:
        term += "  " + _("最后一日 %(day)s") % {"day": due.last_day}
    elif due.awaits:
        term += "  " + _("等公司设定 %(key)s") % {"key": due.awaits}
    yield f"      {term}"
    why = dues.explain(due)
    skipped = [one for one in why.days if not one.counted]
    for one in skipped:
        yield f"      {one.date}  {one.name or _(one.why)}"
    for pause in why.pauses:
        until = _moment(pause.until) if pause.until else "…"
        yield "      " + _("中止 %(since)s 至 %(until)s") % {
            "since": _moment(pause.since), "until": until,
        }  # fmt: skip


def _values(case: Case, ruling: Iterable[Clause]) -> Iterator[str]:
    for one in ruling:
        for spec in one.values:
            setting = values.setting_of(spec.key, case.division, _day(case))
            if setting is None:
                yield f"  {spec.key}  {spec.label}  " + _("未设")
            else:
                facts = {"since": setting.since, "unit": setting.unit.name}
                origin = _("自 %(since)s 起，%(unit)s设") % facts
                yield f"  {spec.key}  {spec.label}  {origin}"
                yield from (f"      {text}" for text in _value(spec, setting.value))


def _value(spec: ValueSpec, value: Any) -> Iterator[str]:
    if spec.type == "table":
        for row in figures.table_rows(spec, value):
            yield "  ".join(f"{column.label}：{text}" for column, text in row)
    else:
        yield figures.value_text(spec, value)


def _moment(at: datetime) -> str:
    return at.astimezone(clock.COMPANY_ZONE).strftime("%Y-%m-%d %H:%M")
