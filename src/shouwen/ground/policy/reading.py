"""Read YAML strictly, remembering the line of everything, so that an error can point at it.

What YAML guesses is refused rather than guessed: `on: yes`, `8:30` (510 to YAML), `010` (8),
twice the same key, keys that are no text. Dates stay text; the shapes say what is a date.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from shouwen.ground.foundation.refusal import N_

Where = tuple[str | int, ...]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"-?(0|[1-9]\d*)")
_DECIMAL = re.compile(r"-?(0|[1-9]\d*)\.\d+")
_LOOKS_BOOLEAN = {"on", "off", "yes", "no", "y", "n", "true", "false"}
_DEEPEST = 40
# The commonest complaints of the shapes, in the language of those who write regulations.
_SAID = {
    "missing": N_("缺少必填项“%(field)s”"),
    "extra_forbidden": N_("没有“%(field)s”这一项"),
    "literal_error": N_("“%(field)s”只能取：%(expected)s"),
    "string_type": N_("“%(field)s”应为文字"),
    "int_type": N_("“%(field)s”应为整数"),
    "int_parsing": N_("“%(field)s”应为整数"),
    "list_type": N_("“%(field)s”应为列表"),
    "dict_type": N_("“%(field)s”应为键与值"),
    "date_from_datetime_parsing": N_("“%(field)s”应为日期，如 2024-01-31"),
    "value_error": N_("“%(field)s”:%(error)s"),
}


@dataclass(frozen=True)
class Mistake:
    """What is wrong, and in which line of which file; `message` is a Chinese message id."""

    file: str
    line: int
    message: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        said = gettext(self.message)
        return f"{self.file}:{self.line}: {said % self.facts if self.facts else said}"


class Mistakes(Exception):  # noqa: N818 - for the people who write regulations, not for the log
    """Everything that is wrong with the files that were read, not only the first thing."""

    def __init__(self, found: Sequence[Mistake]) -> None:
        super().__init__(found)
        self.found = tuple(found)

    def __str__(self) -> str:
        return "\n".join(map(str, self.found))


class WrongAt(ValueError):  # noqa: N818 - it says where
    """Raised by a parser of forms or flows: what is wrong, at which place of the document."""

    def __init__(self, where: Where, message: str, **facts: Any) -> None:
        super().__init__(message % facts if facts else message)
        self.where, self.message, self.facts = where, message, facts


def said(message: str, **facts: Any) -> PydanticCustomError:
    """What a validator of a shape raises, so that its complaint can be translated too."""
    return PydanticCustomError("said", "{message}", {"message": message, "facts": facts})


@dataclass(frozen=True)
class Document:
    """One file's content, with the line of every place in it."""

    file: str
    data: Any
    lines: Mapping[Where, int]

    def line(self, where: Where) -> int:
        """The line of a place, or of the nearest one around it that exists."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)

    def mistake(self, where: Where, message: str, **facts: Any) -> Mistake:
        """Something wrong at a place of this document."""
        return Mistake(self.file, self.line(where), message, facts)

    def mistakes(self, error: ValueError, around: Where = ()) -> list[Mistake]:
        """What a shape or a parser complained about, each at its line."""
        if isinstance(error, WrongAt):
            return [self.mistake(around + error.where, error.message, **error.facts)]
        if isinstance(error, ValidationError):
            return [self._complaint(dict(one), around) for one in error.errors()]
        return [self.mistake(around, N_("%(problem)s"), problem=error)]

    def _complaint(self, one: dict[str, Any], around: Where) -> Mistake:
        where = around + tuple(one["loc"])
        name = ".".join(map(str, one["loc"])) or (str(around[-1]) if around else self.file)
        if one["type"] == "said":
            return self.mistake(where, one["ctx"]["message"], **one["ctx"]["facts"])
        message = _SAID.get(one["type"])
        if message is None:
            said = one["msg"]
            return self.mistake(where, N_("“%(field)s”:%(problem)s"), field=name, problem=said)
        return self.mistake(where, message, **{**one.get("ctx", {}), "field": name})


def read(path: Path, shown: str) -> Document:
    """Read one file; raises `Mistakes` with every line that is not plain. `shown` names it."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        raise Mistakes([_not_yaml(error, shown)]) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        unreadable = N_("读不出来：%(problem)s")
        raise Mistakes([Mistake(shown, 1, unreadable, {"problem": error})]) from error
    reader = _Reader(shown)
    data = reader.value(node, ()) if node is not None else None
    if reader.found:
        raise Mistakes(reader.found)
    return Document(shown, data, reader.lines)


def _not_yaml(error: yaml.MarkedYAMLError, shown: str) -> Mistake:
    mark = error.problem_mark or error.context_mark
    return Mistake(
        shown,
        mark.line + 1 if mark else 1,
        N_("不是合格的 YAML：%(problem)s"),
        {"problem": error.problem or error.context},
    )


class _Reader:
    """Turns nodes into plain values and notes where each one stood."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.lines: dict[Where, int] = {}
        self.found: list[Mistake] = []

    def value(self, node: yaml.Node, where: Where) -> Any:
        """The plain value of a node."""
        self.lines.setdefault(where, node.start_mark.line + 1)
        if len(where) > _DEEPEST:
            return self._wrong(node, N_("层次太深，或引用了自身"))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*where, index)) for index, item in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, where: Where) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key is None:
                continue
            if key in result:
                self._wrong(key_node, N_("“%(key)s”写了两次"), key=key)
                continue
            self.lines[*where, key] = key_node.start_mark.line + 1
            result[key] = self.value(value_node, (*where, key))
        return result

    def _key(self, node: yaml.Node) -> str | None:
        text = node.value if isinstance(node, yaml.ScalarNode) else None
        if text is not None and node.tag == "tag:yaml.org,2002:str":
            return str(text)
        if str(text).lower() in _LOOKS_BOOLEAN:
            message = N_("键“%(key)s”会被 YAML 当作真假值，请换一个词")
        else:
            message = N_("键“%(key)s”应为文字；是数字时请加引号")
        self._wrong(node, message, key=text)
        return None

    def _scalar(self, node: yaml.Node) -> Any:
        kind, text = node.tag.rpartition(":")[2], str(node.value)
        if kind in ("str", "timestamp"):
            return text
        if kind == "null":
            return None
        if kind == "bool" and text in ("true", "false"):
            return text == "true"
        if kind == "int" and _INTEGER.fullmatch(text):
            return int(text)
        if kind == "float" and _DECIMAL.fullmatch(text):
            return float(text)
        return self._wrong(node, N_("“%(text)s”会被 YAML 另作解释；是文字时请加引号"), text=text)

    def _wrong(self, node: yaml.Node, message: str, **facts: Any) -> None:
        self.found.append(Mistake(self.shown, node.start_mark.line + 1, message, facts))
