"""`shouwen work`: one worker process; any number may run."""

import signal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from shouwen.doors.jobs.speaking import OperatorCommand
from shouwen.doors.jobs.sweeps import registered
from shouwen.doors.jobs.worker import Work


class Command(OperatorCommand):
    """Takes every sweep at its interval until it is asked to stop."""

    help = "Run a worker: due matters, letters, the search index, the chain of the journal."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until SIGTERM or Ctrl-C."""
        work = Work(registered(), settings.BROKER_URL)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: work.stop.set())
        self.stdout.write(_("工作进程 %(name)s 已启动") % {"name": work.name})
        work.run()
        self.stdout.write(_("工作进程 %(name)s 已结束") % {"name": work.name})
