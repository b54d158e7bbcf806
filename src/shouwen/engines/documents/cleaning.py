"""What was typed becomes what is stored, field by field. Pure; every refusal is for a person.

Stored: text as text; figures as plain decimal text (`"120.5"`), money in whole cents, dates as ISO
text, moments as ISO text in company time, people and units by number, files by their ids. What was
stored is accepted again and stays the same: of money an `int` means cents, text means yuan.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_

from .definitions import FieldDef

TEXT_LENGTH, LONG_LENGTH, CODE_LENGTH, FILES = 200, 10_000, 60, 20
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3}){1,4}|\d{1,15})(\.\d{1,6})?")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CLOCK = re.compile(
    r"(上午|下午|中午|晚上)?\s*(\d{1,2})\s*[:时点]\s*(\d{1,2})?\s*分?(:\d{2}(\.\d+)?)?"
)
_PHONE = re.compile(r"\+?\d[\d\s()-]{1,24}(\s*(ext|x|转|#)\.?\s*\d{1,6})?", re.IGNORECASE)
_ROLE = re.compile(r"unit:[a-z0-9_-]+(\.[a-z_]+)?|[a-z_]+(\.[a-z_]+)?")


class Unclear(Exception):  # noqa: N818 - it is caught beside the field and said to a person
    """What was entered is not what the field takes."""

    def __init__(self, message: str, **facts: Any) -> None:
        super().__init__(message)
        self.message, self.facts = message, facts


def value(field: FieldDef, raw: Any, now: datetime) -> Any:
    """The stored value, or None for nothing entered; raises `Unclear`."""
    if isinstance(raw, str):
        raw = tidy(raw).strip()
    if raw is None or raw == "" or (isinstance(raw, (list, tuple, dict, set)) and not raw):
        return None
    return _PARSERS[field.type](field, raw, now)


def tidy(text: str) -> str:
    """Without control characters and broken halves of characters, which no database keeps."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})


def _plain(raw: Any) -> str:
    """Full-width digits and signs as ordinary ones: `１２３，４５６` is `123,456`."""
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float, Decimal)):
        raise Unclear(N_("请填写文字"))
    return unicodedata.normalize("NFKC", tidy(_said(raw))).strip()


def _said(raw: str | int | float | Decimal) -> str:
    try:
        return str(raw)
    except ValueError:  # an int of more digits than Python cares to write
        raise Unclear(N_("请填写文字")) from None


def _text(field: FieldDef, raw: Any, now: datetime) -> str:
    if isinstance(raw, bool) or not isinstance(raw, (str, int, Decimal)):
        raise Unclear(N_("请填写文字"))
    text = tidy(_said(raw)).strip()
    if field.type == "text":
        text = " ".join(text.split())
    most = field.max_length or (TEXT_LENGTH if field.type == "text" else LONG_LENGTH)
    if len(text) > most:
        raise Unclear(N_("最多 %(most)s 字,现为 %(length)s 字"), most=most, length=len(text))
    return text


def _code(field: FieldDef, raw: Any, now: datetime) -> str:
    text = " ".join(_plain(raw).split())
    most = field.max_length or CODE_LENGTH
    if len(text) > most:
        raise Unclear(N_("最多 %(most)s 字,现为 %(length)s 字"), most=most, length=len(text))
    return text


def _phone(field: FieldDef, raw: Any, now: datetime) -> str:
    text = " ".join(_plain(raw).replace("—", "-").replace("–", "-").split())
    if not _PHONE.fullmatch(text):
        raise Unclear(N_("电话号码只能用数字、空格、括号、连字符、+ 和分机“转”"))
    return text


def _decimal(raw: Any, units: str) -> Decimal:
    text = _plain(raw)
    for unit in units:
        text = text.removesuffix(unit).removeprefix(unit).strip()
    if not _NUMBER.fullmatch(text):
        raise Unclear(N_("请填写数字,例如 1,200.50(最多六位小数)"))
    return Decimal(text.replace(",", ""))


def _within(field: FieldDef, number: Decimal, least: Decimal | None, most: Decimal | None) -> None:
    least = field.min if field.min is not None else least
    most = field.max if field.max is not None else most
    if least is not None and number < least:
        if 0 < least < 1 and number <= 0:
            raise Unclear(N_("须大于 0"))
        raise Unclear(N_("不得小于 %(least)s"), least=f"{least:f}")
    if most is not None and number > most:
        raise Unclear(N_("不得大于 %(most)s"), most=f"{most:f}")


def _written(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", "+0"} else text.removeprefix("+")


def _integer(field: FieldDef, raw: Any, now: datetime) -> int:
    number = _decimal(raw, "")
    if number != number.to_integral_value():
        raise Unclear(N_("请填写整数"))
    _within(field, number, Decimal(0), None)
    return int(number)


def _quantity(field: FieldDef, raw: Any, now: datetime) -> str:
    number = _decimal(raw, "")
    _within(field, number, Decimal(0), None)
    return _written(number)


def _percent(field: FieldDef, raw: Any, now: datetime) -> str:
    number = _decimal(raw, "%")
    _within(field, number, Decimal(0), Decimal(100))
    return _written(number)


def _money(field: FieldDef, raw: Any, now: datetime) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool):
        if abs(raw) >= 10**17:
            raise Unclear(N_("金额过大"))
        number = Decimal(raw) / 100
    else:
        number = _decimal(raw, "元¥￥")
    if number * 100 != (number * 100).to_integral_value():
        raise Unclear(N_("金额最多两位小数(到分)"))
    _within(field, number, Decimal(0), None)
    return int(number * 100)


