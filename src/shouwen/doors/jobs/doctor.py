"""What is configured, reachable, behind or unsafe: one finding a line, with what to do about it."""

import ipaddress
import os
import shutil
import smtplib
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection

from shouwen.engines.notices.models import Mail
from shouwen.engines.search.models import SearchWaiting
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.journal import anchor, chain
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org import values
from shouwen.ground.org.calendars import calendar_warning
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.loading import altered
from shouwen.work.mail import queries as letters
from shouwen.work.mail.coming import fetching
from shouwen.work.mail.models import Mailbox

from . import worker
from .everyday import ANCHOR
from .finding import BAD, GOOD, WEAK, Checkup, Finding
from .nodes import findings
from .preparing import tables_are_behind

BEHIND = timedelta(minutes=2)
LITTLE_ROOM, NO_ROOM = 2_000_000_000, 300_000_000
"""Bytes free on the disk of the files."""


def examine(now: datetime) -> Iterator[Finding]:
    """Every finding; what cannot be looked at is itself one."""
    for checkup in CHECKUPS:
        try:
            yield from checkup(now)
        except DatabaseError as error:
            facts = {"name": checkup.__name__, "error": str(error).strip()}
            yield Finding(BAD, N_("查不了“%(name)s”：%(error)s"), facts)


def database(now: datetime) -> Iterator[Finding]:
    """Reachable, of this version, not ahead of this machine's clock."""
    shown = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    connection.ensure_connection()
    yield Finding(GOOD, N_("数据库 %(name)s 可用"), {"name": shown})
    if tables_are_behind():
        yield Finding(BAD, N_("数据表还不是这一版的"), instead=N_("运行 shouwen prepare"))
    newest = Entry.objects.order_by("-id").first()
    if newest and newest.at > now + BEHIND:
        facts = {"at": newest.at.isoformat(timespec="minutes")}
        yield Finding(
            BAD, N_("最新的记录在 %(at)s，晚于本机时间"), facts, N_("校准本机时钟")
        )  # fmt: skip


def safety(now: datetime) -> Iterator[Finding]:
    """What may be right on a desk and is wrong on a network."""
    hosts = [*settings.ALLOWED_HOSTS, urlsplit(settings.BASE_URL).hostname or ""]
    reachable = sorted({host for host in hosts if not _is_local(host)})
    facts = {"hosts": ", ".join(reachable)}
    if settings.DEBUG:
        yield Finding(BAD, N_("调试模式开着，出错页会泄露数据"), instead=N_("去掉 SHOUWEN_DEBUG"))
    if settings.DEMO and reachable:
        what = N_("演示登录开着，而本站可从 %(hosts)s 访问：任何人都能登录")
        yield Finding(BAD, what, facts, N_("去掉 SHOUWEN_DEMO"))
    if reachable and not settings.BASE_URL.startswith("https://"):
        what = N_("本站可从 %(hosts)s 访问，却没有用 https")
        yield Finding(WEAK, what, facts, N_("把 BASE_URL 设为 https 地址，前面放一个反向代理"))


def _is_local(host: str) -> bool:
    name = host.strip("[]")
    if name in ("localhost", "testserver", ""):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def mail(now: datetime) -> Iterator[Finding]:
    """Whether letters leave."""
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        what = N_("没有邮件服务器，通知只在系统内可见")
        yield Finding(WEAK, what, instead=N_("设 EMAIL_URL=smtp://用户:密码@主机:25"))
        return
    facts: dict[str, Any] = {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT}
    server = get_connection(timeout=5)
    try:
        server.open()
        yield Finding(GOOD, N_("邮件服务器 %(host)s 可用"), facts)
    except (OSError, smtplib.SMTPException) as error:
        facts["error"] = str(error)
        yield Finding(BAD, N_("连不上邮件服务器 %(host)s:%(port)s：%(error)s"), facts)
    finally:
        server.close()
    waiting = Mail.objects.filter(sent_at__isnull=True, given_up_at__isnull=True)
    if count := waiting.filter(after__lt=now - timedelta(minutes=30)).count():
        yield Finding(WEAK, N_("%(count)s 封信等了半小时以上"), {"count": count})
    if count := Mail.objects.filter(given_up_at__gte=now - timedelta(days=7)).count():
        yield Finding(WEAK, N_("近七天有 %(count)s 封信没能寄出"), {"count": count})


def mailboxes(now: datetime) -> Iterator[Finding]:
    """Whether customers' letters can be fetched, and whether some wait to be looked at."""
    for box in Mailbox.objects.filter(active=True).order_by("id"):
        facts: dict[str, Any] = {"box": box.address}
        if fetching.is_pretended(box):
            what, instead = N_("演示邮箱 %(box)s 没有收信服务器"), N_("设 MAILBOX_ 环境变量")
            yield Finding(WEAK, what, facts, instead)
        elif fault := fetching.fault_of(box):
            what = N_("收不到邮箱 %(box)s 的来信：%(error)s")
            instead = N_("核对 MAILBOX_ 环境变量、密码和收信服务器")
            yield Finding(BAD, what, facts | {"error": fault}, instead)
        else:
            yield Finding(GOOD, N_("邮箱 %(box)s 可收信"), facts)
    if count := letters.quarantined().count():
        what = N_("%(count)s 封来信在隔离中")
        yield Finding(WEAK, what, {"count": count}, N_("在“邮件”中重试、登记或弃置"))
    late = letters.given_up_since(now - timedelta(days=7)).count()
    if late:
        yield Finding(WEAK, N_("近七天有 %(count)s 封给客户的信没有送达"), {"count": late})


