"""Start the demo anew. The journal cannot be emptied, so the whole database goes."""

import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from shouwen.doors.demo import staff
from shouwen.ground.foundation.refusal import N_, Reason
from shouwen.ground.org.models import Person, Unit

from . import worker
from .everyday import ANCHOR
from .preparing import tables_are_behind

FOLDERS = ("attachments", "mail", "imports")
"""What we keep in the folder of files: it may be one of the operator's, with more in it."""


def why_not_empty(now: datetime) -> list[Reason]:
    """Never real data, and never under the feet of a running server."""
    reasons = []
    if not settings.DEMO:
        reasons.append(Reason(N_("只有演示才能清空；设 SHOUWEN_DEMO=1")))
    if tables_are_behind():
        return reasons
    if Person.objects.exists() and not Unit.objects.filter(code=staff.FACTORY).exists():
        reasons.append(Reason(N_("库里的不是演示公司")))
    if worker.alive(now):
        reasons.append(Reason(N_("还有工作进程在运行；先结束 shouwen serve，一分钟后再试")))
    return reasons


def empty() -> None:
    """Drop everything and lay the tables anew."""
    if connection.vendor == "sqlite":
        connection.close()
        path = Path(str(connection.settings_dict["NAME"]))
        for end in ("", "-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        connection.close()
    kept = settings.STORAGES["default"]["OPTIONS"]
    if "bucket_name" not in kept:  # what lies in a bucket without a row is found by nobody
        for ours in FOLDERS:
            shutil.rmtree(Path(kept["location"]) / ours, ignore_errors=True)
    ANCHOR.unlink(missing_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
