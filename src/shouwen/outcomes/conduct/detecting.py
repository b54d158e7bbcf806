"""What the product sees by itself: put to the person as a finding, decided by those above him.

A limit that names its item and a charge that says what may not be late tell which violations these
are; of one matter each is found once. Nobody is found guilty here: the finding is as open as any
other.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
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

from .findings import Found, open_findings
from .models import Finding

MISSED = "due.missed"
DAY = timedelta(days=1)
PART = 500
"""So many findings are opened in one act."""
TOO_OFTEN = N_("%(matter)s：已移交 %(times)s 次，规定至多 %(most)s 次，疑有推诿")
LATE = N_("%(matter)s：“%(due)s”应于 %(until)s 前完成，逾期 %(days)s 天")
LATE_TODAY = N_("%(matter)s：“%(due)s”应于 %(until)s 前完成，逾期 %(minutes)s 分钟")
IDLE = N_("%(matter)s：自 %(since)s 起没有任何处理，已超过规定的 %(hours)s 小时")
"""What is put to the person, in the language of whoever reads it."""


@dataclass(frozen=True)
class Seen:
    """What was seen of one matter: the violation, and the message that says so with its facts."""

    case: int
    code: str
    message: str
    facts: Mapping[str, Any]


def too_often(case: Case, clause: Clause, times: int, most: int, at: datetime) -> None:
    """Something happened to a matter more often than the clause allows (R3-38)."""
    _find([Seen(case.pk, clause.spec.item, TOO_OFTEN, {"times": times, "most": most})], at)


def missed(dues: Iterable[Due], at: datetime) -> None:
    """The owners of matters let their time limits pass (R3-40, R3-42)."""
    _find([seen for due in dues if due.matter_kind == "case" for seen in _late(due, at)], at)


def _late(due: Due, at: datetime) -> Iterator[Seen]:
    for clause in ruling.clauses("charge", due.division_id, at, after=MISSED):
        for code, limits in clause.spec.late.items() if clause.running else ():
            if due.clause in limits and due.due_at is not None:
                yield Seen(due.matter_id, code, *_how_late(due.title, due.params, due.due_at, at))


def _how_late(
    title: str, params: Mapping[str, Any], until: datetime, at: datetime
) -> tuple[str, dict[str, Any]]:
    """What was late, and by how much: a day begun is a day, what is less is told in minutes."""
    late = at - until
    facts = {"due": {"message": title, "facts": params}, "until": until}
    if late < DAY:
        return LATE_TODAY, facts | {"minutes": max(1, late // timedelta(minutes=1))}
    return LATE, facts | {"days": -(-late // DAY)}


def seek_idle(now: datetime) -> int:
    """Find matters in which nothing happened for longer than the company allows (R3-38).

    One statement a division, over the journal entries of its open matters that were not found
    before; each part of what is found is an act of its own.
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
    worktime, item = calendar(division.pk), clause.spec.item
    idle = [
        Seen(pk, item, IDLE, {"since": at, "hours": hours})
        for pk, at in last
        if worktime.between(at, now) > float(hours) * 60
    ]
    return sum(_find(idle[begin : begin + PART], now) for begin in range(0, len(idle), PART))


def _find(seen: Iterable[Seen], at: datetime) -> int:
    """Put it to the owners of the matters, once for each violation of a matter."""
    first: dict[tuple[str, int], Seen] = {}
    for one in seen:
        first.setdefault((one.code, one.case), one)
    known = _known(first)
    new = [one for pair, one in first.items() if pair not in known]
    if new:
        whole = Case.objects.select_related("first_owner", "division")
        cases = whole.in_bulk({one.case for one in new})
        open_findings([_found(cases[one.case], one) for one in new], by=None, at=at)
    return len(new)


def _known(pairs: Collection[tuple[str, int]]) -> set[tuple[str, int | None]]:
    """Which of these violations of matters were found before."""
    detected = Finding.objects.filter(
        source=Finding.Source.DETECTED, contact_kind="case",
        code__in={code for code, _case in pairs}, contact_id__in={case for _code, case in pairs},
    )  # fmt: skip
    return set(detected.values_list("code", "contact_id")) if pairs else set()


def _found(case: Case, seen: Seen) -> Found:
    return Found(
        case.division, case.first_owner, seen.code, seen.message, source=Finding.Source.DETECTED,
        contact=("case", case.pk), facts={"matter": f"{case.label} {case.title}", **seen.facts},
    )  # fmt: skip
