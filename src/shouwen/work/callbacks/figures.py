"""What the clauses and the company's values say of call-backs in a division, on a day."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shouwen.ground.foundation import clock, words
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org import ruling, values
from shouwen.ground.org.models import Unit
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.shapes import Clause

from . import rules
from .models import Callback, Reason

FORM, DIRECTORS_FORM, LIST = "callback", "director_callback", "improvement_list"
DEFAULT = "default"
"""The class of the customers that nobody put into one."""


@dataclass(frozen=True)
class Choice:
    """One outcome of a call, or one line that is marked; `key` is what is kept."""

    key: str
    zh: str
    en: str
    meaning: str = ""

    @property
    def label(self) -> str:
        """In the reader's language."""
        return (words.language() == "en" and self.en) or self.zh


OUTCOMES = (
    Choice("reached", N_("接通"), "Reached", rules.REACHED),
    Choice("no_answer", N_("无人接听"), "No answer", rules.MISSED),
    Choice("busy", N_("忙音"), "Busy", rules.MISSED),
    Choice("wrong_number", N_("号码不对"), "Wrong number", rules.MISSED),
    Choice("refused", N_("客户不愿答"), "Would not answer", rules.DECLINED),
)
"""Until the company has its own list."""

SERVICE_ITEMS = {
    "repair": ("维修", "Repair service"),
    "reception": ("前台接待", "Reception"),
    "cleaning_and_greening": ("保洁绿化", "Cleaning and greening"),
    "security": ("治安", "Public security"),
    "greening": ("绿化", "Greening"),
}
"""What the items are called that a clause names; the company's own list names its own."""


def clause_of(kind: str, division: Unit | int, at: datetime, **match: Any) -> str:
    """The number of the clause that binds the division, or nothing."""
    found = ruling.clause(kind, division, at, **match)
    return found.id if found else ""


def record_clause(division: Unit | int, at: datetime) -> Clause | None:
    """The clause that says what stands on a call-back form (R3-44)."""
    return ruling.clause("document", division, at, form=FORM, fields="user_words")


def outcomes(division: Unit | int, at: datetime) -> tuple[Choice, ...]:
    """The company's list of outcomes, in the order of their digit keys."""
    binding = record_clause(division, at)
    rows = values.find(f"{binding.id}.outcomes", division, at) if binding else None
    if not rows:
        return OUTCOMES
    return tuple(
        Choice(row["key"], row["label"], row.get("label_en") or "", row["meaning"]) for row in rows
    )


def meaning_of(outcome: str, division: Unit | int, at: datetime) -> str:
    """What an outcome means; refuses what is not on the list."""
    for choice in outcomes(division, at):
        if choice.key == outcome:
            return choice.meaning
    binding = record_clause(division, at)
    raise refuse(N_("请选择通话结果"), binding.id if binding else "", field="outcome")


def items(reason: str, division: Unit | int, at: datetime) -> tuple[Choice, ...]:
    """The lines that are marked in a call-back of this reason."""
    if reason == Reason.SAMPLE:
        return service_items(division, at)
    binding = record_clause(division, at)
    rows = values.find(f"{binding.id}.items", division, at) if binding else None
    return tuple(_item(row) for row in rows or ())


def service_items(division: Unit | int, at: datetime) -> tuple[Choice, ...]:
    """The service items the director scores: the company's list, else those of the clause."""
    binding = director_clause(division, at)
    if binding is None:
        return ()
    rows = values.find(f"{binding.id}.items", division, at)
    if rows:
        return tuple(_item(row) for row in rows)
    return tuple(Choice(key, *SERVICE_ITEMS.get(key, (key, key))) for key in binding.spec.fields)


def director_clause(division: Unit | int, at: datetime) -> Clause | None:
    """The clause of the director's form that names what he scores (R3-52)."""
    found = ruling.clauses("document", division, at, form=DIRECTORS_FORM)
    return next((one for one in found if not getattr(one.spec, "before", "")), None)


def _item(row: dict[str, Any]) -> Choice:
    return Choice(row["key"], row["label"], row.get("label_en") or "")


def best_mark(division: Unit | int, at: datetime) -> int:
    """The best mark of the company's scale; refuses while it has set none."""
    binding = record_clause(division, at)
    return int(values.get(f"{binding.id}.best_mark", division, at)) if binding else 0


def asked(
    reason: str, division: Unit | int, at: datetime, keys: tuple[str, ...] | None = None
) -> rules.Asked:
    """What a result of this reason has to hold; `keys` are items frozen earlier."""
    wanted = keys if keys is not None else tuple(one.key for one in items(reason, division, at))
    binding = record_clause(division, at)
    scores = director_clause(division, at) if reason == Reason.SAMPLE else None
    return rules.Asked(
        record=binding.id if binding else "",
        voice=_voice(reason, division, at),
        scores=scores.id if scores else "",
        items=wanted,
        best=best_mark(division, at) if wanted else 0,
        needs=clause_of("document", division, at, form="opportunity_note"),
    )


def _voice(reason: str, division: Unit | int, at: datetime) -> str:
    """Who owns the first contact asks (R3-36), and the director does (R3-55)."""
    if reason == Reason.FIRST_CONTACT:
        return clause_of("document", division, at, form=FORM, fields="suggestion")
    if reason == Reason.SAMPLE:
        return clause_of("document", division, at, form=LIST)
    return ""


def asked_of(callback: Callback, at: datetime, keys: tuple[str, ...] | None = None) -> rules.Asked:
    """What the result of one call has to hold: a sample's lines are those it was drawn with."""
    if keys is None and callback.reason == Reason.SAMPLE:
        keys = tuple(row["key"] for row in callback.sampled.sample.items)
    return asked(callback.reason, callback.division_id, at, keys)


def lines_of(callback: Callback, at: datetime) -> tuple[Choice, ...]:
    """The lines of one call with their names."""
    if callback.reason == Reason.SAMPLE:
        rows = callback.sampled.sample.items
        return tuple(Choice(row["key"], row["zh"], row["en"]) for row in rows)
    return items(callback.reason, callback.division_id, at)


def repair_quota(division: Unit | int, at: datetime) -> Clause | None:
    """The clause that wants finished repairs called back (R3-43)."""
    return quota(division, at, base="repair.finished")


def sample_quota(division: Unit | int, at: datetime) -> Clause | None:
    """The clause that wants a sample of the repairs called back by the director (R3-51)."""
    return quota(division, at, of="sample.called_back")


def quota(division: Unit | int, at: datetime, **match: Any) -> Clause | None:
    """The quota that binds a division: of what, of which base, for which period."""
    return ruling.clause("quota", division, at, of=match.pop("of", "callback.done"), **match)


def find(clause: Clause | None, name: str, division: Unit | int, at: datetime) -> Any:
    """A value that a clause leaves to the company, or None while it has set none."""
    if clause is None:
        return None
    key = f"{clause.id}.{name}"
    known = {spec.key for spec in policy.clause(clause.id, clock.day_of(at)).values}
    return values.find(key, division, at) if key in known else None
