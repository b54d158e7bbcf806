"""Money in integer cents, and the way it is written on Chinese paper."""

from decimal import ROUND_HALF_UP, Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def cents(amount: Decimal | int | str) -> int:
    """Cents of an amount in yuan, halves away from zero; raises ValueError on what is no number."""
    try:
        value = Decimal(str(amount).replace(",", "").strip())
        return int((value * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    except ArithmeticError as error:
        raise ValueError(f"no amount: {amount!r}") from error


def yuan(amount_cents: int) -> str:
    """`1,234.50`."""
    return f"{Decimal(amount_cents) / 100:,.2f}"


def capitals(amount_cents: int) -> str:
    """Amount in capitals 大写 as on a voucher: `壹仟贰佰叁拾肆元伍角整`."""
    if amount_cents < 0:
        return "负" + capitals(-amount_cents)
    whole, rest = divmod(amount_cents, 100)
    jiao, fen = divmod(rest, 10)
    text = _whole(whole) + "元" if whole else ""
    if not rest:
        return (text or "零元") + "整"
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif whole:
        text += "零"
    return text + (_DIGITS[fen] + "分" if fen else "整")


def _whole(number: int) -> str:
    """A whole number in capitals; a run of zeros is spoken once, and only between digits."""
    parts: list[str] = []
    gap = False
    for index in range(len(_GROUPS) - 1, -1, -1):
        group = number // 10 ** (4 * index) % 10000
        if not group:
            gap = bool(parts)
            continue
        if parts and (gap or group < 1000):
            parts.append("零")
        parts.append(_group(group) + _GROUPS[index])
        gap = False
    return "".join(parts)


def _group(number: int) -> str:
    """One to four digits in capitals."""
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return text


def plain(number: Decimal) -> str:
    """A quantity or percentage without needless zeros: `105`, `2.5`."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
