"""The deadlines of R4, opened and settled by facts alone."""

from datetime import date

import pytest
from django.utils import translation
from pydantic import ValidationError

from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.kinds import DeadlineSpec
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import actions as org
from shouwen.ground.org import values


def end_adoption(company):
    adoption = company.factory.adoptions.get()
    org.end_adoption(adoption, last_day=date(2026, 3, 2), reason="改组", by=None)


def due_of(clause):
    return Due.objects.get(clause=clause)


@pytest.mark.parametrize(
    ("region", "clause", "last_day"),
    [("domestic", "R4-59", date(2026, 3, 17)), ("overseas", "R4-60", date(2026, 3, 22))],
)
def test_acceptance_opens_the_limit_of_the_region(company, region, clause, last_day):
    case = company.case(region=region)
    company.happens("case.accepted", case, by=company.registrar)
    due = due_of(clause)
    assert (due.last_day, due.role, due.kind) == (last_day, "pm_group", "deadline")
    assert (due.matter_kind, due.matter_id, due.matter_name) == ("case", 1, "250501")
    assert "天内结案" in due.name
    with translation.override("en"):
        assert "close within" in due.name
    company.happens("case.closed", case, by=company.registrar)
    due.refresh_from_db()
    assert due.settled_by == company.registrar
    assert due.settled_entry == company.facts("case.closed")[0].pk


def test_the_region_of_the_fact_wins(company):
    company.happens("case.accepted", company.case(region="domestic"), region="overseas")
    assert due_of("R4-60")


def test_without_a_region_the_act_is_refused_with_its_clause(company):
    with pytest.raises(Refused, match="国内还是国外") as refused:
        company.happens("case.accepted", company.case(region=""))
    assert refused.value.clauses == {"R4-59"}


def test_a_division_that_does_not_work_by_the_regulation_owes_nothing(company):
    case = company.case()
    case.facts["division"] = company.sister.pk
    company.happens("case.accepted", case)
    assert not Due.objects.exists()


def test_nor_does_one_that_gave_it_up(company):
    end_adoption(company)
    company.now.wait(days=1)
    company.happens("case.accepted", company.case())
    assert not Due.objects.exists()


def test_what_runs_is_not_opened_again_and_what_ended_is(company):
    case = company.case()
    company.happens("case.investigated", case)
    company.happens("case.investigated", case)
    assert Due.objects.filter(clause="R4-27").count() == 1
    stop = due_of("R4-27").stops["facts"][0]
    company.happens(stop, case)
    company.now.wait(days=2)
    company.happens("case.investigated", case)
    assert Due.objects.filter(clause="R4-27").count() == 2
    assert Due.objects.open().get(clause="R4-27").last_day == date(2026, 3, 7)


def test_a_fact_that_is_told_later_counts_from_its_day(company):
    company.happens("case.investigated", company.case(), since="2026-02-27")
    assert due_of("R4-27").last_day == date(2026, 3, 2)


def test_another_case_settles_nothing(company):
    one, other = company.case(1), company.case(2)
    company.happens("case.accepted", one)
    company.happens("case.closed", other)
    assert due_of("R4-59").is_open


def test_a_value_the_company_has_not_set_leaves_the_due_without_a_moment(company):
    case = company.case()
    company.happens("case.ruled", case)
    due = due_of("R4-36")
    assert (due.due_at, due.awaits) == (None, "R4-36.contact_hours")
    dues.open_periodic()
    assert dues.open_periodic() == 0
    company.value("R4-36.contact_hours", 4)
    assert dues.open_periodic() == 1
    due.refresh_from_db()
    assert due.awaits == ""
    assert due.due_at.isoformat() == "2026-03-02T07:00:00+00:00", "10:00, four hours, lunch"


def test_a_value_that_is_set_counts_from_the_start(company):
    company.value("R4-36.contact_hours", 4)
    company.happens("case.ruled", company.case())
    assert due_of("R4-36").minutes == 240


def test_a_fact_no_clause_knows_costs_nothing(company, django_assert_num_queries):
    case = company.case()
    company.happens("case.dried", case)  # people and clauses are known from here on
    with django_assert_num_queries(1):  # the entry
        company.happens("case.washed", case)


def test_an_earlier_edition_settles_what_it_opened(company):
    """The due keeps what stops it, whatever a later edition says."""
    case = company.case()
    company.happens("case.accepted", case)
    end_adoption(company)
    company.now.wait(days=3)
    company.happens("case.closed", case)
    assert not due_of("R4-59").is_open


def test_a_withdrawn_value_is_waited_for(company):
    company.value("R4-36.contact_hours", 4)
    values.set_value("R4-36.contact_hours", None, division=company.factory, by=None)
    company.happens("case.ruled", company.case())
    assert due_of("R4-36").awaits


@pytest.mark.parametrize(("channel", "still_open"), [("telephone", False), ("letter", True)])
def test_a_fact_may_stop_it_only_where_its_data_say_so(company, channel, still_open):
    """What was explained on the telephone is conveyed; a letter has still to go out (R4-09)."""
    case = company.case()
    company.happens("case.ruled", case)
    company.happens("case.negotiated", case, channel=channel)
    assert due_of("R4-09").is_open is still_open
    company.happens("conveyance.recorded", case, channel=channel)
    assert not due_of("R4-09").is_open


def test_only_what_stops_it_can_be_asked_for_its_data():
    with pytest.raises(ValidationError, match=r"stops_if .* case\.opened"):
        DeadlineSpec(
            starts="case.ruled", stops=("case.closed",), owner="sales",
            stops_if={"case.opened": {"channel": "telephone"}},
        )  # fmt: skip
