"""Every enquiry has its record: what lacks one when the day closes goes to the shift lead (R3-29).

An enquiry has its record when it belongs to a consultation that was registered, or to any other
matter, whose own record then tells of it.
"""

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling, values
from shouwen.ground.org.models import Unit
from shouwen.ground.policy.shapes import Clause
from shouwen.work.cases.course import courses
from shouwen.work.cases.models import Case, Kind
from shouwen.work.interactions.models import Direction, Interaction, Nature

from .models import ShiftCheck

CLOSES = "R3-29.closing_hour"
MIDNIGHT = 24
LOOK_BACK = 7
"""Days a worker that stood still makes up for."""


def binding(division: Unit | int, at: datetime) -> Clause | None:
    """The clause that wants a record of every enquiry, where it binds."""
    return ruling.clause("document", division, at, form="consultation", per="question")


def closing(division: Unit, day: date) -> datetime:
    """When a day of the centre closes; at midnight unless the company says earlier."""
    hour = int(values.find(CLOSES, division, day) or MIDNIGHT)
    if hour >= MIDNIGHT:
        return clock.end_of(day)
    return clock.local(day, time(hour))


def window(division: Unit, day: date) -> tuple[datetime, datetime]:
    """From the closing of the day before to the closing of the day."""
    return closing(division, day - timedelta(days=1)), closing(division, day)


def enquiries(division: Unit | int, since: datetime, until: datetime) -> QuerySet[Interaction]:
    """What was asked in a span; reads the taker's newest first where a person is given."""
    return Interaction.objects.filter(
        division=division, direction=Direction.IN, nature=Nature.ENQUIRY,
        at__gte=since, at__lt=until,
    )  # fmt: skip


def without_record(found: QuerySet[Interaction]) -> QuerySet[Interaction]:
    """Those of the enquiries that no record tells of."""
    begun = [flow.start for flow in courses.courses_of(Kind.CONSULTATION)]
    told = Case.objects.filter(pk=OuterRef("matter_id")).exclude(
        kind=Kind.CONSULTATION, stage__in=begun
    )
    return found.exclude(Q(matter_kind="case") & Exists(told))


def by_agent(found: QuerySet[Interaction]) -> list[tuple[int | None, int]]:
    """How many of them each agent took, most first."""
    counted = found.values("taker").annotate(n=Count("pk")).order_by("-n", "taker")
    return [(row["taker"], row["n"]) for row in counted]


def check_shifts(now: datetime | None = None) -> int:
    """Count the days that have closed, once each; settle what was made good since.

    Returns how many days were counted or settled. Any number of workers.
    """
    now = now or clock.now()
    done = 0
    for division in org.divisions(clock.day_of(now)):
        clause = binding(division, now)
        if clause is not None:
            done += sum(_close(division, day, clause, now) for day in _closed(division, now))
            done += _settle(division, now)
    return done


def _closed(division: Unit, now: datetime) -> list[date]:
    """The days that have closed and were not counted yet, oldest first."""
    today = clock.day_of(now)
    begun = min(one.since for one in org.adoptions(division))
    days = [today - timedelta(days=back) for back in range(LOOK_BACK, -1, -1)]
    days = [day for day in days if day >= begun and closing(division, day) <= now]
    counted = ShiftCheck.objects.filter(division=division, day__in=days)
    known = set(counted.values_list("day", flat=True))
    return [day for day in days if day not in known]


def _close(division: Unit, day: date, clause: Clause, now: datetime) -> int:
    since, until = window(division, day)
    asked = enquiries(division, since, until)
    count, missing = asked.count(), without_record(asked).count()
    try:
        with transaction.atomic():
            row = ShiftCheck.objects.create(
                division=division, day=day, since=since, until=until, enquiries=count,
                missing=missing, checked_at=now, settled_at=None if missing else now,
            )  # fmt: skip
            if count:
                record("shift.checked", row, by=None, at=now, day=day.isoformat(),
                       enquiries=count, records=row.records, missing=missing)  # fmt: skip
            if missing:
                _flag(row, clause, now)
    except IntegrityError:  # another worker was first; its count stands
        return 0
    return 1


def _flag(row: ShiftCheck, clause: Clause, now: datetime) -> None:
    """Put the gap on the desk of whoever leads the shift."""
    dues.open_due(
        N_("%(day)s 有 %(missing)s 件咨询没有记录(共 %(enquiries)s 件)"),
        subject=row, division=row.division_id, clause=clause.id, role=clause.spec.flagged_to,
        key=f"shift:{row.pk}", link=f"/knowledge/shifts/{row.pk}/", at=now,
        params={"day": row.day, "missing": row.missing, "enquiries": row.enquiries},
    )  # fmt: skip


def _settle(division: Unit, now: datetime) -> int:
    """Days whose records have all been made since."""
    done = 0
    for row in ShiftCheck.objects.filter(division=division, settled_at__isnull=True):
        if without_record(enquiries(division, row.since, row.until)).exists():
            continue
        with transaction.atomic():
            won = ShiftCheck.objects.filter(pk=row.pk, settled_at__isnull=True)
            if won.update(settled_at=now):
                record("shift.made_good", row, by=None, at=now, day=row.day.isoformat())
                dues.settle(subject=row, at=now)
                done += 1
    return done
