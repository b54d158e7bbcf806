"""A sheet as its paper."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from shouwen.engines.documents import queries
from shouwen.engines.documents.conditions import Data
from shouwen.engines.documents.definitions import FormDef, SectionDef
from shouwen.engines.documents.matters import stand_in
from shouwen.engines.documents.models import Copy, Sheet, Signature
from shouwen.engines.documents.names import Names, names_on
from shouwen.engines.documents.presentation import Block, Table, blocks, on_paper, rows
from shouwen.ground.foundation import clock, words
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org.models import Person

from . import marks
from .compiling import compiled

NUMERALS = "零一二三四五六七八九十"


@one_act
def pdf(
    sheet: Sheet,
    *,
    copy: Copy | int | None = None,
    by: Person | None,
    at: datetime | None = None,
    all_copies: bool = False,
) -> bytes:
    """The paper as PDF: without its copies, as one of them, or all copies one after the other.

    A copy does not exist before the paper is issued (R4-47). Every print is kept in the log.
    """
    at = at or clock.now()
    sheet = queries.with_content(Sheet.objects.filter(pk=sheet.pk)).get()
    asked = _copies(sheet, copy, all_copies)
    data = paper_data(sheet, asked, by=by, at=at)
    paper = compiled("paper", data)
    assert sheet.matter_id is not None
    marks.log(
        paper, "paper", f"{sheet.title} {sheet.label}", event="sheet.printed", subject=sheet,
        matter=stand_in(sheet.matter_kind, sheet.matter_id), by=by, at=at, sheet=sheet,
        copy=asked[0] if len(asked) == 1 else None,
    )  # fmt: skip
    return paper


def paper_data(
    sheet: Sheet, copies: list[Copy], *, by: Person | None, at: datetime
) -> dict[str, Any]:
    """Everything that stands on the paper, as the template takes it."""
    form, sections = sheet.definition, queries.data_of(sheet)
    signatures = queries.signatures_of(sheet)
    names = names_on(sections, form.sections, sheet.division_id)
    printed = marks.printed(by, at)
    return {
        "lang": words.language(),
        "words": marks.spoken(),
        "title": str(form.title),
        "number": sheet.label,
        "number-label": gettext(N_("编号")),
        "above": _above(sheet, form),
        "qr": marks.qr(sheet),
        "internal": marks.INTERNAL if form.internal else "",
        "mark": printed if form.internal else "",
        "struck": gettext(N_("作废")) if sheet.state == Sheet.State.VOID else "",
        "printed": printed,
        "form-mark": f"{form.clause} · {sheet.form} · {sheet.regulation}/{sheet.edition}",
        "copies": [copy_name(copy) for copy in copies] or [_plain_foot(sheet)],
        "sections": [
            _section(section, sections, signatures.get(section.key), names)
            for section in form.sections
        ],
        "places": [
            {"title": str(place.title), "signed": marks.signed(signatures.get(place.key))}
            for place in form.signatures
        ],
        **marks.company(sheet.division),
    }


def copy_name(copy: Copy) -> str:
    """`第三联 业务部依批示办理`, or `Copy 3 · Sales, to act on`."""
    if words.language() == "en":
        return f"Copy {copy.no} · {copy.title}"
    numeral = NUMERALS[copy.no] if copy.no <= 10 else str(copy.no)
    return f"第{numeral}联 {copy.title}"


def _copies(sheet: Sheet, copy: Copy | int | None, all_copies: bool) -> list[Copy]:
    if copy is None and not all_copies:
        return []
    out = list(sheet.copies.all())
    wanted = out if all_copies else [one for one in out if one.no == getattr(copy, "no", copy)]
    if wanted:
        return wanted
    form = sheet.definition
    raise refuse(
        N_("“%(title)s”发出之前没有各联可印"),
        form.copies_clause or form.clause,
        instead=N_("可先打印不分联的单据"),
        title=sheet.title,
    )


def _above(sheet: Sheet, form: FormDef) -> list[tuple[str, str]]:
    """The line between title and form: when it was begun, issued, for which paper it is renewed."""
    pairs = [(gettext(N_("填表")), on_paper(clock.day_of(sheet.created_at)))]
    if sheet.numbered_at and form.series and form.series.when == "accept":
        pairs.append((gettext(N_("受理")), on_paper(clock.day_of(sheet.numbered_at))))
    if sheet.issued_at:
        pairs.append((gettext(N_("发出")), on_paper(clock.day_of(sheet.issued_at))))
    if sheet.origin:
        pairs.append((gettext(N_("原表")), sheet.origin.label))
    return pairs


def _plain_foot(sheet: Sheet) -> str:
    return str(Sheet.State(sheet.state).label)


def _section(
    section: SectionDef, sections: Mapping[str, Data], signature: Signature | None, names: Names
) -> dict[str, Any]:
    """A section with its seal; one nobody has touched is a single line."""
    data = sections.get(section.key, {})
    lines = rows(blocks(section, data, names)) if data else []
    return {
        "title": str(section.title),
        "lines": [[_block(block) for block in line] for line in lines],
        "signed": marks.signed(signature),
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Table):
        return {
            "is": "table",
            "label": block.label,
            "columns": [
                {
                    "label": column.label,
                    "figure": column.is_figure,
                    "weight": marks.weight([column.label, *(row[place] for row in block.rows)]),
                }
                for place, column in enumerate(block.columns)
            ],
            "rows": block.rows,
            "total": _total(block),
        }
    return {"is": type(block).__name__.lower(), **asdict(block)}


def _total(table: Table) -> list[str]:
    """The row below a table, headed `合计` in its first free cell."""
    totals = [column.total for column in table.columns]
    if not any(totals):
        return []
    free = totals.index("") if "" in totals else None
    if free is not None:
        totals[free] = gettext(N_("合计"))
    return totals
