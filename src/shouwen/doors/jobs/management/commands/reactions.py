"""`shouwen reactions`: which fact is answered by whom, for people who change either."""

from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand

from shouwen.ground.journal.actions import reaction_table


class Command(BaseCommand):
    """The whole table: fact, then every reaction in the order of their names."""

    help = "Print the table of facts and the reactions to them."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """`*` is any fact."""
        for event, pairs in groupby(reaction_table(), key=lambda pair: pair[0]):
            self.stdout.write(event)
            for _event, reaction in pairs:
                self.stdout.write(f"    {reaction.removeprefix('shouwen.')}")
