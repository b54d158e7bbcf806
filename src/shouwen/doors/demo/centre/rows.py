"""How units and people of the demo group stand on paper."""

from typing import NamedTuple


class UnitRow(NamedTuple):
    """A unit: under which, how it is called, what it does."""

    code: str
    parent: str
    name_zh: str
    name_en: str
    function: str = ""
    division: bool = False


class PersonRow(NamedTuple):
    """A person in a post; the user name is the name in pinyin."""

    username: str
    name_zh: str
    name_en: str
    unit: str
    title_zh: str
    title_en: str
    rank: str = "staff"
