"""How a Chinese name is typed on a keyboard: pinyin and initials. Pure."""

from pypinyin import lazy_pinyin

_SURNAMES = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "朴": "piao",
    "盖": "ge", "翟": "zhai", "覃": "qin", "员": "yun", "乐": "yue", "召": "shao", "折": "she",
    "洗": "xian", "尉迟": "yuchi", "万俟": "moqi", "令狐": "linghu", "缪": "miao", "种": "chong",
    "秘": "bi", "繁": "po", "仉": "zhang", "那": "na", "任": "ren", "华": "hua", "宁": "ning",
}  # fmt: skip
"""Surnames that are read otherwise than the same character elsewhere."""


def syllables(name: str) -> list[str]:
    """The syllables of a name, the surname read as a surname."""
    for length in (2, 1):
        if (surname := _SURNAMES.get(name[:length])) and len(name) >= length:
            return [surname, *lazy_pinyin(name[length:])]
    return list(lazy_pinyin(name))


def pinyin(name: str) -> str:
    """`zhangweimin`, as it is typed in a search box."""
    return "".join(syllables(name)).replace(" ", "").lower()[:120]


def initials(name: str) -> str:
    """`zwm`."""
    return "".join(syllable[0] for syllable in syllables(name) if syllable.strip()).lower()[:20]
