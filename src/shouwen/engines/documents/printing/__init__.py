"""Paper: forms with their seals and copies, letters, questions to customers, tables with a title.

The product says what stands on the paper; how it looks is in `typst/`. Data goes there as JSON and
is set as text, so nothing anybody typed is ever markup.
"""

from .inquiries import Addressee, Inquiry, inquiry
from .letters import letter
from .marks import Sealed
from .papers import pdf
from .reports import ReportColumn, report

__all__ = [
    "Addressee",
    "Inquiry",
    "ReportColumn",
    "Sealed",
    "inquiry",
    "letter",
    "pdf",
    "report",
]
