"""Which department answers for which content, and whom a complaint is given to by it."""

import pytest

from shouwen.engines.notices.models import Notice
from shouwen.ground.org import actions as org
from shouwen.ground.org.actions import add_unit
from shouwen.regulations.vocabulary.cases import go_on, open_matter
from shouwen.work.cases import actions as cases
from shouwen.work.cases import suggesting
from shouwen.work.cases.centre import routing


def proposed(centre, category):
    case = open_matter(centre.centre, centre.resident, category=category, by=centre.agent)
    go_on(case, by=centre.agent)
    return suggesting.data_to_edit(case, cases.sheet_of(case), "classification")


@pytest.mark.parametrize(("category", "who"), [
    ("cleaning", "cleaning_lead"), ("repair_work", "maintenance_manager"), ("noise", "agent"),
])  # fmt: skip
def test_it_is_given_to_whoever_answers_for_it_else_to_its_taker(centre, category, who):
    found = proposed(centre, category)
    assert (found["category"], found["handler"]) == (category, getattr(centre, who).pk)


def test_without_the_table_and_without_anybody_there_it_stays_with_its_taker(centre):
    rows = [{"category": "cleaning", "role": "warehouse.manager"}]
    org.set_value(routing.RESPONSIBLE, rows, division=centre.centre)
    assert proposed(centre, "cleaning")["handler"] == centre.agent.pk
    org.set_value(routing.RESPONSIBLE, None, division=centre.centre)
    assert proposed(centre, "cleaning")["handler"] == centre.agent.pk


def test_what_is_no_category_of_the_list_is_not_proposed(centre):
    assert "category" not in proposed(centre, "service")


def test_the_department_says_what_it_answers_for(centre, as_):
    page = as_(centre.director).get(f"/settings/units/{centre.cleaning.code}/").content.decode()
    assert "负责的事项类别" in page
    assert "保洁绿化" in page


def test_the_keeper_of_the_rules_knows_of_a_class_without_a_course(centre, as_):
    unit = add_unit("rules-office", name_zh="制度室", function="rules_office", parent=centre.centre)
    keeper = org.hire("keeper", name_zh="纪明")
    org.appoint(keeper, org.add_post(unit, "制度管理员", rank="staff"))
    rows = [{"category": "noise", "grade": "small", "flow": "small_complaint"}]
    org.set_value("R2-14.flows", rows, division=centre.centre)
    case = open_matter(centre.centre, centre.resident, by=centre.agent)
    go_on(case, by=centre.agent)
    told = {"category": "noise", "grade": "big", "true_cause": "多户", "handler": centre.agent.pk}
    version = cases.sheet_of(case).sections.get(key="classification").version
    data = {**told, "move": "accept", "version": version}
    answer = as_(centre.shift_lead).post(f"/cases/{case.pk}/sections/classification/", data)
    assert answer.status_code == 422
    told = Notice.objects.get(person=keeper)
    assert (told.clause, told.link) == ("R2-14", "/settings/values/R2-14.flows/")
    assert told.facts["grade"] == {"zh": "大问题", "en": "Big"}
