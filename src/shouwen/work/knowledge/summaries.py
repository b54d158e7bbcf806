"""The quarter's summary of consultations, drawn up, commented and submitted (R3-30)."""

from datetime import date, datetime, timedelta
from typing import Any

from shouwen.engines.documents.models import Section
from shouwen.engines.dues.tied import periods
from shouwen.engines.dues.tied.periods import Period
from shouwen.engines.notices import actions as notices
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person, Unit
from shouwen.work.cases.models import Case, Kind

from . import access, rules, shifts
from .models import Summary

FORM = "consultation_summary"


def quarter_of(day: date) -> Period:
    """The quarter a day lies in."""
    return periods.period_of("quarter", day)


def quarter_named(key: str) -> Period:
    """The quarter of a name: `2026-Q1`. Raises ValueError for what is none."""
    year, _sign, number = key.partition("-Q")
    found = quarter_of(date(int(year), int(number) * 3, 1))
    if found.key != key:
        raise ValueError(key)
    return found


def opens(division: Unit | int, quarter: Period, at: datetime) -> date:
    """From when on it may be submitted: the last week of the quarter, as the clause says."""
    clause = ruling.clause("duty", division, at, form=FORM)
    day = clause.spec.opens_day if clause else 1
    return periods.opening("quarter", quarter, opens_day=day)


@one_act
def draw_up(division: Unit, period: str, *, by: Person, at: datetime | None = None) -> Summary:
    """Count a quarter's consultations; a draft is counted anew. Raises Refused once submitted."""
    moment = at or clock.now()
    clause = access.duty_clause(FORM, division, moment)
    access.require(access.CENTRE, division, clause, by=by, at=moment)
    quarter = quarter_named(period)
    if quarter.first > clock.day_of(moment):
        raise refuse(N_("这一季度还没有开始"), clause)
    known = Summary.objects.select_for_update().filter(division=division, period=period).first()
    if known is not None and known.is_frozen:
        raise refuse(N_("汇总已经上报,不能再改"), clause)
    row = known or Summary(division=division, period=period)
    row.since, row.until = _span(division, quarter, moment)
    row.body, row.drawn_up_by, row.drawn_up_at = _counted(row), by, moment
    row.save()
    record("summary.drawn_up", row, by=by, at=moment, period=period, consultations=len(row.rows))
    return row


def _span(division: Unit, quarter: Period, at: datetime) -> tuple[datetime, datetime]:
    """From where the last submitted one ended to the quarter's end, or to now."""
    begin = clock.local(quarter.first)
    before = Summary.objects.filter(
        division=division, state=Summary.State.SUBMITTED, period__lt=quarter.key
    ).order_by("-period")
    last = before.first()
    if last is not None and last.period == periods.before("quarter", quarter).key:
        begin = last.until
    return begin, max(min(at, clock.end_of(quarter.last)), begin + timedelta(microseconds=1))


def _counted(summary: Summary) -> dict[str, Any]:
    """Every consultation of the span with what is counted of it, so that a number is its list."""
    found = Case.objects.filter(
        division=summary.division, kind=Kind.CONSULTATION, opened_at__gte=summary.since,
        opened_at__lt=summary.until,
    ).exclude(state__in=("void", "merged"))  # fmt: skip
    listed = list(found.order_by("opened_at", "id"))
    said = _satisfaction([one.pk for one in listed])
    asked = shifts.enquiries(summary.division, summary.since, summary.until)
    return {
        "rows": [_row(one, summary.until, said) for one in listed],
        "unrecorded": shifts.without_record(asked).count(),
    }


def _satisfaction(ids: list[int]) -> dict[int, str]:
    """What each user said of his answer; one statement."""
    parts = Section.objects.filter(
        sheet__form="consultation", sheet__matter_kind="case", sheet__matter_id__in=ids,
        key="answer",
    )  # fmt: skip
    rows = parts.values_list("sheet__matter_id", "data")
    return {case: str((data or {}).get("satisfied", "")) for case, data in rows if case}


def _row(case: Case, until: datetime, said: dict[int, str]) -> dict[str, Any]:
    return {
        "case": case.pk,
        "number": case.label,
        "title": case.title,
        "question": rules.question_key(case.title),
        "category": case.category,
        "category_title": case.title_of_category,
        "channel": case.channel,
        "opened": case.opened_at.isoformat(),
        "owner": case.first_owner_id,
        "open": case.closed_at is None or case.closed_at >= until,
        "unsatisfied": said.get(case.pk) == "no_",
    }


@one_act
def submit(summary: Summary, *, comment: str, by: Person, at: datetime | None = None) -> Summary:
    """Count a last time, add the comment and submit it to the director; it changes no more.

    Raises Refused before the quarter's last week, without a comment, and a second time.
    """
    moment = at or clock.now()
    row = Summary.objects.select_for_update().get(pk=summary.pk)
    clause = access.duty_clause(FORM, row.division_id, moment)
    quarter = quarter_named(row.period)
    refuse_any(
        rules.why_not_submitted(
            frozen=row.is_frozen,
            comment=comment,
            opens=opens(row.division_id, quarter, moment),
            today=clock.day_of(moment),
            of_centre=access.holds(by, access.CENTRE, row.division_id, moment),
            clause=clause,
        )
    )
    row.since, row.until = _span(row.division, quarter, moment)
    row.body, row.comment = _counted(row), comment.strip()
    row.state, row.submitted_by, row.submitted_at = Summary.State.SUBMITTED, by, moment
    row.save()
    record("summary.submitted", row, by=by, at=moment, period=row.period,
           consultations=len(row.rows))  # fmt: skip
    notices.tell(
        org.people(access.DIRECTOR, row.division_id, moment), N_("%(period)s 咨询汇总已上报"),
        about=row, key=f"summary:{row.pk}", link=f"/knowledge/summaries/{row.pk}/", at=moment,
        clause=clause, period=row.period,
    )  # fmt: skip
    return row


@one_act
def keep_comment(
    summary: Summary, comment: str, *, by: Person, at: datetime | None = None
) -> Summary:
    """Keep the comment of a draft."""
    moment = at or clock.now()
    row = Summary.objects.select_for_update().get(pk=summary.pk)
    clause = access.duty_clause(FORM, row.division_id, moment)
    access.require(access.CENTRE, row.division_id, clause, by=by, at=moment)
    if row.is_frozen:
        raise refuse(N_("汇总已经上报,不能再改"), clause)
    row.comment = comment.strip()
    row.save(update_fields=["comment"])
    record("summary.commented", row, by=by, at=moment, period=row.period)
    return row
