"""Pinyin of names, so that `njys` and `yuesheng` find 南京悦升. Pure."""

import dataclasses
import re
import unicodedata

from pypinyin import Style, lazy_pinyin

LONGEST = 300


@dataclasses.dataclass(frozen=True)
class Spelling:
    """Both spellings of some names, in lower case without blanks inside a name."""

    pinyin: str
    initials: str


def spell(*names: str) -> Spelling:
    """The spelling of each different name, one after another: `nanjingyuesheng yuesheng`."""
    kept = list(dict.fromkeys(name for name in map(_plain, names) if name))
    pinyin = " ".join("".join(map(_letters, lazy_pinyin(name))) for name in kept)
    initials = " ".join(_initials(name) for name in kept)
    return Spelling(pinyin[:LONGEST].strip(), initials[:LONGEST].strip())


def is_spelling(text: str) -> bool:
    """Whether a search text can be pinyin or initials: Latin letters and digits only."""
    return bool(re.fullmatch(r"[a-z0-9 ']+", _plain(text)))


def folded(text: str) -> str:
    """A search text as spellings are stored: `Nan Jing` becomes `nanjing`."""
    return _letters(_plain(text))


def _plain(text: str) -> str:
    """Half-width, lower case, accents off: `Müller` is sought as `muller`."""
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return unicodedata.normalize("NFKC", bare).casefold().strip()


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text)


def _initials(name: str) -> str:
    """First letters of syllables; a Latin word counts by its first letter, a number whole."""
    parts: list[str] = []
    for piece in lazy_pinyin(name, style=Style.NORMAL):
        parts.extend(re.findall(r"[a-z]+|\d+", piece))
    return "".join(part if part.isdigit() else part[0] for part in parts)
