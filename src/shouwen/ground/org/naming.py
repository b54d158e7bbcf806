"""How a Chinese name is typed on a keyboard: pinyin and initials. Pure."""

from pypinyin import lazy_pinyin

_SURNAMES = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "朴": "piao",
    "盖": "ge", "翟": "zhai", "覃": "qin", "员": "yun", "乐": "yue", "召": "shao", "折": "she",
    "洗": "xian", "尉迟": "yu chi", "万俟": "mo qi", "令狐": "ling hu", "缪": "miao", "种": "chong",
    "秘": "bi", "繁": "po", "仉": "zhang", "那": "na", "任": "ren", "华": "hua", "宁": "ning",
}  # fmt: skip
"""Surnames that are read otherwise than the same character elsewhere."""


def syllables(name: str) -> list[str]:
    """The syllables of a name, the surname read as a surname."""
    for length in (2, 1):
        if surname := _SURNAMES.get(name[:length]):
            return [*surname.split(), *_spoken(name[length:])]
    return _spoken(name)


def _spoken(text: str) -> list[str]:
    return [part for syllable in lazy_pinyin(text) for part in syllable.split()]


def pinyin(name: str) -> str:
    """`zhangweimin`, as it is typed in a search box."""
    return "".join(syllables(name)).lower()[:120]


def initials(name: str) -> str:
    """`zwm`."""
    return "".join(syllable[0] for syllable in syllables(name)).lower()[:20]
