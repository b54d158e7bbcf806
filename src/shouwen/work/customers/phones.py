"""Telephone numbers in every shape people write them, brought to one key. Pure.

A key is digits only, country code first: `8613800138000`, `862587654321`, `8695588`. Mobile, fixed,
400/800 and foreign numbers are known to the library; 12345 and 95xxx are not, so they stand here.
"""

import dataclasses
import re
import unicodedata

import phonenumbers

HOME = "CN"
HOME_CODE = "86"
FEWEST_DIGITS = 4
"""Below this many digits a search by part of a number would find half the customers."""

_JUNK = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\u30fc\uff0d_]")
_EXTENSION = re.compile(r"\s*(?:转|轉|分机|ext\.?|extension|x|#)\s*[:.]?\s*(\d{1,6})\s*$", re.I)
_DASHED_EXTENSION = re.compile(
    r"^((?:\(?0[1-9]\d{1,2}\)?[- ]?|400-?\d{3}-?)\d{4}-?\d{3,4})-(\d{1,6})$"
)
_LABEL = re.compile(r"^\s*(?:tel|phone|mobile|电话|手机|座机)\s*[:.]?\s*", re.I)
_SHORT = re.compile(r"^(?:95\d{3,6}|96\d{3,4}|1\d{4}|1[012]\d)$")
_SERVICE = re.compile(r"^(?:400|800)\d{7}$")
_MOBILE = re.compile(r"^1[3-9]\d{9}$")


@dataclasses.dataclass(frozen=True)
class Phone:
    """One number: `kind` is mobile, fixed, service (400/800), short (95xxx) or foreign."""

    key: str
    kind: str
    extension: str = ""

    def __str__(self) -> str:
        return display(self)


def read(text: str) -> Phone | None:
    """The number somebody wrote, or None when it is none or lacks its area code."""
    plain, extension = _split(text)
    if re.search(r"[^\d+()./\- ]", plain):
        return None
    digits = re.sub(r"\D", "", plain)
    home = _home_digits(plain, digits)
    if _SHORT.match(home):
        return Phone(HOME_CODE + home, "short", extension)
    if _SERVICE.match(home):
        return Phone(HOME_CODE + home, "service", extension)
    if _MOBILE.match(home):  # the library learns new prefixes later than the operators sell them
        return Phone(HOME_CODE + home, "mobile", extension)
    return _known(plain, extension)


def _split(text: str) -> tuple[str, str]:
    """The number without labels and invisible marks, and its extension."""
    plain = _JUNK.sub("", unicodedata.normalize("NFKC", str(text)))
    plain = _LABEL.sub("", _DASHES.sub("-", plain)).strip()
    if found := _EXTENSION.search(plain):
        return plain[: found.start()].strip(), found[1]
    if found := _DASHED_EXTENSION.match(plain):
        return found[1], found[2]
    return plain, ""


def _home_digits(plain: str, digits: str) -> str:
    """Digits without the home country code, however it was written."""
    if plain.startswith("+"):
        return digits.removeprefix(HOME_CODE) if digits.startswith(HOME_CODE) else ""
    if digits.startswith("00"):
        return digits[4:] if digits.startswith("00" + HOME_CODE) else ""
    if len(digits) == 13 and _MOBILE.match(digits[2:]):
        return digits.removeprefix(HOME_CODE)
    return digits


def _known(plain: str, extension: str) -> Phone | None:
    """What the library takes for a valid number: fixed lines with area code, foreign numbers."""
    try:
        number = phonenumbers.parse(plain, HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    zeros = "0" * (number.number_of_leading_zeros or 1) if number.italian_leading_zero else ""
    key = f"{number.country_code}{zeros}{number.national_number}"
    kind = "fixed" if number.country_code == int(HOME_CODE) else "foreign"
    return Phone(key, kind, extension)


def display(phone: Phone) -> str:
    """The number as people write it: `138 0013 8000`, `025-8765 4321`, `+1 650-253-0000`."""
    tail = f" 转 {phone.extension}" if phone.extension else ""
    home = phone.key.removeprefix(HOME_CODE)
    if phone.kind == "mobile":
        return f"{home[:3]} {home[3:7]} {home[7:]}{tail}"
    if phone.kind == "service":
        return f"{home[:3]}-{home[3:6]}-{home[6:]}{tail}"
    if phone.kind == "fixed":
        area, line = _area(home)
        return f"0{area}-{line[:-4]} {line[-4:]}{tail}"
    if phone.kind == "short":
        return home + tail
    number = phonenumbers.parse("+" + phone.key)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL) + tail


def _area(home: str) -> tuple[str, str]:
    """Area code without its zero, and the line: Beijing and 2x have two digits, others three."""
    size = 2 if home.startswith(("10", "2")) else 3
    return home[:size], home[size:]


def masked(text: str) -> str:
    """The number with its middle hidden: `138****8000`. What is no number is hidden whole."""
    if not str(text).strip():
        return ""
    phone = read(text)
    if phone is None:
        return "****"
    home = phone.key.removeprefix(HOME_CODE)
    if phone.kind == "short":  # a public service line is nobody's personal number
        return home
    if phone.kind in ("mobile", "service"):
        return f"{home[:3]}{'*' * (len(home) - 7)}{home[-4:]}"
    if phone.kind == "fixed":
        area, line = _area(home)
        return f"0{area}-{'*' * (len(line) - 4)}{line[-4:]}"
    code = str(phonenumbers.parse("+" + phone.key).country_code)
    return f"+{code} ****{phone.key[-3:]}"


@dataclasses.dataclass(frozen=True)
class Part:
    """What a search by part of a number looks for: keys that begin so, keys that end so."""

    prefixes: tuple[str, ...]
    suffix: str


def part(text: str) -> Part | None:
    """Beginning and end of the keys that some typed digits may mean; None below four digits."""
    plain, _ = _split(text)
    if re.search(r"[^\d+()./\- ]", plain):
        return None
    digits = re.sub(r"\D", "", plain)
    if len(digits) < FEWEST_DIGITS:
        return None
    if plain.startswith("+") or digits.startswith("00"):
        key = digits.removeprefix("00") if not plain.startswith("+") else digits
        tail = "" if plain.startswith("+") else digits
        return Part((key,), tail) if len(key) >= FEWEST_DIGITS else None
    if digits.startswith("0"):  # an area code: 010, 02x, 03xx to 09xx
        return Part((HOME_CODE + digits[1:],), digits)
    prefixes = [HOME_CODE + digits]
    if digits.startswith(HOME_CODE) and len(digits) > 6:
        prefixes.append(digits)
    return Part(tuple(prefixes), digits)
