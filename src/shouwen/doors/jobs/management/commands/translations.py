"""`shouwen translations`: compile the catalogues, or check or complete them."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from shouwen.doors.jobs import messages
from shouwen.doors.jobs.catalogues import compile_all


class Command(BaseCommand):
    """Chinese is the message id, English a catalogue; no gettext is needed."""

    help = "Compile the catalogues; --check finds missing English, --update adds empty entries."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Which apps, and what to do."""
        parser.add_argument("apps", nargs="*", help="app labels; all when none is named")
        parser.add_argument("--check", action="store_true", help="exit 1 when English is missing")
        parser.add_argument("--update", action="store_true", help="write missing ids into the .po")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one of the three."""
        everything = messages.homes()
        chosen = [home for home in everything if home.label in options["apps"]] or everything
        if unknown := set(options["apps"]) - {home.label for home in everything}:
            raise CommandError(f"no such app: {', '.join(sorted(unknown))}")
        if options["update"]:
            self._update(chosen, everything)
        elif options["check"]:
            self._check(chosen, everything)
        else:
            for path in compile_all(settings.PACKAGE):
                self.stdout.write(f"compiled {path.relative_to(settings.PACKAGE)}")

    def _update(self, chosen: list[messages.Home], everything: list[messages.Home]) -> None:
        for home in chosen:
            added, dropped = messages.update(home, everything)
            if added or dropped:
                self.stdout.write(f"{home.label}: {added} added, {dropped} dropped")

    def _check(self, chosen: list[messages.Home], everything: list[messages.Home]) -> None:
        found = [fault for home in chosen for fault in messages.faults(home, everything)]
        for fault in found:
            self.stdout.write(fault)
        if found:
            raise CommandError(f"{len(found)} faults; `shouwen translations --update` adds ids")
        self.stdout.write(f"every message of {len(chosen)} apps has its English")
