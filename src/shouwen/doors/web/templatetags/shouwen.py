"""Tags and filters every template has: moments, money, clauses, people, icons, cards."""

from decimal import Decimal
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from shouwen.doors.web import clauses, links, one_time
from shouwen.doors.web.drawing import marks, tables
from shouwen.engines.documents.access import holds_copy
from shouwen.ground.foundation import clock
from shouwen.ground.foundation import money as yuan
from shouwen.ground.foundation.words import listed

register = template.Library()
register.simple_tag(marks.icon, name="icon")
register.simple_tag(marks.clause, name="clause")
register.simple_tag(marks.person, name="person")
register.simple_tag(marks.badge, name="badge")
register.simple_tag(marks.due, name="due")
register.simple_tag(marks.reading, name="reading")
register.simple_tag(marks.copied, name="copied")
register.simple_tag(tables.draw, name="table")
register.filter("day", marks.day)
register.filter("moment", marks.moment)
register.filter("when", marks.when)
register.filter("money", marks.money)
register.filter("listed", listed)


@register.simple_tag
def once() -> SafeString:
    """The token that makes a form count once however often it is sent."""
    return format_html(
        '<input type="hidden" name="{}" value="{}">', one_time.FIELD, one_time.token()
    )


@register.filter
def held_by(copy: Any, person: Any) -> bool:
    """Whether this person may sign for a copy: `{% if copy|held_by:person %}`."""
    return holds_copy(person, copy, clock.now())


@register.filter
def opens(person: Any, url_name: str) -> bool:
    """Whether a page opens to this person: `{% if person|opens:"mail:list" %}`."""
    return links.opens(person, url_name)


CHANNEL_ICONS = {
    "letter": "mail", "fax": "printer", "visit": "door-enter", "mail": "at", "web": "world",
    "api": "plug-connected",
}  # fmt: skip


@register.filter
def channel_icon(channel: str) -> str:
    """The sign of the way by which something was said."""
    return CHANNEL_ICONS.get(channel, "phone")


@register.filter
def quantity(value: Any) -> str:
    """`1,200` and `3.5`: a quantity without useless zeros."""
    return "—" if value is None else f"{Decimal(value).normalize():,f}"


@register.filter
def capitals(cents: int | None) -> str:
    """`壹仟贰佰叁拾肆元伍角整`."""
    return yuan.capitals(cents) if cents is not None else "—"


@register.filter
def words(value: Any) -> str:
    """A bilingual text, or anything else, in the reader's language."""
    return "" if value is None else str(value)


@register.simple_tag
def trans_of(message: str, facts: dict[str, Any] | None = None) -> str:
    """Translate a stored message id and fill its gaps."""
    text = gettext(message) if message else ""
    return text % facts if facts and "%(" in text else text


@register.simple_tag
def clause_text(number: str) -> str:
    """The sentence of a clause in the reader's language."""
    return clauses.text_of(clauses.find(number))


@register.inclusion_tag("web/_seal.html")
def seal(name: str, at: Any = None, title: str = "", small: bool = False) -> dict[str, Any]:
    """A name seal in cinnabar with its date."""
    return {"name": name, "at": at, "title": title, "small": small, "rows": _carved(name)}


def _carved(name: str) -> list[str]:
    """The characters as a seal has them: two columns, read from the right."""
    if not name or name.isascii():
        return [name]
    text = name if len(name) > 3 else f"{name}印" if len(name) in (1, 3) else f"{name}之印"
    return list(text[:4]) if len(text) >= 4 else list(text)


@register.simple_block_tag
def card(content: str, title: str = "", **options: Any) -> str:
    """A section like a box on the paper: `{% card "标题" clause="R4-24" %}…{% endcard %}`."""
    return render_to_string(
        "web/_section_card.html", {"content": content, "title": title, **options}
    )


@register.simple_tag
def url_or_nothing(name: str, *args: Any, **kwargs: Any) -> str:
    """The address, or nothing while that room is not built."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def query(context: Any, **changes: Any) -> str:
    """This page's address with some parameters changed; an empty one is dropped."""
    values = context["request"].GET.copy()
    for name in ("after", "before", *changes):
        values.pop(name, None)
    values.update({name: str(value) for name, value in changes.items() if value not in ("", None)})
    return f"?{values.urlencode()}"
