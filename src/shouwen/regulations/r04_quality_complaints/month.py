"""Words about the papers of a month; several verbs in one, nothing here is a rule."""

from datetime import date
from typing import Any

from shouwen.ground.foundation import clock
from shouwen.ground.org.models import Person, Unit
from shouwen.outcomes.reports import access, bonuses, queries
from shouwen.outcomes.reports import actions as reports
from shouwen.outcomes.reports.models import Report
from shouwen.outcomes.reports.rules import Bonus
from shouwen.work.cases.models import Case

Data = dict[str, Any]
CHECK = {"measure": "首件检验改为双人复核", "status": "done", "result": "连续三批合格"}


def lines_of(sheet: Report) -> list[str]:
    """The numbers of the complaints on a statistics sheet."""
    return [row["number"] for row in sheet.rows]


def carried_on(sheet: Report) -> list[str]:
    """The numbers of the complaints that were carried over to it."""
    return [row["number"] for row in sheet.carried]


def check_line(sheet: Report, case: Case, but: Data | None = None, *, by: Person) -> Report:
    """Write measure, status and result of one complaint down."""
    row = next(one for one in (*sheet.rows, *sheet.carried) if one["case"] == case.pk)
    written = {**CHECK, **(but or {})}
    return reports.write_check(sheet, case.pk, written, version=row["version"], by=by)


def object_to_line(sheet: Report, case: Case, reason: str, *, by: Person) -> Report:
    """A head objects to liability or ratio of one complaint."""
    return reports.object_to(sheet, case.pk, reason, by=by)


def amend_line(sheet: Report, case: Case, shares: Any, reason: str, *, by: Person) -> Report:
    """The group changes who is liable, and in which ratio."""
    return reports.amend(sheet, case.pk, shares, reason, by=by)


def confirm_lines(sheet: Report, *, by: Person) -> Report:
    """A head confirms whatever he has not objected to."""
    return reports.confirm(sheet, [], by=by)


def confirm_and_sign(sheet: Report, *, by: Person) -> Report:
    """A head confirms every complaint and signs."""
    reports.confirm(sheet, [row["case"] for row in sheet.rows], by=by)
    return reports.sign(sheet, by=by)


def bonus_base(salesperson: Person, division: Unit, period: str) -> Bonus:
    """The base of the collection bonus, as the records have it now."""
    return bonuses.base_of(salesperson, division, period)


def may_read_base(reader: Person, of: Person, division: Unit) -> bool:
    """Whether somebody sees the base of another."""
    return access.may_read_bonus(reader, of, division, clock.now())


def indicators(division: Unit) -> dict[str, Any]:
    """The figures of R4-01 for a division today, each as long as its list."""
    today: date = clock.today()
    closed, days = queries.closing_days([division.pk], today)
    return {
        "closed": closed,
        "days": days,
        "accepted": queries.accepted_in([division.pk], today).count(),
        "repeated": queries.repeated_in([division.pk], today).count(),
        "improvements": queries.improvements_in([division.pk], today).count(),
        "improved": queries.improvements_done([division.pk], today).count(),
    }


WORDS = {
    "draw_up_statistics": reports.draw_up,
    "recount_statistics": reports.recount,
    "submit_statistics": reports.submit,
    "sign_statistics": reports.sign,
    "finalise_statistics": reports.finalise,
    "renew_statistics": reports.new_edition,
    "compute_bonus": reports.compute_bonus,
    **{
        word.__name__: word
        for word in (
            lines_of, carried_on, check_line, object_to_line, amend_line, confirm_lines,
            confirm_and_sign, bonus_base, may_read_base, indicators,
        )
    },
}  # fmt: skip
"""What scenarios may say after `do`."""
