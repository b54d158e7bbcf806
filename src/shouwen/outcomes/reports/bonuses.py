"""The base of the collection-rate bonus: what fell due, less what complaints hold back (R4-81).

Cost: the shipments due in the month by the index `shipment_due`, and the complaints on their orders
by `line_of_order`; six statements for one salesperson or for all of a division.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.outcomes.settlement.models import Collection, Settlement
from shouwen.work.cases.models import Case, CaseLine
from shouwen.work.customers import queries as customers
from shouwen.work.customers.models import Shipment

from . import rows, rules
from .access import BONUS, computer, computes_bonus
from .models import Report

State = Report.State
CLAUSE = "R4-81"


@dataclass(frozen=True)
class Held:
    """A complaint that holds payments back, on one part of one order."""

    case: int
    number: str
    customer: int
    order: str
    part: str

    def covers(self, shipment: Shipment) -> bool:
        """Whether a shipment is of the complained goods."""
        line = shipment.order_line
        return (line.order.customer_id, line.order.number, line.product.part_number) == (
            self.customer,
            self.order,
            self.part,
        )


def bonus_key(salesperson: Person) -> str:
    """Under which key the base of a salesperson is kept."""
    return f"{BONUS}:{salesperson.pk}"


def bases(
    division: Unit, period: str, salesperson: Person | None = None, on: date | None = None
) -> dict[int, rules.Bonus]:
    """The base of each salesperson who had something due in a month, as it stands on a day."""
    days = rows.month(period)
    last = min(days.last, on or clock.today())
    due = customers.falling_due((days.first, days.last), salesperson, divisions={division.pk})
    held = _held(division, due, last)
    found: dict[int, list[rules.Receivable]] = defaultdict(list)
    for shipment in due:
        seller = customers.seller_of(shipment)
        if seller is not None:
            found[seller].append(_line(shipment, held, last))
    return {seller: rules.bonus(lines) for seller, lines in found.items()}


def base_of(salesperson: Person, division: Unit, period: str) -> rules.Bonus:
    """The base of one salesperson; of nothing due, an empty one."""
    return bases(division, period, salesperson).get(salesperson.pk) or rules.bonus([])


def _line(shipment: Shipment, held: Sequence[Held], last: date) -> rules.Receivable:
    owed = customers.receivable_of(shipment, last)
    line = shipment.order_line
    by = next((one for one in held if one.covers(shipment)), None)
    return rules.Receivable(
        invoice=shipment.invoice_number,
        order=line.order.number,
        part=line.product.part_number,
        amount_cents=owed.owed_cents,
        collected_cents=owed.collected_cents,
        complaint=by.number if by else "",
        case=by.case if by else None,
        customer=line.order.customer.name,
        due_on=shipment.due_on.isoformat() if shipment.due_on else "",
    )


def _held(division: Unit, due: Iterable[Shipment], last: date) -> list[Held]:
    """The complaints on these orders that hold payments back on a day, the oldest first."""
    orders = {shipment.order_line.order.number for shipment in due}
    lines = CaseLine.objects.filter(
        order_number__in=orders, case__division=division, case__kind="quality_complaint",
        case__accepted_at__lt=clock.end_of(last),
    ).exclude(case__state="void")  # fmt: skip
    found = list(lines.select_related("case").order_by("case_id", "id"))
    disputes = _disputes({line.case_id: line.case for line in found})
    return [
        Held(line.case_id, line.case.label, line.case.customer_id, line.order_number,
             line.part_number)
        for line in found
        if disputes[line.case_id].delays(last)
    ]  # fmt: skip


def _disputes(found: dict[int, Case]) -> dict[int, rules.Dispute]:
    settled = dict(Settlement.objects.filter(case__in=found).values_list("case_id", "done_at"))
    collections: dict[int, list[Collection]] = defaultdict(list)
    for one in Collection.objects.filter(case__in=found):
        collections[one.case_id].append(one)
    return {pk: _dispute(case, settled.get(pk), collections[pk]) for pk, case in found.items()}


def _dispute(
    case: Case, settled_at: datetime | None, collections: Sequence[Collection]
) -> rules.Dispute:
    return rules.Dispute(
        opened_on=clock.day_of(case.accepted_at or case.opened_at),
        closed_on=clock.day_of(case.closed_at) if case.closed_at else None,
        upheld=case.outcome == "upheld",
        settled_on=clock.day_of(settled_at) if settled_at else None,
        collect_by=max((one.due_on for one in collections), default=None),
        disputed=any(one.state == Collection.State.DISPUTED for one in collections),
    )


# -- written down ---------------------------------------------------------------------------------


def body_of(base: rules.Bonus) -> dict[str, Any]:
    """The base as it is kept: every line with what it was, and the sums."""
    return {
        "lines": [vars(line) for line in base.lines],
        "receivable_cents": base.receivable_cents,
        "excluded_cents": base.excluded_cents,
        "collected_cents": base.collected_cents,
        "rate": str(base.rate) if base.rate is not None else None,
    }


def read(report: Report) -> rules.Bonus:
    """The base as it was written down."""
    return rules.bonus([rules.Receivable(**line) for line in report.body["lines"]])


def written(division: Unit, salesperson: Person, period: str) -> list[Report]:
    """Every edition of a base, the newest first."""
    found = Report.objects.filter(division=division, key=bonus_key(salesperson), period=period)
    return list(found.select_related("drawn_up_by").order_by("-edition"))


def written_in(division: Unit, period: str) -> dict[int, Report]:
    """By salesperson, the base of a month that is in force; one query."""
    found = Report.objects.filter(
        division=division, key__startswith=f"{BONUS}:", period=period, state=State.FINAL
    )
    return {int(report.key.partition(":")[2]): report for report in found}


@one_act
def compute_bonus(
    division: Unit,
    salesperson: Person,
    period: str,
    *,
    reason: str = "",
    by: Person,
    at: datetime | None = None,
) -> Report:
    """Write the base of a month down; anew only with a reason, the old one is replaced."""
    moment = at or clock.now()
    _require_computable(division, salesperson, period, by, moment)
    base = base_of(salesperson, division, period)
    last = next(iter(written(division, salesperson, period)), None)
    if last is not None and not reason.strip():
        raise refuse(N_("%(period)s 的奖金基数已经写定，重算须写明理由"), CLAUSE,
                     field="reason", period=period)  # fmt: skip
    try:
        with transaction.atomic():
            if last is not None:
                Report.objects.filter(pk=last.pk).update(state=State.REPLACED)
            made = Report.objects.create(
                division=division, key=bonus_key(salesperson), period=period, body=body_of(base),
                edition=last.edition + 1 if last else 1, reason=reason.strip()[:200],
                state=State.FINAL, drawn_up_by=by, drawn_up_at=moment, finalised_at=moment,
            )  # fmt: skip
    except IntegrityError:
        raise refuse(N_("刚刚由别人写定"), CLAUSE) from None
    record(
        "bonus.computed", made, by=by, at=moment, salesperson=salesperson.pk, period=period,
        base=base.base_cents, excluded=base.excluded_cents, collected=base.collected_cents,
        rate=made.body["rate"], complaints=sorted({one.complaint for one in base.exclusions}),
    )  # fmt: skip
    return made


def _require_computable(
    division: Unit, salesperson: Person, period: str, by: Person, at: datetime
) -> None:
    if not computes_bonus(by, division, at):
        raise refuse(N_("奖金基数由%(who)s写定"), CLAUSE, who=computer(division, at))
    if not sells(salesperson, division, at):
        raise refuse(N_("%(person)s不是业务人员"), CLAUSE, person=salesperson.name)
    rows.past_month(period, CLAUSE, at)


def sells(person: Person, division: Unit, at: datetime | None = None) -> bool:
    """Whether somebody is in sales, or has sold here."""
    in_sales = org.holds(person, "sales", division, at or clock.now())
    return in_sales or customers.has_sold(person, division)
