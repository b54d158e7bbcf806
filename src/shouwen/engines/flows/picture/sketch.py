"""What is drawn, how wide a text is, and the small signs both pictures share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from .palette import style

FONT = 13
LEGIBLE = 0.78
"""No smaller than this: below it the picture scrolls."""
LARGEST = 1.25
"""No larger than this: a course of few steps does not fill the page."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Node:
    """One stage; `look` is done, current, ahead or skipped; `note` is who and when."""

    key: str
    title: str
    lane: str
    look: str
    note: str = ""


@dataclass(frozen=True)
class Link:
    """A way on; `look` is done, ahead or skipped."""

    source: str
    target: str
    look: str


@dataclass(frozen=True)
class Back:
    """A way back that was taken, and how often."""

    source: str
    target: str
    count: int
    note: str = ""


@dataclass(frozen=True)
class Sketch:
    """Everything to draw, texts already in the reader's language. `name` prefixes its ids."""

    name: str
    title: str
    summary: str
    lanes: dict[str, str]
    nodes: list[Node]
    links: list[Link]
    backs: list[Back] = field(default_factory=list)

    def distance(self, back: Back) -> int:
        """How many stages a way back spans."""
        keys = [node.key for node in self.nodes]
        return keys.index(back.source) - keys.index(back.target)


def width(text: str, size: float = FONT) -> float:
    """Width of a text, a little on the safe side: full-width signs are one em, others 0.58."""
    return sum(size if ord(sign) > 0x2E7F else size * 0.58 for sign in text)


def wrap(text: str) -> list[str]:
    """At most two lines of about the same length; Latin words stay whole."""
    parts = re.findall(r"[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s?", text)
    if width(text) <= FONT * 5.5 or len(parts) < 2:
        return [text]
    cuts = [("".join(parts[:cut]).strip(), "".join(parts[cut:])) for cut in range(1, len(parts))]
    return [*min(cuts, key=lambda cut: max(map(width, cut)))]


def path(points: Sequence[Point], look: str, tip: str = "", radius: float = 6) -> str:
    """A line of straight pieces with round corners, with an arrow head when `tip` names one."""
    line = f"M{_at(points[0])}"
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        line += f" L{_at(_toward(corner, before, radius))} Q{_at(corner)}"
        line += f" {_at(_toward(corner, after, radius))}"
    end = f' marker-end="url(#{tip})"' if tip else ""
    return f'<path class="{look}" d="{line} L{_at(points[-1])}"{end}/>'


def _at(point: Point) -> str:
    return f"{point[0]:g},{point[1]:g}"


def _toward(corner: Point, other: Point, radius: float) -> Point:
    """A point beside the corner, never past the middle of the piece."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    share = min(0.5, radius / max(abs(dx) + abs(dy), 0.01))
    return corner[0] + dx * share, corner[1] + dy * share


def word(x: float, y: float, text: str, look: str = "") -> str:
    """A text on its base line."""
    kind = f' class="{look}"' if look else ""
    return f'<text{kind} x="{x:g}" y="{y:g}">{escape(text)}</text>'


def rect(x: float, y: float, wide: float, high: float, look: str, radius: float = 0) -> str:
    """A box."""
    return (
        f'<rect class="{look}" x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}"'
        + (f' rx="{radius:g}"' if radius else "")
        + "/>"
    )


def pill(x: float, y: float, back: Back) -> str:
    """How often it was sent back."""
    count = rect(x - 13, y - 8, 26, 16, "pill", 8) + word(x, y + 4, f"×{back.count}", "times")
    return f"<g><title>{escape(back.note)}</title>{count}</g>"


def check(x: float, y: float, radius: float) -> str:
    """The sign of what is done, for who cannot tell the colours apart."""
    r = radius
    return (
        f'<circle class="tick" cx="{x:g}" cy="{y:g}" r="{r:g}"/><path class="check" d="'
        f'M{x - 0.45 * r:g},{y:g} l{0.32 * r:g},{0.36 * r:g} l{0.56 * r:g},{-0.72 * r:g}"/>'
    )


def stage(node: Node, inside: str) -> str:
    """The group of one stage, with its tooltip."""
    here = ' aria-current="step"' if node.look == "current" else ""
    told = escape(f"{node.title} · {node.note}" if node.note else node.title)
    return f'<g class="stage {node.look}"{here}><title>{told}</title>{inside}</g>'


def frame(sketch: Sketch, form: str, size: Point, body: list[str], paper: bool) -> str:
    """The whole picture with its title, its summary, its styles and its arrow heads."""
    least = size[0] * LEGIBLE if form == "lanes" else 0
    name = f"{sketch.name}-{form}"
    marks = "".join(
        f'<marker id="{name}-{look}" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7"'
        f' markerHeight="7" orient="auto"><path class="tip {look}" d="M0,0.6 L7,4 L0,7.4z"/>'
        "</marker>"
        for look in ("done", "ahead", "skipped", "back")
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="flow flow-{form}" role="img"'
        f' viewBox="0 0 {size[0]:g} {size[1]:g}" width="{size[0]:g}" height="{size[1]:g}"'
        f' style="min-width:{least:g}px;max-width:{size[0] * LARGEST:g}px"'
        f' aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{escape(sketch.title)}</title>'
        f'<desc id="{name}-d">{escape(sketch.summary)}</desc>'
        f"<style>{style(paper)}</style><defs>{marks}</defs>{''.join(body)}</svg>"
    )
