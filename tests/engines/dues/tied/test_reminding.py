"""Open improvement actions are reminded once a week (R4-11)."""

import pytest

from shouwen.engines.dues import actions as dues


@pytest.fixture
def action(company):
    def make(pk=1, **more):
        return dues.open_due(
            "执行改善对策", subject=company.case(pk), division=company.factory,
            **{"clause": "R4-11", "person": company.worker, "days": 3, **more},
        )  # fmt: skip

    return make


def test_on_its_weekday_and_once(company, action, moment):
    company.value("R4-11.remind_weekday", "wednesday")
    action(1)
    action(2, days=None)
    done = action(3)
    action(4, clause="R4-27")
    dues.settle(done, by=company.worker)
    assert dues.remind() == 0
    company.now.move(moment("2026-03-04 08:29"))
    assert dues.remind() == 0
    company.now.move(moment("2026-03-04 08:30"))
    assert dues.remind() == 2
    assert company.told() == [
        ("石磊", "请办理（2026年3月5日 周四 到期）：执行改善对策"),
        ("石磊", "请办理：执行改善对策"),
    ]
    assert dues.remind() == 0
    company.now.move(moment("2026-03-11 09:00"))
    assert dues.remind() == 2
    assert [fact.data["under"] for fact in company.facts("due.reminded")] == ["R4-11"] * 4


def test_a_worker_that_stood_still_reminds_when_it_is_back(company, action, moment):
    company.value("R4-11.remind_weekday", "wednesday")
    action()
    company.now.move(moment("2026-03-20 15:00"))
    assert dues.remind() == 1
    assert dues.remind() == 0


def test_without_a_weekday_nobody_is_reminded(company, action):
    action()
    company.now.wait(days=30)
    assert dues.remind() == 0
