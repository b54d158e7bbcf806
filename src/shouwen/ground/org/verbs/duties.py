"""What units are there for: dated statements, old versions readable, gaps found (R2-20, R6-21)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import queries, ruling
from shouwen.ground.org.access import require_keeper
from shouwen.ground.org.models import DutyStatement, Person, Unit

SETTING = "department_duties"


@dataclass(frozen=True)
class Version:
    """One statement with the days on which it holds; the last one has no end."""

    statement: DutyStatement
    until: date | None


@one_act
def state_duties(
    unit: Unit,
    text_zh: str,
    *,
    text_en: str = "",
    since: date | None = None,
    by: Person | None = None,
    at: datetime | None = None,
) -> DutyStatement:
    """Say what a unit is responsible for from a day on; what was said before stays readable."""
    moment = at or clock.now()
    day = since or clock.day_of(moment)
    require_keeper(by, unit)
    found = ruling.clause("norm", _division(unit, moment), moment, item=SETTING)
    clause = found.id if found else ""
    if not text_zh.strip():
        raise refuse(N_("请写明部门职责"), clause, field="text_zh")
    last = unit.duty_statements.order_by("-since", "-id").first()
    if last and day < last.since:
        raise refuse(
            N_("现行职责自%(day)s起,新的职责不能早于此日"),
            clause,
            field="since",
            day=last.since.isoformat(),
        )
    made = DutyStatement.objects.create(
        unit=unit, text_zh=text_zh.strip(), text_en=text_en.strip(), since=day, set_by=by,
        set_at=moment,
    )  # fmt: skip
    journal.record("unit.duties_stated", made, by=by, at=moment, matter=unit,
                   since=day.isoformat(), former=last.pk if last else None)  # fmt: skip
    return made


def _division(unit: Unit, at: datetime) -> Unit:
    return queries.division_of(unit, at) or unit


def versions(unit: Unit) -> list[Version]:
    """Every statement of a unit with its days, the newest first."""
    rows = list(unit.duty_statements.order_by("since", "id"))
    found = [
        Version(row, after.since - timedelta(days=1) if after else None)
        for row, after in zip(rows, [*rows[1:], None], strict=False)
    ]
    return list(reversed(found))


def duties_on(unit: Unit, day: date) -> DutyStatement | None:
    """What a unit was there for on a day."""
    found = unit.duty_statements.filter(since__lte=day)
    return found.order_by("-since", "-id").first()


def incomplete(division: Unit, day: date) -> list[Unit]:
    """Departments of which nobody said what they are there for; one statement (R2-20)."""
    staffing = queries.staffing(day)
    units = [staffing.units[pk] for pk in staffing.below(division.pk) if pk != division.pk]
    stated = set(
        DutyStatement.objects.filter(unit__in=units, since__lte=day).values_list("unit", flat=True)
    )
    return [unit for unit in units if unit.function and unit.pk not in stated]
