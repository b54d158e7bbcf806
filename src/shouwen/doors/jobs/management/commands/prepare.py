"""`shouwen prepare`: tables, catalogues, regulations, static files, and the demo company."""

import time
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from shouwen.doors.jobs.preparing import Step, one_at_a_time, steps
from shouwen.doors.jobs.speaking import OperatorCommand


class Command(OperatorCommand):
    """May be run at any time; a second run finds nothing to do."""

    help = "Bring the database, the regulations and the static files up to date."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is needed and say so."""
        with one_at_a_time():
            for step in steps():
                if step.is_needed():
                    self._take(step)

    def _take(self, step: Step) -> None:
        began = time.monotonic()
        self.stdout.write(f"{_(step.title)} …", ending="")
        self.stdout.flush()
        problem = step.do()
        self.stdout.write(f" {time.monotonic() - began:.1f} s")
        if problem:
            self.stdout.write(self.style.WARNING(problem))
            if settings.DEMO:
                self.stdout.write(_("演示数据可用 make demo 重建"))
