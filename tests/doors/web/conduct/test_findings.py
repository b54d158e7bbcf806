"""The pages of a finding and of a grievance: what is missing is said at its field."""

import pytest


def test_an_objection_says_why(enter, works):
    url = f"/conduct/findings/{works.finding.pk}/"
    page = enter("agent").post(f"{url}objection/", {"objection": " "})
    assert page.status_code == 422
    assert page.context["objection"].errors["objection"]
    answer = enter("agent").post(f"{url}objection/", {"objection": "当时系统故障"})
    assert (answer.status_code, answer["Location"]) == (302, url)
    works.finding.refresh_from_db()
    assert works.finding.objection == "当时系统故障"


@pytest.mark.parametrize(("confirmed", "state"), [("yes", "upheld"), ("no", "dismissed")])
def test_a_grievance_is_decided_with_a_reason(enter, works, confirmed, state):
    url = f"/conduct/grievances/{works.grievance.pk}/"
    page = enter("cs_director").post(url, {"confirmed": confirmed, "reason": " "})
    assert page.status_code == 422
    assert page.context["form"].errors["reason"]
    enter("cs_director").post(url, {"confirmed": confirmed, "reason": "录音为证"})
    works.grievance.refresh_from_db()
    assert (works.grievance.state, works.grievance.reason) == (state, "录音为证")
