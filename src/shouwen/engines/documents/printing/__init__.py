"""Paper: forms with their seals and copies, letters to customers, tables with a title.

The product says what stands on the paper; how it looks is in `typst/`. Data goes there as JSON and
is set as text, so nothing anybody typed is ever markup.
"""

from .letters import letter
from .marks import Sealed
from .papers import pdf
from .reports import ReportColumn, report

__all__ = ["ReportColumn", "Sealed", "letter", "pdf", "report"]
