"""What `doctor` looks at where several machines run one installation."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError

from shouwen.doors.jobs import worker
from shouwen.doors.jobs.finding import BAD, GOOD, WEAK, Finding
from shouwen.doors.jobs.models import newest_beat
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.replica import REPORTS, is_configured

from . import lines


def broker(now: datetime) -> Iterator[Finding]:
    """Whether rows that wait can be announced; without it they are found all the same."""
    if not settings.BROKER_URL:
        return
    facts = {"host": lines.shown(settings.BROKER_URL)}
    try:
        lines.reach(settings.BROKER_URL)
    except Exception as error:
        what = N_("连不上消息代理 %(host)s：%(error)s；工作照常，只是晚一两秒")
        yield Finding(WEAK, what, facts | {"error": str(error)}, N_("核对 BROKER_URL"))
    else:
        yield Finding(GOOD, N_("消息代理 %(host)s 可用"), facts)


def replica(now: datetime) -> Iterator[Finding]:
    """Whether reports can be read beside, and how far behind that is."""
    if not is_configured():
        return
    try:
        beat = newest_beat(REPORTS)
    except DatabaseError as error:
        what = N_("连不上报表副本：%(error)s；报表改读主库")
        yield Finding(WEAK, what, {"error": str(error).strip()}, N_("核对 REPORTS_DATABASE_URL"))
        return
    age = int((now - beat).total_seconds()) if beat else None
    if age is None or age > settings.REPORTS_OLDEST:
        facts = {"seconds": "?" if age is None else age, "most": settings.REPORTS_OLDEST}
        what = N_("报表副本落后 %(seconds)s 秒，超过 %(most)s 秒；报表改读主库")
        yield Finding(WEAK, what, facts, N_("查看复制是否中断，或有没有工作进程"))
    else:
        yield Finding(GOOD, N_("报表副本至多落后 %(seconds)s 秒"), {"seconds": age})


def store(now: datetime) -> Iterator[Finding]:
    """Whether a bucket keeps, gives back and forgets a file."""
    if isinstance(default_storage, FileSystemStorage):
        return
    facts: dict[str, Any] = {"bucket": getattr(default_storage, "bucket_name", "")}
    name = f"doctor/{uuid4().hex}"
    try:
        kept = default_storage.save(name, ContentFile(b"x"))
        with default_storage.open(kept) as trial:
            trial.read()
        default_storage.delete(kept)
    except Exception as error:
        facts["error"] = f"{type(error).__name__}: {error}"
        what = N_("附件存储 %(bucket)s 用不了：%(error)s")
        yield Finding(BAD, what, facts, N_("核对 FILES_URL 与桶的权限"))
    else:
        yield Finding(GOOD, N_("附件存储 %(bucket)s 可用"), facts)


def agreement(now: datetime) -> Iterator[Finding]:
    """Whether the machines have one key, one version and one place for files."""
    alive = worker.alive(now)
    strange = sorted(one.name for one in alive if one.key and one.key != worker.fingerprint())
    if strange:
        what = N_("密钥与 %(names)s 的不同：登录、链接和签名在各节点间互不相认")
        facts = {"names": ", ".join(strange)}
        yield Finding(BAD, what, facts, N_("各节点设同一个 SECRET_KEY"))
    versions = sorted({one.version for one in alive if one.version})
    if len(versions) > 1:
        what = N_("工作进程有不同的版本：%(versions)s")
        facts = {"versions": ", ".join(versions)}
        yield Finding(WEAK, what, facts, N_("升级完其余节点"))
    hosts = {one.name.rpartition(":")[0] for one in alive}
    if len(hosts) > 1 and isinstance(default_storage, FileSystemStorage):
        what = N_("工作进程在 %(count)s 台机器上，而附件在本机文件夹里")
        yield Finding(WEAK, what, {"count": len(hosts)}, N_("设 FILES_URL，或用共享的文件夹"))
