"""Real mail servers on loopback ports: Debian's dovecot over its own maildir, and aiosmtpd."""

import getpass
import os
import shutil
import smtplib
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

from aiosmtpd.controller import Controller

USER, PASSWORD = "service", "correct-horse"
WHERE = ("/usr/sbin/dovecot", "/usr/local/sbin/dovecot")
MISSING = "these tests need an IMAP server: apt-get install dovecot-imapd"


def dovecot() -> str:
    """The program, or nothing where it is not installed."""
    return next((one for one in WHERE if os.access(one, os.X_OK)), "")


CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/dovecot.log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{home}/mail
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
mail_uid = {mail_uid}
mail_gid = {mail_gid}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={mail_uid} gid={mail_gid} home={home}/mail
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
"""


@dataclass
class Box:
    """A running IMAP server; `deliver` puts a letter into its box."""

    home: Path
    port: int
    process: "subprocess.Popen[bytes]"
    count: int = field(default=0)

    @property
    def url(self) -> str:
        return f"imap://{USER}:{PASSWORD}@127.0.0.1:{self.port}"

    def deliver(self, data: bytes) -> None:
        """As a mail server does: write beside, then move in."""
        self.count += 1
        name = f"{self.count:06}.M{time.monotonic_ns()}.here"
        (self.home / "mail/tmp" / name).write_bytes(data)
        (self.home / "mail/tmp" / name).rename(self.home / "mail/new" / name)

    def seen(self) -> int:
        """How many letters the server knows to be read."""
        return sum(":2," in p.name and "S" in p.name.rpartition(",")[2]
                   for p in (self.home / "mail/cur").iterdir())  # fmt: skip

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)


def start(home: Path) -> Box:
    """Start a server of its own; it ends with `stop`."""
    root = os.getuid() == 0
    owner = "nobody" if root else getpass.getuser()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for folder in ("mail/new", "mail/cur", "mail/tmp", "run", "state"):
        (home / folder).mkdir(parents=True)
    uid, gid = (65534, 65534) if root else (os.getuid(), os.getgid())
    if root:
        for folder in (home, *home.rglob("*")):
            shutil.chown(folder, owner, "nogroup") if "mail" in folder.parts else None
    (home / "dovecot.conf").write_text(CONFIGURATION.format(
        home=home, port=port, password=PASSWORD, internal="dovecot" if root else owner,
        login="dovenull" if root else owner, group="dovecot" if root else _group(),
        mail_uid=uid, mail_gid=gid,
    ))  # fmt: skip
    process = subprocess.Popen(  # noqa: S603
        [dovecot(), "-F", "-c", str(home / "dovecot.conf")],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    box = Box(home, port, process)
    end = time.monotonic() + 20
    while not _answers(port):
        log = home / "dovecot.log"
        said = log.read_text() if log.exists() else ""
        assert process.poll() is None, f"dovecot ended: {said}"
        assert time.monotonic() < end, f"dovecot does not answer: {said}"
        time.sleep(0.05)
    return box


def _group() -> str:
    import grp

    return grp.getgrgid(os.getgid()).gr_name


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as link:
            return link.recv(4) == b"* OK"
    except OSError:
        return False


class Collected:
    """An SMTP server that keeps what it gets, and knows no receiver with `nobody` in its name."""

    def __init__(self) -> None:
        self.letters: list[SimpleNamespace] = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if "nobody" in address:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(
            SimpleNamespace(to=envelope.rcpt_tos, data=envelope.original_content or b"")
        )
        return "250 OK"


def smtp() -> tuple[Controller, Collected]:
    """A running SMTP server and what it collects."""
    kept = Collected()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    with smtplib.SMTP("127.0.0.1", port, timeout=5) as ready:
        ready.noop()
    return controller, kept
