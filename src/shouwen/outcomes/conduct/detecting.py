"""What the product sees by itself: put to the person as a finding, decided by those above him.

A limit that names its item and a charge that says what may not be late tell which violations these
are; of one matter each is found once. Nobody is found guilty here: the finding is as open as any
other.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from shouwen.engines.dues.models import Due
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling, values
from shouwen.ground.org.calendars import calendar
from shouwen.ground.org.models import Unit
from shouwen.ground.policy.shapes import Clause
from shouwen.work.cases import rules as cases
from shouwen.work.cases.models import Case

from .findings import Found, open_finding
from .models import Finding

MISSED = "due.missed"
DAY = timedelta(days=1)
TOO_OFTEN = N_("%(matter)s：已移交 %(times)s 次，规定至多 %(most)s 次，疑有推诿")
LATE = N_("%(matter)s：“%(due)s”应于 %(until)s 前完成，逾期 %(days)s 天")
LATE_TODAY = N_("%(matter)s：“%(due)s”应于 %(until)s 前完成，逾期 %(minutes)s 分钟")
IDLE = N_("%(matter)s：自 %(since)s 起没有任何处理，已超过规定的 %(hours)s 小时")
"""What is put to the person, in the language of whoever reads it."""


def too_often(case: Case, clause: Clause, times: int, most: int, at: datetime) -> None:
    """Something happened to a matter more often than the clause allows (R3-38)."""
    if not _is_known(clause.spec.item, case.pk):
        _find(case, clause.spec.item, TOO_OFTEN, at, times=times, most=most)


def missed(due: Due, at: datetime) -> None:
    """The owner of a matter let its time limit pass (R3-40, R3-42)."""
    if due.matter_kind != "case" or due.due_at is None:
        return
    for clause in ruling.clauses("charge", due.division_id, at, after=MISSED):
        for code, limits in clause.spec.late.items() if clause.running else ():
            if due.clause in limits and not _is_known(code, due.matter_id):
                case = Case.objects.select_related("first_owner", "division").get(pk=due.matter_id)
                message, facts = _how_late(due, at)
                _find(case, code, message, at, **facts)


def _how_late(due: Due, at: datetime) -> tuple[str, dict[str, Any]]:
    """What was late, and by how much: a day begun is a day, what is less is told in minutes."""
    assert due.due_at is not None
    late = at - due.due_at
    facts = {"due": {"message": due.title, "facts": due.params}, "until": due.due_at}
    if late < DAY:
        return LATE_TODAY, facts | {"minutes": max(1, late // timedelta(minutes=1))}
    return LATE, facts | {"days": -(-late // DAY)}


def seek_idle(now: datetime) -> int:
    """Find matters in which nothing happened for longer than the company allows (R3-38).

    One statement a division, over the journal entries of its open matters that were not found
    before; what is found costs its own act.
    """
    return sum(_seek(division, clause, now) for division, clause in _bound(now))


def _bound(now: datetime) -> Iterator[tuple[Unit, Clause]]:
    for division in org.divisions():
        for clause in ruling.clauses("limit", division, now):
            if clause.running and clause.spec.idle:
                yield division, clause


def _seek(division: Unit, clause: Clause, now: datetime) -> int:
    hours = values.find(clause.spec.idle, division, now)
    if hours is None:
        return 0
    known = Finding.objects.filter(
        division=division, source=Finding.Source.DETECTED, code=clause.spec.item,
        contact_kind="case",
    )  # fmt: skip
    open_ones = Case.objects.filter(division=division, state="open", kind__in=cases.GENERAL)
    waiting = open_ones.exclude(pk__in=known.values("contact_id"))
    last = (
        Entry.objects.filter(matter_kind="case", matter_id__in=waiting.values("pk"))
        .exclude(actor_id=None)
        .values_list("matter_id")
        .annotate(last=Max("at"))
    )
    worktime, found = calendar(division.pk), 0
    for pk, at in last:
        if worktime.between(at, now) > float(hours) * 60:
            case = Case.objects.select_related("first_owner", "division").get(pk=pk)
            _find(case, clause.spec.item, IDLE, now, since=at, hours=hours)
            found += 1
    return found


def _is_known(code: str, case: int) -> bool:
    detected = Finding.objects.filter(source=Finding.Source.DETECTED, code=code)
    return detected.filter(contact_kind="case", contact_id=case).exists()


def _find(case: Case, code: str, message: str, at: datetime, **facts: Any) -> None:
    found = Found(
        case.division, case.first_owner, code, message, source=Finding.Source.DETECTED,
        contact=("case", case.pk), facts={"matter": f"{case.label} {case.title}", **facts},
    )  # fmt: skip
    open_finding(found, by=None, at=at)
