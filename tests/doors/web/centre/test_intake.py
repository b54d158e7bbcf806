"""An agent takes contacts of every kind; what is wrong comes back at its field."""

from shouwen.work.cases.models import Case
from shouwen.work.interactions.models import Interaction


def typed(centre, **but):
    return {
        "phone": "13800138101", "customer": centre.resident.pk, "caller": "安然",
        "channel": "phone", "received_at": "2024-12-01T10:00", "kind": "complaint",
        "title": "装修噪声", "description": "楼上午休时间装修", "wanted": "午休停工", **but,
    }  # fmt: skip


def test_the_customer_appears_by_the_number(centre, as_):
    page = as_(centre.agent).get("/intake/who/general/?phone=138 0013 8101").content.decode()
    assert "安然" in page
    assert "客诉产品" not in page


def test_what_is_complete_is_registered_numbered_and_passed_on(centre, as_):
    answer = as_(centre.agent).post("/intake/", typed(centre))
    case = Case.objects.get(kind="complaint")
    assert answer["Location"] == f"/cases/{case.pk}/"
    assert (case.stage, case.first_owner) == ("classification", centre.agent)
    assert case.number.startswith("TS")
    spoken = Interaction.objects.get()
    assert spoken.matter == ("case", case.pk)


def test_without_the_wanted_outcome_it_is_refused_at_the_field(centre, as_):
    answer = as_(centre.agent).post("/intake/", typed(centre, wanted=""))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "R2-04" in page
    assert "楼上午休时间装修" in page
    assert not Case.objects.exists()
    assert not Interaction.objects.exists()


def test_a_second_call_about_one_matter_is_counted_and_opens_no_second(centre, as_):
    agent = as_(centre.agent)
    agent.post("/intake/", typed(centre))
    case = Case.objects.get()
    answer = as_(centre.second_agent).post("/intake/", typed(centre, same=case.pk))
    assert answer["Location"] == f"/cases/{case.pk}/"
    assert Case.objects.count() == 1
    assert list(Interaction.objects.order_by("id").values_list("repeated", flat=True)) == [
        False, True,
    ]  # fmt: skip
    case.refresh_from_db()
    assert case.first_owner == centre.agent


def test_any_employee_may_take_a_contact(centre, as_):
    as_(centre.centre_bookkeeper).post("/intake/", typed(centre))
    assert Case.objects.get().first_owner == centre.centre_bookkeeper


def test_another_units_matter_is_not_to_be_seen(centre, as_):
    as_(centre.agent).post("/intake/", typed(centre))
    case = Case.objects.get()
    assert as_(centre.salesperson).get(f"/cases/{case.pk}/").status_code == 404
    assert "装修噪声" not in as_(centre.salesperson).get("/cases/").content.decode()
    assert as_(centre.guard).get(f"/cases/{case.pk}/").status_code == 200


def test_what_is_the_same_matter_needs_no_subject(centre, as_):
    agent = as_(centre.agent)
    agent.post("/intake/", typed(centre))
    case = Case.objects.get()
    answer = agent.post("/intake/", typed(centre, same=case.pk, title=""), follow=True)
    assert answer.redirect_chain[-1][0] == f"/cases/{case.pk}/"
    assert "计为同一事再次来电" in answer.content.decode()
    assert Interaction.objects.filter(repeated=True).count() == 1


def test_what_nobody_classified_says_so_in_words(centre, as_):
    answer = as_(centre.agent).post("/intake/", typed(centre, kind="consultation"), follow=True)
    page = answer.content.decode()
    assert "待分类" in page
    assert "unsorted" not in page
