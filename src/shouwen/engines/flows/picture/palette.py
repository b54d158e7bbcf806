"""Colours of the flow picture: variables on the page (light and dark), plain figures on paper."""

import re
from collections.abc import Callable

LIGHT = {
    "ink": "#1f2a37",
    "soft": "#56616f",
    "lane": "#f6f7f9",
    "rule": "#e3e7ec",
    "paper": "#ffffff",
    "done": "#2b8a4b",
    "done-fill": "#e8f5ec",
    "done-ink": "#17532c",
    "now": "#33478f",
    "now-ink": "#ffffff",
    "ahead": "#9aa5b3",
    "skipped": "#b6bec8",
    "back": "#c23b2a",
    "back-fill": "#fdeeec",
}
DARK = {
    "ink": "#e5e9ef",
    "soft": "#a7b1be",
    "lane": "#1b222c",
    "rule": "#2c3541",
    "paper": "#151b23",
    "done": "#4cae6d",
    "done-fill": "#15301f",
    "done-ink": "#b5e5c4",
    "now": "#8ea2f2",
    "now-ink": "#10162b",
    "ahead": "#6d7886",
    "skipped": "#5a6572",
    "back": "#f07a68",
    "back-fill": "#3a1c18",
}
RULES = """
.flow{font-family:"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif}
.flow text{font-size:13px;fill:$ink}
.flow .lane0,.flow .lane1{fill:$paper;stroke:$rule}
.flow .lane0{fill:$lane}
.flow .who{font-weight:600;fill:$soft}
.flow .here{fill:$now}
.flow .stage text{text-anchor:middle}
.flow .box{fill:$paper;stroke:$ahead;stroke-width:1.25}
.flow .ahead text{fill:$soft}
.flow .done .box{fill:$done-fill;stroke:$done}
.flow .done text{fill:$done-ink}
.flow .tick{fill:$done;stroke:$paper;stroke-width:1.5}
.flow .check{fill:none;stroke:$paper;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
.flow .current .box{fill:$now;stroke:$now}
.flow .current text{fill:$now-ink;font-weight:600}
.flow .ring{fill:none;stroke:$now;stroke-width:2;stroke-opacity:.4}
.flow .skipped .box{fill:none;stroke:$skipped;stroke-dasharray:5 4}
.flow .skipped text{fill:$soft}
.flow .way{fill:none;stroke:$ahead;stroke-width:1.4}
.flow .way.done{stroke:$done;stroke-width:2}
.flow .way.skipped{stroke:$skipped;stroke-dasharray:5 4}
.flow .tip{fill:$ahead}
.flow .tip.done{fill:$done}
.flow .tip.skipped{fill:$skipped}
.flow .tip.back{fill:$back}
.flow .back{fill:none;stroke:$back;stroke-width:1.6;stroke-dasharray:6 4}
.flow .pill{fill:$back-fill;stroke:$back}
.flow .times{font-size:11px;font-weight:600;fill:$back;text-anchor:middle}
.flow .stage .name{font-size:15px;fill:$ink;text-anchor:start}
.flow .stage .under{font-size:12px;font-weight:400;fill:$soft;text-anchor:start}
.flow .stage .side{font-size:12px;font-weight:400;fill:$soft;text-anchor:end}
"""
NARROW = """
.flow-chart{overflow-x:auto}
.flow-lanes{display:block;width:100%;height:auto}
.flow-column{display:none}
@media(max-width:640px){.flow-lanes{display:none}.flow-column{display:block;width:100%;height:auto}}
"""


def style(paper: bool) -> str:
    """The style sheet of one picture; `paper` writes the light colours out, for print and PDF."""
    if paper:
        return _fill(lambda name: LIGHT[name])
    return (
        f".flow{{{_variables(LIGHT)}}}[data-bs-theme=dark] .flow{{{_variables(DARK)}}}"
        + _fill(lambda name: f"var(--flow-{name})")
        + NARROW.replace("\n", "")
    )


def _fill(colour: Callable[[str], str]) -> str:
    return re.sub(r"\$([a-z-]+)", lambda found: colour(found[1]), RULES).replace("\n", "")


def _variables(colours: dict[str, str]) -> str:
    return "".join(f"--flow-{name}:{colour};" for name, colour in colours.items())
