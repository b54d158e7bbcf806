"""A text in both languages of the product, as regulations and forms carry it."""

from collections.abc import Callable, Iterable

from pydantic import BaseModel, ConfigDict, model_validator

_reader: list[Callable[[], str]] = [lambda: "zh"]


def speak(language: Callable[[], str]) -> None:
    """Tell this module how to find the reader's language; the door does so at start."""
    _reader[0] = language


def language() -> str:
    """The reader's language: `zh` or `en`."""
    return "en" if _reader[0]().startswith("en") else "zh"


def listed(names: Iterable[object], zh: str = "、", en: str = ", ") -> str:
    """Several names in one text, parted as the reader's language does it."""
    return (en if language() == "en" else zh).join(map(str, names))


class Words(BaseModel):
    """`{zh: …, en: …}`; a bare text stands for both."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str
    en: str

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: object) -> object:
        return {"zh": value, "en": value} if isinstance(value, str) else value

    def __str__(self) -> str:
        return self.en if language() == "en" else self.zh
