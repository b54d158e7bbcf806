"""The narrow picture, for a phone: one stage a row, what was sent back as arcs on the left."""

from collections.abc import Iterator
from itertools import pairwise

from .sketch import Node, Point, Sketch, check, frame, path, pill, stage, word

ROW, RAIL, WIDE = 54, 58, 360


def in_column(sketch: Sketch, *, paper: bool = False) -> str:
    """The narrow picture."""
    at = {node.key: 30.0 + ROW * place for place, node in enumerate(sketch.nodes)}
    body = [*_rail(sketch, at), *_arcs(sketch, at)]
    body += [_row(node, at[node.key], sketch.lanes[node.lane]) for node in sketch.nodes]
    return frame(sketch, "column", (WIDE, 60 + ROW * (len(at) - 1)), body, paper)


def _rail(sketch: Sketch, at: dict[str, float]) -> Iterator[str]:
    looks = {(link.source, link.target): link.look for link in sketch.links}
    for here, following in pairwise(node.key for node in sketch.nodes):
        look = looks.get((here, following), "ahead")
        yield path([(RAIL, at[here] + 13), (RAIL, at[following] - 13)], f"way {look}")


def _arcs(sketch: Sketch, at: dict[str, float]) -> Iterator[str]:
    """Short arcs near the rail, longer ones further out; the counts on top of all of them."""
    taken: list[tuple[int, float, float]] = []
    pills: list[Point] = []
    counts = []
    for back in sorted(sketch.backs, key=sketch.distance):
        low, high = at[back.source] - 5, at[back.target] + 5
        level = 0
        while any(level == other and high < b and a < low for other, a, b in taken):
            level += 1
        taken.append((level, high, low))
        far, middle = RAIL - 25 - min(level, 2) * 9, (low + high) / 2
        while any(abs(far - x) < 28 and abs(middle - y) < 18 for x, y in pills):
            middle -= 9
        pills.append((far, middle))
        arc = [(RAIL - 13, low), (far, low), (far, high), (RAIL - 13, high)]
        yield path(arc, "back", f"{sketch.name}-column-back")
        counts.append(pill(far, middle, back))
    yield from counts


def _row(node: Node, y: float, lane: str) -> str:
    sign = f'<circle class="box" cx="{RAIL}" cy="{y:g}" r="9"/>'
    if node.look == "current":
        sign = f'<circle class="ring" cx="{RAIL}" cy="{y:g}" r="14"/>' + sign
    if node.look == "done":
        sign = check(RAIL, y, 10)
    line = y - 2 if node.note else y + 5
    text = word(RAIL + 26, line, node.title, "name") + word(WIDE - 14, line, lane, "side")
    if node.note:
        text += word(RAIL + 26, y + 15, node.note, "under")
    return stage(node, sign + text)
