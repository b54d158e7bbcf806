"""The monthly statistics of the demo's year: drawn up, checked, countersigned, final (R4-49)."""

from datetime import datetime, time, timedelta

from shouwen.engines.dues.tied import periods
from shouwen.engines.dues.tied.periods import Period
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import Rehearsal, rehearsal
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.outcomes.reports import actions as reports
from shouwen.outcomes.reports.access import signers
from shouwen.outcomes.reports.models import Report

from .company import Company
from .plans import in_hours

MONTHS = 11
WRITTEN = {
    "measure": "修订作业标准并加严首件检验。",
    "status": "done",
    "result": "已查核,措施落实,未再发生。",
}


def report_months(company: Company, at: datetime) -> None:
    """Every month but the last is final; last month's sheet is still the group's to draw up."""
    today = clock.day_of(at)
    last = periods.before("month", periods.period_of("month", today))
    month = periods.period_of("month", today - timedelta(days=30 * MONTHS))
    while month.first < last.first:
        known = Report.objects.filter(division=company.division, period=month.key)
        if not known.exists():
            _report(company, month)
        month = periods.after("month", month)


def _report(company: Company, month: Period) -> None:
    with rehearsal(in_hours(clock.local(month.last + timedelta(days=3), time(9)))) as day:
        group = org.people("pm_group", company.division)[0]
        sheet = reports.draw_up(company.division, month.key, by=group)
        for row in [*sheet.rows, *sheet.carried]:
            if not row.get("checked_by"):
                sheet = reports.write_check(
                    sheet, row["case"], WRITTEN, version=row["version"], by=group
                )
        _next_day(day)
        sheet = reports.submit(sheet, by=group)
        for head in _heads(company):
            _next_day(day)
            reports.confirm(sheet, [], by=head)
            reports.sign(sheet, by=head)
        reports.finalise(sheet, by=group)


def _heads(company: Company) -> list[Person]:
    """Who signs, each once."""
    asked = signers(company.division, clock.now())
    return list(dict.fromkeys(org.people(role, company.division)[0] for role in asked))


def _next_day(day: Rehearsal) -> None:
    day.move(in_hours(day.at + timedelta(days=1)))
