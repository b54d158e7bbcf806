"""`shouwen tick`: take every sweep once, for cron or to look at what they do."""

import logging
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from shouwen.doors.jobs.speaking import OperatorCommand
from shouwen.doors.jobs.sweeps import registered
from shouwen.ground.foundation import clock

log = logging.getLogger(__name__)


class Command(OperatorCommand):
    """Each sweep once; one that fails does not keep the others from running."""

    help = "Take every sweep once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Some of them only."""
        parser.add_argument("sweeps", nargs="*", help="names; all when none is given")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say of each what it did."""
        known = {one.name: one for one in registered()}
        names = options["sweeps"] or list(known)
        if unknown := [name for name in names if name not in known]:
            raise CommandError(_("没有这项工作：%(names)s") % {"names": ", ".join(unknown)})
        failed = []
        for name in names:
            try:
                self.stdout.write(f"{name:24} {known[name].look(clock.now())}")
            except Exception as error:
                log.exception("sweep %s failed", name)
                self.stdout.write(f"{name:24} {type(error).__name__}: {error}")
                failed.append(name)
        if failed:
            raise CommandError(_("未能完成：%(names)s") % {"names": ", ".join(failed)})
