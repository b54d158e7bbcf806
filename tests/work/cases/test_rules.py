"""Decisions about a quality complaint, as values (R4-03, R4-35, R4-40 to R4-42, R4-52, R4-61)."""

from shouwen.work.cases import rules

RULED = {"method": "allowance", "amount": 500_00, "quantity": None}


def clauses(reasons):
    return [reason.clause for reason in reasons]


def test_product_quality_is_a_quality_complaint_unless_nobody_lost():
    assert rules.kind_for("product_quality", causes_loss=True) == "quality_complaint"
    assert rules.kind_for("product_quality", causes_loss=False) == "abnormality"
    assert rules.kind_for("service", causes_loss=True) == "ordinary"


def test_product_quality_never_closes_as_ordinary():
    assert clauses(rules.why_not_ordinary("product_quality")) == ["R4-03"]
    assert rules.why_not_ordinary("delivery") == []


def test_a_promise_stays_within_the_ruling():
    assert rules.why_not_promise(RULED, {"method": "allowance", "amount": 500_00}) == []
    assert rules.why_not_promise(RULED, {"method": "none"}) == []


def test_a_promise_beyond_the_ruling_is_refused_at_its_field():
    (reason,) = rules.why_not_promise(RULED, {"method": "allowance", "amount": 800_00}, "talk.")
    assert (reason.clause, reason.field) == ("R4-52", "talk.amount")
    assert clauses(rules.why_not_promise(RULED, {"method": "return", "quantity": "5"})) == ["R4-52"]


def test_nothing_is_promised_without_a_ruling():
    assert clauses(rules.why_not_promise(None, {"method": "none"})) == ["R4-35"]


def test_close_out_wants_verdict_method_and_tracking():
    done = {"our_fault": "our", "handling": "更换刀具", "tracked": "exempt"}
    assert rules.why_not_closable(done, {"verdict": "confirmed"}) == []
    assert clauses(rules.why_not_closable(done, {})) == ["R4-12"]
    bare = {"our_fault": "our", "tracked": "undecided"}
    assert clauses(rules.why_not_closable(bare, {"verdict": "confirmed"})) == ["R4-40", "R4-41"]


def test_tracking_negligence_wants_a_reason():
    assert clauses(rules.why_not_tracked(True, {"tracked": "tracked"})) == ["R4-42"]
    assert rules.why_not_tracked(True, {"tracked": "tracked", "tracked_reason": "屡犯"}) == []
    assert rules.why_not_tracked(False, {"tracked": "tracked"}) == []
