"""Who is told of a warning, of a miss and of what goes further up, and in which words."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from shouwen.engines.dues import people
from shouwen.engines.dues.models import Due
from shouwen.engines.notices.actions import Telling
from shouwen.engines.notices.saying import said
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.org import queries as org
from shouwen.ground.org import values
from shouwen.ground.org.models import Person
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.shapes import Clause

T = TypeVar("T")


class Report:
    """What one look at the dues says. Dues of the same people are looked up once in it."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._memo: dict[tuple[Any, ...], Any] = {}

    def overdue_clause(self, due: Due) -> Clause | None:
        """The clause of the due's own regulation that says whom a miss is reported to (R4-14)."""
        code = due.clause.split("-")[0]
        return self._once(("clause", due.division_id, code), lambda: self._clause(due, code))

    def goes_up_at(self, due: Due) -> datetime | None:
        """When a miss goes further up; never where the company has not said after how many days."""
        clause = self.overdue_clause(due)
        if clause is None or not clause.spec.then or due.due_at is None:
            return None
        days = self._once(("days", due.division_id, clause.id), lambda: self._days(due, clause))
        return None if days is None else due.due_at + timedelta(days=int(days))

    def warning(self, due: Due, moment: datetime) -> Telling:
        """The owner hears that it is due soon."""
        message = N_("即将到期（%(when)s）：%(what)s")
        return self._telling(due, self._told(due), message, f"warn:{moment:%Y%m%d%H%M}")

    def miss(self, due: Due) -> list[Telling]:
        """The owner hears that it is late, and the head of his unit; a clause may name others."""
        clause, owners = self.overdue_clause(due), self._told(due)
        owing = {person.pk for person in owners}
        roles = clause.spec.tells if clause else ("unit.manager",)
        above = [one for one in self._people(due, roles) if one.pk not in owing]
        mine = N_("已逾期（%(when)s 到期）：%(what)s。请填报逾期反应")
        others = N_("本单位已逾期（%(when)s 到期，%(owner)s）：%(what)s")
        return [
            self._telling(due, owners, mine, "missed"),
            self._telling(due, above, others, "missed", clause),
        ]

    def upward(self, due: Due) -> Telling:
        """Those whom the clause names next hear that it still is not done."""
        clause = self.overdue_clause(due)
        message = N_("逾期未结，呈报（%(when)s 到期，%(owner)s）：%(what)s")
        above = self._people(due, clause.spec.then if clause else ())
        return self._telling(due, above, message, "escalated", clause)

    def _clause(self, due: Due, code: str) -> Clause | None:
        day = clock.day_of(self.now)
        edition = org.adopted(due.division_id, code, day) if code else None
        if edition is None:
            return None
        found = policy.in_force("notice", day, adopted={code: edition}, after="due.missed")
        return next((clause for clause in found if clause.running), None)

    def _days(self, due: Due, clause: Clause) -> int | None:
        if not clause.spec.value:
            return 0
        found: int | None = values.find(clause.spec.value, due.division_id, self.now)
        return found

    def _told(self, due: Due) -> list[Person]:
        return self._once(("told", *_owner(due)), lambda: people.told(due, self.now))

    def _people(self, due: Due, roles: Sequence[str]) -> list[Person]:
        return self._once(
            ("people", *_owner(due), *roles),
            lambda: [one for role in roles for one in people.reports_to(role, due, self.now)],
        )

    def _once(self, key: tuple[Any, ...], find: Callable[[], T]) -> T:
        if key not in self._memo:
            self._memo[key] = find()
        found: T = self._memo[key]
        return found

    def _telling(
        self, due: Due, who: list[Person], message: str, key: str, clause: Clause | None = None
    ) -> Telling:
        owner = self._once(("owner", *_owner(due)), lambda: people.owner_fact(due, self.now))
        return Telling(
            people=who,
            message=message,
            about=("due", due.pk),
            key=f"due:{due.pk}:{key}",
            link=due.link,
            clause=clause.id if clause else due.clause,
            division=due.division_id,
            facts={"what": _what(due), "when": _when(due), "owner": owner},
        )


def _owner(due: Due) -> tuple[Any, ...]:
    return due.division_id, due.unit_id, due.role, due.person_id


def _what(due: Due) -> dict[str, Any]:
    title = said(due.title, **due.params)
    if not due.params.get("matter"):
        return title
    return said("%(matter)s · %(title)s", matter=due.params["matter"], title=title)


def _when(due: Due) -> Any:
    """The last day where it ends with a day, else the moment."""
    assert due.due_at is not None
    return due.last_day if due.due_at == clock.end_of(due.last_day) else due.due_at