def files(now: datetime) -> Iterator[Finding]:
    """Whether a file can be kept, and for how long there is room."""
    kept = settings.STORAGES["default"]
    if not kept["BACKEND"].endswith("FileSystemStorage"):  # a bucket: nodes/findings.py
        return
    folder = Path(kept["OPTIONS"]["location"])
    facts: dict[str, Any] = {"folder": str(folder)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(b"x")
    except OSError as error:
        yield Finding(
            BAD, N_("附件夹 %(folder)s 写不进去：%(error)s"), facts | {"error": str(error)}
        )
        return
    free = shutil.disk_usage(folder).free
    facts["free"] = f"{free / 1e9:.1f} GB"
    level = BAD if free < NO_ROOM else WEAK if free < LITTLE_ROOM else GOOD
    yield Finding(level, N_("附件夹 %(folder)s 可写，磁盘还剩 %(free)s"), facts)
    key = Path(settings.HOME) / "secret.key"
    if key.exists() and os.name == "posix" and key.stat().st_mode & 0o077:
        what, path = N_("密钥文件 %(path)s 别人也能读"), str(key)
        yield Finding(BAD, what, {"path": path}, N_("chmod 600"))


def workers(now: datetime) -> Iterator[Finding]:
    """Somebody has to take the sweeps, and each of them has to succeed."""
    alive = worker.alive(now)
    if not alive:
        what = N_("没有工作进程：到期、通知、搜索都停着")
        yield Finding(BAD, what, instead=N_("运行 shouwen work 或 shouwen serve"))
        return
    names = ", ".join(one.name for one in alive)
    yield Finding(GOOD, N_("工作进程 %(names)s"), {"names": names})
    for one in alive:
        for name, last in one.sweeps.items():
            if last["failures"]:
                what = N_("“%(name)s”连续失败 %(failures)s 次：%(error)s")
                yield Finding(BAD, what, {"name": name, **last})


def journal(now: datetime) -> Iterator[Finding]:
    """The chain keeps up, and its end is the one that was noted."""
    if count := chain.count_waiting(before=now - BEHIND, look_back=chain.LOOK_BACK):
        yield Finding(BAD, N_("%(count)s 条记录还未封存"), {"count": count})
    noted = anchor.read(ANCHOR)
    if noted and not anchor.holds(noted):
        what = N_("日志链已没有第 %(number)s 环：链尾被截去、改写，或数据库换成了旧备份")
        instead = N_("查明后运行 shouwen journal anchor --accept")
        yield Finding(BAD, what, {"number": noted.number}, instead)
    elif noted:
        yield Finding(GOOD, N_("日志链记到第 %(number)s 环"), {"number": noted.number})


def search(now: datetime) -> Iterator[Finding]:
    """The index keeps up."""
    ready = SearchWaiting.objects.filter(not_before__isnull=True).count()
    if ready > 10_000:
        yield Finding(WEAK, N_("%(count)s 条改动还没进搜索"), {"count": ready})
    if broken := SearchWaiting.objects.filter(attempts__gte=3).count():
        yield Finding(WEAK, N_("%(count)s 条记录编不进搜索，详见日志"), {"count": broken})


def regulations(now: datetime) -> Iterator[Finding]:
    """Published as the folders say, and unchanged since."""
    heads = policy.regulations(clock.day_of(now))
    if not heads:
        yield Finding(BAD, N_("没有生效的制度"), instead=N_("运行 shouwen load"))
        return
    yield Finding(GOOD, N_("生效的制度 %(count)s 部"), {"count": len(heads)})
    for edition in altered():
        what = N_("已发布的 %(code)s 第 %(number)s 版在数据库里被改动")
        yield Finding(BAD, what, {"code": edition.regulation.code, "number": edition.number})


def calendar(now: datetime) -> Iterator[Finding]:
    """The public holidays of this year, and in December of the next one."""
    if warning := calendar_warning(now):
        yield Finding(WEAK, warning.message, warning.facts, warning.instead)


def company_values(now: datetime) -> Iterator[Finding]:
    """What the regulations leave to the company and it has not said."""
    day = clock.day_of(now)
    for division in org.divisions(day):
        missing = [
            spec.key
            for adoption in org.adoptions(division)
            if org.adopted(division, adoption.regulation, day)
            for spec in policy.value_specs(adoption.regulation, day)
            if values.find(spec.key, division, day) is None
        ]
        if missing:
            facts = {"division": division.name, "count": len(missing), "keys": ", ".join(missing)}
            what = N_("%(division)s 有 %(count)s 个公司规定值未设：%(keys)s")
            yield Finding(WEAK, what, facts, N_("在“设置 · 公司规定值”中设定"))


CHECKUPS: list[Checkup] = [
    database, safety, mail, mailboxes, files, workers, journal, search, regulations, calendar,
    company_values, findings.broker, findings.replica, findings.store, findings.agreement,
]  # fmt: skip
