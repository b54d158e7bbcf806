"""Which signs a text is found by, and what a reader's words ask for. Pure.

Both databases get the same tokens, so both find the same. `inline` tokens stand in the order of the
text and can be asked for as a phrase; `extra` ones (suffixes of numbers, pinyin, the month) are
found one by one. A run of Chinese is cut into overlapping pairs (投诉账单: 投诉 诉账 账单 单); its
last character stands alone too, so that one character finds every word it is in.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

from pypinyin import Style, lazy_pinyin, pinyin

_HAN = "々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_RUN = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}]+")
_IS_HAN = re.compile(f"[{_HAN}]")
_CODE = re.compile(r"[a-z0-9]+(?:[-_/#][a-z0-9]+)*")
_PHONE = re.compile(r"(?<!\d)\+?\d{2,4}(?:[ ()-]{1,2}\d{3,8}){1,3}(?!\d)")
_DATE = re.compile(r"(?:19|20)\d\d[-/]\d\d?[-/]\d\d?")
_COUNTRY = re.compile(r"^(?:\+|00)86[- ]?(?=\d)")

LONGEST = 16_000
"""PostgreSQL keeps no position beyond 16,383 in a document: what follows is not found."""
MOST_OF_ONE = 255
"""…and no more than 256 positions of one token."""
FILLER = "·"
"""Stands where a token is left out. No reader can type a token that begins with it."""
_TOKEN = 64
_SHORTEST_TAIL = 4
_LONGEST_CODE = 32
_MOST_CODES = 300
_ASKING = frozenset({
    "怎么", "么办", "么样", "如何", "请问", "问一", "一下", "哪里", "在哪", "什么", "可以",
    "需要", "能不", "不能", "是否", "多少", "我想", "想问", "你好", "您好",
    "how", "what", "where", "when", "can", "do", "to", "is", "the", "my", "please",
})  # fmt: skip


@dataclass(frozen=True)
class Tokens:
    """What one document is found by."""

    inline: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True)
class Phrase:
    """Tokens that follow each other; `prefix` lets the last one go on."""

    tokens: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True)
class Term:
    """One word of the reader: any of its readings will do."""

    readings: tuple[Phrase, ...]


def plain(text: str) -> str:
    """One shape for what looks the same: half width, small letters."""
    return unicodedata.normalize("NFKC", text.encode("utf-8", "ignore").decode()).casefold()


def tokens(title: str, body: str, names: Iterable[str], kind: str, on: date) -> Tokens:
    """Everything a document is found by."""
    text = plain(f"{title}\n{body}\n" + "\n".join(names))
    inline = tuple(_bounded(_tokens_of(text)))
    extra = [kind_token(kind), month_token(on), year_token(on)]
    for code in _codes(text):
        extra += _tails(code)
    for name in names:
        extra += _spellings(plain(name))
    return Tokens(inline, tuple(dict.fromkeys(extra)))


def kind_token(kind: str) -> str:
    """Found in every document of a kind."""
    return f"{FILLER}k{kind}"


def month_token(day: date) -> str:
    """Found in every document of a month."""
    return f"{FILLER}m{day:%Y%m}"


def year_token(day: date) -> str:
    """Found in every document of a year."""
    return f"{FILLER}y{day:%Y}"


def ask(words: str) -> list[Term]:
    """What the reader's words ask for; every term must be found."""
    return [term for word in plain(words).split() if (term := _term(word))]


def pairs(words: str) -> frozenset[str]:
    """Two characters in a row of each run of Chinese, other words whole: what a text is about.

    What every question has, whatever it asks for, says nothing of that and is left out.
    """
    found = frozenset(token for token in _tokens_of(plain(words)) if len(token) > 1)
    return found - _ASKING


