"""The statistics of the past months, as the group and the heads would have made them.

The last month is left to whoever looks: its duty is on the group's desk. The one before is being
signed, with an objection; the others are final.
"""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.org import queries as org
from shouwen.outcomes.reports import access, queries, rows
from shouwen.outcomes.reports import actions as reports
from shouwen.outcomes.reports.models import Report

from .company import Company
from .complaints import read_long_ago

MONTHS = 7
CHECK = {"measure": "更换周转箱隔板，列入每班点检。", "result": "连续三批出货检验无异常。"}


def missing(company: Company, at: datetime) -> list[str]:
    """The past months without a sheet, the oldest first; the last one stays to be done."""
    months = queries.months_before(company.division.pk, clock.day_of(at), MONTHS)[1:]
    found = Report.objects.filter(division=company.division, key=access.STATISTICS)
    drawn = set(found.values_list("period", flat=True))
    return [period for period in reversed(months) if period not in drawn]


def fill(company: Company, at: datetime) -> int:
    """Make the oldest sheet that is missing; returns how many were made."""
    waiting = missing(company, at)
    if waiting:
        with rehearsal(_fourth_after(waiting[0])), transaction.atomic():
            _make(company, waiting[0], last=len(waiting) == 1)
        read_long_ago(at)
    return min(1, len(waiting))


def _fourth_after(period: str) -> datetime:
    first = rows.month(period).last + timedelta(days=1)
    return clock.local(date(first.year, first.month, 4), time(10))


def _make(company: Company, period: str, *, last: bool) -> None:
    division = company.division
    group = org.people("pm_group", division)[-1]
    sheet = reports.draw_up(division, period, by=group)
    for row in (*sheet.rows, *sheet.carried):
        written = {key: row[key] or text for key, text in CHECK.items()}
        written["status"] = row["status"] or "done"
        reports.write_check(sheet, row["case"], written, version=row["version"], by=group)
    reports.submit(sheet, by=group)
    heads = [org.people(role, division)[0] for role in access.signers(division, clock.now())]
    if last and sheet.rows:
        reason = "隔板由包装供应商提供，责任不应全在制造部。"
        reports.object_to(sheet, sheet.rows[0]["case"], reason, by=heads.pop(0))
    for head in heads[:1] if last else heads:
        reports.confirm(sheet, [], by=head)
        reports.sign(sheet, by=head)
    if not last:
        reports.finalise(sheet, by=group)
