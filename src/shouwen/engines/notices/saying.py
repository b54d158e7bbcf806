"""One message with its facts, said in the language of whoever reads it.

A message is a Chinese message id with named gaps. Facts are JSON: plain text and numbers, and four
shapes that are said differently in each language: two words `{zh, en}`, a message inside a message
`{message, facts}`, a day `{day}`, a moment `{moment}`.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, gettext

from shouwen.ground.foundation.clock import COMPANY_ZONE
from shouwen.ground.foundation.words import Words

Facts = Mapping[str, Any]
_WEEKDAYS = "一二三四五六日"


def said(message: str, **facts: Any) -> dict[str, Any]:
    """A message as a fact of another one."""
    return {"message": message, "facts": packed(facts)}


def packed(facts: Facts) -> dict[str, Any]:
    """Facts as JSON: words, days and moments in the shapes that `say` knows."""
    return {key: _pack(value) for key, value in facts.items()}


def say(message: str, facts: Facts | None = None) -> str:
    """The message in the active language."""
    text = gettext(message) if message else ""
    return text % {key: _unpack(value) for key, value in facts.items()} if facts else text


def _pack(value: Any) -> Any:
    if isinstance(value, Words):
        return {"zh": value.zh, "en": value.en}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Mapping):
        return {key: _pack(part) for key, part in value.items()}
    return value if isinstance(value, int | float | bool | list | None) else str(value)


def _unpack(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    english = (get_language() or "").startswith("en")
    if "zh" in value:
        return (english and value.get("en")) or value["zh"]
    if "message" in value:
        return say(value["message"], value.get("facts"))
    if "moment" in value:
        moment = datetime.fromisoformat(value["moment"]).astimezone(COMPANY_ZONE)
        return f"{_day(moment.date(), english)} {moment:%H:%M}"
    if "day" in value:
        return _day(date.fromisoformat(value["day"]), english)
    return str(value)


def _day(day: date, english: bool) -> str:
    if english:
        return f"{day:%a} {day.day} {day:%b} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日 周{_WEEKDAYS[day.weekday()]}"