def excerpt(text: str, words: str, width: int = 60) -> list[tuple[str, bool]]:
    """The part of a text where the words stand, in pieces; True marks what was asked for."""
    text = " ".join(text.split())
    asked = sorted(set(_RUN.findall(plain(words))), key=len, reverse=True)
    if not asked:
        return [(text[:width], False)]
    sought = re.compile("(" + "|".join(map(re.escape, asked)) + ")", re.IGNORECASE)
    first = sought.search(text)
    start = max(0, first.start() - width // 3) if first else 0
    pieces = sought.split(text[start : start + width])
    return [(piece, place % 2 == 1) for place, piece in enumerate(pieces) if piece]


def _tokens_of(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        if _IS_HAN.match(run):
            yield from (run[place : place + 2] for place in range(len(run)))
        else:
            yield run[:_TOKEN]


def _bounded(found: Iterator[str]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for place, token in enumerate(found):
        if place == LONGEST:
            return
        seen[token] += 1
        yield token if seen[token] <= MOST_OF_ONE else FILLER


def _codes(text: str) -> Iterator[str]:
    """Numbers with signs between them, as one word: `so-2025-0031` -> `so20250031`."""
    written = [code for code in _CODE.findall(text) if any(sign.isdigit() for sign in code)]
    written += _PHONE.findall(text)
    codes = dict.fromkeys(_joined(code) for code in written if not _DATE.match(code))
    fitting = (code for code in codes if _SHORTEST_TAIL <= len(code) <= _LONGEST_CODE)
    return islice(fitting, _MOST_CODES)


def _joined(code: str) -> str:
    return re.sub(r"[^a-z0-9]", "", code)


def _tails(code: str) -> list[str]:
    """All ends of a number, so that its last four digits find it, or four in the middle."""
    return [code[place:] for place in range(len(code) - _SHORTEST_TAIL + 1)]


@lru_cache(maxsize=4096)
def _spellings(name: str) -> tuple[str, ...]:
    """A name in full pinyin and in initials, from each of its syllables on; GPS事业部 is gpssyb."""
    if not _IS_HAN.search(name):
        return ()
    syllables: list[str] = []
    firsts: list[str] = []
    for run in _RUN.findall(name):
        said = lazy_pinyin(run) if _IS_HAN.match(run) else [run]
        syllables += said
        firsts += [one[0] for one in said] if _IS_HAN.match(run) else said
    found = ["".join(syllables[place:]) for place in range(len(syllables))]
    found += ["".join(firsts[place:]) for place in range(len(firsts) - 1)]
    for first in _other_readings(name):
        found += [first + "".join(syllables[1:]), first[0] + "".join(firsts[1:])]
    return tuple(spelling[:_TOKEN] for spelling in found)


def _other_readings(name: str) -> list[str]:
    """A family name may be read otherwise than the word: 单 is Shan, 曾 is Zeng."""
    if not _IS_HAN.match(name):
        return []
    return list(pinyin(name[0], style=Style.NORMAL, heteronym=True)[0])[1:4]


def _term(word: str) -> Term | None:
    phrase = _phrase(word)
    if phrase is None:
        return None
    readings = [phrase]
    joined = _joined(_COUNTRY.sub("", word))
    if joined and any(sign.isdigit() for sign in joined) and not _IS_HAN.search(word):
        whole = Phrase((joined[:_TOKEN],), prefix=_may_go_on(joined))
        readings += [whole] if whole != phrase else []
    return Term(tuple(readings))


def _phrase(word: str) -> Phrase | None:
    runs = _RUN.findall(word)
    if not runs:
        return None
    found = list(_tokens_of("\n".join(runs)))
    last = runs[-1]
    if not _IS_HAN.match(last):
        return Phrase(tuple(found), prefix=_may_go_on(last))
    if len(last) == 1:
        return Phrase(tuple(found), prefix=True)
    return Phrase(tuple(found[:-1]))


def _may_go_on(run: str) -> bool:
    """One sign, or two digits, would begin half of all numbers: such a word stands for itself."""
    return len(run) > 2 or (len(run) == 2 and not run.isdigit())