def _day(raw: Any) -> date:
    if isinstance(raw, datetime):
        return clock.day_of(raw) if raw.tzinfo else raw.date()
    if isinstance(raw, date):
        return raw
    text = _plain(raw)
    match = _DATE.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        try:
            return date(*map(int, match.groups()[:3]))
        except ValueError:
            raise Unclear(N_("没有这一天:%(text)s"), text=text) from None
    raise Unclear(N_("请填写日期,例如 2026-03-01 或 2026年3月1日"))


def _sane(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise Unclear(N_("没有这一天:%(text)s"), text=day.isoformat())
    return day


def _date(field: FieldDef, raw: Any, now: datetime) -> str:
    day = _sane(_day(raw))
    if field.not_future and day > clock.day_of(now):
        raise Unclear(N_("日期 %(day)s 还没有到"), day=day.isoformat())
    return day.isoformat()


def _moment(raw: Any) -> datetime:
    if isinstance(raw, datetime):
        return raw
    text = _plain(raw)
    day, rest = text, ""
    if (match := _DATE.match(text)) is not None:
        day, rest = match.group(), text[match.end() :].lstrip("T ").strip()
    found = _CLOCK.match(rest)
    if found is None:
        raise Unclear(N_("请填写日期和时间,例如 2026-03-01 09:30"))
    hour, minute = int(found.group(2)), int(found.group(3) or 0)
    if found.group(1) in {"下午", "晚上"} and hour < 12:
        hour += 12
    try:
        moment = datetime.combine(_day(day), time(hour, minute), tzinfo=clock.COMPANY_ZONE)
        zone = rest[found.end() :].strip()
        return moment.replace(tzinfo=None) if not zone else _in_zone(moment, zone)
    except ValueError:
        raise Unclear(N_("没有这个时间:%(text)s"), text=text) from None


def _in_zone(moment: datetime, zone: str) -> datetime:
    """The moment in the zone written behind it: `Z`, `+08:00`."""
    return datetime.fromisoformat(f"{moment:%Y-%m-%dT%H:%M:%S}{zone}")


def _datetime(field: FieldDef, raw: Any, now: datetime) -> str:
    moment = _moment(raw)
    _sane(moment.date())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=clock.COMPANY_ZONE)
    # The form shows whole minutes: the running minute is not the future.
    if field.not_future and moment > now + timedelta(minutes=1):
        raise Unclear(N_("时间 %(moment)s 还没有到"), moment=f"{moment:%Y-%m-%d %H:%M}")
    return _sane_moment(moment).isoformat(timespec="minutes")


def _sane_moment(moment: datetime) -> datetime:
    local = moment.astimezone(clock.COMPANY_ZONE)
    _sane(local.date())
    return local


def _choice(field: FieldDef, raw: Any, now: datetime) -> str:
    text = _plain(raw)
    if text not in field.choices:
        raise Unclear(N_("没有这个选项:%(text)s"), text=text[:60])
    return text


def _choices(field: FieldDef, raw: Any, now: datetime) -> list[str] | None:
    chosen = {_choice(field, one, now) for one in _several(raw)}
    return [key for key in field.choices if key in chosen] or None


def _several(raw: Any) -> list[Any]:
    items = list(raw) if isinstance(raw, (list, tuple, set)) else [raw]
    return [item for item in items if item is not None and item != ""]


_YES = {"true", "on", "1", "yes", "y", "是", "√", "✓"}
_NO = {"false", "off", "0", "no", "n", "否"}


def _bool(field: FieldDef, raw: Any, now: datetime) -> bool:
    if isinstance(raw, bool):
        return raw
    text = _plain(raw).lower()
    if text in _YES or text in _NO:
        return text in _YES
    raise Unclear(N_("请选“是”或“否”"))


def _record(field: FieldDef, raw: Any, now: datetime) -> int:
    text = _plain(getattr(raw, "pk", raw))
    if not re.fullmatch(r"[0-9]{1,18}", text) or int(text) == 0:
        raise Unclear(N_("请从列表中选择"))
    return int(text)


def _role(field: FieldDef, raw: Any, now: datetime) -> str:
    text = _plain(raw)
    if not _ROLE.fullmatch(text) or len(text) > CODE_LENGTH:
        raise Unclear(N_("请从列表中选择"))
    return text


def _files(field: FieldDef, raw: Any, now: datetime) -> list[str] | None:
    items = _several(raw)
    most = 1 if field.type == "file" else int(field.max or FILES)
    if len(items) > most:
        raise Unclear(N_("最多 %(most)s 个文件"), most=most)
    try:
        ids = [str(UUID(str(getattr(item, "uuid", item)))) for item in items]
    except ValueError:
        raise Unclear(N_("找不到这个文件,请重新上传")) from None
    return list(dict.fromkeys(ids)) or None


_PARSERS: dict[str, Callable[[FieldDef, Any, datetime], Any]] = {
    "text": _text,
    "longtext": _text,
    "integer": _integer,
    "quantity": _quantity,
    "percent": _percent,
    "money": _money,
    "date": _date,
    "datetime": _datetime,
    "choice": _choice,
    "choices": _choices,
    "bool": _bool,
    "person": _record,
    "unit": _record,
    "role": _role,
    "phone": _phone,
    "order": _code,
    "part": _code,
    "file": _files,
    "files": _files,
}
