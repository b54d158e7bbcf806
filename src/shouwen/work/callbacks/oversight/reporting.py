"""The month's written report to the director: counted, commented, submitted, acknowledged."""

from datetime import datetime
from typing import Any, Literal

from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due
from shouwen.engines.dues.tied import periods
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal.actions import record
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.policy.shapes import Clause
from shouwen.work.callbacks import access, figures, queries, rules
from shouwen.work.callbacks.models import Callback, CallbackReport, Reason, State

FORM = "callback_report"
LINK = "/callbacks/reports/%s/"
COUNTED: tuple[Literal["owed", "called", "reached", "unhappy"], ...] = (
    "owed", "called", "reached", "unhappy",
)  # fmt: skip
MOST = 200
"""So many dissatisfied customers are quoted; the rest is in the list."""


def clause_of(division: Unit | int, at: datetime) -> Clause:
    """The clause that wants the report; refuses where none binds."""
    found = ruling.clause("duty", division, at, form=FORM)
    if found is None:
        raise refuse(N_("本单位没有采用要求回访月报的制度"))
    return found


def month_figures(division: int, month: periods.Period, at: datetime) -> dict[str, Any]:
    """Owed, called, reached, dissatisfied, by reason; marks by item; the words of the unhappy."""
    owed = Callback.objects.filter(
        division_id=division, counted_on__range=(month.first, month.last)
    )
    by_reason = owed.values("reason").annotate(
        owed=Count("pk"), called=Count("pk", queries.IN_TIME),
        reached=Count("pk", Q(state=State.DONE)), unhappy=Count("pk", Q(satisfied=False)),
    )  # fmt: skip
    rows: dict[str, dict[str, int]] = {
        row["reason"]: {key: row[key] for key in COUNTED} for row in by_reason.order_by()
    }
    total: dict[str, int] = {key: sum(row[key] for row in rows.values()) for key in COUNTED}
    results = [
        one.result
        for one in owed.filter(state=State.DONE).exclude(reason=Reason.SAMPLE)
        .select_related("result")
    ]  # fmt: skip
    return {
        "reasons": {reason: _with_rate(rows[reason]) for reason in Reason.values if reason in rows},
        "total": _with_rate(total),
        "themes": _themes(division, results, at),
        "unhappy": _unhappy(owed),
    }


def _with_rate(row: dict[str, int]) -> dict[str, Any]:
    rate = rules.Rate(row["owed"], row["called"]).percent
    return {**row, "rate": None if rate is None else str(rate)}


def _themes(division: int, results: list[Any], at: datetime) -> list[dict[str, Any]]:
    """What customers mark lowest, first; with the names of the day."""
    names = {one.key: one for one in figures.items(Reason.REPAIR, division, at)}
    means = queries.mean_marks(results)
    found = [
        {
            "key": key, "zh": names[key].zh if key in names else key,
            "en": names[key].en if key in names else key, "mean": str(mean), "marked": marked,
        }
        for key, (mean, marked) in means.items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: (float(one["mean"]), one["key"]))


def _unhappy(owed: Any) -> list[dict[str, Any]]:
    found = owed.filter(satisfied=False).select_related("result", "customer").order_by("id")
    return [
        {
            "callback": one.pk, "reason": one.reason, "zh": one.customer.name_zh,
            "en": one.customer.name_en or one.customer.name_zh, "words": one.result.words,
        }
        for one in found[:MOST]
    ]  # fmt: skip


@one_act
def draw_up(
    division: Unit, period: str, *, by: Person, at: datetime | None = None
) -> CallbackReport:
    """Draw the month's report up; a second time gives the first."""
    moment = at or clock.now()
    clause = clause_of(division, moment)
    access.require_role(access.owners_of(clause)[0], division, clause.id, by=by, at=moment)
    month = queries.period_named(clause.spec.every, period)
    if month is None or month.first > clock.day_of(moment):
        raise refuse(N_("没有“%(period)s”这样的月份"), clause.id, field="period", period=period)
    if known := CallbackReport.objects.filter(division=division, period=period).first():
        return known
    report = CallbackReport(
        division=division, period=period, clause=clause.id, drawn_at=moment, drawn_by=by,
        figures=month_figures(division.pk, month, moment),
    )  # fmt: skip
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:  # a colleague was first
        return CallbackReport.objects.get(division=division, period=period)
    record("callback_report.drawn_up", report, by=by, at=moment, period=period,
           total=report.figures["total"])  # fmt: skip
    return report


