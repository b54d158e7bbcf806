"""Fetching letters over IMAP: store each, then tell the server that it was read.

One mailbox that fails does not hold up another, and a fault is said where people see it.
"""

import imaplib
import logging
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import Q

from shouwen.ground.foundation import clock
from shouwen.work.mail.models import Mailbox, RawMail

from .keeping import store

log = logging.getLogger(__name__)
PATIENCE = 20.0
"""Seconds to wait for an answer of the server."""
LONGEST = 120.0
"""Seconds one mailbox is fetched at most before the next has its turn."""
LEASE = timedelta(minutes=5)
PIECE = 1024 * 1024
"""Bytes that are asked for at a time: a letter of any size needs no more memory than that."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
FAULTS = (OSError, imaplib.IMAP4.error, ssl.SSLError, ValueError)


class NotConfigured(ValueError):  # noqa: N818 - reads as what it is
    """The environment does not say where a mailbox is fetched, or says it wrongly."""


@dataclass(frozen=True)
class Server:
    """Where a mailbox is fetched."""

    scheme: str
    host: str
    port: int
    user: str
    password: str


def server_of(box: Mailbox) -> Server:
    """By `MAILBOX_<KEY>`; unencrypted only on this machine. Raises NotConfigured."""
    address = settings.MAILBOX_SECRETS.get(box.key, "")
    if not address:
        raise NotConfigured(f"MAILBOX_{box.key.upper()} is not set")
    parts = urlsplit(address)
    ports = {"imaps": 993, "imap+tls": 143, "imap": 143}
    if parts.scheme not in ports or not parts.hostname or not parts.username:
        raise NotConfigured(f"MAILBOX_{box.key.upper()} is not imaps://user:password@host")
    if parts.scheme == "imap" and parts.hostname not in LOOPBACK:
        raise NotConfigured("imap:// sends the password in the clear: imaps:// or imap+tls://")
    return Server(
        parts.scheme, parts.hostname, parts.port or ports[parts.scheme],
        unquote(parts.username), unquote(parts.password or ""),
    )  # fmt: skip


@contextmanager
def entered(box: Mailbox, *, write: bool) -> Iterator[tuple[imaplib.IMAP4, int]]:
    """The folder of a mailbox, open, with its UIDVALIDITY."""
    server = server_of(box)
    if server.scheme == "imaps":
        secure = ssl.create_default_context()
        link: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            server.host, server.port, ssl_context=secure, timeout=PATIENCE
        )
    else:
        link = imaplib.IMAP4(server.host, server.port, timeout=PATIENCE)
    try:
        if server.scheme == "imap+tls":
            link.starttls(ssl.create_default_context())
        link.login(server.user, server.password)
        quoted = box.folder.replace("\\", "\\\\").replace('"', '\\"')
        _ok(link.select(f'"{quoted}"', readonly=not write))
        _kind, valid = link.response("UIDVALIDITY")
        yield link, int(valid[0] or b"0") if valid else 0
    finally:
        _leave(link)


def _leave(link: imaplib.IMAP4) -> None:
    try:
        link.logout()
    except (OSError, imaplib.IMAP4.error):
        log.debug("the server hung up first")


def _ok(answer: tuple[str, Any]) -> list[Any]:
    kind, data = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(str(data[0] if data else kind)[:200])
    found: list[Any] = data
    return found


def is_pretended(box: Mailbox) -> bool:
    """Whether it is one of the demo that no server stands behind: nothing is fetched for it."""
    return settings.DEMO and box.key not in settings.MAILBOX_SECRETS


def fetch_all(now: datetime | None = None) -> int:
    """Fetch every active mailbox; returns how many letters were stored. Any number of workers."""
    moment, stored = now or clock.now(), 0
    for box in Mailbox.objects.filter(active=True).order_by("looked_at", "id"):
        if is_pretended(box):
            continue
        free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=moment)
        mine = Mailbox.objects.filter(free, pk=box.pk)
        if mine.update(claimed_until=moment + LEASE):
            box.refresh_from_db()
            stored += fetch(box, moment)
    return stored


def fetch(box: Mailbox, now: datetime) -> int:
    """Fetch what is new in one mailbox; a fault is kept on its row and tried again."""
    stored, kept = 0, Mailbox.objects.filter(pk=box.pk)
    try:
        with entered(box, write=True) as (link, valid):
            for _uid in _store_new(box, link, valid, now):
                stored += 1
            _mark(box, link, valid)
    except FAULTS as error:
        log.warning("mailbox %s cannot be fetched: %s", box.address, error)
        kept.update(error=_named(error), failing_since=box.failing_since or now, claimed_until=None)
    else:
        kept.update(error="", failing_since=None, looked_at=now, claimed_until=None)
    return stored


def _store_new(box: Mailbox, link: imaplib.IMAP4, valid: int, now: datetime) -> Iterator[int]:
    """Each letter past the last one, oldest first, so that a stop leaves no gap."""
    last = box.last_uid if box.uidvalidity == valid else 0
    started = time.monotonic()
    for uid in sorted(_search(link, f"UID {last + 1}:*")):
        if uid <= last or time.monotonic() - started > LONGEST:
            continue
        store(box, _pieces(link, uid), uidvalidity=valid, uid=uid, at=now)
        yield uid


def _search(link: imaplib.IMAP4, what: str) -> list[int]:
    data = _ok(link.uid("SEARCH", what))
    words = data[0] if data and isinstance(data[0], bytes) else b""
    return [int(word) for word in words.split()]


def _pieces(link: imaplib.IMAP4, uid: int) -> Iterator[bytes]:
    """The bytes of a letter, piece by piece, leaving it unread on the server."""
    at = 0
    while True:
        data = _ok(link.uid("FETCH", str(uid), f"(BODY.PEEK[]<{at}.{PIECE}>)"))
        found = [one[1] for one in data if isinstance(one, tuple) and len(one) > 1]
        piece = found[0] if found and isinstance(found[0], bytes) else b""
        if piece:
            yield piece
        if len(piece) < PIECE:
            return
        at += len(piece)


def _mark(box: Mailbox, link: imaplib.IMAP4, valid: int) -> None:
    """Tell the server what is stored here; what a stop left unmarked is marked the next time."""
    unmarked = RawMail.objects.filter(
        mailbox=box, source=box.source, uidvalidity=valid, marked=False
    )
    uids = list(unmarked.order_by("uid").values_list("uid", flat=True)[:500])
    if uids:
        _ok(link.uid("STORE", ",".join(map(str, uids)), "+FLAGS.SILENT", r"(\Seen)"))
        unmarked.filter(uid__in=uids).update(marked=True)


def fault_of(box: Mailbox) -> str:
    """Why a mailbox cannot be entered right now; empty when it can."""
    try:
        with entered(box, write=False):
            return ""
    except FAULTS as error:
        return _named(error)


def _named(error: Exception) -> str:
    """A fault without the password that may stand in it."""
    if isinstance(error, socket.gaierror):
        return "gaierror: no such host"
    return f"{type(error).__name__}: {error}"[:300]
