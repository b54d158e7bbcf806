"""The demo company's organisation, made by the verbs at the days on which it would have been made.

`build(at)` may be called again and again: what stands is found, not made twice.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.org import actions as org
from shouwen.ground.org import queries
from shouwen.ground.org.models import Person, Post, Unit
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.loading import load_all

from . import figures, staff

MONTHS_UNDER_R4 = 14
NINE = time(9)


@dataclass(frozen=True)
class Company:
    """What stands: units by code, people by user name."""

    units: dict[str, Unit]
    people: dict[str, Person]

    @property
    def group(self) -> Unit:
        """恒岳集团."""
        return self.units[staff.GROUP]

    @property
    def division(self) -> Unit:
        """恒岳精密制造有限公司, which runs under R4."""
        return self.units[staff.FACTORY]

    @property
    def sister(self) -> Unit:
        """恒岳物业服务中心, which runs under all the others."""
        return self.units[staff.PROPERTY]

    @property
    def keeper(self) -> Person:
        """The keeper of the rules."""
        return self.people[staff.KEEPER]


def build(at: datetime) -> Company:
    """The company as it stands at a moment; made now unless it exists."""
    if not Unit.objects.filter(code=staff.FACTORY).exists():
        if not policy.regulations():
            load_all()
        with transaction.atomic():
            _make(at)
    return found()


def found() -> Company:
    """The company that was built; raises Unit.DoesNotExist when none was."""
    queries.unit(staff.FACTORY)
    units = {row.code: queries.unit(row.code) for row in staff.UNITS}
    people = Person.objects.select_related("user").in_bulk()
    return Company(units, {who.user.username: who for who in people.values()})


def _make(at: datetime) -> None:
    today = clock.day_of(at)
    start = months_before(today, MONTHS_UNDER_R4)
    with rehearsal(clock.local(start - timedelta(days=30), NINE)) as day:
        company = _found()
        keeper = company.keeper
        day.move(clock.local(start, NINE))
        _run_under_r4(company, start)
        _run_the_centre(company, start)
        day.move(clock.local(months_before(today, 7), NINE))
        _close_plating(company, keeper)
        day.move(clock.local(months_before(today, 6), NINE))
        for key, value in figures.LATER.items():
            org.set_value(
                key, value, division=company.division, note="年度检讨后收紧", by=keeper
            )  # fmt: skip
        day.move(clock.local(months_before(today, 3), NINE))
        org.leave(company.people["geyuntian"], reason="个人原因离职", by=keeper)
        day.move(clock.local(today - timedelta(days=1), NINE))
        _one_absence(company, at)


def _found() -> Company:
    """Units, posts and people of the first day; the first keeper is nobody's appointment."""
    units: dict[str, Unit] = {}
    for row in staff.UNITS:
        units[row.code] = org.add_unit(
            row.code, name_zh=row.name_zh, name_en=row.name_en, function=row.function,
            parent=units.get(row.parent), division=row.division,
        )  # fmt: skip
    people: dict[str, Person] = {}
    posts: dict[tuple[str, str], Post] = {}
    for who in staff.PEOPLE:
        people[who.username] = org.hire(
            who.username, name_zh=who.name_zh, name_en=who.name_en,
            email=f"{who.username}@hengyue.example",
        )  # fmt: skip
        place = (who.unit, who.title_zh)
        if place not in posts:
            posts[place] = org.add_post(
                units[who.unit], who.title_zh, who.title_en, rank=who.rank
            )  # fmt: skip
        org.appoint(people[who.username], posts[place])
    return Company(units, people)


def _run_under_r4(company: Company, start: date) -> None:
    """Adopt R4, set everything it leaves open, and the hours of the factory."""
    org.adopt_regulation(company.division, "R4", 1, since=start, by=company.keeper)
    org.set_work_hours(figures.FACTORY_HOURS, division=company.division, by=company.keeper)
    for spec in policy.value_specs("R4"):
        org.set_value(
            spec.key,
            figures.FIGURES.get(spec.key, spec.example),
            division=company.division,
            note="采用客诉处理办法时设定",
            by=company.keeper,
        )


CENTRE_WORKS_BY = ("R1", "R2", "R3", "R5", "R6", "R7", "R8")


def _run_the_centre(company: Company, start: date) -> None:
    """The service centre adopts every other regulation and sets what they leave open."""
    for code in CENTRE_WORKS_BY:
        org.adopt_regulation(company.sister, code, 1, since=start, by=company.keeper)
        for spec in policy.value_specs(code):
            value = figures.CENTRE.get(spec.key, spec.example)
            if value is not None:
                org.set_value(
                    spec.key, value, division=company.sister,
                    note="采用制度时设定", by=company.keeper,
                )  # fmt: skip


def _close_plating(company: Company, keeper: Person) -> None:
    """A section is dissolved while complaints are open; coating takes over what it left."""
    org.close_unit(
        company.units["plating"],
        successor=company.units["coating"],
        reason="电镀业务并入涂装二课",
        by=keeper,
    )
    post = org.add_post(company.units["coating"], "涂装班长", "Shift Leader", by=keeper)
    org.appoint(company.people["ruanxiaofeng"], post, by=keeper)


def _one_absence(company: Company, at: datetime) -> None:
    """The sales manager travels today and three days more; his deputy acts for him."""
    manager, deputy = company.people["guchangting"], company.people["luojingyi"]
    today = clock.day_of(at)
    org.substitute_while_away(
        manager,
        deputy,
        since=clock.local(today - timedelta(days=1), time(13)),
        until=clock.local(today + timedelta(days=4), time(8)),
        reason="出差拜访客户",
        by=manager,
    )


def months_before(day: date, months: int) -> date:
    """The first day of the month that many months before."""
    month = day.year * 12 + day.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)
