"""Projects of the group and actions of quality: reported by the owner, closed by a verdict."""

from datetime import date

import pytest

from shouwen.engines.documents.access import Hand, may_fill
from shouwen.engines.documents.queries import data_of
from shouwen.engines.dues.actions import remind
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.outcomes.assessment import queries
from shouwen.outcomes.assessment.models import Improvement
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint
from shouwen.work.cases.records import answer_record, file_record

PROGRESS = {"progress": "已换隔板并列入点检。", "done_on": "2026-03-05"}


@pytest.fixture
def file(shipment, firm):
    """`file("improvement_project", by=…)` is a plan of the coating head, due on the tenth."""
    case = open_complaint(Story(shipment))

    def make(form, *, by):
        key = "plan" if form == "improvement_project" else "what"
        owner = firm.people["jiangsujuan"].pk
        return file_record(
            case, form, {key: "换隔板", "owner": owner, "due_on": "2026-03-10"}, by=by
        )

    return make


def clauses_of(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.clauses


def test_a_project_closes_only_by_a_verdict_of_the_group(file, firm, day, who):
    group, owner = who("pm_group"), firm.people["jiangsujuan"]
    assert clauses_of(file, "improvement_project", by=who("quality")) == {"R4-17"}
    sheet = file("improvement_project", by=group)
    row = Improvement.objects.get()
    assert (row.owner, row.due_on, row.state) == (owner, date(2026, 3, 10), "running")
    assert Due.objects.open().get(subject_kind="sheet", clause="R4-17").person == owner
    day.move(day.at.replace(day=5))
    other = firm.people["maozhiqiang"]
    assert clauses_of(answer_record, sheet, "progress", PROGRESS, by=other) == {"R4-17"}
    assert not may_fill(Hand(sheet, other, day.at, data_of(sheet)), "any", "progress")
    early = {"verdict": "effective", "confirmed_on": "2026-03-05"}
    assert clauses_of(answer_record, sheet, "effect", early, by=group) == {"R4-17"}
    answer_record(sheet, "progress", PROGRESS, by=owner)
    assert Improvement.objects.get().state == "reported"
    assert clauses_of(answer_record, sheet, "effect", {"note": "好"}, by=group) == {"R4-17"}
    assert clauses_of(answer_record, sheet, "effect", early, by=owner) == {"R4-17"}
    answer_record(sheet, "effect", early, by=group)
    row = Improvement.objects.get()
    assert (row.state, row.verdict) == ("closed", "effective")
    assert Entry.objects.get(event="improvement.confirmed").data["verdict"] == "effective"
    assert not Due.objects.open().filter(clause="R4-17").exists()


def test_what_had_no_effect_goes_on_with_a_new_day(file, firm, day, who):
    group = who("pm_group")
    sheet = file("improvement_project", by=group)
    day.move(day.at.replace(day=5))
    answer_record(sheet, "progress", PROGRESS, by=firm.people["jiangsujuan"])
    without = {"verdict": "not_effective", "confirmed_on": "2026-03-05"}
    assert clauses_of(answer_record, sheet, "effect", without, by=group) == {"R4-17"}
    again = {**without, "next_plan": "改用吸塑隔板", "next_due": "2026-03-31"}
    answer_record(sheet, "effect", again, by=group)
    first, second = Improvement.objects.order_by("id")
    assert (second.plan, second.due_on, second.follows) == (
        "改用吸塑隔板",
        date(2026, 3, 31),
        first,
    )
    assert first.verdict == "not_effective"


def test_an_action_of_quality_goes_on_until_it_is_done(file, firm, day, who):
    quality = who("quality")
    sheet = file("improvement_action", by=quality)
    assert Due.objects.open().get(clause="R4-11").person == firm.people["jiangsujuan"]
    day.move(day.at.replace(day=5))
    answer_record(sheet, "progress", PROGRESS, by=quality)  # in the owner's place
    partly = {"result": "partly", "note": "两台未换", "next_due": "2026-03-20"}
    assert clauses_of(answer_record, sheet, "check", partly, by=who("pm_group")) == {"R4-11"}
    answer_record(sheet, "check", partly, by=quality)
    assert Entry.objects.filter(event="improvement.checked").count() == 1
    open_one = Improvement.objects.exclude(state="closed").get()
    assert (open_one.plan, open_one.due_on) == ("换隔板", date(2026, 3, 20))


def test_open_ones_are_reminded_week_by_week_with_a_log(file, firm, day, who):
    sheet = file("improvement_project", by=who("pm_group"))
    file("improvement_action", by=who("quality"))
    day.move(day.at.replace(day=11))
    assert list(
        queries.running_late(queries.improvements_in({firm.division.pk}).filter(kind="project"))
    ) == [sheet.improvement]
    assert remind() == 2
    assert remind() == 0
    assert set(
        Entry.objects.filter(event="due.reminded").values_list("data__clause", flat=True)
    ) == {"R4-11", "R4-17"}
