"""A wrong form is refused when it is loaded; the papers of regulation 4 are not."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from shouwen.engines.documents.definitions import SeriesDef, parse_forms

R4 = Path(__file__).parents[3] / "src/shouwen/regulations/r04_quality_complaints/forms.yaml"


def form(**changes: Any) -> dict[str, Any]:
    """A small form with changes."""
    field = {"key": "unit", "label": "单位", "type": "unit"}
    section = {"key": "notice", "title": "通知", "by": "gm_office", "fields": [field]}
    return {"notice": {"title": "奖罚通知单", "sections": [section], **changes}}


def section(**changes: Any) -> dict[str, Any]:
    """The same form, its section changed."""
    body = form()
    body["notice"]["sections"][0] |= changes
    return body


def field(**changes: Any) -> dict[str, Any]:
    """The same form, its field changed."""
    body = form()
    body["notice"]["sections"][0]["fields"][0] |= changes
    return body


def test_every_paper_of_regulation_4_is_read() -> None:
    forms = parse_forms(yaml.safe_load(R4.read_text()))
    assert {"complaint_form", "return_slip", "allowance_certificate"} <= set(forms)
    assert [copy.holder for copy in forms["complaint_form"].copies] == [
        "quality", "manufacturing", "sales", "accounting", "gm_office",
    ]  # fmt: skip
    assert len(forms["reward_penalty_notice"].copies) == 3
    assert forms["complaint_form"].internal
    assert not forms["allowance_certificate"].internal


def test_what_a_paper_waits_for_before_it_is_issued() -> None:
    forms = parse_forms(yaml.safe_load(R4.read_text()))
    before = [section.key for section in forms["complaint_form"].before_issue()]
    assert "instruction" in before
    assert "rnd_opinion" not in before
    slip = forms["return_slip"]
    assert [section.key for section in slip.before_issue()] == ["slip"]
    manager, warehouse = slip.signatures
    assert [s.key for s in slip.signed_under(manager)] == ["slip"]
    assert [s.key for s in slip.signed_under(warehouse)] == ["slip", "receipt"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (form(colour="red"), "colour"),
        (form(copies=[{"copy": 2, "holder": "sales", "title": "存"}]), "numbered 1, 2, 3"),
        (
            form(copies=[{"copy": 1, "holder": "unit_of:notice.nothing", "title": "存"}]),
            "no such field",
        ),
        (form(copies=[{"copy": 1, "holder": "Sales Dept", "title": "存"}]), "pattern"),
        (form(clause="4.25"), "pattern"),
        (section(by="everybody!"), "pattern"),
        (section(after=["gm"]), "after unknown signatures"),
        (section(answers={"section": "other"}), "answers no section"),
        (section(fields=[]), "at least 1"),
        (field(type="lines"), "needs columns"),
        (field(type="choice"), "needs choices"),
        (field(type="note"), "needs text"),
        (field(choices={"a": "甲"}), "has no choices"),
        (field(type="text", not_future=True), "not_future is only for"),
        (field(type="text", must=True), "must is only for"),
        (field(required_if={"other": 1}), "required_if names unknown fields"),
        (field(key="Unit"), "pattern"),
        (
            section(checks=[{"rule": "sum", "of": "x", "field": "y", "equals": 1, "message": "m"}]),
            "no table",
        ),
        (
            section(checks=[{"rule": "not_more", "field": "x", "than": "unit", "message": "m"}]),
            "unknown fields",
        ),
        (section(checks=[{"rule": "evaluate", "code": "1+1", "message": "m"}]), "rule"),
    ],
)
def test_a_wrong_form_is_refused_when_it_is_loaded(body: dict, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        parse_forms(body)


def test_the_error_says_where_in_the_file() -> None:
    with pytest.raises(ValidationError) as caught:
        parse_forms(field(max_length=-1))
    assert caught.value.errors()[0]["loc"] == ("notice", "sections", 0, "fields", 0, "max_length")


@pytest.mark.parametrize(
    ("pattern", "period", "good"),
    [
        ("{yy}{mm}{n:02}", "month", True),
        ("TH{yyyy}{mm}-{n:03}", "month", True),
        ("{yy}{n:02}", "month", False),
        ("{yy}-{n}", "year", True),
        ("{mm}{n:02}", "year", False),
        ("{yy}{mm}", "month", False),
        ("{yy}{mm}{n:02}{n}", "month", False),
        ("{yy}{mm}{n:02}{0.__class__}", "month", False),
    ],
)
def test_a_pattern_must_keep_its_periods_apart(pattern: str, period: str, good: bool) -> None:
    if good:
        assert SeriesDef(pattern=pattern, period=period).pattern == pattern
    else:
        with pytest.raises(ValidationError):
            SeriesDef(pattern=pattern, period=period)
