"""`shouwen health`: the same answers as the health addresses, where no web server runs."""

import json
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from shouwen.doors.jobs.nodes import health
from shouwen.doors.jobs.speaking import OperatorCommand
from shouwen.ground.foundation import clock


class Command(OperatorCommand):
    """Exit code 1 when it is not well; for containers and monitors."""

    help = "Say whether this node can serve, whether work is done, or whether its worker lives."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One of three questions."""
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--work", action="store_true", help="is what waits worked off at all")
        which.add_argument("--worker", action="store_true", help="does a worker of this host live")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was found as JSON."""
        if options["work"]:
            state = health.working(clock.now())
        elif options["worker"]:
            state = health.worker_here(clock.now())
        else:
            state = health.ready()
        self.stdout.write(json.dumps({"ok": state.ok, **state.found}))
        if not state.ok:
            raise CommandError(_("这个节点现在不正常"))
