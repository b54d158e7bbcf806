"""`shouwen coverage`: per regulation, what has an owner, a passing scenario, and evidence here."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from shouwen.regulations import coverage

HEAD = ("", "clauses", "running", "owner", "scenario", "evidence", "")


class Command(BaseCommand):
    """Scenarios play in a throw-away database in memory; evidence is counted in this one."""

    help = "Per regulation: clauses, with an owner, with a passing scenario, with evidence here."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--play` is what the command asks of itself in the throw-away database."""
        parser.add_argument("--json", action="store_true", help="for machines")
        parser.add_argument("--no-run", action="store_true", help="do not play the scenarios")
        parser.add_argument("--play", action="store_true", help=_hidden())

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the table; fails when a scenario fell."""
        if options["play"]:
            self.stdout.write(json.dumps(_play()))
            return
        played = None if options["no_run"] else _play_elsewhere()
        rows = coverage.rows(None if played is None else set(played["shown"]))
        fallen = played["fallen"] if played else []
        if options["json"]:
            told = {"regulations": [asdict(row) for row in rows], "fallen": fallen}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            self._tell(rows)
        for problem in fallen:
            self.stderr.write(problem)
        if fallen:
            raise CommandError(f"{len(fallen)} scenarios fell")

    def _tell(self, rows: list[coverage.Row]) -> None:
        self.stdout.write("{:>5} {:>8} {:>8} {:>8} {:>9} {:>9}  {}".format(*HEAD))
        for row in rows:
            shown = "-" if row.shown is None else row.shown
            self.stdout.write(
                f"{row.code:>5} {row.clauses:>8} {row.running:>8} {row.owned:>8} {shown:>9} "
                f"{row.evidenced:>9}  {row.title_zh} · {row.title_en}"
            )
        self.stdout.write(f"{'':>5} {sum(row.clauses for row in rows):>8}")


def _hidden() -> str:
    return "(inner) play in the database at hand, print the outcome"


def _play() -> dict[str, list[str]]:
    """Play in the open database, which is empty, and tell the outcome."""
    call_command("migrate", verbosity=0)
    call_command("load", stdout=open(os.devnull, "w"))  # noqa: SIM115 - for one short call
    outcomes = coverage.play_all()
    return {
        "shown": sorted(coverage.shown_by(outcomes)),
        "fallen": [f"{one.scenario}: {one.problem}" for one in outcomes if not one.passed],
    }


def _play_elsewhere() -> dict[str, list[str]]:
    """The same command in a process of its own, over a database that lives in memory only."""
    with tempfile.TemporaryDirectory(prefix="shouwen-coverage-") as home:
        here = {**os.environ, "DATABASE_URL": "sqlite:///:memory:", "SHOUWEN_HOME": home}
        done = subprocess.run(
            [sys.executable, "-m", "shouwen", "coverage", "--play"],
            env=here,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise CommandError(f"the scenarios could not be played:\n{done.stderr.strip()}")
    return dict(json.loads(done.stdout.splitlines()[-1]))
