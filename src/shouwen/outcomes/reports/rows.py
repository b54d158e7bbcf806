"""What stands on the statistics sheet for each complaint, gathered from what is on record.

Cost: the cases closed in the month by the index `case_closed`, and some ten statements however many
they are; never a look at the other cases.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Section, Sheet
from shouwen.engines.dues.tied.periods import Period, before, period_of
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org import values
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.policy import queries as policy
from shouwen.outcomes.assessment import rules as assessment
from shouwen.outcomes.assessment.models import LossShare
from shouwen.work.cases import queries as cases
from shouwen.work.cases.course.courses import QUALITY_FORM
from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Product

from . import rules

Row = dict[str, Any]
Sections = dict[int, dict[str, dict[str, Any]]]
PROJECT = "improvement_project"
WHOLE = "R4-50"
SPLIT_RULE = "R4-50.split_rule"
NAMELESS = {"zh": "", "en": ""}


def month(period: str) -> Period:
    """The month `2026-04`; raises ValueError on anything else."""
    return period_of("month", date.fromisoformat(f"{period}-01"))


def past_month(period: str, clause: str, at: datetime) -> Period:
    """The month of a paper; refuses one that is none, or is not over yet."""
    try:
        found = month(period)
    except ValueError:
        message = N_("没有这样的月份：%(period)s")
        raise refuse(message, clause, field="period", period=period) from None
    if clock.day_of(at) > found.last:
        return found
    raise refuse(
        N_("%(period)s 尚未结束，不能汇总"), clause, field="period",
        instead=N_("下月一日起办理"), period=period,
    )  # fmt: skip


def month_before(period: str) -> str:
    """The month before a month."""
    return before("month", month(period)).key


def gather(division: Unit, period: str) -> list[Row]:
    """One row for each complaint the division closed in the month, by number (R4-49)."""
    days = month(period)
    closed = cases.closed_between(division.pk, days.first, days.last)
    shares = LossShare.objects.select_related("unit").order_by("id")
    found = list(closed.prefetch_related("lines", Prefetch("loss_shares", shares)))
    ids = [case.pk for case in found]
    written, products = _written(ids), _products(division, found)
    improvements = newest_projects(ids)
    split = values.find(SPLIT_RULE, division) or "proposed"
    return [
        {
            **_row(case, products, split),
            **checks_of(written[case.pk], improvements.get(case.pk)),
            "version": 0,
        }
        for case in found
    ]


def _row(case: Case, products: dict[str, Product], split: str) -> Row:
    accepted, closed = case.accepted_at, case.closed_at
    assert accepted is not None, case
    assert closed is not None, case
    liable = list(case.loss_shares.all())
    begun, ended = clock.day_of(accepted), clock.day_of(closed)
    return {
        "case": case.pk,
        "number": case.label,
        "title": case.title,
        "customer": {"id": case.customer_id, **named(case.customer)},
        "parts": _parts(case, products),
        "cause_class": case.cause_class,
        "cause_item": case.cause_item,
        "outcome": case.outcome,
        "method": case.method,
        "accepted_on": begun.isoformat(),
        "closed_on": ended.isoformat(),
        "days": (ended - begun).days,
        "late": closed >= case.due_at,
        "loss_cents": sum(one.amount_cents for one in liable),
        "liability": _liability(liable, split),
    }


def named(record: Any) -> dict[str, str]:
    """A name in both languages, as it was when the sheet was drawn up."""
    return {"zh": record.name_zh, "en": record.name_en or record.name_zh}


def _parts(case: Case, products: dict[str, Product]) -> list[dict[str, str]]:
    numbers = dict.fromkeys(line.part_number for line in case.lines.all())
    return [
        {
            "part": number,
            **(named(products[number]) if number in products else {"zh": "", "en": ""}),
        }
        for number in numbers
    ]


def _liability(liable: list[LossShare], split: str) -> list[Row]:
    """By unit: two people of one unit bear its share together."""
    by_unit: dict[int, Row] = {}
    for one in liable:
        part = by_unit.setdefault(
            one.unit_id, {"unit": one.unit_id, **named(one.unit), "ratio": 0, "loss_cents": 0}
        )
        part["ratio"] += one.ratio
        part["loss_cents"] += one.amount_cents
    parts = list(by_unit.values())
    started = rules.shares(parts, split)
    kept = [{**part, "ratio": ratio} for part, ratio in zip(parts, started, strict=True)]
    return kept if split == "proposed" else shared_out(kept, sum(p["loss_cents"] for p in parts))


def shared_out(parts: Iterable[Row], loss_cents: int) -> list[Row]:
    """The same parts, each with its part of the loss by its ratio."""
    found = list(parts)
    ratios = [rules.number_of(part["ratio"]) or Decimal(0) for part in found]
    amounts = assessment.split(loss_cents, ratios)
    return [{**part, "loss_cents": cents} for part, cents in zip(found, amounts, strict=True)]


def _products(division: Unit, found: list[Case]) -> dict[str, Product]:
    numbers = {line.part_number for case in found for line in case.lines.all()}
    rows = Product.objects.filter(division=division, part_number__in=numbers)
    return {product.part_number: product for product in rows}


def _written(ids: Collection[int]) -> Sections:
    """What the complaint forms say of measure and tracking; one statement."""
    found: Sections = defaultdict(dict)
    parts = Section.objects.filter(
        sheet__form=QUALITY_FORM, sheet__matter_kind="case", sheet__matter_id__in=ids,
        key__in=["production", "determination"],
    ).exclude(sheet__state=Sheet.State.VOID)  # fmt: skip
    for case, key, data in parts.values_list("sheet__matter_id", "key", "data"):
        found[case or 0][key] = data
    return found


def newest_projects(ids: Collection[int]) -> dict[int, Sheet]:
    """The improvement project of each case that has one; its newest where it was continued."""
    found = Sheet.objects.filter(form=PROJECT, matter_kind="case", matter_id__in=ids)
    found = found.exclude(state=Sheet.State.VOID).order_by("id")
    return {sheet.matter_id or 0: sheet for sheet in papers.with_content(found)}


def checks_of(written: dict[str, dict[str, Any]], project: Sheet | None) -> Row:
    """Measure, status, result and checker as far as they are on record (R4-51)."""
    if project is not None:
        return _of_project(project)
    production = written.get("production", {})
    exempt = written.get("determination", {}).get("tracked") == "exempt"
    return {
        "measure": production.get("countermeasure") or "",
        "status": "exempt" if exempt else "",
        "result": production.get("execution") or "",
        "checked_by": "",
    }


def _of_project(project: Sheet) -> Row:
    data, signed = papers.data_of(project), papers.signatures_of(project)
    effect = data.get("effect", {})
    effective = "effect" in signed and effect.get("verdict") == "effective"
    result = [data.get("progress", {}).get("progress"), effect.get("note")]
    return {
        "measure": data.get("plan", {}).get("plan") or "",
        "status": "done" if effective else "open",
        "result": "\n".join(filter(None, result)),
        "checked_by": _signer(signed["effect"].person) if effective else "",
        "project": project.pk,
    }


def _signer(person: Person) -> Row:
    return {"id": person.pk, **named(person)}


def carry_over(earlier: Iterable[Row], period: str) -> list[Row]:
    """Complaints of last month's sheet whose improvement is open, as it stands now (R4-51)."""
    kept = list(rules.carried_over(list(earlier)))
    projects = newest_projects([row["case"] for row in kept])
    return [
        {
            **row,
            "since": row.get("since") or period,
            "result": "",
            "checked_by": "",
            "version": 0,
            **(_of_project(projects[row["case"]]) if row["case"] in projects else {}),
        }
        for row in kept
    ]


def ratio_total(day: date) -> int:
    """What the shares of a complaint add up to, by the clause."""
    return int(policy.clause(WHOLE, day).spec.ratio_total)
