"""Colours of the flow picture: the page's own tokens, plain figures on paper."""

import re
from collections.abc import Callable

COLOURS = {
    "ink": ("ink", "#1f2328"),
    "soft": ("ink-2", "#474c54"),
    "lane": ("card-sunk", "#f7f5f0"),
    "rule": ("line", "#e4e0d7"),
    "paper": ("card", "#ffffff"),
    "done": ("green", "#25683a"),
    "done-fill": ("green-tint", "#eaf4ec"),
    "now": ("indigo-fill", "#234c85"),
    "now-ink": ("on-indigo", "#ffffff"),
    "ring": ("indigo", "#234c85"),
    "ahead": ("line-strong", "#8c867a"),
    "back": ("cinnabar", "#ad2a17"),
    "back-fill": ("cinnabar-tint", "#fcedea"),
}
"""Name here -> token of the page, and what stands where there is no page: print and PDF."""

RULES = """
.flow text{font-size:13px;fill:$ink}
.flow .lane0,.flow .lane1{fill:$paper;stroke:$rule}
.flow .lane0{fill:$lane}
.flow .who{font-weight:600;fill:$soft}
.flow .here{fill:$ring}
.flow .stage text{text-anchor:middle}
.flow .box{fill:$paper;stroke:$ahead;stroke-width:1.25}
.flow .ahead text{fill:$soft}
.flow .done .box{fill:$done-fill;stroke:$done}
.flow .done text{fill:$done}
.flow .tick{fill:$done;stroke:$paper;stroke-width:1.5}
.flow .check{fill:none;stroke:$paper;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
.flow .current .box{fill:$now;stroke:$now}
.flow .current text{fill:$now-ink;font-weight:600}
.flow .ring{fill:none;stroke:$ring;stroke-width:2;stroke-opacity:.45}
.flow .skipped .box{fill:none;stroke:$ahead;stroke-dasharray:5 4}
.flow .skipped text{fill:$soft}
.flow .way{fill:none;stroke:$ahead;stroke-width:1.4}
.flow .way.done{stroke:$done;stroke-width:2}
.flow .way.skipped{stroke:$ahead;stroke-dasharray:5 4}
.flow .tip{fill:$ahead}
.flow .tip.done{fill:$done}
.flow .tip.skipped{fill:$ahead}
.flow .tip.back{fill:$back}
.flow .back{fill:none;stroke:$back;stroke-width:1.6;stroke-dasharray:6 4}
.flow .pill{fill:$back-fill;stroke:$back}
.flow .times{font-size:11px;font-weight:600;fill:$back;text-anchor:middle}
.flow .stage .name{font-size:15px;fill:$ink;text-anchor:start}
.flow .stage .under{font-size:12px;font-weight:400;fill:$soft;text-anchor:start}
.flow .stage .side{font-size:12px;font-weight:400;fill:$soft;text-anchor:end}
"""
FONTS = '.flow{font-family:"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif}'
"""On a page the picture speaks in the page's own type."""
NARROW = """
.flow-chart{overflow-x:auto}
.flow-lanes{display:block;width:100%;height:auto}
.flow-column{display:none}
@media(max-width:640px){.flow-lanes{display:none}.flow-column{display:block;width:100%;height:auto}}
"""


def style(paper: bool) -> str:
    """The style sheet of one picture; `paper` writes the colours out."""
    if paper:
        return FONTS + _fill(lambda name: COLOURS[name][1])
    return _fill(_on_page) + NARROW.replace("\n", "")


def _on_page(name: str) -> str:
    token, figure = COLOURS[name]
    return f"var(--{token},{figure})"


def _fill(colour: Callable[[str], str]) -> str:
    return re.sub(r"\$([a-z-]+)", lambda found: colour(found[1]), RULES).replace("\n", "")
