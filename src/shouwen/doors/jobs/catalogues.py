"""Compile catalogues with babel, so that no machine needs gettext.

The build hook runs this file by its path before anything is installed: it may import babel alone.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def stale(root: Path) -> list[Path]:
    """Every `.po` that is newer than the `.mo` beside it."""
    return [
        source
        for source in sorted(root.rglob("locale/*/LC_MESSAGES/*.po"))
        if not (target := source.with_suffix(".mo")).exists()
        or target.stat().st_mtime < source.stat().st_mtime
    ]


def compile_all(root: Path) -> list[Path]:
    """Write the `.mo` of every stale `.po`; returns those written."""
    return [_compile(source) for source in stale(root)]


def _compile(source: Path) -> Path:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    target = source.with_suffix(".mo")
    # Written apart and renamed: a page that loads it meanwhile finds the old or the new one.
    part = target.with_suffix(".mo.part")
    with part.open("wb") as file:
        write_mo(file, catalogue)
    part.replace(target)
    return target
