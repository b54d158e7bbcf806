"""A new form for a customer who does not accept the conclusion, the old one behind it (R4-48)."""

from datetime import datetime
from typing import Any

from shouwen.engines.documents import queries as papers
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org.models import Person

from .access import require_role, role_of
from .actions import Intake, open_case, sheet_of
from .models import Case, Kind

CLAUSE = "R4-48"
KEPT = ("lines", "demand", "demand_amount", "demand_quantity")
"""What the new form takes over from the old one; the rest is to be asked again."""


def why_not_refiled(case: Case) -> list[Reason]:
    """Why no new form can be filed on this case now."""
    if case.kind != Kind.QUALITY or case.state != "closed":
        instead = N_("未结案的客诉在原表上继续处理")
        return [Reason(N_("只有已结案的客诉才能重新填表"), CLAUSE, instead=instead)]
    if running := case.refiled.filter(state="open").first():
        facts = {"label": running.label}
        return [Reason(N_("原案已另填新表 %(label)s,正在处理"), CLAUSE, facts=facts)]
    return []


def again(case: Case, description: str, *, caller: str = "", phone: str = "") -> Intake:
    """The intake of a new form: what the customer says now, on what was delivered then."""
    before = papers.data_of(sheet_of(case)).get("intake", {})
    known: dict[str, Any] = {key: before[key] for key in KEPT if before.get(key)}
    return Intake(
        division=case.division,
        customer=case.customer,
        category=case.category,
        title=case.title,
        description=description,
        severity=case.severity,
        channel=case.channel,
        caller=caller,
        phone=phone,
        salesperson=case.salesperson,
        sheet=known,
    )


@one_act
def refile(case: Case, intake: Intake, *, by: Person, at: datetime | None = None) -> Case:
    """File a new form for a customer who does not accept the conclusion, the old one attached.

    Own number and route; the original stays closed. One open re-filing at a time.
    """
    moment = at or clock.now()
    require_role(role_of(CLAUSE, moment), case.division, CLAUSE, by=by, at=moment)
    Case.objects.select_for_update().get(pk=case.pk)
    refuse_any(why_not_refiled(case))
    fresh = open_case(intake, by=by, at=moment, origin=case)
    record("case.refiled", fresh, by=by, at=moment, origin=case.pk, number=case.label)
    record("case.refused", case, by=by, at=moment, refiled=fresh.pk, number=fresh.label)
    return fresh
