"""What a page shows: buttons with reasons, the path, the picture; and what it costs."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from shouwen.engines.dues import resolvers
from shouwen.engines.dues.models import Due
from shouwen.engines.flows import actions as flows
from shouwen.engines.flows import drawing, queries
from shouwen.engines.flows.models import Run
from shouwen.engines.notices.models import Notice
from shouwen.ground.foundation.words import Words
from shouwen.ground.org import actions as org
from shouwen.ground.policy import queries as policy

from .conftest import Loan


def buttons(run, person):
    return {act.key: act for act in queries.what_can(run, person)}


def test_buttons_that_cannot_be_pressed_say_why(company, loan):
    loan.go("opinion", look={"trial": True})
    mine, other = buttons(loan.run, company.clerk), buttons(loan.run, company.seller)
    assert set(mine) == {
        "move:put_up", "send_back:trial", "send_back:make", "send_back:look", "withdraw",
        "hand_over", "delegate", "ask_before", "urge", "copy_to",
    }  # fmt: skip
    assert not mine["move:put_up"].allowed
    assert {reason.field for reason in mine["move:put_up"].reasons} == {
        "opinion.method", "opinion.amount",
    }  # fmt: skip
    assert mine["send_back:look"].allowed
    assert mine["send_back:look"].needs_reason
    assert not mine["withdraw"].allowed
    assert not mine["urge"].allowed
    assert "登记员" in str(other["move:put_up"].reasons[0])
    assert other["urge"].allowed
    assert other["copy_to"].allowed


def test_the_optional_stage_can_be_called_for_by_whom_it_says(company, loan):
    loan.go("make")
    assert buttons(loan.run, company.quality_head)["switch_on:trial"].allowed
    assert buttons(loan.run, company.foreman)["skip_stage:trial"].allowed
    assert not buttons(loan.run, company.seller)["switch_on:trial"].allowed


def test_added_signers_have_their_buttons(company, loan):
    loan.go("look")
    found = flows.ask_before(loan.run, company.engineer, by=company.inspector, reason="请验")
    place = found.signings.get()
    run = Run.objects.get(pk=loan.run.pk)
    assert buttons(run, company.engineer)[f"sign:{place.pk}"].allowed
    assert f"sign:{place.pk}" not in buttons(run, company.inspector)


def test_the_buttons_of_a_case_page_cost_few_queries(company, loan, django_assert_max_num_queries):
    loan.go("read")
    queries.what_can(loan.run, company.lead)
    with django_assert_max_num_queries(11):
        queries.what_can(loan.run, company.lead)


def test_one_step_costs_few_statements(company, loan):
    loan.go("look")
    loan.sign("look", company.inspector)
    with CaptureQueriesContext(
        connection,
    ) as spent:
        loan.do("looked", company.inspector)
    assert len(spent) <= 30


def test_the_path_is_read_in_one(company, loan, django_assert_num_queries):
    loan.go("closed")
    with django_assert_num_queries(1):
        path = queries.path(loan.run)
        assert [step.by.name for step in path if step.by][:2] == ["陈晨", "秦思齐"]


def test_each_finds_what_waits_for_him(company, loan, django_assert_max_num_queries):
    def waits(person):
        return [(one.kind, str(one.title)) for one in queries.waiting_for(person)]

    loan.go("make")
    other = Loan(company).go("rule", opinion={"amount": "8000.00"})
    assert waits(company.foreman) == [("step", "准备")]
    assert waits(company.foreman_b) == []
    assert waits(company.sales_head) == []
    assert waits(company.deputy) == [("step", "批示")]
    assert waits(company.outsider) == []
    flows.request_round(
        loan.sheet, "endorse", [flows.Ask("rnd")], title=Words(zh="核", en="See"),
        division=company.factory, by=company.seller,
    )  # fmt: skip
    assert waits(company.engineer) == [("sign", "核")]
    loan.run = Run.objects.get(pk=loan.run.pk)
    flows.delegate(other.run, company.gm, by=company.deputy, reason="请示")
    assert ("step", "批示") in waits(company.gm)
    with django_assert_max_num_queries(8):
        queries.waiting_for(company.foreman)


def test_where_it_stands(company, loan):
    loan.go("make")
    run = queries.run_of(loan.sheet)
    assert queries.stage_of(run).key == "make"
    assert run.current_unit() == company.shop_a


def test_dues_and_word_say_which_matter(company, loan, monkeypatch):
    told = {"title": "260301 内径超差", "link": "/cases/1/"}
    known = SimpleNamespace(find=lambda pk: told, told=lambda sheet: told)
    monkeypatch.setitem(resolvers._resolvers, "sheet", known)
    loan.go("look")
    assert Due.objects.open().get(kind="stage").matter_name == "260301 内径超差"
    told = Notice.objects.filter(key__startswith="step:").first()
    assert told.text == "260301 内径超差 · 请办理“查看”"
    assert told.link == "/cases/1/"


def test_of_many_the_heads_are_told(company, loan):
    for number in range(9):
        person = org.hire(f"q{number}", name_zh=f"检验{number}")
        org.appoint(person, org.add_post(company.quality, f"检验{number}"))
    loan.go("look")
    assert {notice.person for notice in Notice.objects.all()} == {company.quality_head}


# -- the picture ----------------------------------------------------------------------------------


@pytest.fixture
def looks(company):
    def of(loan):
        return {
            node.key: node.look for node in drawing.sketch(Run.objects.get(pk=loan.run.pk)).nodes
        }

    return of


def test_the_path_is_lit(company, loan, looks):
    loan.go("opinion")
    assert looks(loan) == {
        "draft": "done", "look": "done", "make": "done", "trial": "skipped", "opinion": "current",
        "rule": "ahead", "answer": "ahead", "read": "ahead", "closed": "ahead",
    }  # fmt: skip
    loan.run = flows.send_back(loan.run, "look", by=company.clerk, reason="重查")
    assert looks(loan)["make"] == "ahead"
    assert looks(loan)["look"] == "current"
    (back,) = drawing.sketch(loan.run).backs
    assert (back.source, back.target, back.count) == ("opinion", "look", 1)
    assert "重查" in back.note
    loan.go("closed")
    assert set(looks(loan).values()) == {"done", "skipped"}


def test_the_picture_speaks_both_languages(company, loan):
    loan.go("look")
    assert "已完成：申请" in drawing.svg(loan.run)
    assert "陈晨 · 3月10日 10:00" in drawing.svg(loan.run)
    with translation.override("en"):
        assert "Quality" in drawing.svg(loan.run, narrow=True)
        assert "Course of a loan" in drawing.chart(loan.run)


def test_a_name_cannot_break_out_of_the_picture(company, loan):
    company.seller.name_zh = "<script>alert(1)</script>"
    company.seller.save()
    loan.go("look")
    assert "<script>" not in drawing.chart(loan.run)


def test_the_declared_course_is_drawn_without_a_run(company):
    assert "借用流程" in drawing.course(policy.flow("loan"))
