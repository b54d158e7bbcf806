"""What a paper says, section by section, for any page that shows one."""

from dataclasses import dataclass
from typing import Any

from shouwen.engines.documents import presentation, rules
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.definitions import SectionDef
from shouwen.engines.documents.models import Sheet, Signature
from shouwen.engines.documents.names import names_on
from shouwen.ground.foundation import clock


@dataclass(frozen=True)
class Written:
    """One section that somebody wrote in or signed."""

    definition: SectionDef
    rows: list[list[presentation.Block]]
    signature: Signature | None


def written_on(sheet: Sheet) -> list[Written]:
    """The sections of a paper that hold anything, in its order; give it with its content."""
    names = names_on(papers.data_of(sheet), sheet.definition.sections, sheet.division_id)
    signatures = papers.signatures_of(sheet)
    parts = {part.key: part for part in sheet.sections.all()}
    return [
        Written(
            one,
            presentation.rows(presentation.blocks(one, parts[one.key].data, names)),
            signatures.get(one.key),
        )
        for one in sheet.definition.sections
        if parts[one.key].data or parts[one.key].signed_at
    ]


def as_paper(section: SectionDef, typed: dict[str, Any], sheet: Sheet) -> Any:
    """What was typed for a section and not taken, to be read and copied."""
    clean, _reasons = rules.clean(section, typed, now=clock.now())
    names = names_on({section.key: clean}, [section], sheet.division_id)
    return presentation.rows(presentation.blocks(section, clean, names))
