"""`shouwen demo`: a company that does not exist, to try everything with."""

import io
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from shouwen.doors.demo import whole
from shouwen.doors.jobs import emptying
from shouwen.doors.jobs.speaking import OperatorCommand
from shouwen.ground.foundation import clock


class Command(OperatorCommand):
    """Made by the verbs themselves, up to this moment."""

    help = "Build the demo company; --reset throws an older one away first."

    def add_arguments(self, parser: CommandParser) -> None:
        """Go on with what stands, or begin anew."""
        parser.add_argument("--reset", action="store_true", help="empty the database first")

    def handle(self, *args: Any, **options: Any) -> None:
        """Chapter by chapter."""
        now = clock.now()
        if options["reset"]:
            if reasons := emptying.why_not_empty(now):
                raise CommandError("\n".join(_(reason.message) for reason in reasons))
            emptying.empty()
            call_command("load", stdout=io.StringIO())
        began = time.monotonic()
        for chapter in whole.build(now):
            self.stdout.write(f"{_(chapter)}  {time.monotonic() - began:.1f} s")
            began = time.monotonic()
