"""Drawing the statistics sheet up: from the month's closed complaints, until it is submitted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org.models import Person, Unit

from . import rows, rules
from .access import STATISTICS, may_check, require_drawer
from .models import Report

State = Report.State
Row = dict[str, Any]
KEPT = ("measure", "status", "result", "checked_by", "version")


@one_act
def draw_up(division: Unit, period: str, *, by: Person, at: datetime | None = None) -> Report:
    """Draw the sheet of a month up from exactly the complaints closed in it (R4-49)."""
    moment = at or clock.now()
    require_drawer(by, division, "R4-49", moment)
    rows.past_month(period, "R4-49", moment)
    found = Report(
        division=division, key=STATISTICS, period=period, drawn_up_by=by, drawn_up_at=moment,
        body={"rows": rows.gather(division, period), "carried": _carried(division, period)},
    )  # fmt: skip
    try:
        with transaction.atomic():
            found.save(force_insert=True)
    except IntegrityError:
        raise refuse(N_("%(period)s 的统计表已经编制"), "R4-49", period=period) from None
    _drawn(found, by, moment)
    return found


def _carried(division: Unit, period: str) -> list[Row]:
    """What last month's sheet, as it stands, leaves open."""
    earlier = rows.month_before(period)
    found = Report.objects.filter(division=division, key=STATISTICS, period=earlier)
    last = found.exclude(state=State.REPLACED).first()
    return rows.carry_over([*last.rows, *last.carried], earlier) if last else []


def _drawn(report: Report, by: Person, at: datetime) -> None:
    record("statistics.drawn_up", report, by=by, at=at, period=report.period,
           edition=report.edition, cases=[row["case"] for row in report.rows])  # fmt: skip


def locked(report: Report, *states: str, clause: str = "R4-49") -> Report:
    """The sheet in one pair of hands, in one of these states; refuses when it is in another."""
    Report.objects.filter(pk=report.pk, state__in=states).update(version=F("version") + 1)
    found = Report.objects.select_related("division").get(pk=report.pk)
    if found.state in states:
        return found
    if found.is_frozen:
        raise refuse(
            N_("%(period)s 的统计表已定案，不能再改"), clause,
            instead=N_("如有错误，写明理由后另编新版"), period=found.period,
        )  # fmt: skip
    raise refuse(
        N_("统计表现在是“%(state)s”，不能这样办"), clause, state=str(State(found.state).label)
    )


def save(report: Report, *fields: str) -> None:
    """Keep what a verb changed."""
    report.save(update_fields=[*fields])


@one_act
def recount(report: Report, *, by: Person, at: datetime | None = None) -> Report:
    """Gather the month anew while it is a draft; checks and ratios that were written stay."""
    moment = at or clock.now()
    require_drawer(by, report.division, "R4-49", moment)
    found = locked(report, State.DRAFT)
    found.body = {
        "rows": _again(rows.gather(found.division, found.period), found.rows),
        "carried": _again(_carried(found.division, found.period), found.carried),
    }
    save(found, "body")
    record("statistics.recounted", found, by=by, at=moment, period=found.period,
           cases=[row["case"] for row in found.rows])  # fmt: skip
    return found


def _again(new: Sequence[Row], old: Sequence[Row]) -> list[Row]:
    """The new rows, with what people wrote in the old ones."""
    written = {row["case"]: row for row in old}
    return [_with_written(row, written.get(row["case"], {})) for row in new]


def _with_written(row: Row, old: Row) -> Row:
    kept = {key: old[key] for key in KEPT} if old.get("version") else {}
    if old.get("amended"):
        parts = rows.shared_out(old["liability"], row["loss_cents"])
        kept |= {"amended": True, "liability": parts}
    return {**row, **kept}


def row_of(report: Report, case: int) -> Row:
    """The row of a complaint, of this month or carried over; refuses what stands on no line."""
    for row in (*report.rows, *report.carried):
        if row["case"] == case:
            return row
    raise refuse(N_("该案不在这张统计表上"), "R4-49")


@one_act
def write_check(
    report: Report,
    case: int,
    written: Row,
    *,
    version: int,
    by: Person,
    at: datetime | None = None,
) -> Report:
    """Write down measure, status and result of one complaint, as checked by oneself (R4-51)."""
    moment = at or clock.now()
    if not may_check(by, report.division_id, moment):
        raise refuse(N_("由生产管理组会同各主管检查"), "R4-51")
    found = locked(report, State.DRAFT, State.SUBMITTED, clause="R4-51")
    row = row_of(found, case)
    if row["version"] != version:
        raise refuse(N_("这一件刚刚由别人改过，请看过再改"), "R4-51", field="result")
    refuse_any(rules.why_not_check(written))
    row |= {key: str(written[key]).strip() for key in ("measure", "status", "result")}
    row |= {"checked_by": {"id": by.pk, **rows.named(by)}, "version": version + 1}
    save(found, "body")
    record("statistics.checked", found, by=by, at=moment, case=case, status=row["status"],
           number=row["number"])  # fmt: skip
    return found


@one_act
def new_edition(report: Report, reason: str, *, by: Person, at: datetime | None = None) -> Report:
    """Open a final sheet again as its next edition; the old one is replaced and stays readable."""
    moment = at or clock.now()
    require_drawer(by, report.division, "R4-49", moment)
    if not reason.strip():
        raise refuse(N_("请写明另编新版的理由"), "R4-49", field="reason")
    if report.state != State.FINAL:
        raise refuse(N_("只有已定案的统计表才能另编新版"), "R4-49")
    if not Report.objects.filter(pk=report.pk, state=State.FINAL).update(state=State.REPLACED):
        raise refuse(N_("刚刚已另编新版"), "R4-49")
    made = Report.objects.create(
        division=report.division, key=report.key, period=report.period, drawn_up_by=by,
        drawn_up_at=moment, edition=report.edition + 1, reason=reason.strip()[:200],
        body={
            "rows": _again(rows.gather(report.division, report.period), report.rows),
            "carried": _again(_carried(report.division, report.period), report.carried),
        },
    )  # fmt: skip
    record("statistics.replaced", report, by=by, at=moment, period=report.period,
           reason=made.reason, by_report=made.pk)  # fmt: skip
    _drawn(made, by, moment)
    return made
