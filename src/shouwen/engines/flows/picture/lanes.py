"""The wide picture: lanes as rows, time to the right.

Every stage has a column of its own, half a box after the last one, so an elbow from the middle of a
box down to its lane and into the next box never meets a third box. What was sent back runs in the
gutter between the lanes.
"""

from collections import Counter
from collections.abc import Iterator

from .sketch import (
    Link,
    Node,
    Point,
    Sketch,
    check,
    frame,
    path,
    pill,
    rect,
    stage,
    width,
    word,
    wrap,
)

LINE, BOX, LANE, STEP, TOP = 15, 42, 72, 15, 10
Places = dict[str, Point]


def in_lanes(sketch: Sketch, *, paper: bool = False) -> str:
    """The wide picture."""
    lines = {node.key: wrap(node.title) for node in sketch.nodes}
    box = max(width(line) for both in lines.values() for line in both) + 22
    at = _places(sketch, box)
    right = max(x for x, _ in at.values()) + box / 2 + 18
    body = [*_rows(sketch, right)]
    body += [_way(link, at, box, sketch.name) for link in sketch.links]
    body += _backs(sketch, at)
    body += [_box(node, at[node.key], box, lines[node.key]) for node in sketch.nodes]
    return frame(sketch, "lanes", (right, LANE * len(sketch.lanes) + 2 * TOP), body, paper)


def _places(sketch: Sketch, box: float) -> Places:
    """The middle of every box."""
    rows = {role: TOP + LANE * (place + 0.5) for place, role in enumerate(sketch.lanes)}
    x = max(map(width, sketch.lanes.values())) + 28
    last = dict.fromkeys(sketch.lanes, x - box)
    at: Places = {}
    for node in sketch.nodes:
        x = last[node.lane] = max(x + box / 2 + STEP, last[node.lane] + box + 22)
        at[node.key] = (x, rows[node.lane])
    return at


def _rows(sketch: Sketch, right: float) -> Iterator[str]:
    busy = {node.lane for node in sketch.nodes if node.look == "current"}
    for place, (role, title) in enumerate(sketch.lanes.items()):
        top = TOP + LANE * place
        yield rect(0, top, right, LANE, f"lane{place % 2}")
        yield word(14, top + LANE / 2 + 4.5, title, "who here" if role in busy else "who")


def _way(link: Link, at: Places, box: float, name: str) -> str:
    (x1, y1), (x2, y2) = at[link.source], at[link.target]
    down = BOX / 2 if y2 > y1 else -BOX / 2
    start = [(x1 + box / 2, y1)] if y1 == y2 else [(x1, y1 + down), (x1, y2)]
    tip = f"{name}-lanes-{link.look}"
    return path([*start, (x2 - box / 2 - 3, y2)], f"way {link.look}", tip)


def _backs(sketch: Sketch, at: Places) -> Iterator[str]:
    """Out into the gutter beside the lane, along it, and in to the earlier stage."""
    used: Counter[float] = Counter()
    pills: list[Point] = []
    for back in sketch.backs:
        (x1, y1), (x2, y2) = at[back.source], at[back.target]
        out = 1 if y2 > y1 else -1
        edge = y1 + out * LANE / 2
        gutter = edge + (0, 7, -7)[used[edge] % 3]
        used[edge] += 1
        landing = y2 + (BOX / 2 + 3) * (1 if y2 < edge else -1)
        # A neighbour comes back beside its own way on, the others on the free side.
        x1, x2 = x1 - 8, x2 + (8 if sketch.distance(back) == 1 else -8)
        line = [(x1, y1 + out * BOX / 2), (x1, gutter), (x2, gutter), (x2, landing)]
        yield path(line, "back", f"{sketch.name}-lanes-back")
        where = x2 + min(24, (x1 - x2) / 2)
        while any(abs(where - x) < 30 and abs(gutter - y) < 18 for x, y in pills):
            where += 32
        pills.append((where, gutter))
        yield pill(where, gutter, back)


def _box(node: Node, at: Point, box: float, lines: list[str]) -> str:
    x, y = at
    left, top = x - box / 2, y - BOX / 2
    first = y + 4.5 - LINE * (len(lines) - 1) / 2
    inside = rect(left, top, box, BOX, "box", 8)
    inside += "".join(word(x, first + LINE * place, line) for place, line in enumerate(lines))
    if node.look == "current":
        inside = rect(left - 4, top - 4, box + 8, BOX + 8, "ring", 12) + inside
    if node.look == "done":
        inside += check(left + box - 7, top, 8)
    return stage(node, inside)
