"""Loss and penalty proposals in the determination: computed from the company's tables."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.access import Hand, in_whose_name
from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import Reason, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import values
from shouwen.ground.org.models import Person
from shouwen.work.cases import crosschecks, suggesting
from shouwen.work.cases.actions import sheet_of
from shouwen.work.cases.models import Case, Outcome, Severity

from . import annexes, rules
from .access import spec_of
from .models import Penalty

SECTION = "determination"
Data = dict[str, Any]


def loss_proposal(case: Case, sheet: Sheet, at: datetime) -> Data | None:
    """Loss lines by annex 1 and its version; None while the company has none (R4-43, R4-87).

    A complaint that was not upheld cost nobody anything.
    """
    basis = annexes.basis_of(case.division_id, "R4-43", at)
    if basis is None:
        return None
    if papers.figure(sheet, "decision.upheld") == Outcome.NOT_UPHELD:
        return {"losses": [], "basis_since": basis.since.isoformat()}
    lines = papers.figure(sheet, "intake.lines") or []
    quantity = sum((Decimal(str(line.get("quantity") or 0)) for line in lines), Decimal(0))
    defective = sum((Decimal(str(line.get("defective") or 0)) for line in lines), Decimal(0))
    found = rules.loss_lines(
        basis.value,
        quantity=quantity,
        defective=defective,
        amount_cents=papers.figure(sheet, "decision.amount") or 0,
    )
    losses = [
        {"item": line.item, "base": line.base, "amount": f"{Decimal(line.amount_cents) / 100:.2f}"}
        for line in found
    ]
    return {"losses": losses, "basis_since": basis.since.isoformat()}


@one_act
def recompute_loss(case: Case, *, by: Person, at: datetime | None = None) -> Data | None:
    """Compute the loss anew by the basis in force: whose step it is, before the signature."""
    moment = at or clock.now()
    sheet = sheet_of(case)
    section = sheet.definition.section(SECTION)
    assert section is not None
    hand = Hand(sheet, by, moment, papers.data_of(sheet))
    in_whose_name(hand, section.by, SECTION, section.clause)
    refuse_any(rules.why_not_annexes(annexes.of(case.division_id, {"R4-43"}, moment)))
    return draw_up_loss(case, sheet, by=by, at=moment)


def draw_up_loss(case: Case, sheet: Sheet, *, by: Person | None, at: datetime) -> Data | None:
    """Write what the basis makes of the loss into the section; nothing without a basis."""
    proposal = loss_proposal(case, sheet, at)
    if proposal is None:
        return None
    section = documents.fill_computed(sheet, SECTION, proposal, by=None, at=at)
    total = sum(line["amount"] for line in section.data.get("losses") or [])
    record("loss.computed", case, by=by, at=at, total=total, basis_since=proposal["basis_since"])
    return proposal


@dataclass(frozen=True)
class Proposed:
    """What the basis says for one person, and the how-manieth time within the window it is."""

    person: int
    row: rules.Row | None
    times: int
    reason: str = ""


def proposed(
    case: Case, people: dict[int, str], negligence: bool, at: datetime
) -> dict[int, Proposed]:
    """The penalties by the basis in force, for persons with what they are held responsible for.

    Nothing while the company has no basis (R4-44, R4-87). One statement, however many people.
    """
    basis = annexes.basis_of(case.division_id, "R4-44", at)
    months = values.find(spec_of(case.division_id, "R4-44", at).repeat, case.division_id, on=at)
    if basis is None or months is None or not people:
        return {}
    since = clock.local(rules.repeat_since(clock.day_of(at), int(months)))
    earlier = Penalty.objects.filter(person__in=people, approved_at__gte=since).exclude(case=case)
    counts = Counter(earlier.values_list("person_id", flat=True))
    severity = Severity(case.severity).name.lower()
    found = {}
    for person, reason in people.items():
        times = counts[person] + 1
        row = rules.penalty_for(
            basis.value, negligence=negligence, cause_class=case.cause_class, severity=severity,
            times=times,
        )  # fmt: skip
        found[person] = Proposed(person, row, times, reason)
    return found


def proposed_penalties(case: Case, sections: dict[str, Data], at: datetime) -> list[Proposed]:
    """One proposal for each person whom quality management named responsible (R4-10, R4-44)."""
    investigation = sections.get("investigation") or {}
    people = {
        int(line["person"]): str(line.get("reason") or "")
        for line in investigation.get("responsible") or []
        if line.get("person")
    }
    return list(proposed(case, people, bool(investigation.get("negligence")), at).values())


@suggesting.register(SECTION)
def start_with_proposals(case: Case, sections: dict[str, Data]) -> Data:
    """The group starts from its first opinion's shares and from what the basis says."""
    at = clock.now()
    lightest = next(iter(annexes.sanctions_of(case.division_id, at)), "")
    penalties = [
        {
            "person": one.person,
            "kind": one.row["kind"],
            "sanction": lightest if one.row["kind"] == Penalty.Kind.ADMINISTRATIVE else "",
            "amount": one.row.get("amount"),
            "points": one.row.get("points"),
            "reason": one.reason,
        }
        for one in proposed_penalties(case, sections, at)
        if one.row is not None
    ]
    liability = (sections.get("first_opinion") or {}).get("liability")
    unit = (sections.get("investigation") or {}).get("liable_unit")
    found = {"liability": liability, "penalties": penalties, "originating_unit": unit}
    return {key: value for key, value in found.items() if value}


@crosschecks.register(SECTION)
def by_the_basis(case: Case, sheet: Sheet, data: Data, sections: dict[str, Data]) -> list[Reason]:
    """A penalty that departs from the basis is explained; a sanction is one of the company's."""
    at = clock.now()
    negligence = bool((sections.get("investigation") or {}).get("negligence"))
    codes = list(annexes.sanctions_of(case.division_id, at))
    lines = data.get("penalties") or []
    people = {int(line["person"]): "" for line in lines if line.get("person")}
    by_person = proposed(case, people, negligence, at)
    reasons: list[Reason] = []
    for index, line in enumerate(lines):
        computed = by_person.get(int(line.get("person") or 0))
        reasons += rules.why_not_penalty(index, line, computed.row if computed else None)
        if codes:
            reasons += rules.why_not_sanction(index, line, codes)
    return reasons
