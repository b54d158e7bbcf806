"""What each row would do, before anything is done."""

import dataclasses
import enum
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from shouwen.ground.foundation.refusal import N_, Reason
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers.drafts import Tidy, code, draft_of, tidy
from shouwen.work.customers.importing.checking import Fault, Numbered
from shouwen.work.customers.rules import differences

Draft = TypeVar("Draft", bound=Tidy)
Run = Callable[[Person | None, datetime], Any]


class Act(enum.StrEnum):
    """What a row would do."""

    CREATE = "create"
    CHANGE = "change"
    SAME = "same"


@dataclasses.dataclass(frozen=True)
class Planned:
    """One record: the rows it comes from, what would happen, and the verb that does it."""

    rows: tuple[int, ...]
    act: Act
    label: str
    changes: dict[str, tuple[Any, Any]]
    run: Run


@dataclasses.dataclass
class Plan:
    """What becomes of all rows; with one fault nothing will be written."""

    planned: list[Planned] = dataclasses.field(default_factory=list)
    faults: list[Fault] = dataclasses.field(default_factory=list)

    def fault(self, row: int, field: str, message: str, **facts: Any) -> None:
        """Note what is wrong with a row."""
        self.faults.append(Fault(row, field, Reason(message, field=field, facts=facts)))

    def refused(self, row: int, reasons: Iterable[Reason], names: dict[str, str]) -> bool:
        """Note a rule's reasons at the row; `names` maps a rule's field to the file's."""
        found = list(reasons)
        for reason in found:
            last = reason.field.rpartition(".")[2]
            self.faults.append(Fault(row, names.get(last, last), reason))
        return bool(found)


@dataclasses.dataclass(frozen=True)
class Setting:
    """For whom rows are planned: the division, who imports, and the moment."""

    division: Unit
    by: Person | None
    at: datetime


def merged(kind: type[Draft], record: Any, given: dict[str, Any]) -> Draft:
    """The record as it stands with what the row says; a new one with what the row says."""
    known = draft_of(kind, record).values() if record is not None else {}
    fields = {field.name for field in dataclasses.fields(kind)}
    return kind(**(known | {key: value for key, value in given.items() if key in fields}))


def compared(record: Any, draft: Tidy) -> tuple[Act, dict[str, tuple[Any, Any]]]:
    """Whether a draft creates, changes or leaves a record, and what differs."""
    if record is None:
        return Act.CREATE, {}
    changes = differences(draft_of(type(draft), record).values(), draft.values())
    return (Act.CHANGE if changes else Act.SAME), changes


class Salespeople:
    """Names in a file to people of the division's sales; one query for the sign-in names."""

    def __init__(self, setting: Setting) -> None:
        found = org.people("sales", setting.division, setting.at)
        self.known: dict[str, list[Person]] = {}
        users = Person.objects.filter(pk__in=[one.pk for one in found])
        logins = dict(users.values_list("pk", "user__username"))
        for person in found:
            for name in {person.name_zh, person.name_en, logins.get(person.pk, "")} - {""}:
                self.known.setdefault(tidy(name).casefold(), []).append(person)

    def pick(self, plan: Plan, row: int, given: dict[str, Any]) -> bool:
        """Put the person in the place of the name; False, with a fault, when it is not one."""
        name = given.get("salesperson")
        if name is None:
            return True
        found = self.known.get(tidy(name).casefold(), [])
        if len(found) == 1:
            given["salesperson"] = found[0]
            return True
        message = (
            N_("业务部门有几位“%(name)s”，请写登录名")
            if found
            else N_("业务部门没有“%(name)s”这个人")
        )
        plan.fault(row, "salesperson", message, name=name)
        return False


def once(plan: Plan, rows: Sequence[Numbered[Any]], *fields: str) -> list[Numbered[Any]]:
    """Rows whose key stands once in the file; each further one is a fault that names the first."""
    first: dict[tuple[Any, ...], int] = {}
    kept = []
    for row in rows:
        key = tuple(_key(getattr(row.values, field)) for field in fields)
        if key in first:
            message = N_("与第 %(first)s 行重复")
            plan.fault(row.number, fields[0], message, first=first[key])
        else:
            first[key] = row.number
            kept.append(row)
    return kept


def _key(value: Any) -> Any:
    return code(value) if isinstance(value, str) else value
