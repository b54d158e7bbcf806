"""A table with a title: registers, statistics, lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from shouwen.engines.documents.models import Signature
from shouwen.ground.foundation import clock, words
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.org.models import Person, Unit

from . import marks
from .compiling import compiled

PORTRAIT = 6
"""Up to so many columns stand upright."""


@dataclass(frozen=True)
class ReportColumn:
    """One column; figures stand to the right."""

    label: str
    figure: bool = False


@one_act
def report(
    title: str,
    columns: Sequence[ReportColumn],
    rows: Sequence[Sequence[str]],
    *,
    division: Unit,
    matter: models.Model,
    by: Person | None,
    at: datetime | None = None,
    subtitle: str = "",
    above: Sequence[tuple[str, str]] = (),
    total: Sequence[str] = (),
    notes: Sequence[str] = (),
    signatures: Sequence[tuple[str, Signature | marks.Sealed | None]] = (),
    internal: bool = True,
) -> bytes:
    """The table as PDF; `signatures` are titles with who has signed. Its print is kept."""
    at = at or clock.now()
    if wrong := [row for row in (*rows, *([total] if total else [])) if len(row) != len(columns)]:
        raise ValueError(f"a row of {len(wrong[0])} under {len(columns)} columns")
    printed = marks.printed(by, at)
    data = {
        "lang": words.language(),
        "words": marks.spoken(),
        "title": title,
        "subtitle": subtitle,
        "above": list(above),
        "columns": _weighed(columns, rows),
        "rows": [list(map(str, row)) for row in rows],
        "total": list(map(str, total)),
        "notes": list(notes),
        "places": [
            {"title": place, "signed": marks.signed(signature)} for place, signature in signatures
        ],
        "flipped": len(columns) > PORTRAIT,
        "size": 8 if len(columns) > PORTRAIT else 8.5,
        "internal": marks.INTERNAL if internal else "",
        "printed": printed,
        **marks.company(division),
    }
    paper = compiled("report", data)
    marks.log(
        paper, "report", title, event="report.printed", subject=matter, matter=matter, by=by, at=at
    )
    return paper


def _weighed(
    columns: Sequence[ReportColumn], rows: Sequence[Sequence[str]]
) -> list[dict[str, object]]:
    """The columns with how much room each wants."""
    return [
        {
            "label": column.label,
            "figure": column.figure,
            "weight": marks.weight([column.label, *(str(row[place]) for row in rows)]),
        }
        for place, column in enumerate(columns)
    ]
