"""`shouwen why 260301`: the facts, clauses and values behind a case."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from shouwen.doors.jobs import whys
from shouwen.doors.jobs.speaking import OperatorCommand


class Command(OperatorCommand):
    """For whoever has to explain a result, to an auditor or to the customer's lawyer."""

    help = "Print the facts, clauses and values behind a case."

    def add_arguments(self, parser: CommandParser) -> None:
        """By its number, or `D17` before it has one."""
        parser.add_argument("number")

    def handle(self, *args: Any, **options: Any) -> None:
        """Every case of that number: two divisions may number alike."""
        found = whys.find(options["number"])
        if not found:
            raise CommandError(_("没有编号为 %(number)s 的案件") % {"number": options["number"]})
        for case in found:
            self.stdout.write("\n".join(whys.lines(case)) + "\n")
