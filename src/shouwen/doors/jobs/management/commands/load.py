"""`shouwen load`: read the regulations' folders and publish their editions."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from shouwen.ground.journal import actions as journal
from shouwen.ground.policy import loading
from shouwen.ground.policy.reading import Mistakes


class Command(BaseCommand):
    """Publishes what is new, mends remarks, refuses to change what is published."""

    help = "Read the regulations and publish new editions; a published one never changes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--draft` keeps new editions as drafts; `--root` reads other folders."""
        parser.add_argument("--draft", action="store_true", help="keep as drafts")
        parser.add_argument(
            "--root", type=Path, default=loading.ROOT, help="another folder of regulations"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load all or nothing."""
        try:
            with transaction.atomic():
                loaded = loading.load_all(publish=not options["draft"], root=options["root"])
                for one in loaded:
                    if one.state != "unchanged":
                        edition = one.edition
                        journal.record(
                            f"edition.{one.state}",
                            edition,
                            by=None,
                            regulation=edition.regulation.code,
                            number=edition.number,
                            version=edition.version,
                        )
        except Mistakes as error:
            raise CommandError(str(error)) from error
        for one in loaded:
            since = one.edition.since
            self.stdout.write(
                f"{one.edition.regulation.code}/{one.edition.number} {since} {one.state}"
            )
