"""The pages of a finding and of a grievance: what is missing is said at its field."""

from datetime import date

import pytest

from shouwen.doors.web import saying
from shouwen.ground.org import actions as org
from shouwen.outcomes.conduct import actions as conduct


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


def test_whom_the_company_named_rules_on_a_transfer(enter, works):
    """He need not stand above the person; nobody else is offered what he would be refused."""
    org.set_value("R5-15.approver", "hr", division=works.division)
    url = f"/conduct/findings/{works.finding.pk}/"
    assert enter("hr").get(url).status_code == 404, "nothing of it is his yet"
    finding = conduct.acknowledge(works.finding, by=works.agent)
    finding = conduct.decide_finding(finding, True, "属实", by=works.cs_director)
    post = org.add_post(works.units["warehouse"], "仓库员", rank="staff")
    measure = conduct.propose_transfer(
        finding, post, date(2026, 3, 20), "情节严重", by=works.cs_director
    )
    approval = f"/conduct/measures/{measure.pk}/approval/"
    assert approval in enter("hr").get(url).content.decode()
    assert enter("accounting").get(url).status_code == 404
    for reader in ("cs_director", "gm", "agent"):
        assert approval not in enter(reader).get(url).content.decode()
    assert enter("hr").post(approval, follow=True).status_code == 200
    measure.refresh_from_db()
    assert measure.approved_by == works.hr


def test_a_transfer_is_not_declined_without_a_reason(enter, works):
    finding = conduct.acknowledge(works.finding, by=works.agent)
    finding = conduct.decide_finding(finding, True, "属实", by=works.cs_director)
    post = org.add_post(works.units["warehouse"], "仓库员", rank="staff")
    measure = conduct.propose_transfer(
        finding, post, date(2026, 3, 20), "情节严重", by=works.cs_director
    )
    gm, url = enter("gm"), f"/conduct/measures/{measure.pk}/refusal/"
    page = gm.post(url, {"reason": " "})
    assert page.status_code == 422
    assert page.context["declining"].errors["reason"]
    assert '<details class="act" open>' in page.content.decode()
    assert gm.post(url, {"reason": "再给一次机会"}).status_code == 302
    measure.refresh_from_db()
    assert measure.declined_because == "再给一次机会"


def test_whoever_is_complained_of_does_not_read_it_at_the_contact(enter, works):
    contact = works.grievance.interaction
    page = enter("agent").get(f"/interactions/{contact.pk}/")
    assert page.status_code == 200
    said = [line["title"] for line in page.context["events"]]
    assert said  # what else happened stands there
    assert saying.event("grievance.filed").title not in said
    assert "他说话很冲" not in page.content.decode()
