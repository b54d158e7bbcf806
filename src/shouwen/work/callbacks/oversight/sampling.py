"""The director's quarterly sample: draw it, keep it until all have results, close it."""

import secrets
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction

from shouwen.engines.documents.matters import stand_in
from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due
from shouwen.engines.dues.tied import periods
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.policy.shapes import Clause
from shouwen.work.callbacks import access, figures, handing, planning, queries
from shouwen.work.callbacks.models import Callback, Reason, Result, Sample, SampleItem
from shouwen.work.cases.models import Case

from . import drawing

LINK = "/callbacks/samples/%s/"


@one_act
def draw_sample(
    division: Unit, period: str, *, by: Person | None = None, at: datetime | None = None
) -> Sample:
    """Draw a quarter's sample once; a second draw, even at the same moment, gives the first.

    `by` None is the system, which draws when the quarter has ended.
    """
    moment = at or clock.now()
    clause = figures.sample_quota(division, moment)
    if clause is None:
        raise refuse(N_("本单位没有采用要求抽查回访的制度"))
    role = access.owners_of(clause)[0]
    if by is not None:
        access.require_role(role, division, clause.id, by=by, at=moment)
    if known := Sample.objects.filter(division=division, period=period).first():
        return known
    quarter = queries.period_named(clause.spec.per, period)
    if quarter is None:
        raise refuse(N_("没有“%(period)s”这样的季度"), clause.id, field="period", period=period)
    if quarter.last >= clock.day_of(moment):
        raise refuse(
            N_("%(period)s 还没有结束，不能抽查"), clause.id, field="period", period=period
        )
    return _drawn(division, quarter, clause, by, moment)


def _drawn(
    division: Unit, quarter: periods.Period, clause: Clause, by: Person | None, at: datetime
) -> Sample:
    records = queries.repair_records(division, quarter.first, quarter.last)
    percent = Decimal(str(clause.spec.at_least))
    size = drawing.size_of(len(records), percent, getattr(clause.spec, "rounding", "") or "up")
    lines = figures.service_items(division, at)
    sample = Sample(
        division=division, period=quarter.key, clause=clause.id, seed=secrets.token_hex(16),
        percent=percent, base=len(records), size=size, drawn_at=at, drawn_by=by,
        items=[{"key": one.key, "zh": one.zh, "en": one.en} for one in lines],
    )  # fmt: skip
    try:
        with transaction.atomic():
            sample.save(force_insert=True)
    except IntegrityError:  # somebody else was first; his sample stands
        return Sample.objects.get(division=division, period=quarter.key)
    _put_up(sample, drawing.draw(records, size, sample.seed), clause, by, at)
    return sample


def _put_up(
    sample: Sample,
    drawn: list[drawing.Record],
    clause: Clause,
    by: Person | None,
    at: datetime,
) -> None:
    record(
        "sample.drawn", sample, by=by, at=at, period=sample.period, seed=sample.seed,
        base=sample.base, size=sample.size, division=sample.division_id,
        records=[one.name for one in drawn],
    )  # fmt: skip
    days = figures.find(clause, "days", sample.division_id, at)
    due_at = clock.end_of(clock.day_of(at) + timedelta(days=days)) if days is not None else None
    role = access.owners_of(clause)[0]
    calls = _calls(sample, drawn, role, due_at, by, at)
    SampleItem.objects.bulk_create(
        SampleItem(
            sample=sample, position=place, matter_kind=one.kind, matter_id=one.pk,
            stratum=one.stratum, callback=calls[one.pk],
        )
        for place, one in enumerate(drawn, 1)
    )  # fmt: skip
    dues.open_due(
        N_("%(period)s 主任抽查回访"), kind=Due.Kind.DUTY, clause=clause.id, subject=sample,
        division=sample.division_id, role=role, due_at=due_at, params={"period": sample.period},
        link=LINK % sample.pk, key=f"sample:{sample.pk}", by=by, at=at,
    )  # fmt: skip


def _calls(
    sample: Sample,
    drawn: list[drawing.Record],
    role: str,
    due_at: datetime | None,
    by: Person | None,
    at: datetime,
) -> dict[int, Callback]:
    found = Case.objects.filter(pk__in=[one.pk for one in drawn])
    cases = {one.pk: one for one in found.select_related("customer", "text")}
    needs = [
        planning.Need(
            sample.division_id, Reason.SAMPLE, (one.kind, one.pk), cases[one.pk].customer,
            sample.clause, queries.title_of(cases[one.pk]), queries.phone_of(cases[one.pk]),
            role=role, period=sample.period, due_at=due_at,
        )
        for one in drawn
    ]  # fmt: skip
    calls = planning.plan_all(needs, by=by, at=at) if needs else []
    return {call.matter_id: call for call in calls}


