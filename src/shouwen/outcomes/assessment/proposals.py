"""Loss and penalty proposals in the determination: computed from the company's tables."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Reason
from shouwen.ground.org import values
from shouwen.work.cases import crosschecks
from shouwen.work.cases.models import Case

from . import rules
from .models import Penalty

LOSS_BASIS = "R4-43.loss_basis"
PENALTY_BASIS = "R4-44.penalty_basis"
SANCTIONS = "R4-46.sanction_kinds"
Data = dict[str, Any]


def computed_losses(case: Case, sheet: Sheet) -> list[Data]:
    """Loss lines by annex 1; refuses while the company has no basis (R4-43, R4-87)."""
    basis = values.get(LOSS_BASIS, case.division_id, on=clock.now())
    lines = papers.figure(sheet, "intake.lines") or []
    quantity = sum((Decimal(str(line.get("quantity") or 0)) for line in lines), Decimal(0))
    defective = sum((Decimal(str(line.get("defective") or 0)) for line in lines), Decimal(0))
    amount = papers.figure(sheet, "decision.amount") or 0
    return [
        {"item": line.item, "base": line.base, "amount": f"{Decimal(line.amount_cents) / 100:.2f}"}
        for line in rules.loss_lines(
            basis, quantity=quantity, defective=defective, amount_cents=amount
        )
    ]


def computed_penalty(case: Case, person_id: int, negligence: bool) -> rules.Row | None:
    """What the penalty basis says for one person: cause, severity and how often in a year."""
    basis = values.get(PENALTY_BASIS, case.division_id, on=clock.now())
    since = clock.now() - timedelta(days=365)
    earlier = Penalty.objects.filter(person_id=person_id, approved_at__gte=since).exclude(case=case)
    return rules.penalty_for(
        basis,
        negligence=negligence,
        cause_class=case.cause_class,
        severity=case.severity,
        times=earlier.count() + 1,
    )


@crosschecks.register("determination")
def by_the_basis(case: Case, sheet: Sheet, data: Data, sections: dict[str, Data]) -> list[Reason]:
    """A penalty that departs from the basis is explained; a sanction is one of the company's."""
    negligence = bool((sections.get("investigation") or {}).get("negligence"))
    kinds = values.find(SANCTIONS, case.division_id) or []
    codes = [row["code"] for row in kinds]
    reasons: list[Reason] = []
    for index, line in enumerate(data.get("penalties") or []):
        if line.get("person"):
            computed = computed_penalty(case, int(line["person"]), negligence)
            reasons += rules.why_not_penalty(index, line, computed)
        reasons += rules.why_not_sanction(index, line, codes)
    return reasons
