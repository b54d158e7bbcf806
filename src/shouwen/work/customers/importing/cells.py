"""One cell to one value, for pydantic: what Excel makes of numbers, dates and percentages. Pure.

Each converter raises `PydanticCustomError` with a Chinese message id and its facts.
"""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from shouwen.ground.foundation.refusal import N_
from shouwen.work.customers.phones import read

_FORMULA = re.compile(r"^[=@]|^[+-](?![\d.])")
_DATE = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0{1,2}:00(?::00)?)?$")
_CURRENCY_SIGN = re.compile(r"^[¥$€£]\s*")
_DIGITS_ONLY_DATE = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_YES, _NO = {"是", "y", "yes", "true", "1", "√", "✓"}, {"否", "n", "no", "false", "0", "×", "x"}
EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)
MOST_EXACT = 10**15
"""Excel keeps fifteen digits of a number; a longer one has already lost its last ones."""


class Percent:
    """A number from a cell that shows percentages: 0.05 there means 5 %."""

    def __init__(self, value: float) -> None:
        self.value = value


def wrong(message: str, **facts: Any) -> PydanticCustomError:
    """What is wrong with a cell; the message is translated at the door."""
    return PydanticCustomError("cell", message.replace("{", "{{"), facts)


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text: `=…`, `@…`, `+a`, `-a`, full-width forms too."""
    return bool(_FORMULA.match(unicodedata.normalize("NFKC", text).lstrip()))


def to_text(value: Any) -> Any:
    """Text of a cell; a whole number loses the `.0` that Excel gives it."""
    if isinstance(value, Percent):
        value = value.value
    if value is None:
        return None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number_as_text(value)
    if isinstance(value, datetime | date):
        raise wrong(N_("Excel 把它当成了日期，请把单元格设为文本"))
    text = unicodedata.normalize("NFKC", str(value)).strip()
    if looks_like_formula(text) and text not in ("-", "--") and read(text) is None:
        raise wrong(N_("不接受公式；以 = + - @ 开头的内容请改写"))
    if any(unicodedata.category(sign) == "Cc" and sign not in "\n\t\r" for sign in text):
        raise wrong(N_("含有看不见的控制字符"))
    return text or None


def _number_as_text(value: float) -> str:
    if not abs(value) < MOST_EXACT:
        raise wrong(N_("数字超过 15 位，Excel 已丢失末位，请把单元格设为文本后重填"))
    return str(int(value)) if float(value).is_integer() else repr(value)


def to_decimal(value: Any) -> Any:
    """A number: `1,234.50`, full-width digits, `¥`."""
    if isinstance(value, Percent):
        raise wrong(N_("这里要数字，不是百分数"))
    if isinstance(value, bool | datetime | date):
        raise wrong(N_("这里要数字"))
    if isinstance(value, int | float):
        if not abs(value) < MOST_EXACT:  # a value that is no number compares as false
            raise wrong(N_("数字太大"))
        return Decimal(repr(value))
    text = to_text(value)
    return None if text is None else _decimal(_CURRENCY_SIGN.sub("", text))


def _decimal(text: str) -> Decimal:
    plain = re.sub(r"(?<=\d),(?=\d{3}(?:\D|$))", "", text).replace(" ", "")
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,8})?", plain):
        raise wrong(N_("“%(text)s”不是数字"), text=text[:30])
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise wrong(N_("“%(text)s”不是数字"), text=text[:30]) from error


def to_percent(value: Any) -> Any:
    """Percent: `5`, `5%`, or 0.05 in a cell that shows percentages; a bare 0.05 is refused."""
    if isinstance(value, Percent):
        return (Decimal(repr(value.value)) * 100).quantize(Decimal("0.01"))
    text = to_text(value) if isinstance(value, str) else None
    if text and text.endswith("%"):
        return _decimal(text[:-1].strip())
    number = to_decimal(value)
    if number is not None and 0 < number < 1:
        message = N_("%(text)s 看不出是百分之几：请写成 5 或 5%% 这样")
        raise wrong(message, text=str(number))
    return number


def to_cents(value: Any) -> Any:
    """Cents of an amount; more than two decimals are refused, never rounded away."""
    number = to_decimal(value)
    if number is None:
        return None
    if number != number.quantize(Decimal("0.01")):
        raise wrong(N_("金额最多两位小数"))
    return int(number * 100)


def to_integer(value: Any) -> Any:
    """A whole number."""
    number = to_decimal(value)
    if number is None:
        return None
    if number != number.to_integral_value():
        raise wrong(N_("这里要整数"))
    return int(number)


def to_date(value: Any) -> Any:
    """A day: a date cell, or 2026-03-01, 2026/3/1, 2026年3月1日, 20260301."""
    if isinstance(value, datetime):
        return _in_range(value.date())
    if isinstance(value, date):
        return _in_range(value)
    text = to_text(value)
    if text is None:
        return None
    found = _DATE.match(text) or _DIGITS_ONLY_DATE.match(text)
    if not found:
        raise wrong(N_("“%(text)s”不是日期，请写成 2026-03-01 这样"), text=text[:30])
    try:
        day = date(*map(int, found.groups()))
    except ValueError as error:
        raise wrong(N_("没有“%(text)s”这一天"), text=text[:30]) from error
    return _in_range(day)


def _in_range(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise wrong(N_("日期 %(day)s 太早或太晚"), day=day.isoformat())
    return day


def to_flag(value: Any) -> Any:
    """Yes or no: 是 / 否."""
    text = to_text(value)
    if text is None:
        return None
    if text.casefold() in _YES | _NO:
        return text.casefold() in _YES
    raise wrong(N_("请填“是”或“否”"))


def choice(*known: tuple[str, tuple[str, ...]]) -> BeforeValidator:
    """One of some codes, each written as any of its words."""
    words = {word.casefold(): code for code, also in known for word in (code, *also)}
    # In both languages: a trial is kept, and read by whoever mends the file.
    shown = " / ".join(f"{also[0]} {code}" for code, also in known)

    def convert(value: Any) -> Any:
        text = to_text(value)
        if text is None:
            return None
        if text.casefold() not in words:
            raise wrong(N_("“%(text)s”不在可选范围：%(known)s"), text=text[:30], known=shown)
        return words[text.casefold()]

    return BeforeValidator(convert)


def to_phone(value: Any) -> Any:
    """A telephone number as written, if it is one."""
    text = to_text(value)
    if text is not None and read(text) is None:
        raise wrong(N_("认不出这个电话号码；手机写 11 位，固定电话带区号"))
    return text


PhoneText = Annotated[str | None, BeforeValidator(to_phone)]
Text = Annotated[str | None, BeforeValidator(to_text)]
Needed = Annotated[str, BeforeValidator(to_text)]
Quantity = Annotated[Decimal, BeforeValidator(to_decimal)]
Rate = Annotated[Decimal | None, BeforeValidator(to_decimal)]
PercentValue = Annotated[Decimal | None, BeforeValidator(to_percent)]
Cents = Annotated[int | None, BeforeValidator(to_cents)]
NeededCents = Annotated[int, BeforeValidator(to_cents)]
Whole = Annotated[int | None, BeforeValidator(to_integer)]
Day = Annotated[date | None, BeforeValidator(to_date)]
NeededDay = Annotated[date, BeforeValidator(to_date)]
Flag = Annotated[bool | None, BeforeValidator(to_flag)]
