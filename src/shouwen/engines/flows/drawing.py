"""The picture of a run: its own path lit on the declared course."""

from collections import Counter
from datetime import datetime
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from shouwen.ground.foundation import words
from shouwen.ground.foundation.clock import COMPANY_ZONE
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.foundation.words import listed
from shouwen.ground.org.models import Person

from .circumstances import flow_of
from .definitions import Flow
from .models import Run, Step
from .picture import Back, Link, Node, Sketch, in_column, in_lanes
from .queries import path
from .verbs.course import REOPEN, SEND_BACK

RETURNS = (SEND_BACK, REOPEN)
DONE, CURRENT, AHEAD, SKIPPED = "done", "current", "ahead", "skipped"


def svg(run: Run, *, narrow: bool = False, paper: bool = False) -> SafeString:
    """One picture of a run; `narrow` for a phone, `paper` with plain colours for print."""
    draw = in_column if narrow else in_lanes
    return mark_safe(draw(sketch(run), paper=paper))  # noqa: S308 - every text in it is escaped


def chart(run: Run, steps: list[Step] | None = None) -> SafeString:
    """Both pictures; the style sheet shows the one that fits the screen."""
    return _both(sketch(run, steps))


def course(flow: Flow) -> SafeString:
    """The declared course alone, for the page of the regulation."""
    nodes = [Node(s.key, str(s.title), s.lane, AHEAD) for s in flow.stages]
    links = [Link(move.source, move.target, AHEAD) for move in flow.moves]
    lanes = {lane.role: str(lane.title) for lane in flow.lanes}
    return _both(Sketch(f"flow-{flow.flow}", str(flow.title), "", lanes, nodes, links))


def _both(drawn: Sketch) -> SafeString:
    """The keyboard can scroll what is wider than the screen."""
    frame = f'<div class="flow-chart" tabindex="0" role="group" aria-label="{escape(drawn.title)}">'
    pictures = in_lanes(drawn) + in_column(drawn)
    return mark_safe(f"{frame}{pictures}</div>")  # noqa: S308 - every text in it is escaped


def sketch(run: Run, steps: list[Step] | None = None) -> Sketch:
    """What to draw of a run; one query, none with the `path` at hand."""
    flow, steps = flow_of(run), path(run) if steps is None else steps
    track = standing(steps)
    looks = {stage.key: _look(run, track.get(stage.key)) for stage in flow.stages}
    nodes = [
        Node(s.key, str(s.title), s.lane, looks[s.key], _note(track.get(s.key)))
        for s in flow.stages
    ]
    links = [Link(m.source, m.target, _way(looks[m.source], looks[m.target])) for m in flow.moves]
    lanes = {lane.role: str(lane.title) for lane in flow.lanes}
    return Sketch(
        f"run-{run.pk}", str(flow.title), summary(flow, run, looks), lanes, nodes, links,
        _backs(flow, steps),
    )  # fmt: skip


def standing(steps: list[Step]) -> dict[str, Step]:
    """The stays that still count, by stage: going back undoes what came after."""
    track: list[Step] = []
    for step in steps:
        for place, earlier in enumerate(track):
            if earlier.stage == step.stage:
                del track[place:]
                break
        track.append(step)
    return {step.stage: step for step in track}


def _look(run: Run, step: Step | None) -> str:
    if step is None:
        return AHEAD
    if step.skipped:
        return SKIPPED
    if step.left_at is None:
        return CURRENT
    return DONE if step.stage != run.stage or run.state == Run.State.DONE else AHEAD


def _way(source: str, target: str) -> str:
    if SKIPPED in (source, target) and AHEAD not in (source, target):
        return SKIPPED
    return DONE if source == DONE and target in (DONE, CURRENT) else AHEAD


def _note(step: Step | None) -> str:
    """Who was here, and when."""
    if step is None or step.skipped:
        return ""
    who = step.by or step.person
    name = who.name if isinstance(who, Person) else (step.unit.name if step.unit else "")
    return " · ".join(part for part in (name, _day(step.left_at or step.entered_at)) if part)


def _day(moment: datetime) -> str:
    local = moment.astimezone(COMPANY_ZONE)
    if words.language() == "en":
        return f"{local.day} {local:%b %H:%M}"
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def _backs(flow: Flow, steps: list[Step]) -> list[Back]:
    """Every way back that was taken, with how often and the last reason."""
    taken: Counter[tuple[str, str]] = Counter()
    reasons: dict[tuple[str, str], str] = {}
    for step, following in pairwise(steps):
        if following.entered_by_move in RETURNS:
            way = (step.stage, following.stage)
            taken[way] += 1
            reasons[way] = step.reason
    told = gettext(N_("退回 %(count)s 次：%(reason)s"))
    return [
        Back(source, target, count, told % {"count": count, "reason": reasons[source, target]})
        for (source, target), count in taken.items()
        if flow.order(source) > flow.order(target)
    ]


def summary(flow: Flow, run: Run, looks: dict[str, str]) -> str:
    """The picture in words, for who hears the page."""
    titles = {stage.key: str(stage.title) for stage in flow.stages}
    done = [titles[key] for key, look in looks.items() if look == DONE]
    skipped = [titles[key] for key, look in looks.items() if look == SKIPPED]
    parts = [gettext(N_("现在：%(stage)s")) % {"stage": titles[run.stage]}]
    if done:
        parts.append(gettext(N_("已完成：%(stages)s")) % {"stages": listed(done)})
    if skipped:
        parts.append(gettext(N_("略过：%(stages)s")) % {"stages": listed(skipped)})
    return listed(parts, "；", "; ")
