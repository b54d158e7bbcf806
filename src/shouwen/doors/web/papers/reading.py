"""What a paper says, section by section, for any page that shows one."""

from dataclasses import dataclass

from shouwen.engines.documents import presentation
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.definitions import SectionDef
from shouwen.engines.documents.models import Sheet, Signature
from shouwen.engines.documents.names import names_on


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
