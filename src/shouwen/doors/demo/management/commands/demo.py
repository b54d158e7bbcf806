"""`shouwen demo`: the demo company, its trade and a year of complaints."""

import io
import time
from datetime import datetime
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from shouwen.doors.demo import company, complaints, months, trade
from shouwen.doors.demo.centre import callbacks, care, learning, surveys, training
from shouwen.doors.demo.centre.contacts import playing
from shouwen.doors.jobs import emptying
from shouwen.doors.jobs.speaking import OperatorCommand
from shouwen.ground.foundation import clock

DOTS = 10


class Command(OperatorCommand):
    """May be run at any time; what stands is not made twice."""

    help = "Make the demo company; --reset empties the database, --all makes the whole year."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--reset`, `--all`, `--limit`."""
        parser.add_argument("--reset", action="store_true")
        parser.add_argument("--all", action="store_true")
        parser.add_argument("--limit", type=int, default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        """Company, trade, complaints of the last weeks; the worker fills in the year."""
        if options["reset"]:
            self._reset()
        now = clock.now()
        firm = self._said(_("组织与规定值"), lambda: company.build(now))
        self._said(_("客户、订单与交运"), lambda: trade.build(firm, now))
        waiting = complaints.missing(firm, now)
        wanted = waiting if options["all"] else complaints.recent_only(waiting, now)
        wanted = wanted[: options["limit"]]
        began = time.monotonic()
        complaints.make(wanted, now, self._progress)
        while options["all"] and months.fill(firm, now):
            pass
        self._said(
            _("服务中心一年的往来"), lambda: playing.make(firm, playing.missing(firm, now), now)
        )
        self._said(_("回访与满意度调查"), lambda: self._asked_after(firm, now))
        self.stdout.write(
            _("客诉 %(made)s 件，用时 %(seconds).0f 秒；其余 %(left)s 件由工作进程在后台补齐")
            % {
                "made": len(wanted),
                "seconds": time.monotonic() - began,
                "left": len(waiting) - len(wanted),
            }
        )

    def _asked_after(self, firm: company.Company, now: datetime) -> None:
        callbacks.make_callbacks(firm, now)
        surveys.make_surveys(firm, now)
        training.make_training(firm, now)
        care.make_care(firm, now)
        learning.make_learning(firm, now)

    def _progress(self, number: int, total: int) -> None:
        if number % DOTS == 0 or number == total:
            self.stdout.write(f"  {number}/{total}")
            self.stdout.flush()

    def _said(self, title: str, do: Any) -> Any:
        began = time.monotonic()
        self.stdout.write(f"{title} …", ending="")
        self.stdout.flush()
        made = do()
        self.stdout.write(f" {time.monotonic() - began:.1f} s")
        return made

    def _reset(self) -> None:
        """Throw away the demo there was; real data, or one that is served, is refused."""
        if reasons := emptying.why_not_empty(clock.now()):
            raise CommandError("\n".join(_(reason.message) for reason in reasons))
        self.stdout.write(_("清空数据库 …"))
        emptying.empty()
        call_command("load", stdout=io.StringIO())
