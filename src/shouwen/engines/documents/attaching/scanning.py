"""Ask a virus scanner, where the company runs one (clamd, by its own protocol)."""

import socket
import struct

from django.conf import settings

from shouwen.ground.foundation.refusal import N_, Reason, Refused, refuse

CHUNK = 64 * 1024
SECONDS = 20


class ScannerSilent(Refused):
    """Nothing is known of the file: it may be examined again later."""


def scan(content: bytes) -> None:
    """Refuse what the scanner finds, and everything while it does not answer.

    `SCANNER` is `host:port` or the path of a socket; empty: the company runs none.
    """
    if not settings.SCANNER:
        return
    try:
        answer = _ask(settings.SCANNER, content)
    except OSError as error:
        silent = Reason(N_("病毒检查暂时没有应答,文件未保存"), instead=N_("请稍后再试"))
        raise ScannerSilent(silent) from error
    if not answer.endswith("OK"):
        found = answer.removeprefix("stream: ").removesuffix(" FOUND")
        raise refuse(N_("文件没有通过病毒检查:%(found)s"), found=found[:80])


def _ask(address: str, content: bytes) -> str:
    with _connect(address) as link:
        link.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            piece = content[start : start + CHUNK]
            link.sendall(struct.pack("!I", len(piece)) + piece)
        link.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := link.recv(4096)):
            answer += more
    return answer.rstrip(b"\0").decode(errors="replace").strip()


def _connect(address: str) -> socket.socket:
    host, colon, port = address.rpartition(":")
    if colon and port.isdigit():
        return socket.create_connection((host, int(port)), SECONDS)
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    link.settimeout(SECONDS)
    link.connect(address)
    return link
