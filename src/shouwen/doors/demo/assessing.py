"""What follows for people: penalties by the basis, notices, improvements, the month's sanctions."""

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from shouwen.engines.documents import actions as documents
from shouwen.engines.dues.tied import periods
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import Rehearsal, rehearsal
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.outcomes.assessment import actions as assessment
from shouwen.outcomes.assessment import queries
from shouwen.outcomes.assessment.improvements import PAPERS
from shouwen.outcomes.assessment.models import Improvement, Penalty, SanctionList
from shouwen.regulations.r04_quality_complaints.rehearse import Story
from shouwen.work.cases import suggesting
from shouwen.work.cases.actions import sheet_of
from shouwen.work.cases.models import Case
from shouwen.work.cases.records import answer_record, file_record

from .company import Company
from .plans import Plan, in_hours, is_old

NINE = time(9)


def name_somebody(story: Story, plan: Plan, division: Unit) -> None:
    """Quality names a person responsible where somebody was careless or the matter is grave."""
    if plan.negligence or plan.severity > 1:
        people = org.people("manufacturing", division)
        one = people[plan.index % len(people)]
        responsible = [{"person": one.pk, "reason": "首件检验未落实。"}]
        story.overrides["investigation"] = {"responsible": responsible}


def find_liable(story: Story, plan: Plan, division: Unit) -> None:
    """The section that made it is liable; sometimes another department bears a part."""
    sections = org.units_with("manufacturing", division)[1:]
    made_by = sections[plan.index % len(sections)]
    shares = [(made_by, "100")]
    if plan.index % 5 == 0:
        other = org.units_with("quality" if plan.index % 2 else "rnd", division)[0]
        shares = [(made_by, "70"), (other, "30")]
    liability = [{"unit": unit.pk, "ratio": ratio} for unit, ratio in shares]
    named = {"liable_unit": made_by.pk, "production_unit": made_by.pk}
    for section, data in (
        ("investigation", named),
        ("first_opinion", {"liability": liability}),
        ("determination", {"liability": liability, "originating_unit": made_by.pk}),
    ):
        story.overrides[section] = {**story.overrides.get(section, {}), **data}


def propose(case: Case, story: Story) -> None:
    """The group takes over what the penalty basis says."""
    start = suggesting.data_to_edit(case, sheet_of(case), "determination")
    story.overrides["determination"] |= {"penalties": start.get("penalties") or []}


def follow_up(case: Case, plan: Plan, day: Rehearsal, until: datetime) -> None:
    """Notices, an action of quality and the tracked improvement, as far as the time reaches."""
    draw = random.Random(plan.index)  # noqa: S311 - a story, not a secret
    closed = day.at
    for penalty in case.penalties.filter(kind=Penalty.Kind.FINE, amount_cents__gt=0):
        day.move(closed)
        _carry_out(case, penalty, draw, day, until)
    day.move(closed)
    if plan.index % 11 == 0:
        _act(case, plan)
    for one in Improvement.objects.filter(case=case).select_related("sheet"):
        day.move(closed)
        _improve(one, draw, day, until)


def _later(day: Rehearsal, days: float, until: datetime) -> bool:
    moment = max(in_hours(day.at + timedelta(days=days)), day.at + timedelta(minutes=20))
    if moment < until:
        day.move(moment)
    return moment < until


def _person(case: Case, role: str) -> Person:
    return org.people(role, case.division_id)[0]


def _carry_out(
    case: Case, penalty: Penalty, draw: random.Random, day: Rehearsal, until: datetime
) -> None:
    if not _later(day, draw.uniform(0.5, 2), until):
        return
    post = org.main_post(penalty.person)
    assert post is not None
    data = {
        "unit": post.post.unit_id,
        "person": penalty.person_id,
        "cause_item": "外观与涂装",
        "kind": "penalty",
        "amount": f"{penalty.amount_cents / 100:.2f}",
        "reason": penalty.reason,
    }
    office = _person(case, "gm_office")
    notice = assessment.open_notice(case, data, penalty=penalty, by=office)
    if not _later(day, draw.uniform(0.5, 3), until):
        return
    notice = assessment.approve_notice(notice, by=_person(case, "management.gm"))
    own = notice.sheet.copies.get(no=1)
    documents.receive_copy(own, by=org.people(f"unit:{own.unit.code}", case.division_id)[0])
    old = is_old(day.at, until)
    if _later(day, draw.uniform(0.5, 3), until) and (draw.random() < 0.9 or old):
        notice = assessment.confirm_check(notice, by=_person(case, "accounting"))
    if _later(day, draw.uniform(2, 8), until) and (draw.random() < 0.8 or old):
        head = org.people(f"unit:{post.post.unit.code}", case.division_id)[0]
        assessment.confirm_deduction(notice, by=head)


def _act(case: Case, plan: Plan) -> None:
    data = {
        "what": "更新该料号的检验标准并培训检验员。",
        "owner": _person(case, "quality").pk,
        "due_on": (clock.today() + timedelta(days=14)).isoformat(),
    }
    file_record(case, "improvement_action", data, by=_person(case, "quality.supervisor"))


def _improve(one: Improvement, draw: random.Random, day: Rehearsal, until: datetime) -> None:
    due = clock.local(one.due_on, NINE)
    reached = _later(day, (due - day.at).days + draw.uniform(-8, 6), until)
    if not reached or (draw.random() < 0.15 and not is_old(due, until)):
        return
    report = {"progress": "已依方案完成。", "done_on": clock.today().isoformat()}
    answer_record(one.sheet, "progress", report, by=one.owner)
    if not _later(day, draw.uniform(5, 15), until):
        return
    paper = PAPERS[one.sheet.form]
    answer: dict[str, Any] = {paper.verdict: paper.good, "note": "已现场确认。"}
    if one.kind == Improvement.Kind.PROJECT:
        answer["confirmed_on"] = clock.today().isoformat()
    role = "pm_group" if one.kind == Improvement.Kind.PROJECT else "quality"
    answer_record(one.sheet, paper.last, answer, by=org.people(role, one.division_id)[0])


def review_months(company: Company, at: datetime) -> None:
    """The group has reviewed each month but the last, and personnel has published."""
    division, today = company.division, clock.day_of(at)
    month = periods.period_of("month", today - timedelta(days=365))
    newest = periods.before("month", periods.period_of("month", today))
    while month.first < newest.first:
        if not SanctionList.objects.filter(division=division, period=month.key).exists():
            _review(division, month.key, month.last)
        month = periods.after("month", month)


def _review(division: Unit, period: str, last: date) -> None:
    with rehearsal(clock.local(last + timedelta(days=6), NINE)) as day:
        group = org.people("pm_group", division)[0]
        assessment.send_list(division, period, by=group)
        day.wait(days=2)
        personnel = org.people("hr", division)[0]
        for penalty in queries.to_announce(personnel):
            assessment.announce(penalty, by=personnel)
