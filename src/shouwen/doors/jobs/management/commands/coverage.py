"""`shouwen coverage`: per regulation, what has an owner, a passing scenario, and evidence here."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from shouwen.doors.jobs.preparing import tables_are_behind
from shouwen.doors.jobs.speaking import OperatorCommand
from shouwen.regulations import coverage

HEAD = ("", "clauses", "running", "owner", "scenario", "evidence", "")


class Command(OperatorCommand):
    """Scenarios play in a throw-away database in memory; evidence is counted in this one."""

    help = "Per regulation: clauses, with an owner, with a passing scenario, with evidence here."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--play` is what the command asks of itself in the throw-away database."""
        parser.add_argument("--json", action="store_true", help="for machines")
        parser.add_argument("--no-run", action="store_true", help="do not play the scenarios")
        parser.add_argument(
            "--require", metavar="R4", nargs="*", default=[],
            help="fail unless every running clause of these regulations has a passing scenario",
        )  # fmt: skip
        parser.add_argument(
            "--only", metavar="R4-22", nargs="+", default=[], help="play these clauses only"
        )
        parser.add_argument("--play", action="store_true", help=_hidden())

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the table; fails when a scenario fell or one that is required lacks."""
        if options["play"]:
            self.stdout.write(json.dumps(_play(options["only"])))
            return
        if tables_are_behind():
            raise CommandError(_("数据库还不是这一版的；先运行 shouwen prepare"))
        played = None if options["no_run"] else _play_elsewhere(options["only"])
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
            raise CommandError(_("%(count)s 个场景没有演成") % {"count": len(fallen)})
        _require(options["require"], rows)

    def _tell(self, rows: list[coverage.Row]) -> None:
        self.stdout.write("{:>5} {:>8} {:>8} {:>8} {:>9} {:>9}  {}".format(*HEAD))
        for row in rows:
            shown = "-" if row.shown is None else row.shown
            self.stdout.write(
                f"{row.code:>5} {row.clauses:>8} {row.running:>8} {row.owned:>8} {shown:>9} "
                f"{row.evidenced:>9}  {row.title_zh} · {row.title_en}"
            )
        self.stdout.write(f"{'':>5} {sum(row.clauses for row in rows):>8}")
        for row in rows:
            if row.running and row.shown is not None:
                self.stdout.write(_shown(row))


def _shown(row: coverage.Row) -> str:
    """`R4: shown by scenarios 87 of 87 · with evidence in this database 12`."""
    counts = {"code": row.code, "shown": row.shown, "all": row.clauses, "here": row.evidenced}
    said = _("%(code)s：有场景证明 %(shown)s / %(all)s，本库有证据 %(here)s") % counts
    return f"{said}  {' '.join(row.unshown)}".rstrip()


def _require(codes: list[str], rows: list[coverage.Row]) -> None:
    """Every running clause of these regulations is shown by a scenario that was played."""
    known = {row.code: row for row in rows}
    for code in codes:
        if code not in known:
            raise CommandError(_("没有制度 %(code)s") % {"code": code})
        if known[code].shown is None:
            raise CommandError(_("--require 要演场景，不能与 --no-run 同用"))
        if lacking := known[code].unshown:
            facts = {"code": code, "clauses": " ".join(lacking)}
            raise CommandError(_("%(code)s 尚无场景的条款：%(clauses)s") % facts)


def _hidden() -> str:
    return "(inner) play in the database at hand, print the outcome"


def _play(only: list[str]) -> dict[str, list[str]]:
    """Play in the open database, which is empty, and tell the outcome."""
    call_command("migrate", verbosity=0)
    call_command("load", stdout=open(os.devnull, "w"))  # noqa: SIM115 - for one short call
    outcomes = coverage.play_all(only)
    return {
        "shown": sorted(coverage.shown_by(outcomes)),
        "fallen": [f"{one.scenario}: {one.problem}" for one in outcomes if not one.passed],
    }


def _play_elsewhere(only: list[str]) -> dict[str, list[str]]:
    """The same command in a process of its own, over a database that lives in memory only."""
    chosen = ["--only", *only] if only else []
    with tempfile.TemporaryDirectory(prefix="shouwen-coverage-") as home:
        here = {**os.environ, "DATABASE_URL": "sqlite:///:memory:", "SHOUWEN_HOME": home}
        done = subprocess.run(  # noqa: S603 - our own command, in its own words
            [sys.executable, "-m", "shouwen", "coverage", "--play", *chosen],
            env=here,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise CommandError(_("场景演不起来：%(why)s") % {"why": done.stderr.strip()})
    return dict(json.loads(done.stdout.splitlines()[-1]))
