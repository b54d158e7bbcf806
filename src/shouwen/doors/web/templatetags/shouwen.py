"""Tags and filters every template has: moments, money, clauses, people, icons, cards."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from shouwen.doors.web import clauses, moments, one_time
from shouwen.doors.web.tables import Table
from shouwen.engines.documents.access import holds_copy
from shouwen.ground.foundation import clock
from shouwen.ground.foundation import money as yuan

register = template.Library()


def _language() -> str:
    return get_language() or "zh-hans"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the set; without a label it is an ornament nobody has to hear."""
    if label:
        return format_html('<i class="ti ti-{}" role="img" aria-label="{}"></i>', name, label)
    return format_html('<i class="ti ti-{}" aria-hidden="true"></i>', name)


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
def day(value: date | datetime | None) -> SafeString | str:
    """`2月25日 周三`, the exact day on hover."""
    if not value:
        return "—"
    when = clock.day_of(value) if isinstance(value, datetime) else value
    text = moments.day_text(when, clock.today(), _language())
    return format_html('<time datetime="{}" title="{}">{}</time>', *[when.isoformat()] * 2, text)


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """`今天 14:03`, the exact moment on hover."""
    if not value:
        return "—"
    text = moments.moment_text(value, clock.now(), _language())
    exact = moments.exact_text(value)
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), exact, text)


@register.filter
def money(cents: int | None) -> SafeString | str:
    """`1,234.50` of cents, figures aligned; the amount in capitals on hover."""
    if cents is None:
        return "—"
    return format_html(
        '<span class="money" title="{}">{}</span>', yuan.capitals(cents), yuan.yuan(cents)
    )


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
def clause(number: str) -> SafeString | str:
    """A clause's number as a chip: its text on hover, its page behind it."""
    if not number:
        return ""
    found = clauses.find(number)
    context = {"number": number, "text": clauses.text_of(found), "url": clauses.url_of(number)}
    return mark_safe(render_to_string("web/_clause_chip.html", context).strip())  # noqa: S308


@register.simple_tag
def clause_text(number: str) -> str:
    """The sentence of a clause in the reader's language."""
    return clauses.text_of(clauses.find(number))


@register.simple_tag
def person(who: Any, unit: Any = None) -> SafeString | str:
    """A person's name; the system has one too."""
    name = getattr(who, "name", None) or (gettext("系统") if who is None else str(who))
    return format_html('<span class="person" title="{}">{}</span>', unit or "", name)


@register.inclusion_tag("web/_due_badge.html")
def due(value: Any, bare: bool = False) -> dict[str, Any]:
    """A due, or a bare moment, as `2月25日 周三 · 还有 3 个工作日` with sign, word and colour."""
    from shouwen.doors.web import due_reading

    return {"reading": due_reading.of(value, clock.now(), _language()), "bare": bare}


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


@register.inclusion_tag("web/_table.html")
def table(value: Table) -> dict[str, Any]:
    """A table with sortable head, aligned figures and words for when it is empty."""
    return {"table": value}


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
