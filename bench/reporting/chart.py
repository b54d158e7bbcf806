"""One picture: how long each peer and the limit take, measured in ours, on a scale of tenfolds."""

import math
from collections.abc import Iterator
from html import escape

from .figures import Figures
from .tables import LIMIT, OURS, PEERS, SHOWN, TITLES

WIDTH, LEFT, RIGHT, TOP, ROW = 960, 330, 30, 70, 34
DECADES = (-2, 4)
"""From a hundredth of our time to ten thousand times."""
COLOURS = {
    "helpdesk": "#2f6f4f",
    "roundup": "#8a5a00",
    "tryton": "#3b5ba5",
    "rt": "#a33b2f",
    "redmine": "#7a3b8f",
    LIMIT: "#555555",
}
SHAPES = {
    "helpdesk": "M-5,-5h10v10h-10z",
    "roundup": "M0,-7L6.5,5h-13z",
    "tryton": "M0,-7L7,0L0,7L-7,0z",
    "rt": "M-6,-6L6,6M-6,6L6,-6",
    "redmine": "M0,-7V7M-7,0H7",
    LIMIT: "M-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0",
}
"""Never colour alone."""


def place(ratio: float) -> float:
    """Where a ratio stands on the scale; what is beyond its ends stands at them."""
    low, high = DECADES
    share = (min(max(math.log10(ratio), low), high) - low) / (high - low)
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def draw(figures: Figures, size: int) -> str:
    """The whole picture as SVG."""
    height = TOP + ROW * len(SHOWN) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
        ' font-family="sans-serif" font-size="13" role="img">',
        f"<title>Time of each system in times of ours, {size:,} cases</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fdfdfb"/>',
        *_legend(),
        *_scale(height),
        *_rows(figures, size),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _legend() -> Iterator[str]:
    for number, key in enumerate((*PEERS, LIMIT)):
        x = 20 + number * 155
        yield _sign(key, x, 20)
        yield f'<text x="{x + 12}" y="24.5">{escape(TITLES[key].split(" sale")[0])}</text>'


def _scale(height: int) -> Iterator[str]:
    low, high = DECADES
    for power in range(low, high + 1):
        x, ours = place(10.0**power), power == 0
        line = ' stroke="#1f3a5f" stroke-width="2"' if ours else ' stroke="#dddddd"'
        yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 14}" y2="{height - 16}"{line}/>'
        word = "ours" if ours else f"{10.0**power:g}×"
        yield f'<text x="{x:.1f}" y="{TOP - 20}" text-anchor="middle" fill="#444">{word}</text>'


def _rows(figures: Figures, size: int) -> Iterator[str]:
    for number, work in enumerate(SHOWN):
        y = TOP + ROW * number + 8
        label = f"{work.code} {work.chinese} {work.english.split(' by ')[0].split(',')[0]}"
        yield f'<text x="10" y="{y + 4}">{escape(label)}</text>'
        for key in (*PEERS, LIMIT):
            ratio = figures.ratio(OURS, key, work.key, size)
            if ratio:
                faint = "" if figures.is_complete(key, work.key, size) else ' opacity="0.35"'
                yield _sign(key, place(ratio), y, faint)


def _sign(key: str, x: float, y: float, more: str = "") -> str:
    colour = COLOURS[key]
    look = f'fill="{colour}" stroke="{colour}" stroke-width="2"{more}'
    return f'<path transform="translate({x:.1f},{y:.1f})" d="{SHAPES[key]}" {look}/>'