def note_call(callback: Callback, result: Result | None, *, by: Person, at: datetime) -> None:
    """A drawn record has its result, and what is wrong with it becomes a matter."""
    item = SampleItem.objects.select_related("sample").get(callback=callback)
    record(
        "sample.called_back", item, by=by, at=at, matter=stand_in(*callback.matter),
        period=item.sample.period, division=item.sample.division_id, reached=result is not None,
    )  # fmt: skip
    if result is not None and (result.problem or not result.satisfied):
        note_problem(callback, result.problem or result.words, by=by, at=at)


def note_problem(callback: Callback, told: str, *, by: Person, at: datetime) -> None:
    """Open a matter of the director's for what is wrong with a drawn record, once (R3-53).

    Whoever is not satisfied has a problem, whether the director names it or not.
    """
    item = SampleItem.objects.select_related("sample").get(callback=callback)
    if item.linked_id is not None:
        return
    case = handing.open_linked(callback, told, by=by, at=at)
    item.linked = case
    item.save(update_fields=["linked"])
    record(
        "sample.problem_found", item, by=by, at=at, matter=case, sample=item.sample.period,
        division=case.division_id, problem=told,
        of=[callback.matter_kind, callback.matter_id],
    )  # fmt: skip


@one_act
def close_sample(sample: Sample, *, by: Person, at: datetime | None = None) -> Sample:
    """Close a quarter: every record has its result, every problem its own (R3-51, R3-54)."""
    moment = at or clock.now()
    row = Sample.objects.select_for_update().select_related("division").get(pk=sample.pk)
    clause = figures.sample_quota(row.division_id, moment)
    role = access.owners_of(clause)[0] if clause else "customer_service"
    access.require_role(role, row.division_id, row.clause, by=by, at=moment)
    if row.closed_at:
        raise refuse(N_("%(period)s 的抽查已归档"), row.clause, period=row.period)
    waiting = row.drawn.filter(callback__state="open").count()
    if waiting:
        raise refuse(
            N_("%(period)s 的抽查尚有 %(count)s 件没有回访结果"), row.clause,
            period=row.period, count=waiting,
        )  # fmt: skip
    _require_results(row, moment)
    row.closed_at, row.closed_by = moment, by
    row.save(update_fields=["closed_at", "closed_by"])
    record(
        "sample.closed", row, by=by, at=moment, period=row.period, division=row.division_id,
        base=row.base, size=row.size, problems=row.drawn.filter(linked__isnull=False).count(),
    )  # fmt: skip
    dues.settle(key=f"sample:{row.pk}", by=by, at=moment)
    return row


def _require_results(sample: Sample, at: datetime) -> None:
    open_ones = sample.drawn.filter(linked__state="open").select_related("linked")
    labels = [item.linked.label for item in open_ones if item.linked]
    if labels:
        binding = ruling.clause(
            "document", sample.division_id, at, form=figures.DIRECTORS_FORM, before="sample.closed"
        )
        raise refuse(
            N_("抽查发现的问题 %(cases)s 尚无处理结果，不能归档"),
            binding.id if binding else sample.clause,
            instead=N_("请先办结这些事项"),
            cases="、".join(labels),
        )


def draw_due(now: datetime) -> int:
    """Draw the samples of the quarters that have ended; returns how many. Any number of workers.

    A division that adopts the clause later is asked for the quarters from then on; a quarter
    without any repairs asks nothing of anybody.
    """
    day, drawn = clock.day_of(now), 0
    for division in org.divisions(day):
        clause = figures.sample_quota(division, now)
        if clause is None or not clause.running:
            continue
        quarter = periods.before(clause.spec.per, periods.period_of(clause.spec.per, day))
        since = [
            one.since for one in org.adoptions(division) if one.regulation == clause.regulation
        ]
        if not since or min(since) > quarter.last:
            continue
        if Sample.objects.filter(division=division, period=quarter.key).exists():
            continue
        if queries.repair_records(division, quarter.first, quarter.last):
            draw_sample(division, quarter.key, at=now)
            drawn += 1
    return drawn
