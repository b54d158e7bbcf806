"""The picture: every stage once, no two texts on one place, nothing of the text unescaped."""

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from shouwen.engines.flows.picture import Back, Link, Node, Sketch, in_column, in_lanes
from shouwen.engines.flows.picture.sketch import width

LANES = {"sales": "业务部", "quality": "质量管理部", "management": "Deciders & co"}
STAGES = [
    ("draft", "填表", "sales"),
    ("look", "Countermeasure and analysis", "quality"),
    ("again", "与客户交涉", "quality"),
    ("rule", "综合意见<一>", "management"),
    ("end", "已结案", "sales"),
]
LOOKS = ["done", "skipped", "done", "current", "ahead"]


def sketch(backs=True):
    """Five stages, one of each look, two of them sent back from."""
    nodes = [
        Node(key, title, lane, look, "王敏 · 2月25日" if look != "ahead" else "")
        for (key, title, lane), look in zip(STAGES, LOOKS, strict=True)
    ]
    links = [
        Link(here.key, following.key, here.look if here.look in ("done", "skipped") else "ahead")
        for here, following in pairwise(nodes)
    ]
    back = [Back("rule", "draft", 2, "驳回"), Back("again", "draft", 1), Back("rule", "look", 1)]
    return Sketch("r1", "客诉", "现在:批示", LANES, nodes, links, back if backs else [])


def tree(picture):
    """The picture parsed; it is our own, not a stranger's."""
    return ElementTree.fromstring(picture)  # noqa: S314


@pytest.mark.parametrize("draw", [in_lanes, in_column])
def test_the_picture_is_well_formed_and_speaks(draw):
    picture = draw(sketch())
    root = tree(picture)
    assert root.get("role") == "img"
    named = root.get("aria-labelledby").split()
    labels = {e.get("id"): e.text for e in root.iter() if e.get("id") in named}
    assert "客诉" in labels.values()
    assert "现在:批示" in labels.values()
    assert len(re.findall('aria-current="step"', picture)) == 1
    for text in ("填表", "综合意见", "已结案", "×2"):
        assert text in "".join(root.itertext())


@pytest.mark.parametrize("draw", [in_lanes, in_column])
def test_no_two_texts_share_a_place(draw):
    root = tree(draw(sketch()))
    space = "{http://www.w3.org/2000/svg}"
    boxes = []
    for text in root.iter(f"{space}text"):
        wide, x, y = width(text.text, 11), float(text.get("x")), float(text.get("y"))
        side = text.get("class", "")
        left = x if side.split(" ")[0] in ("who", "name", "under") else x - wide
        left = left if side != "" and side not in ("times",) else x - wide / 2
        boxes.append((left, left + wide, y - 10, y + 2, text.text))
    for a, b in combinations(boxes, 2):
        apart = a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]
        assert apart, f"{a[4]} over {b[4]}"


def test_the_looks_differ_by_more_than_colour():
    picture = in_lanes(sketch())
    assert picture.count('class="tick"') == 2
    assert picture.count('class="ring"') == 1
    assert picture.count('class="pill"') == 3
    assert "stroke-dasharray" in picture


def test_only_what_was_sent_back_is_drawn_back():
    assert "×" not in in_lanes(sketch(backs=False))


def test_paper_carries_plain_colours():
    assert "var(" not in in_lanes(sketch(), paper=True)
    assert "var(" in in_lanes(sketch())
