"""The small pieces every page is made of: icons, moments, money, people, clauses, badges.

Written in Python and not as templates, because a list has hundreds of them: a template costs
about forty times what a formatted string does. Templates reach them by the tags and filters of
`templatetags/shouwen.py`, tables by `drawing.tables`.
"""

from datetime import date, datetime
from functools import cache
from typing import Any

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from shouwen.doors.web import clauses, due_reading, moments
from shouwen.doors.web.moments import Reading
from shouwen.ground.foundation import clock
from shouwen.ground.foundation import money as yuan

NOTHING = "—"
SIGNS = {
    "done": "check", "late": "alert-triangle", "broken": "alert-triangle",
    "soon": "clock-exclamation", "due": "clock-exclamation", "now": "player-play",
    "paused": "player-pause", "off": "circle-dashed", "void": "ban", "plain": "circle-check",
    "draft": "pencil",
}  # fmt: skip
"""The sign of a state, so that it never shows by colour alone."""


def _language() -> str:
    return get_language() or "zh-hans"


@cache
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the set; without a label it is an ornament nobody has to hear."""
    heard = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return SafeString(f'<i class="ti ti-{escape(name)}" {heard}></i>')


def day(value: date | datetime | None) -> SafeString | str:
    """`2月25日 周三`, the exact day on hover."""
    if not value:
        return NOTHING
    when = clock.day_of(value) if isinstance(value, datetime) else value
    text = moments.day_text(when, clock.today(), _language())
    exact = when.isoformat()
    return SafeString(f'<time datetime="{exact}" title="{exact}">{text}</time>')


def moment(value: datetime | None) -> SafeString | str:
    """`今天 14:03`, the exact moment on hover."""
    if not value:
        return NOTHING
    text = moments.moment_text(value, clock.now(), _language())
    exact = moments.exact_text(value)
    return SafeString(f'<time datetime="{value.isoformat()}" title="{exact}">{text}</time>')


def when(spoken: Any) -> SafeString | str:
    """When somebody spoke or wrote: the moment, or the day where no hour is known."""
    if not spoken.is_dated:
        return moment(spoken.at)
    on = clock.day_of(spoken.at)
    text, exact = moments.day_word(on, clock.today(), _language()), on.isoformat()
    return SafeString(f'<time datetime="{exact}" title="{exact}">{text}</time>')


def money(cents: int | None) -> SafeString | str:
    """`1,234.50` of cents, figures aligned; the amount in capitals on hover."""
    if cents is None:
        return NOTHING
    return SafeString(
        f'<span class="money" title="{yuan.capitals(cents)}">{yuan.yuan(cents)}</span>'
    )


def person(who: Any, unit: Any = None) -> SafeString:
    """A person's name; the system has one too."""
    name = getattr(who, "name", None) or (gettext("系统") if who is None else str(who))
    return SafeString(f'<span class="person" title="{escape(unit or "")}">{escape(name)}</span>')


def clause(number: str) -> SafeString | str:
    """A clause's number as a chip: its text on hover, its page behind it."""
    if not number:
        return ""
    text, url = clauses.text_of(clauses.find(number)), clauses.url_of(number)
    title = f' title="{escape(text)}"' if text else ""
    if not url:
        return SafeString(f'<span class="clause-chip"{title}>{escape(number)}</span>')
    return SafeString(f'<a class="clause-chip" href="{escape(url)}"{title}>{escape(number)}</a>')


def badge(state: str, word: Any) -> SafeString:
    """A state: a sign and a word, never colour alone."""
    return SafeString(
        f'<span class="badge-line badge-{escape(state)}">{icon(SIGNS.get(state, "circle"))}'
        f"<span>{conditional_escape(word)}</span></span>"
    )


def due(value: Any, bare: bool = False) -> SafeString:
    """A due, or a bare moment, as `2月25日 周三 · 还有 3 个工作日` with sign, word and colour."""
    return reading(due_reading.of(value, clock.now(), _language()), bare)


def reading(read: Reading, bare: bool = False) -> SafeString:
    """The same of what was read already; `bare` has no frame."""
    frame = " due-bare" if bare else ""
    title = f' title="{read.exact}"' if read.exact else ""
    when = (
        f'<span class="due-day">{read.day}</span><span class="due-dot" aria-hidden="true">·</span>'
        if read.day
        else ""
    )
    return SafeString(
        f'<span class="due due-{read.state}{frame}"{title}>{icon(read.icon)}{when}'
        f'<span class="due-left">{read.left}</span></span>'
    )


def copied(text: Any) -> SafeString | str:
    """A number one often copies, with the button that does it."""
    if not text:
        return ""
    plain = escape(text)
    label = escape(gettext("复制 %(text)s") % {"text": text})
    return SafeString(
        f'<span class="copy-chip"><span class="figures">{plain}</span>'
        f'<button type="button" class="icon-button" data-copy="{plain}" aria-label="{label}">'
        f"{icon('copy')}</button></span>"
    )
