"""A flow that cannot be walked is refused when it is loaded, with every fault named."""

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

import shouwen.regulations
from shouwen.engines.flows.definitions import check_sections, parse

REGULATIONS = Path(shouwen.regulations.__file__).parent


def flow(**changes):
    """Two lanes, three stages and an end."""
    raw = {
        "flow": "loan",
        "title": "借用",
        "lanes": [{"role": "sales", "title": "业务"}, {"role": "quality", "title": "质管"}],
        "start": "ask",
        "stages": [
            {"key": "ask", "title": "申请", "lane": "sales", "by": "sales", "section": "ask"},
            {"key": "look", "title": "查看", "lane": "quality", "by": "quality", "section": "look"},
            {"key": "done", "title": "完成", "lane": "sales", "end": True},
        ],
        "moves": [
            {"move": "send", "title": "送出", "from": "ask", "to": "look", "needs": ["ask"]},
            {"move": "finish", "title": "完成", "from": "look", "to": "done"},
        ],
    }
    return {**raw, **changes}


def with_stage(place, **changes):
    """The flow with one stage changed."""
    raw = flow()
    raw["stages"][place] = {**raw["stages"][place], **changes}
    return raw


def with_move(place, **changes):
    """The flow with one move changed."""
    raw = flow()
    raw["moves"][place] = {**raw["moves"][place], **changes}
    return raw


def test_a_sound_flow_loads():
    loaded = parse(flow())
    assert loaded.stage("look").title.zh == "查看"
    assert [move.move for move in loaded.moves_from("ask")] == ["send"]
    assert loaded.by(loaded.move("send")) == "sales"


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (flow(start="nowhere"), "start nowhere is no stage"),
        (with_move(0, to="nowhere"), "move send: no stage nowhere"),
        (with_move(0, to="done"), "stage look is never reached"),
        (with_move(1, to="look"), "from stage ask no end is reached"),
        (with_move(0, needs=["nothing"]), "move send: no section nothing"),
        (with_move(0, when={"ask.kind == 1": 1, "other": 2}), "other is no declared fact"),
        (with_move(1, by="Sales!"), "move finish: no role Sales!"),
        (with_stage(1, lane="rnd"), "stage look: no lane rnd"),
        (with_stage(1, by="quality.king"), "stage look: no role quality.king"),
        (with_stage(1, by=""), "stage look: nobody acts"),
        (with_stage(1, key="ask"), "stage ask twice"),
        (with_stage(1, unit_from="ghost.unit"), "ghost.unit is no declared fact"),
        (with_stage(1, not_signer_of="ghost"), "stage look: no section ghost"),
        (with_stage(0, optional=True), "an optional stage has one unconditional move"),
        (with_stage(1, on_when=["ask.tick"]), "belong to an optional stage"),
        (flow(send_back=[{"from": "ask", "back_to": ["look"]}]), "look is not earlier"),
        (flow(send_back=[{"from": "look", "back_to": ["gone"]}]), "send_back: no stage gone"),
    ],
)
def test_a_fault_is_named(raw, fault):
    with pytest.raises(ValidationError) as refusal:
        parse(raw)
    assert fault in str(refusal.value)


@pytest.mark.parametrize(
    "raw",
    [
        with_move(0, when="ask.amount > 5"),
        with_move(0, when={"ask.amount": {"more": 5}}),
        with_stage(0, script="print()"),
        with_stage(0, optional="yes"),
        flow(colour="red"),
    ],
)
def test_there_are_no_expressions_and_no_unknown_keys(raw):
    with pytest.raises(ValidationError):
        parse(raw)


def test_a_move_fits_its_facts_by_equality_only():
    move = parse(with_move(0, when={"ask.kind": ["loan", "gift"], "ask.paid": True})).move("send")
    assert move.fits({"ask.kind": "gift", "ask.paid": True})
    assert not move.fits({"ask.kind": "sale", "ask.paid": True})
    assert not move.fits({"ask.kind": "gift"})


def test_the_form_must_have_what_the_flow_speaks_of():
    loaded = parse(with_stage(1, unit_from="ask.unit"))
    assert check_sections(loaded, {"ask": ["unit"], "look": []}) == []
    assert check_sections(loaded, {"ask": ["name"], "look": []}) == [
        "stage look: section ask has no field unit"
    ]
    assert check_sections(loaded, {"ask": ["unit"]}) == [
        "stage look: the form  has no section look"
    ]


@pytest.mark.parametrize(
    "path", sorted(REGULATIONS.glob("*/flow.yaml")), ids=lambda p: p.parent.name
)
def test_every_flow_of_the_regulations_is_sound_and_fits_its_form(path):
    raw = yaml.safe_load(path.read_text())
    forms = yaml.safe_load(path.with_name("forms.yaml").read_text())
    for loaded in map(parse, raw if isinstance(raw, list) else [raw]):
        sections = {
            section["key"]: [field["key"] for field in section["fields"]]
            for section in forms[loaded.form]["sections"]
        }
        assert check_sections(loaded, sections) == []
