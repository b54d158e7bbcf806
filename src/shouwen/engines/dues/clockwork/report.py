"""Who is told of a warning, of a miss and of what goes further up, and in which words."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, TypeVar

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
MOST_AT_ONCE = 20
"""So many notices of one sweep a person gets one by one."""


class Word(NamedTuple):
    """One thing to say about a due, to whom."""

    due: Due
    people: Sequence[Person]
    message: str
    key: str
    clause: Clause | None = None


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

    def warning(self, due: Due, moment: datetime) -> Word:
        """The owner hears that it is due soon."""
        message = N_("即将到期（%(when)s）：%(what)s")
        return Word(due, self._told(due), message, f"warn:{moment:%Y%m%d%H%M}")

    def miss(self, due: Due) -> list[Word]:
        """The owner hears that it is late, and the head of his unit; a clause may name others."""
        clause, owners = self.overdue_clause(due), self._told(due)
        owing = {person.pk for person in owners}
        roles = clause.spec.tells if clause else ("unit.manager",)
        above = [one for one in self._people(due, roles) if one.pk not in owing]
        mine = N_("已逾期（%(when)s 到期）：%(what)s。请填报逾期反应")
        others = N_("本单位已逾期（%(when)s 到期，%(owner)s）：%(what)s")
        return [
            Word(due, owners, mine, "missed"),
            Word(due, above, others, "missed", clause),
        ]

    def reminder(self, due: Due, clause: Clause, day: date) -> Word:
        """The owner hears again that it is still to be done."""
        dated = N_("请办理（%(when)s 到期）：%(what)s")
        message = dated if due.due_at else N_("请办理：%(what)s")
        return Word(due, self._told(due), message, f"remind:{day}", clause)

    def upward(self, due: Due) -> Word:
        """Those whom the clause names next hear that it still is not done."""
        clause = self.overdue_clause(due)
        message = N_("逾期未结，呈报（%(when)s 到期，%(owner)s）：%(what)s")
        above = self._people(due, clause.spec.then if clause else ())
        return Word(due, above, message, "escalated", clause)

    def tellings(self, words: Sequence[Word]) -> list[Telling]:
        """What is told; who would hear of very many at once hears once a day that they are many.

        After a standstill, or when a whole department is late, a letter for each helps nobody;
        each of them stands on the desk and in the journal.
        """
        heard = Counter(person.pk for word in words for person in word.people)
        many = {pk for pk, times in heard.items() if times > MOST_AT_ONCE}
        told = []
        for word in words:
            people = [one for one in word.people if one.pk not in many] if many else word.people
            if people:
                told.append(self._telling(word, people))
        return [*told, *map(self._many, sorted(many))]

    def _many(self, person: int) -> Telling:
        return Telling(
            people=[org.person(person)],
            message=N_("有多项事务已逾期或即将到期，请到“今日”查看"),
            about=("person", person),
            key=f"due:many:{clock.day_of(self.now)}",
            link="/",
        )

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

    def _telling(self, word: Word, people_told: Sequence[Person]) -> Telling:
        due = word.due
        owner = self._once(("owner", *_owner(due)), lambda: people.owner_fact(due, self.now))
        return Telling(
            people=people_told,
            message=word.message,
            about=("due", due.pk),
            key=f"due:{due.pk}:{word.key}",
            link=due.link,
            clause=word.clause.id if word.clause else due.clause,
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
    if due.due_at is None:
        return ""
    return due.last_day if due.due_at == clock.end_of(due.last_day) else due.due_at
