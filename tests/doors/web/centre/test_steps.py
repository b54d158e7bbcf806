"""What happens next in a matter, and what a department left unanswered."""

from datetime import timedelta

import pytest

from shouwen.ground.foundation import clock
from shouwen.ground.journal.models import Entry
from shouwen.regulations.vocabulary.cases import (
    answer_paper,
    file_paper,
    go_on,
    open_matter,
    stand_in,
)
from shouwen.work.cases.models import Case


@pytest.fixture
def complaint(centre):
    """One in the hands of its handler."""
    case = open_matter(centre.centre, centre.resident, by=centre.agent)
    go_on(case, by=centre.agent)
    told = {"category": "noise", "grade": "small", "true_cause": "不知规定"}
    return go_on(case, data={**told, "handler": centre.second_agent}, by=centre.shift_lead)


def deal(browser, case, key, **words):
    data = {f"{key}-{name}": value for name, value in words.items()}
    return browser.post(f"/cases/{case.pk}/deals/{key}/", data)


def test_the_next_step_stands_on_the_matter_and_what_it_is(centre, as_, complaint):
    on = clock.today() + timedelta(days=2)
    browser = as_(centre.second_agent)
    assert "下一步" in browser.get(f"/cases/{complaint.pk}/").content.decode()
    deal(browser, complaint, "next_step", on=on.isoformat(), what="上门复查")
    complaint.refresh_from_db()
    assert complaint.next_step_on == on
    assert Entry.objects.get(event="case.next_step").data["reason"] == "上门复查"
    assert "上门复查" in browser.get(f"/cases/{complaint.pk}/").content.decode()


@pytest.mark.parametrize(("who", "days", "what", "says"), [
    ("second_agent", -1, "复查", "不能早于今天"), ("second_agent", 1, " ", "必填"),
    ("guard", 1, "复查", "下一步由首问责任人、承办人或其上级安排"),
])  # fmt: skip
def test_what_is_wrong_with_it_is_said_at_its_field(centre, as_, complaint, who, days, what, says):
    on = (clock.today() + timedelta(days=days)).isoformat()
    answer = deal(as_(getattr(centre, who)), complaint, "next_step", on=on, what=what)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "R7-67" in page
    assert on in page
    assert says in page or what == " "
    assert not Entry.objects.filter(event="case.next_step").exists()


def test_the_manager_sees_what_the_department_left_unanswered(centre, as_, complaint):
    def ask(unit, what):
        data = {"unit": unit, "what": what, "due_on": clock.today().isoformat()}
        return file_paper(complaint, "department_task", data, by=centre.agent)

    ask(centre.security, "请巡查施工时间")
    ask(centre.maintenance, "请检查减压阀")
    done = ask(centre.security, "请劝阻施工")
    on = clock.today().isoformat()
    taken = {"accepted_by": centre.guard, "promised_on": on}
    answer_paper(done, "acceptance", taken, by=centre.guard)
    answer_paper(done, "answer", {"text": "已劝阻"}, by=centre.guard)
    facts = {"unit": centre.security, "facts": "两次未复", "manager": centre.centre_deputy}
    report = file_paper(complaint, "non_cooperation", facts, by=centre.agent)
    page = as_(centre.centre_deputy).get(f"/papers/{report.pk}/").content.decode()
    assert "请巡查施工时间" in page
    assert "请检查减压阀" not in page
    assert "请劝阻施工" not in page


def test_whom_it_may_go_to_stands_first_with_whoever_stands_in(centre, as_, complaint):
    now = clock.now()
    stand_in(centre.maintenance_manager, centre.maintenance_deputy, now, now + timedelta(days=2))
    page = as_(centre.second_agent).get(f"/cases/{complaint.pk}/").content.decode()
    form = page[page.index('id="deal-transfer"') :]
    away = f"（不在，由{centre.maintenance_deputy.name}代管）"
    assert f"{centre.maintenance_manager.name} · 工程维修部经理{away}" in form
    assert form.index(centre.maintenance_manager.name) < form.index(centre.repairer.name)


@pytest.mark.parametrize(("days", "says"), [(1, "本件重新打开"), (60, "另立新案")])
def test_it_says_what_taking_it_up_brings_about(centre, as_, complaint, days, says):
    ended = clock.now() - timedelta(days=days)
    Case.objects.filter(pk=complaint.pk).update(state="closed", closed_at=ended)
    page = as_(centre.shift_lead).get(f"/cases/{complaint.pk}/").content.decode()
    assert says in page[page.index('id="deal-again"') :]
    if days > 1:
        deal(as_(centre.shift_lead), complaint, "again", description="又在施工。")
        fresh = Case.objects.get(origin=complaint)
        assert fresh.first_owner == centre.agent  # not whoever took the call
