"""`shouwen clause_docs`: write docs/clauses, or check that they are up to date."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from shouwen.regulations import pages


class Command(BaseCommand):
    """The pages are generated; what is wrong in them is wrong in the YAML or in the code."""

    help = "Write docs/clauses from the regulations; --check fails when they are not up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and whether only to look."""
        folder = settings.PACKAGE.parent.parent / "docs" / "clauses"
        parser.add_argument("--check", action="store_true", help="exit 1 when a page is stale")
        parser.add_argument("--to", type=Path, default=folder, help="another folder")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or check."""
        if options["check"]:
            if old := pages.stale(options["to"]):
                raise CommandError(f"not up to date, run `shouwen clause_docs`: {', '.join(old)}")
            self.stdout.write("the clause pages are up to date")
            return
        for name in pages.write(options["to"]):
            self.stdout.write(f"wrote {name}")
