"""A customer complains about an employee: written down by anybody, read by those above alone."""

import pytest

from shouwen.engines.dues.models import Due
from shouwen.outcomes.conduct.models import Finding, Grievance
from shouwen.work.cases.actions import Intake, open_case
from shouwen.work.customers.actions import create_customer
from shouwen.work.customers.drafts import CustomerDraft
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions.models import Interaction

WORDS = "他说这事不归他管，然后挂断。"


@pytest.fixture
def told(works):
    """What is typed of the agent."""
    return {"person": works.agent.pk, "code": "quarrel", "words": WORDS, "channel": "phone",
            "name": "安然", "phone": "13800138101"}  # fmt: skip


@pytest.fixture
def case(works):
    """A matter without any contact on record."""
    draft = CustomerDraft(code="AN", name_zh="安然", region="domestic", salesperson=works.sales)
    customer = create_customer(works.division, draft, by=works.sales)
    intake = Intake(works.division, customer, "service", "楼道灯", "不亮。", caller="安然",
                    phone="13800138101", kind="complaint")  # fmt: skip
    return open_case(intake, by=works.sales)


def newest():
    return Grievance.objects.select_related("interaction__text").latest("id")


def test_it_is_heard_and_goes_to_his_manager_with_his_clock(enter, works, told):
    answer = enter("staff").post("/conduct/grievances/new/", told)
    assert (answer.status_code, answer["Location"]) == (302, "/conduct/")
    kept = newest()
    assert (kept.person, kept.code, kept.words) == (works.agent, "quarrel", WORDS)
    assert (kept.interaction.taker, kept.interaction.channel) == (works.staff, "phone")
    due = Due.objects.get(key=f"grievance:{kept.pk}")
    assert (due.person, due.clause) == (works.cs_director, "R3-39")
    assert due.due_at is not None
    page = enter("cs_director").get("/conduct/").content.decode()
    assert WORDS in page


def test_the_person_complained_about_reads_none_of_it(enter, works, told):
    enter("staff").post("/conduct/grievances/new/", told)
    kept = newest()
    agent = enter("agent")
    assert agent.get(f"/conduct/grievances/{kept.pk}/").status_code == 404
    pages = ("/conduct/", "/conduct/findings/", "/", "/interactions/",
             f"/interactions/{kept.interaction_id}/")  # fmt: skip
    for path in pages:
        page = agent.get(path).content.decode()
        assert WORDS not in page
        assert "核实客户对" not in page
        assert f"/conduct/grievances/{kept.pk}/" not in page
    assert not Finding.objects.filter(code="quarrel").exists()


def test_on_his_own_contact_he_does_not_see_that_it_was_filed(enter, works):
    said = {"person": works.agent.pk, "code": "quarrel", "words": WORDS}
    enter("staff").post(f"/conduct/grievances/in/{works.call.pk}/", said)
    kept = newest()
    assert kept.interaction_id == works.call.pk
    page = enter("agent").get(f"/interactions/{works.call.pk}/")
    assert page.context["events"]
    assert not any("投诉" in str(one) for one in page.context["events"])
    assert enter("cs_director").get(f"/conduct/grievances/{kept.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("lacking", "field"),
    [("person", "person"), ("code", "code"), ("words", "words"), ("name", "name"),
     ("phone", "phone"), ("channel", "channel")],
)  # fmt: skip
def test_what_lacks_is_said_at_its_field_and_nothing_is_kept(enter, works, told, lacking, field):
    before = Interaction.objects.count(), Grievance.objects.count()
    page = enter("staff").post("/conduct/grievances/new/", {**told, lacking: " "})
    assert page.status_code == 422
    assert page.context["form"].errors[field]
    assert (Interaction.objects.count(), Grievance.objects.count()) == before


def test_about_a_matter_a_new_contact_belongs_to_it(enter, works, case, told):
    sales = enter("sales")
    path = f"/conduct/grievances/about/{case.pk}/"
    form = sales.get(path).context["form"]
    assert {"name", "phone", "contact"}.isdisjoint(form.fields)
    assert sales.post(path, told)["Location"] == f"/cases/{case.pk}/"
    row = newest().interaction
    assert (row.matter, row.repeated, row.text.name) == (("case", case.pk), False, "安然")
    assert WORDS not in row.text.body


def test_about_a_matter_one_of_its_contacts_may_be_chosen(enter, works, case, told):
    draft = interactions.Draft(case.division, "你们的人怎么这样", customer=case.customer)
    said = interactions.record_interaction(draft, by=works.sales, matter=case)
    before = Interaction.objects.count()
    enter("sales").post(f"/conduct/grievances/about/{case.pk}/", {**told, "contact": said.pk})
    assert newest().interaction == said
    assert Interaction.objects.count() == before


def test_the_same_is_not_filed_twice(enter, works):
    said = {"person": works.agent.pk, "code": "rude", "words": WORDS}
    page = enter("staff").post(f"/conduct/grievances/in/{works.call.pk}/", said)
    assert page.status_code in (409, 422)
    assert Grievance.objects.count() == 1


def test_the_case_and_the_contact_lead_to_the_form(enter, works, case):
    assert f"/conduct/grievances/about/{case.pk}/" in (
        enter("sales").get(f"/cases/{case.pk}/").content.decode()
    )
    assert f"/conduct/grievances/in/{works.call.pk}/" in (
        enter("staff").get(f"/interactions/{works.call.pk}/").content.decode()
    )
