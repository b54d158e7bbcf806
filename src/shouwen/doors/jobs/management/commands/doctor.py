"""`shouwen doctor`: what is configured, reachable, behind or unsafe."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from shouwen.doors.jobs import doctor
from shouwen.doors.jobs.finding import BAD, GOOD, WEAK, Finding
from shouwen.doors.jobs.speaking import OperatorCommand
from shouwen.ground.foundation import clock

SIGNS = {GOOD: "✓", WEAK: "!", BAD: "✗"}


class Command(OperatorCommand):
    """Exit code 1 when something is bad; weak points alone do not fail it."""

    help = "Say what is configured, reachable, behind or unsafe."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """For people, or for a machine that watches."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a finding, and what to do under it."""
        found = list(doctor.examine(clock.now()))
        if options["json"]:
            lines = [asdict(one) | {"text": self._text(one)} for one in found]
            self.stdout.write(json.dumps(lines, ensure_ascii=False, indent=1, default=str))
        else:
            for one in found:
                self._say(one)
        bad = sum(one.level == BAD for one in found)
        if bad:
            raise CommandError(_("%(count)s 处要马上处理") % {"count": bad})

    def _say(self, one: Finding) -> None:
        style = {BAD: self.style.ERROR, WEAK: self.style.WARNING}.get(one.level, str)
        self.stdout.write(style(f"{SIGNS[one.level]} {self._text(one)}"))
        if one.instead:
            self.stdout.write(f"  → {_(one.instead)}")

    def _text(self, one: Finding) -> str:
        text = _(one.what)
        return text % one.facts if one.facts else text
