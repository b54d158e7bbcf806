"""The indicators as the pages show them: values, targets, marks, and where each number leads."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.doors.web.callbacks import homes
from shouwen.doors.web.people import Request
from shouwen.doors.web.regulations.indicators import Indicator
from shouwen.engines.dues.tied import periods
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person
from shouwen.outcomes.reports import service
from shouwen.outcomes.reports.rows import month
from shouwen.outcomes.reports.service import Figure, Line
from shouwen.work.callbacks.oversight import auditing
from shouwen.work.customers.workbooks import Sheet
from shouwen.work.surveys import access

REGULATIONS = ("R2", "R6", "R7")


@dataclass(frozen=True)
class Shown:
    """One figure with its list; `share` figures are percent."""

    figure: Figure
    url: str
    share: bool

    @property
    def value(self) -> str:
        """As it is read."""
        return said(self.figure.value, self.share)

    @property
    def before(self) -> str:
        """Last month's."""
        return said(self.figure.before, self.share)

    @property
    def target(self) -> str:
        """At least, or at most, so much."""
        if self.figure.target is None:
            return _("未定目标")
        sign = "≤" if self.figure.most else "≥"
        return f"{sign} {said(self.figure.target, self.share)}"

    @property
    def turn(self) -> str:
        """up or down against last month; empty when nothing can be said."""
        now, then = self.figure.value, self.figure.before
        if now is None or then is None or now == then:
            return ""
        return "up" if now > then else "down"


def said(value: Decimal | None, share: bool) -> str:
    """A value as people write it."""
    if value is None:
        return "—"
    plain = f"{value.normalize():f}"
    return f"{plain} %" if share else plain


@dataclass(frozen=True)
class Row:
    """One line of the page."""

    name: str
    figures: list[Shown]


def divisions_of(person: Person) -> list[int]:
    """The divisions in sight that work by one of the regulations of service."""
    return [one.pk for one in org.divisions_under(person, *REGULATIONS)]


def rows(person: Person, division: int, period: str, by: str) -> list[Row]:
    """The lines a person may read: departments all, people only himself and his own."""
    found = service.lines(division, period, by)
    if by == "person":
        readable = _readable(person, division)
        found = [one for one in found[1:] if readable is None or one.key in readable]
    return [_row(one, division, period, by) for one in found]


def _readable(person: Person, division: int) -> set[int] | None:
    """Whose figures a person reads; None: everybody's, where he runs surveys."""
    if access.may_run(person, division):
        return None
    return {person.pk, *(one.pk for one in access.subordinates(person, clock.now()))}


def _row(line: Line, division: int, period: str, by: str) -> Row:
    asked: dict[str, Any] = {"division": division, "month": period}
    if line.key:
        asked[by] = line.key
    ratings = reverse("surveys:ratings")
    limits, again = reverse("service:limits"), reverse("service:reopened")
    return Row(
        _name(line.key, division, by),
        [
            Shown(line.satisfaction, f"{ratings}?{urlencode(asked)}", True),
            Shown(line.in_time, f"{limits}?{urlencode(asked)}", True),
            Shown(line.reopened, f"{again}?{urlencode(asked)}", False),
            Shown(line.staff, f"{ratings}?{urlencode({**asked, 'state': 'staff'})}", False),
        ],
    )


def _name(key: int, division: int, by: str) -> str:
    if not key:
        return org.unit_by_id(division).name
    if by == "person":
        return org.person(key).name
    name = org.unit_by_id(key).name
    # Beside the sum of the division stands what nobody below it did.
    return _("%(unit)s（直属）") % {"unit": name} if key == division else name


def build(request: Request) -> list[Indicator]:
    """The figures at the head of R2, R6 and R7: this month, of the first division in sight."""
    divisions = divisions_of(request.person)
    if not divisions:
        return []
    period = f"{clock.today():%Y-%m}"
    row = rows(request.person, divisions[0], period, "unit")[0]
    labels = titles()
    return [
        Indicator(
            labels[place],
            one.value,
            _("目标 %(target)s，上月 %(before)s") % {"target": one.target, "before": one.before},
            one.url,
        )
        for place, one in enumerate(row.figures)
    ]


@dataclass(frozen=True)
class Assessed:
    """What the departments' assessments of the call-back work give the centre for a quarter."""

    clause: str
    period: str
    lines: list[tuple[str, auditing.Standing]]
    score: Decimal | None
    """The mean of what is signed; it enters the centre's figures (R3-56)."""

    def sheet(self) -> Sheet:
        """The same for a workbook."""
        rows: list[list[Any]] = [[who, one.score] for who, one in self.lines]
        heads = [_("考核部门"), _("得分")]
        return Sheet(_("回访工作考核"), heads, [*rows, [_("中心得分"), self.score]])


def assessed(division: int, period: str) -> Assessed | None:
    """The assessments of the quarter that a month belongs to; None where no clause wants them."""
    unit, now = org.unit_by_id(division), clock.now()
    clause = ruling.clause("duty", division, now, form=auditing.FORM)
    if clause is None:
        return None
    quarter = periods.period_of(clause.spec.every, month(period).first)
    found = auditing.standings(unit, quarter.key, now)
    if not any(one.audit for one in found):  # it has hardly begun: the one before it counts
        quarter = periods.before(clause.spec.every, quarter)
        found = auditing.standings(unit, quarter.key, now)
    return Assessed(
        clause.id, quarter.key, [(homes.department(one.role, division), one) for one in found],
        auditing.centre_score(found),
    )  # fmt: skip


def titles() -> list[str]:
    """What the four figures are called."""
    return [_("满意率"), _("按时办结率"), _("重新办理"), _("对员工不满")]
