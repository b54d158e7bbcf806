"""`shouwen docs`: write the documents that come from the code, or check them."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from shouwen.doors.jobs import pages


class Command(BaseCommand):
    """For developers, in a checkout."""

    help = "Write the generated documents; --check fails when one is stale."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Write, or only look."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Name every page that was stale; the pages of the clauses come from the regulations."""
        words = [f"--to={pages.FOLDER / 'clauses'}", *(["--check"] if options["check"] else [])]
        call_command("clause_docs", *words, stdout=self.stdout)
        found = pages.stale() if options["check"] else pages.write()
        for path in found:
            self.stdout.write(f"docs/{path}")
        if options["check"] and found:
            raise CommandError("stale; run make docs")
