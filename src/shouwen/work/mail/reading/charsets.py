"""Bytes to text when the label lies: the label first, by what mailers really mean with it."""

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

MEANT = {
    # Mailers write GB2312 and send GBK or GB18030; the widest reads all three.
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
    "cp936": "gb18030", "ms936": "gb18030", "windows-936": "gb18030", "euc-cn": "gb18030",
    "chinese": "gb18030", "csgb2312": "gb18030", "gb18030": "gb18030", "gb-2312": "gb18030",
    "gb_2312": "gb18030",
    "hz-gb-2312": "hz", "big5": "big5hkscs", "big-5": "big5hkscs", "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs", "cp950": "big5hkscs", "big5-hkscs": "big5hkscs",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
    "ksc5601": "cp949", "unicode-1-1-utf-7": "utf-7", "utf8": "utf-8", "utf8mb4": "utf-8",
}  # fmt: skip
VAGUE = {"", "ascii", "us-ascii", "ansi_x3.4-1968", "iso-8859-1", "latin1", "latin-1", "unknown",
         "unknown-8bit", "x-unknown", "default", "default_charset", "binary", "8bit",
         "windows-1252", "cp1252", "iso8859-1", "utf-8", "utf8"}  # fmt: skip
"""Labels that are written without a look at the text."""
NEVER = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
"""Codecs of Python that no letter means; some take hours on long text."""
SAMPLE = 20_000
SHORT, LONG = 40, 100
GUESSES = ("utf_8", "gb18030", "big5hkscs", "cp932", "cp949", "cp1252", "koi8_r", "cp1251")
_NAME = re.compile(r"[^a-z0-9_.:+-]")


def decode(data: bytes, label: str = "") -> tuple[str, bool]:
    """The text, and whether its label was true to it."""
    name = _NAME.sub("", label.strip().strip("\"'").lower())[:40]
    if not data:
        return "", True
    if name not in VAGUE:
        said = _said(data, MEANT.get(name, name))
        if said is not None:
            return tidy(said), True
    elif data.isascii() and not _is_switched(data):
        return tidy(data.decode("ascii")), True
    text = _guessed(data, name)
    return tidy(text), name in ("utf-8", "utf8") and _utf8(data, cut=True) is not None


def is_damaged(text: str) -> bool:
    """Whether so much of a text was lost that nobody can read it."""
    lost = text.count("\ufffd")
    return lost > 3 and lost * 8 > len(text)


def tidy(text: str) -> str:
    """Without NUL, other control characters and halves of characters; lines end in one way."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if text.isprintable():
        return text
    return "".join(
        c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Co")
    )


def _said(data: bytes, name: str) -> str | None:
    """By its own label, when that reads it (nearly) whole."""
    try:
        if codecs.lookup(name).name.replace("-", "_") in NEVER:
            return None
        text = data.decode(name, "replace")
    except (LookupError, ValueError, RuntimeError):
        return None
    except Exception:  # codecs of the standard library fail in many ways on made-up bytes
        return None
    lost = text.count("\ufffd")
    whole = _utf8(data)
    if lost and (lost * 20 > len(text) or whole is not None):
        return None
    if name in ("gb18030", "big5hkscs") and whole is not None and _is_eastern(whole):
        # Valid UTF-8 that reads well: believed against a label whose reading does not.
        return text if name == "gb18030" and _is_chinese(text) else whole
    return text


def _guessed(data: bytes, name: str) -> str:
    said = name in ("utf-8", "utf8")
    whole = None if _is_switched(data) else _utf8(data, cut=said)
    if whole is not None and (said or not _is_short_chinese(data, whole)):
        return whole
    if _is_switched(data) and _is(data, "iso2022_jp_ext"):
        return data.decode("iso2022_jp_ext")
    if _is(data, "gb18030") and _is_chinese(data.decode("gb18030")):
        return data.decode("gb18030")
    damaged = data.decode("utf-8", "replace")
    if said and damaged.count("\ufffd") * 20 < len(damaged):
        return damaged
    best = from_bytes(data[:SAMPLE], cp_isolation=list(GUESSES)).best()
    for guess in (best.encoding if best else "", "cp1252"):
        if guess and _is(data, guess):
            return data.decode(guess)
    return data.decode(best.encoding if best else "utf-8", "replace")


def _utf8(data: bytes, *, cut: bool = False) -> str | None:
    """As UTF-8, when it is that; long text may be cut within its last character."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        at_the_end = error.start >= len(data) - 3 and "end of data" in error.reason
        return data[: error.start].decode() if at_the_end and (cut or len(data) > LONG) else None


def _is_short_chinese(data: bytes, whole: str) -> bool:
    """Few characters of GBK can be valid UTF-8 of another script by chance."""
    if len(data) > SHORT or data.isascii() or _is_eastern(whole) or not _is(data, "gb18030"):
        return False
    return _is_chinese(data.decode("gb18030"))


def _is_eastern(text: str) -> bool:
    """Whether what is not ASCII is Chinese, Japanese or Korean, with its punctuation."""
    foreign = [c for c in text if ord(c) > 127]
    usual = sum("\u3000" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3" or c >= "\uff00"
                for c in foreign)  # fmt: skip
    return bool(foreign) and usual * 10 >= len(foreign) * 8


def _is(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except (UnicodeError, LookupError):
        return False
    return True


def _is_switched(data: bytes) -> bool:
    """ISO-2022 text looks like ASCII but for its escapes."""
    return any(mark in data for mark in (b"\x1b$", b"\x1b(J", b"\x1b(I"))


def _is_chinese(text: str) -> bool:
    """Whether what is not ASCII reads as the usual characters, not as rare ones by chance."""
    foreign = [c for c in text if ord(c) > 127]
    usual = sum(_is_usual(c) for c in foreign)
    return bool(foreign) and usual * 10 >= len(foreign) * 9


def _is_usual(c: str) -> bool:
    """Of GB 2312: what people write every day, and its punctuation."""
    try:
        first, _second = c.encode("gb2312")
    except (UnicodeError, ValueError):
        return c in "€—…·“”‘’"
    return first < 0xD8  # the second level of the table is of rare characters
