"""Figures of the periodic papers (R4-50, R4-51, R4-81)."""

from decimal import Decimal

from shouwen.outcomes.reports import rules


def receivable(amount, collected, complaint=""):
    return rules.Receivable("INV", "SO-1", "P-1", amount, collected, complaint)


def test_a_complained_receivable_does_not_lower_the_rate():
    month = [receivable(80_000_00, 80_000_00), receivable(20_000_00, 0, "260501")]
    found = rules.bonus(month)
    assert (found.base_cents, found.rate) == (80_000_00, Decimal("100.00"))
    assert [one.complaint for one in found.exclusions] == ["260501"]


def test_an_unpaid_receivable_without_complaint_does():
    found = rules.bonus([receivable(80_000_00, 80_000_00), receivable(20_000_00, 0)])
    assert (found.rate, found.exclusions) == (Decimal("80.00"), ())


def test_what_was_paid_in_spite_of_a_complaint_counts():
    found = rules.bonus([receivable(100_00, 100_00, "260501")])
    assert (found.base_cents, found.rate) == (100_00, Decimal("100.00"))


def test_nothing_due_has_no_rate():
    assert rules.bonus([]).rate is None


def test_shares_total_the_whole():
    rows = [
        {"number": "260501", "liability": [{"ratio": "60"}, {"ratio": "40"}]},
        {"number": "260502", "liability": [{"ratio": "90"}]},
    ]
    (reason,) = rules.why_not_ratios(rows, 100)
    assert (reason.clause, reason.facts["number"], reason.facts["sum"]) == ("R4-50", "260502", "90")


def test_blanks_are_named_and_open_ones_carried_over():
    full = {
        "number": "1",
        "measure": "换刀",
        "status": "done",
        "result": "有效",
        "checked_by": "张",
    }
    blank = {**full, "number": "2", "result": "", "status": "open"}
    assert rules.why_not_checked([full]) == []
    (reason,) = rules.why_not_checked([full, blank])
    assert (reason.clause, reason.field) == ("R4-51", "rows.1.result")
    assert rules.carried_over([full, blank]) == [blank]


def test_tally_counts_most_first():
    rows = [{"unit": "a"}, {"unit": "b"}, {"unit": "b"}, {}]
    assert list(rules.tally(rows, "unit").items()) == [("b", 2), ("", 1), ("a", 1)]
