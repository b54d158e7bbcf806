"""One folder of a regulation: which files it has, and how they become an edition."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from shouwen.ground.foundation.refusal import N_

from . import parsers
from .reading import Document, Mistake, Mistakes, Where, read
from .shapes import Clause, EditionText, RegulationHead, figures, shaped


@dataclass(frozen=True)
class Draft:
    """A folder that was read without mistakes, with the documents it came from."""

    head: Document
    clauses: Document
    text: EditionText
    more: Mapping[str, Document] = field(default_factory=dict)

    @property
    def body(self) -> dict[str, Any]:
        """What an edition keeps: everything as it was written."""
        more = {name: self.more[name].data for name in parsers.DOCUMENTS if name in self.more}
        return {
            "regulation": self.head.data,
            "clauses": self.clauses.data,
            **dict.fromkeys(parsers.DOCUMENTS),
            **more,
        }

    def parts(self) -> Iterator[tuple[str, Document]]:
        """The documents beside the clauses, by their name in the body."""
        yield "regulation", self.head
        for name in parsers.DOCUMENTS:
            yield name, self.more.get(name, self.head)


def folders_in(root: Path) -> list[Path]:
    """Every folder with a regulation.yaml: earlier editions (`editions/1`) before the present one.

    Earlier editions are kept in the tree so that a new installation can judge old matters.
    """
    present = sorted(path.parent for path in root.glob("*/regulation.yaml"))
    return [
        folder
        for home in present
        for folder in [
            *sorted(path.parent for path in home.glob("editions/*/regulation.yaml")),
            home,
        ]
    ]


def read_folder(folder: Path, root: Path) -> Draft:
    """Read one edition; raises `Mistakes` with everything that is wrong in its files."""
    names = {"regulation": "regulation.yaml", "clauses": "clauses.yaml"}
    names |= {
        name: f"{name}.yaml" for name in parsers.DOCUMENTS if (folder / f"{name}.yaml").exists()
    }
    found = {
        name: read(folder / file, (folder / file).relative_to(root).as_posix())
        for name, file in names.items()
    }
    head, wrong = _read_head(found["regulation"])
    if head is None:
        raise Mistakes(wrong)
    clauses = _read_clauses(found["clauses"], head, wrong)
    more = {name: found[name] for name in parsers.DOCUMENTS if name in found}
    definitions = {name: _parse(name, document, wrong) for name, document in more.items()}
    if wrong:
        raise Mistakes(wrong)
    text = EditionText(head, clauses, definitions.get("forms", {}), definitions.get("flow", {}))
    return Draft(found["regulation"], found["clauses"], text, more)


def _read_head(document: Document) -> tuple[RegulationHead | None, list[Mistake]]:
    try:
        return RegulationHead.model_validate(document.data), []
    except ValidationError as error:
        return None, document.mistakes(error)


def _read_clauses(
    document: Document, head: RegulationHead, wrong: list[Mistake]
) -> dict[str, Clause]:
    if not isinstance(document.data, list):
        wrong.append(document.mistake((), N_("应为条款的列表")))
        return {}
    clauses: dict[str, Clause] = {}
    for index in range(len(document.data)):
        clause = _read_clause(document, index, head, wrong)
        if clause is None:
            continue
        if clause.id in clauses:
            wrong.append(document.mistake((index, "id"), N_("条号 %(id)s 重复"), id=clause.id))
        clauses[clause.id] = clause
    return clauses


def _read_clause(
    document: Document, index: int, head: RegulationHead, wrong: list[Mistake]
) -> Clause | None:
    where: Where = (index,)
    try:
        clause = Clause.model_validate(document.data[index])
        for place, side in enumerate(clause.also):
            where = (index, "also", place, "spec")
            figures(side)
        where = (index, "spec")
        return shaped(clause, head)
    except ValidationError as error:
        wrong += document.mistakes(error, where)
        return None


def _parse(name: str, document: Document, wrong: list[Mistake]) -> Mapping[str, Any]:
    try:
        return parsers.parse(name, document.data)
    except ValueError as error:
        wrong += document.mistakes(error)
        return {}
