"""Documents written from the code, so that they cannot say anything else."""

from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from django.conf import settings

from shouwen.ground.journal.actions import ANY, reaction_table

Page = tuple[str, str]
"""Path below `docs/`, text."""
FOLDER = Path(settings.PACKAGE).parents[1] / "docs"
MARK = "<!-- 由 make docs 生成 · written by make docs -->\n"


def all_pages() -> Iterator[Page]:
    """Every generated page with its text."""
    for write in WRITERS:
        for path, text in write():
            yield path, MARK + text


def reactions() -> Iterator[Page]:
    """Which fact is answered by whom."""
    lines = [
        "# 事实与响应 · Facts and reactions",
        "",
        "A lower storey records a fact; a higher one answers it in the same transaction.",
        "",
        "| fact | answered by |",
        "|---|---|",
    ]
    for event, pairs in groupby(reaction_table(), key=lambda pair: pair[0]):
        names = "<br>".join(f"`{name.removeprefix('shouwen.')}`" for _event, name in pairs)
        lines.append(f"| {'any fact' if event == ANY else f'`{event}`'} | {names} |")
    yield "reactions.md", "\n".join(lines) + "\n"


WRITERS: list[Callable[[], Iterator[Page]]] = [reactions]


def stale() -> list[str]:
    """Pages whose file says something else, or that are missing."""
    return [path for path, text in all_pages() if _read(FOLDER / path) != text]


def write() -> list[str]:
    """Write what is stale; returns the paths."""
    changed = []
    for path, text in all_pages():
        target = FOLDER / path
        if _read(target) != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
