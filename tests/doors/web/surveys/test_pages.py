"""The pages of those who ask: each through HTTP, allowed, refused, and by the wrong person."""

import io

import pytest
from python_calamine import CalamineWorkbook

from shouwen.engines.dues.models import Due
from shouwen.ground.org import actions as org
from shouwen.outcomes.reports import service
from shouwen.work.surveys import actions as surveys
from shouwen.work.surveys import queries
from shouwen.work.surveys.models import Campaign, Questionnaire, Rating, Response


def keyed(works, mark, **other):
    given = {
        one.pk: surveys.Given(mark=other.get(one.area, mark)) for one in works.paper.questions.all()
    }
    return surveys.key_in(works.fax, given, by=works.agent)


def test_from_the_questionnaire_to_the_start(works, enter):
    director = enter("cs_director")
    made = director.post(
        "/surveys/questionnaires/new/",
        {"division": works.division.pk, "code": "short", "title_zh": "短问卷"},
    )
    paper = Questionnaire.objects.get(code="short")
    assert made.url == f"/surveys/questionnaires/{paper.pk}/"
    acts = f"/surveys/questionnaires/{paper.pk}/acts/"
    for area in ("installation", "operation", "implementation", "after_sales"):
        question = {"new-text_zh": "满意吗？", "new-area": area, "new-kind": "mark"}
        assert director.post(f"{acts}question/", question).status_code == 302
    wrong = director.post(f"{acts}question/", {"new-text_zh": "", "new-area": "nowhere"})
    assert wrong.status_code == 422
    plan = {
        "division": works.division.pk, "title": "短调查", "questionnaire": paper.pk,
        "closes_on": "2026-03-31",
    }  # fmt: skip
    director.post("/surveys/new/", plan)
    campaign = Campaign.objects.get(title="短调查")
    choice = {"channel": "letter", "codes": "K1\nK2\nK9"}
    tried = director.post(f"/surveys/{campaign.pk}/recipients/", choice).content.decode()
    assert "没有地址" in tried
    assert "K9" in tried
    assert not campaign.recipients.exists()
    director.post(f"/surveys/{campaign.pk}/recipients/", choice | {"add": "1"})
    assert campaign.recipients.get().customer == works.near
    refused = director.post(f"/surveys/{campaign.pk}/acts/start/")
    assert refused.status_code == 422
    assert "客户培训" in refused.content.decode()
    assert "R5-45" in refused.content.decode()
    last = {"new-text_zh": "培训呢？", "new-area": "training", "new-kind": "choice",
            "new-choices": "好|Good\n不好|Bad", "new-required": "on"}  # fmt: skip
    director.post(f"{acts}question/", last)
    assert director.post(f"/surveys/{campaign.pk}/acts/start/").status_code == 302
    campaign.refresh_from_db()
    assert campaign.state == "running"
    paper_pdf = director.get(f"/surveys/{campaign.pk}/paper.pdf?channel=letter")
    assert paper_pdf.content.startswith(b"%PDF")
    assert director.post(f"/surveys/{campaign.pk}/acts/sent/", {"channel": "letter"}).url
    assert campaign.recipients.get().sent_at
    assert director.post(f"/surveys/{campaign.pk}/acts/nonsense/").status_code == 404


def test_a_paper_is_found_by_its_code_and_keyed_in(works, enter, typed):
    agent = enter("agent")
    found = agent.get(f"/surveys/entry/?code={works.fax.short}")
    assert found.url == f"/surveys/entry/{works.fax.pk}/"
    assert agent.get("/surveys/entry/?code=999999").status_code == 422
    data = typed(4) | {"channel": "fax", "received_on": "2026-03-10"}
    bad = agent.post(found.url, data | {"received_on": "2026-04-01"})
    assert bad.status_code == 422
    assert agent.post(found.url, data).url == "/surveys/entry/"
    response = Response.objects.get()
    assert (response.channel, response.keyed_by) == ("fax", works.agent)
    assert response.at.date().isoformat() == "2026-03-10"
    assert agent.get(found.url).url == f"/surveys/answers/{response.pk}/"


def test_a_correction_keeps_the_original(works, enter, typed):
    response = keyed(works, 2)
    agent = enter("agent")
    assert agent.post(f"/surveys/answers/{response.pk}/correct/", typed(4)).status_code == 422
    data = typed(4) | {"reason": "看错"}
    assert agent.post(f"/surveys/answers/{response.pk}/correct/", data).status_code == 302
    assert "已经更正" in agent.get(f"/surveys/answers/{response.pk}/").content.decode()


def test_the_call_list_notes_calls_in_vain(works, enter, typed):
    surveys.invite(
        works.campaign,
        [surveys.Wanted(works.near, "telephone", _contact(works))],
        by=works.cs_director,
    )
    row = works.campaign.recipients.get(channel="telephone")
    agent = enter("agent")
    assert works.near.name in agent.get("/surveys/calls/").content.decode()
    assert agent.post(f"/surveys/calls/{row.pk}/in-vain/").status_code == 302
    row.refresh_from_db()
    assert row.tries == 1
    data = typed(5) | {"channel": "telephone"}
    assert agent.post(f"/surveys/entry/{row.pk}/?from=calls", data).url == "/surveys/calls/"


def _contact(works):
    from shouwen.work.customers.actions import create_contact
    from shouwen.work.customers.drafts import ContactDraft

    return create_contact(works.near, ContactDraft("任敏", phone="13800138000"), by=None)


