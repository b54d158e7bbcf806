"""The page of a case: whose turn it is, what can be done, and what its papers cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shouwen.doors.web.desk import late
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import PrintLog
from shouwen.engines.documents.printing.papers import paper_data
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, step, walk
from shouwen.work.cases import actions as cases
from shouwen.work.cases.models import Case
from shouwen.work.cases.records import answer_record, file_record

MOST_QUERIES = 23
"""Session and person, the gate, the sheet, the run and what is known of it, papers, dues, facts."""


def browser(person):
    client = Client()
    client.force_login(person.user, backend="shouwen.doors.web.account.users.UserBackend")
    return client


def people(case, role):
    return org.people(role, case.division)


def page(person, case):
    answer = browser(person).get(f"/cases/{case.pk}/")
    assert answer.status_code == 200
    return answer


@pytest.fixture
def at_check(shipment):
    """A complaint that is back with the group, to be checked."""
    story = Story(shipment)
    return walk(open_complaint(story), story, "check")


def test_whose_turn_it_is_sees_the_open_section_and_the_button(at_check):
    clerk = people(at_check, "pm_group")[0]
    text = page(clerk, at_check).content.decode()
    assert "轮到您办理" in text
    assert 'href="#section-check"' in text
    assert 'name="move" value="checked"' in text
    assert '<a class="side-link" href="/cases/" aria-current="page"' in text


def test_every_term_says_on_demand_why_it_ends_on_its_day(at_check):
    seller = at_check.salesperson
    shown = page(seller, at_check)
    due = next(one for one in shown.context["page"].dues if one.due_at)
    text = shown.content.decode()
    trigger = "hx-trigger=\"toggle once from:'closest details'\""
    assert f'hx-get="/dues/{due.pk}/why/" {trigger}' in text
    assert "起算" in browser(seller).get(f"/dues/{due.pk}/why/").content.decode()


def test_whose_turn_it_is_not_sees_who_has_it_and_until_when(at_check):
    answer = page(people(at_check, "quality")[0], at_check)
    text, turn = answer.content.decode(), answer.context["page"].turn
    assert "等待办理" in text
    assert (turn.stage.key, turn.mine) == ("check", False)
    assert people(at_check, "pm_group")[0] in turn.people
    assert 'name="move"' not in text


def test_what_another_is_writing_stands_open(shipment):
    """Whoever took the call sees what was registered, though sales fills in the form."""
    case = open_complaint(Story(shipment))
    sections = page(people(case, "quality")[0], case).context["page"].sections
    assert [(one.key, one.state, one.is_open) for one in sections] == [("intake", "now", True)]


def test_the_time_of_the_whole_case_begins_with_its_acceptance(shipment):
    case = open_complaint(Story(shipment))
    assert "受理之日起算" in page(people(case, "quality")[0], case).content.decode()
    walk(case, Story(shipment), "investigation")
    assert "受理之日起算" not in page(people(case, "quality")[0], case).content.decode()


def test_what_nobody_began_to_write_stays_folded(at_check):
    sections = page(people(at_check, "quality")[0], at_check).context["page"].sections
    now = next(one for one in sections if one.state == "now")
    assert (now.key, now.is_begun, now.is_open) == ("check", False, False)


def test_the_page_costs_the_same_however_many_papers_hang_on_it(at_check):
    seller = at_check.salesperson
    client = browser(seller)

    def cost():
        with CaptureQueriesContext(connection) as sent:
            assert client.get(f"/cases/{at_check.pk}/").status_code == 200
        # A process looks at these again every few seconds, whatever it shows.
        sqls = (query["sql"] for query in sent.captured_queries)
        looked_at = ("policy_edition", "org_version")
        found = [sql for sql in sqls if not any(table in sql for table in looked_at)]
        return len(found), found

    def follow_up(number):
        quality = people(at_check, "quality")[0]
        unit = org.main_post(quality).post.unit_id
        data = {"text": f"意见 {number}", "to_unit": unit, "due_on": clock.today().isoformat()}
        file_record(at_check, "followup", data, by=seller)

    follow_up(0)
    cost()
    few, _sent = cost()
    for number in range(1, 16):
        follow_up(number)
    many, sent = cost()
    assert many == few
    assert many <= MOST_QUERIES, sent
    shown = client.get(f"/cases/{at_check.pk}/").context["page"]
    assert (len(shown.papers), shown.more_papers) == (12, True)


def test_two_who_save_one_section_see_both_texts_and_choose(at_check):
    first, second = people(at_check, "pm_group")[:2]
    address = f"/cases/{at_check.pk}/sections/check/"
    browser(first).post(address, {"version": "0", "has_quality": "on", "notes": "甲的说明"})
    mine = {"version": "0", "has_production": "on", "notes": "乙的说明"}
    answer = browser(second).post(address, mine)
    assert answer.status_code == 422
    conflict = answer.context["page"].open_section.form.conflict
    fields = {one.key: (one.old, one.new) for one in conflict.fields}
    assert fields["notes"] == ("甲的说明", "乙的说明")
    assert set(fields) == {"has_quality", "has_production", "notes"}  # what neither ticked is same
    text = answer.content.decode()
    assert 'name="choose.notes" value="theirs"' in text
    assert ">乙的说明</textarea>" in text
    again = {**mine, "version": "1", "choose.notes": "theirs", "choose.has_quality": "theirs"}
    assert browser(second).post(address, again).status_code == 302
    saved = papers.data_of(cases.sheet_of(at_check))["check"]
    assert saved["notes"] == "甲的说明"
    assert (saved["has_quality"], saved["has_production"]) == (True, True)


def test_words_that_come_too_late_are_shown_and_not_lost(at_check, shipment):
    second = people(at_check, "pm_group")[-1]
    step(at_check, Story(shipment))
    typed = {"version": "0", "has_quality": "on", "move": "checked", "notes": "乙还想说明一点"}
    answer = browser(second).post(f"/cases/{at_check.pk}/sections/check/", typed)
    assert answer.status_code == 422
    assert answer.context["page"].unsaved.key == "check"
    assert "乙还想说明一点" in answer.content.decode()
    assert papers.data_of(cases.sheet_of(at_check))["proposal"] == {}


def test_an_answer_that_comes_second_is_told_so_and_shown(at_check):
    first, second = people(at_check, "pm_group")[:2]
    request = file_record(
        at_check, "help_request", {"what": "请协调取样"}, by=people(at_check, "quality")[0]
    )
    answer_record(request, "answer", {"text": "已取"}, by=first)
    address = f"/papers/{request.pk}/answers/answer/"
    answer = browser(second).post(address, {"version": "0", "text": "我也已联系业务部"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "我也已联系业务部" in text
    assert "您填写的内容没有保存" in text


def test_a_closed_case_says_what_is_possible_and_why_the_rest_is_not(closed):
    answer = page(closed.salesperson, closed)
    ways = {way.key: way for way in answer.context["page"].ways}
    assert {key for key, way in ways.items() if not way.reasons} == {"refile", "petition"}
    assert [ways[key].reasons[0].clause for key in ("objection", "change")] == ["R4-58", "R4-47"]
    quality = page(people(closed, "quality")[0], closed).context["page"].ways
    refused = next(way for way in quality if way.key == "refile")
    assert refused.reasons[0].clause == "R4-48"


def test_a_new_form_is_filed_from_the_closed_case_and_linked_both_ways(closed):
    seller = browser(closed.salesperson)
    address = f"/cases/{closed.pk}/refile/"
    assert seller.post(address, {"description": "", "caller": ""}).status_code == 422
    answer = seller.post(address, {"description": "深度超过图纸", "caller": "王采购"})
    fresh = Case.objects.get(origin=closed)
    assert answer.headers["Location"] == f"/cases/{fresh.pk}/"
    assert f"/cases/{closed.pk}/" in seller.get(f"/cases/{fresh.pk}/").content.decode()
    old = seller.get(f"/cases/{closed.pk}/").content.decode()
    assert f"/cases/{fresh.pk}/" in old
    assert seller.post(address, {"description": "再来", "caller": "王"}).status_code == 422


def test_a_reopened_case_shows_the_old_decision_in_its_section(closed):
    objecting, deputy = people(closed, "manufacturing")[0], people(closed, "management.deputy_gm")
    data = {"decision": "折让", "reasons": "来料硬度超标", "request": "重新核决"}
    sheet = file_record(closed, "petition", data, by=objecting)
    answer_record(sheet, "ruling", {"result": "upheld", "text": "准予复议"}, by=deputy[0])
    shown = page(objecting, closed)
    views = {view.key: view for view in shown.context["page"].sections}
    (earlier,) = views["decision"].earlier
    assert (earlier.reason, earlier.clause) == ("准予复议", "R4-55")
    text = shown.content.decode()
    assert "重新核决:准予复议" in text
    assert "原表已收回重新办理" in text


def test_every_print_of_the_form_is_marked_internal_and_kept_in_the_log(at_check):
    seller = at_check.salesperson
    sheet = cases.sheet_of(at_check)
    answer = browser(seller).get(f"/papers/{sheet.pk}/print/")
    assert answer["Content-Type"] == "application/pdf"
    assert PrintLog.objects.get(sheet=sheet).by == seller
    told = Entry.objects.get(event="sheet.printed")
    assert (told.actor_id, told.matter_id) == (seller.pk, at_check.pk)
    on_paper = paper_data(sheet, [], by=seller, at=clock.now())
    assert "not for customers" in on_paper["internal"]
    assert seller.name in on_paper["mark"]


def test_a_letter_is_printed_from_what_was_conveyed_and_never_from_the_form(at_check, shipment):
    story = Story(shipment)
    walk(at_check, story, "negotiation")
    seller = browser(at_check.salesperson)
    said = {
        "channel": "letter", "person": "王采购", "at": clock.now().isoformat(),
        "method": "allowance", "amount": "3000", "text": "我公司给予折让 3,000 元。",
    }  # fmt: skip
    answer = seller.post(f"/cases/{at_check.pk}/papers/new/conveyance/", said)
    assert answer.status_code == 302, answer.content.decode()
    paper = seller.get(answer.headers["Location"]).content.decode()
    sheet = papers.sheets_of(at_check, "conveyance").get()
    assert f"/papers/{sheet.pk}/letter/" in paper
    assert seller.get(f"/papers/{sheet.pk}/letter/")["Content-Type"] == "application/pdf"
    assert Entry.objects.filter(event="letter.printed", matter_id=at_check.pk).count() == 1
    form = cases.sheet_of(at_check)
    refused = seller.get(f"/papers/{form.pk}/letter/")
    assert refused.status_code == 409
    assert "R4-54" in refused.content.decode()


def test_beyond_the_ruling_nothing_is_conveyed(at_check, shipment):
    walk(at_check, Story(shipment), "negotiation")
    said = {
        "channel": "telephone", "person": "王采购", "at": clock.now().isoformat(),
        "method": "allowance", "amount": "5000", "text": "给予折让 5,000 元。",
    }  # fmt: skip
    address = f"/cases/{at_check.pk}/papers/new/conveyance/"
    answer = browser(at_check.salesperson).post(address, said)
    assert answer.status_code == 422
    assert "承诺金额 5,000.00 超出批示的上限" in answer.content.decode()
    assert "5000" in answer.content.decode()
    choices = [key for key, _words in answer.context["form"].inputs[0].options]
    assert choices == ["letter", "telephone"]


def test_a_time_limit_of_a_paper_leads_to_the_paper(shipment):
    story = Story(shipment)
    case = walk(open_complaint(story), story, "production")
    (due,) = Due.objects.open().filter(clause="R4-27", matter_id=case.pk)
    assert late.address(due) == f"/cases/{case.pk}/papers/new/investigation_report/"
    (whole,) = Due.objects.open().filter(clause="R4-59", matter_id=case.pk)
    assert late.address(whole) == f"/cases/{case.pk}/"
