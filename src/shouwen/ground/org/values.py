"""Company values: what the company set where the text of a clause leaves a figure open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.journal import actions as journal
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.shapes import Clause
from shouwen.ground.policy.values import ValueSpec, clean, typed

from . import queries
from .access import require_keeper
from .models import CompanyValue, Person, Unit
from .queries import Day
from .roster import bump, roster


@dataclass(frozen=True)
class Setting:
    """A value in force: since when, set on which unit (a division inherits its group's)."""

    key: str
    value: Any
    since: date
    unit: Unit
    row: int


Check = Callable[[Clause, str, Any], list[Reason]]
_checks: dict[str, Check] = {}


def checks(kind: str) -> Callable[[Check], Check]:
    """Register what values of a kind of clause must satisfy: `check(clause, key, value)`.

    The owner of the kind does so in its `kinds.py`; the types are checked before.
    """

    def register(check: Check) -> Check:
        _checks[kind] = check
        return check

    return register


def get(key: str, division: Unit | int, on: Day = None) -> Any:
    """The value in force on a day; refuses, with its clause, when the company has set none."""
    setting = setting_of(key, division, on)
    if setting is None:
        raise refuse(
            N_("公司尚未规定“%(label)s”"),
            key.split(".")[0],
            instead=N_("请制度管理员在“设置 · 公司规定值”中设定"),
            label=policy.value_spec(key).label,
            key=key,
        )
    return setting.value


def find(key: str, division: Unit | int, on: Day = None) -> Any:
    """The value in force on a day, or None."""
    setting = setting_of(key, division, on)
    return setting.value if setting else None


def setting_of(key: str, division: Unit | int, on: Day = None) -> Setting | None:
    """The value in force with its origin; the nearest unit upward that has one decides."""
    staffing = queries.staffing(on)
    rows: dict[tuple[int, str], list[CompanyValue]] = roster().memo("values", _read)
    for unit in staffing.upward(queries.key(division)):
        for row in rows.get((unit, key), ()):
            if row.since <= staffing.day:
                value = typed(spec_of(key), row.value) if row.value is not None else None
                if value is None:  # withdrawn: the unit above decides again
                    break
                return Setting(key, value, row.since, staffing.units[unit], row.pk)
    return None


def history(key: str, division: Unit | int) -> list[CompanyValue]:
    """Everything ever set for a division itself, the newest first."""
    rows: dict[tuple[int, str], list[CompanyValue]] = roster().memo("values", _read)
    return list(rows.get((queries.key(division), key), ()))


def spec_of(key: str) -> ValueSpec:
    """What the text says of a value; raises `policy.NotInForce` for a key of no clause."""
    return policy.value_spec(key)


def _read() -> dict[tuple[int, str], list[CompanyValue]]:
    """Every row by unit and key, the one that counts first; of one day the last one set counts."""
    found: dict[tuple[int, str], list[CompanyValue]] = {}
    for row in CompanyValue.objects.order_by("-since", "-pk"):
        found.setdefault((row.division_id, row.key), []).append(row)
    return found


@one_act
def set_value(
    key: str,
    value: Any,
    *,
    division: Unit,
    since: date | None = None,
    note: str = "",
    by: Person | None = None,
    at: datetime | None = None,
) -> CompanyValue:
    """Set a value from a day on, as a person writes it (money in yuan); None withdraws it.

    Nothing set before is changed. What begins before today would judge the past anew, so it needs
    a reason; matters already judged keep what they were judged by.
    """
    at = at or clock.now()
    today = clock.day_of(at)
    since = since or today
    require_keeper(by, division)
    spec = spec_of(key)
    if since < today and not note.strip():
        raise refuse(
            N_("生效日早于今天，必须写明理由"),
            spec.clause,
            field="note",
            instead=N_("请填写理由，或改为自今天起生效"),
        )
    stored = None if value is None else _checked(spec, value)
    row = CompanyValue.objects.create(
        division=division, key=key, since=since, value=stored, note=note, set_by=by, set_at=at
    )
    journal.record(
        "value.set", row, by=by, at=at, matter=division,
        key=key, value=stored, since=since.isoformat(), note=note, backdated=since < today,
    )  # fmt: skip
    bump()
    return row


def _checked(spec: ValueSpec, raw: Any) -> Any:
    stored = clean(spec, raw)
    for clause in policy.clause(spec.clause).sides:
        if check := _checks.get(clause.kind):
            refuse_any(check(clause, spec.key, typed(spec, stored)))
    return stored