def test_every_number_of_the_statistics_opens_a_list_of_that_length(works, enter, typed):
    keyed(works, 4, training=2)
    surveys.answer(works.mail, {q.pk: surveys.Given(mark=5) for q in works.paper.questions.all()})
    director = enter("cs_director")
    page = director.get(f"/surveys/{works.campaign.pk}/statistics/")
    assert page.status_code == 200
    for chart in page.context["charts"]:
        for one in chart.counts:
            listed = director.get(one.url).context["page"].rows
            assert len(listed) == one.tally.responses, one.url
    low = [one.name for one in page.context["charts"][0].counts if one.low]
    assert low == []
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(director.get(f"/surveys/{works.campaign.pk}/statistics.xlsx").content)
    )
    assert book.sheet_names[:3] == ["按方面", "按渠道", "按客户"]
    assert len(book.get_sheet_by_name("按渠道").to_python()) == 3


def test_closing_leads_to_the_weak_area_and_its_improvement(works, enter):
    keyed(works, 4, training=2)
    director = enter("cs_director")
    assert director.post(f"/surveys/{works.campaign.pk}/acts/close/").status_code == 302
    due = Due.objects.get(clause="R5-46", subject_kind="arearesult")
    assert director.get(due.link).status_code == 200
    assert enter("agent").post(due.link, {"words": "改了"}).status_code == 422
    assert director.post(due.link, {"words": ""}).status_code == 422
    assert director.post(due.link, {"words": "培训改为上门"}).status_code == 302
    due.refresh_from_db()
    assert due.settled_at


def test_only_the_superior_follows_a_mark_up(works, enter):
    rating = surveys.rate(works.campaign, 1, "太慢", person=works.agent, by=None)
    place = f"/surveys/ratings/{rating.pk}/"
    assert enter("outsider").get(place).status_code == 404
    assert enter("sales").get(place).status_code == 404
    assert enter("agent").post(place, {"words": "没事"}).status_code == 422
    assert enter("cs_director").post(place, {"words": "已致歉"}).status_code == 302
    assert Rating.objects.get().follow_up.by == works.cs_director


def test_satisfied_is_what_the_company_says(works, enter):
    for mark in (4, 5):
        surveys.rate(works.campaign, mark, person=works.agent, by=None)

    def listed():
        page = enter("cs_director").get("/surveys/ratings/?state=satisfied")
        return sorted(row.mark for row in page.context["page"].rows)

    assert listed() == [4, 5]
    org.set_value("R2-18.satisfied_from", 5, division=works.division)
    assert listed() == [5]


def test_every_indicator_opens_a_list_of_its_length(works, enter):
    for mark, who in ((5, works.agent), (1, works.agent), (4, works.sales)):
        surveys.rate(works.campaign, mark, person=who, by=None)
    director = enter("cs_director")
    page = director.get("/service/?month=2026-03")
    whole = page.context["units"][0]
    satisfaction, in_time, reopened, staff = whole.figures
    assert satisfaction.value == "66.7 %"
    assert satisfaction.figure.missed
    assert len(director.get(satisfaction.url).context["page"].rows) == 3
    assert (staff.value, len(director.get(staff.url).context["page"].rows)) == ("1", 1)
    for one in (in_time, reopened):
        assert director.get(one.url).context["count"] == one.figure.whole
    names = {row.name for row in page.context["people"]}
    assert {works.agent.name, works.sales.name} <= names
    own = {row.name for row in enter("sales").get("/service/").context["people"]}
    assert own == {works.sales.name}
    assert director.get("/service.xlsx?month=2026-03").status_code == 200
    assert director.get(f"/service/limits/?division={works.sister.pk}").status_code == 404


def test_limits_that_were_missed_lower_the_rate(works, now):
    from shouwen.engines.dues import actions as dues
    from shouwen.ground.foundation import clock

    for days in (1, 5):
        dues.open_due(
            "客户来函待答复", subject=works.campaign, division=works.division, kind="deadline",
            person=works.agent, days=days, by=None,
        )  # fmt: skip
    now.wait(days=3)
    dues.settle(subject=works.campaign, kind="deadline", by=works.agent, at=clock.now())
    line = service.of_division(works.division, "2026-03")
    assert (line.in_time.part, line.in_time.whole, str(line.in_time.value)) == (1, 2, "50.0")
    assert line.in_time.missed
    people = service.lines(works.division, "2026-03", "person")
    assert {one.key for one in people} == {0, works.agent.pk}


def test_the_regulations_show_the_indicators_at_their_head(works, enter):
    surveys.rate(works.campaign, 5, person=works.agent, by=None)
    for code in ("R2", "R6", "R7"):
        assert "100 %" in enter("cs_director").get(f"/regulations/{code}/").content.decode()


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/surveys/", 5), ("/surveys/{pk}/", 8), ("/surveys/{pk}/statistics/", 17),
        ("/surveys/answers/", 5), ("/surveys/calls/", 5), ("/surveys/ratings/", 5),
        ("/surveys/questionnaires/", 5), ("/service/", 17),
    ],
)  # fmt: skip
def test_pages_cost_few_statements(works, enter, address, most, django_assert_max_num_queries):
    keyed(works, 2)
    director = enter("cs_director")
    place = address.format(pk=works.campaign.pk)
    director.get(place)
    with django_assert_max_num_queries(most):
        assert director.get(place).status_code == 200


def test_nothing_of_it_is_seen_next_door(works, enter):
    outsider = enter("outsider")
    for place in ("", "statistics/", "recipients/", "recipients.xlsx", "paper.pdf"):
        assert outsider.get(f"/surveys/{works.campaign.pk}/{place}").status_code == 404
    assert queries.responses(set(), queries.Sought()).count() == 0
