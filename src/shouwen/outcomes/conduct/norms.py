"""What the norms of a division ask: items to mark, violations to find, what they are called."""

from datetime import datetime

from shouwen.ground.foundation.words import Words
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Unit
from shouwen.ground.policy.kinds import NormSpec
from shouwen.ground.policy.shapes import Clause

from .rules import Item, items_of

CONFIRMED = "finding.confirmed"


def norms(division: Unit | int, at: datetime) -> list[Clause]:
    """Every norm that binds a division, in the order of the regulations."""
    return ruling.clauses("norm", division, at)


def items(division: Unit | int, during: str, at: datetime) -> list[Item]:
    """What is marked in a contact of a kind; the same item of two clauses is one (R6-02)."""
    found = [one for one in norms(division, at) if during in _spec(one).during]
    return items_of((one.id, _spec(one).inspected) for one in found)


def clauses_of(code: str, division: Unit | int, at: datetime) -> list[Clause]:
    """The clauses that an item or a violation belongs to, and those that say the same (R6-04)."""
    found = norms(division, at)
    own = [one for one in found if code in (*_spec(one).inspected, *_spec(one).violations)]
    charges = ruling.clauses("charge", division, at, after=CONFIRMED, items=code)
    seen = [one for one in detected(division, at) if code in seen_by(one)]
    return [*(own or charges), *seen]


def detected(division: Unit | int, at: datetime) -> list[Clause]:
    """The clauses whose breach the product sees by itself (R3-38, R3-40)."""
    late = ruling.clauses("charge", division, at, after="due.missed")
    found = [*ruling.clauses("limit", division, at), *late]
    return [one for one in found if one.running and seen_by(one)]


def seen_by(clause: Clause) -> dict[str, Words]:
    """The violations that the product sees by itself under a clause, with their names."""
    spec = clause.spec
    codes = getattr(spec, "late", None) or ([spec.item] if spec.names else ())
    return {code: spec.names[code] for code in codes}


def known_codes(division: Unit | int, at: datetime) -> dict[str, Words]:
    """Every code that may be found against somebody, with its name."""
    found: dict[str, Words] = {}
    for one in norms(division, at):
        spec = _spec(one)
        for code in (*spec.violations, *spec.inspected):
            found.setdefault(code, spec.codes.get(code) or spec.items.get(code) or one.text)
    for one in ruling.clauses("charge", division, at, after=CONFIRMED):
        for code in one.spec.items:
            found.setdefault(code, one.spec.names.get(code) or one.text)
    for one in detected(division, at):
        found = seen_by(one) | found
    return found


def name_of(code: str, division: Unit | int, at: datetime) -> Words:
    """What an item or a violation is called; its bare code once no rule knows it any more."""
    return known_codes(division, at).get(code) or Words(zh=code, en=code)


def corrected(code: str, division: Unit | int, at: datetime) -> Clause | None:
    """The clause by which the customer is told what is right after such a violation (R5-08)."""
    return next((one for one in norms(division, at) if code in _spec(one).corrected), None)


def charges(code: str, division: Unit | int, at: datetime) -> list[Clause]:
    """What follows from a confirmed finding of that code (R5-14, R5-15)."""
    return ruling.clauses("charge", division, at, after=CONFIRMED, items=code)


def _spec(clause: Clause) -> NormSpec:
    assert isinstance(clause.spec, NormSpec)
    return clause.spec
