"""What a complaint means for units and people, as its page shows it (R4-40 to R4-46, R4-56)."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from shouwen.doors.web.people import Request
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.access import Hand, may_fill
from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.outcomes.assessment import annexes, proposals, queries
from shouwen.outcomes.assessment.access import spec_of
from shouwen.outcomes.assessment.approving import COUNTED, loss_parts
from shouwen.outcomes.assessment.models import Claim, LossShare, Penalty
from shouwen.outcomes.assessment.proposals import SECTION
from shouwen.work.cases.models import Case, Kind

Data = dict[str, Any]
STAGES = frozenset({"determination", "instruction", "closing", "closed"})


@dataclass(frozen=True)
class Part:
    """What one unit bears: its share, its part of the loss in cents."""

    unit: str
    person: str
    ratio: Any
    amount_cents: int


@dataclass
class Panel:
    """The assessment of a complaint."""

    case: Case
    approved: bool = False
    losses: list[dict[str, Any]] = field(default_factory=list)
    basis_since: date | None = None
    version: str = ""
    parts: list[Part] = field(default_factory=list)
    penalties: list[Penalty] = field(default_factory=list)
    proposed: list[dict[str, Any]] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    missing: list[annexes.Entry] = field(default_factory=list)
    may_recompute: bool = False
    may_claim: bool = False

    @property
    def total_cents(self) -> int:
        """The whole loss."""
        return sum(line.get("amount") or 0 for line in self.losses)

    @property
    def claimed_cents(self) -> int:
        """What third parties bear of it."""
        return self.total_cents - sum(part.amount_cents for part in self.parts)

    @property
    def stage_reached(self) -> bool:
        """Whether liability is judged now or was."""
        return self.case.stage in STAGES

    @property
    def shown(self) -> bool:
        """Whether there is anything to say yet."""
        return self.stage_reached or bool(self.claims)


def panel_of(request: Request, case: Case, sheet: Sheet | None) -> Panel | None:
    """The assessment of a complaint from its determination on; its claims from the beginning."""
    if case.kind != Kind.QUALITY or sheet is None:
        return None
    panel = Panel(case, claims=queries.claims_of(case))
    if not panel.shown:
        return None
    at = clock.now()
    office = spec_of(case.division_id, "R4-56", at).owner
    panel.may_claim = org.as_whom(request.person, office, case.division_id, at) is not None
    if case.stage not in STAGES:
        return panel
    shares, panel.penalties = queries.approved_for(case)
    panel.approved = bool(shares)
    data = papers.data_of(sheet)
    judged = data.get(SECTION, {})
    since = judged.get("basis_since")
    panel.losses = judged.get("losses") or []
    panel.basis_since = date.fromisoformat(since) if since else None
    claimed = [one.share for one in panel.claims if one.status in COUNTED]
    panel.parts = _approved(shares) or _proposed(panel.losses, judged, data, claimed)
    entries = annexes.entries(case.division_id, at)
    panel.version = entries[0].version
    if not panel.approved:
        panel.missing = [one for one in entries if one.missing]
        panel.proposed = _penalties(case, data)
    if case.stage == SECTION:
        hand = Hand(sheet, request.person, at, data)
        by = sheet.definition.section(SECTION).by  # type: ignore[union-attr]
        panel.may_recompute = may_fill(hand, by, SECTION)
    return panel


def _approved(shares: list[LossShare]) -> list[Part]:
    return [
        Part(
            one.unit.name, one.person.name if one.person else "", one.ratio,
            one.amount_cents,
        )
        for one in shares
    ]  # fmt: skip


def _proposed(
    losses: list[Data], judged: Data, data: dict[str, Data], claimed: list[Decimal]
) -> list[Part]:
    """The shares as they are proposed: the determination's, before it the first opinion's."""
    liability = judged.get("liability") or data.get("first_opinion", {}).get("liability") or []
    known = [line for line in liability if line.get("unit") and line.get("ratio")]
    return [
        Part(
            org.unit_by_id(int(line["unit"])).name,
            org.person(int(line["person"])).name if line.get("person") else "",
            share,
            part,
        )
        for line, share, part in loss_parts(losses, known, claimed)
    ]


def _penalties(case: Case, data: dict[str, Any]) -> list[dict[str, Any]]:
    """For each person named responsible what the basis says."""
    return [
        {
            "person": org.person(one.person),
            "times": one.times,
            "kind": Penalty.Kind(one.row["kind"]).label if one.row else "",
            "amount": (one.row.get("amount") or 0) if one.row else 0,
            "points": (one.row.get("points") or 0) if one.row else 0,
        }
        for one in proposals.proposed_penalties(case, data, clock.now())
    ]
