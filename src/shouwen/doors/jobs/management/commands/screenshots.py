"""`shouwen screenshots`: pictures of every screen, from the data of this installation."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test.testcases import LiveServerThread, _StaticFilesHandler

from shouwen.doors.jobs import pictures
from shouwen.doors.web.access import room_modules


class Command(BaseCommand):
    """Needs the developer's Playwright and a Chromium; the demo's data make the best pictures."""

    help = "Take the pictures that the documents show, or those of every screen."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which, and where to."""
        parser.add_argument("names", nargs="*", help="only shots whose name begins so")
        parser.add_argument("--folder", default="docs/screenshots", type=Path)
        parser.add_argument("--all", action="store_true", help="every screen in four looks")
        parser.add_argument(
            "--once", action="store_true", help="every screen, wide, light, Chinese"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Start a server of our own on a free port, take the pictures, stop it."""
        shots = self._shots(options["names"], options["once"], options["all"])
        if not shots:
            raise CommandError("no such shots")
        call_command("collectstatic", interactive=False, verbosity=0)
        server = LiveServerThread("127.0.0.1", _StaticFilesHandler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        try:
            base = f"http://127.0.0.1:{server.port}"
            for path in pictures.take(shots, base, options["folder"]):
                self.stdout.write(str(path))
        finally:
            server.terminate()

    def _shots(self, names: list[str], once: bool, everything: bool) -> list[pictures.Shot]:
        every = [shot for module in room_modules("shots") for shot in module.SHOTS]
        wanted = [s for s in every if not names or any(s.name.startswith(n) for n in names)]
        if once:
            return wanted
        looks = pictures.variants if everything else pictures.shown_in_documents
        return [one for shot in wanted for one in looks(shot)]