def _draft(report: CallbackReport, by: Person, at: datetime) -> tuple[CallbackReport, Clause]:
    """The report in one pair of hands, while it is not submitted."""
    row = CallbackReport.objects.select_for_update().select_related("division").get(pk=report.pk)
    clause = clause_of(row.division_id, at)
    access.require_role(access.owners_of(clause)[0], row.division_id, clause.id, by=by, at=at)
    if row.submitted_at:
        raise refuse(N_("%(period)s 的报告已上交，不能再改"), row.clause, period=row.period)
    return row, clause


@one_act
def write(
    report: CallbackReport, comment: str, *, version: int, by: Person, at: datetime | None = None
) -> CallbackReport:
    """Write the comment and count the figures anew, while the report is a draft."""
    moment = at or clock.now()
    row, clause = _draft(report, by, moment)
    if row.version != version:
        raise refuse(N_("报告刚刚由别人改过，请看过再改"), row.clause, field="comment")
    month = queries.period_named(clause.spec.every, row.period)
    assert month is not None
    row.comment, row.version = comment.strip(), version + 1
    row.figures = month_figures(row.division_id, month, moment)
    row.save(update_fields=["comment", "figures", "version"])
    record("callback_report.written", row, by=by, at=moment, period=row.period)
    return row


@one_act
def submit_report(
    report: CallbackReport, *, by: Person, at: datetime | None = None
) -> CallbackReport:
    """Hand the month's report up to the director; from then on it is locked (R3-45)."""
    moment = at or clock.now()
    row, clause = _draft(report, by, moment)
    month = queries.period_named(clause.spec.every, row.period)
    assert month is not None
    if month.last >= clock.day_of(moment):
        raise refuse(N_("%(period)s 还没有结束，不能上交"), row.clause, period=row.period)
    if not row.comment:
        raise refuse(N_("请写明本月回访的分析意见"), row.clause, field="comment")
    row.figures = month_figures(row.division_id, month, moment)
    row.submitted_at, row.submitted_by = moment, by
    row.save(update_fields=["figures", "submitted_at", "submitted_by"])
    record("callback_report.submitted", row, by=by, at=moment, period=row.period,
           total=row.figures["total"])  # fmt: skip
    dues.open_due(
        N_("阅知 %(period)s 回访报告"), kind=Due.Kind.SIGN, clause=row.clause, subject=row,
        division=row.division_id, role=clause.spec.to, params={"period": row.period},
        link=LINK % row.pk, key=f"callback_report:{row.pk}", by=by, at=moment,
    )  # fmt: skip
    return row


@one_act
def acknowledge(
    report: CallbackReport, *, answer: str = "", by: Person, at: datetime | None = None
) -> CallbackReport:
    """The director has read the report."""
    moment = at or clock.now()
    row = CallbackReport.objects.select_for_update().get(pk=report.pk)
    clause = clause_of(row.division_id, moment)
    access.require_role(clause.spec.to, row.division_id, row.clause, by=by, at=moment)
    if not row.submitted_at:
        raise refuse(N_("报告尚未上交"), row.clause)
    if row.acknowledged_at:
        raise refuse(N_("报告已经阅知"), row.clause)
    row.acknowledged_at, row.acknowledged_by, row.answer = moment, by, answer.strip()
    row.save(update_fields=["acknowledged_at", "acknowledged_by", "answer"])
    record("callback_report.acknowledged", row, by=by, at=moment, period=row.period,
           answer=row.answer)  # fmt: skip
    dues.settle(key=f"callback_report:{row.pk}", by=by, at=moment)
    return row
