"""A small HTTP/1.1 client: one connection, one request at a time, no more parsing than needed."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

from bench import places

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
PATIENCE = 300.0
"""Seconds after which a request counts as not answered."""
HEAD_END = b"\r\n\r\n"


class Request(NamedTuple):
    """What is sent."""

    method: str
    path: str
    body: bytes = b""
    type: str = JSON
    headers: Mapping[str, str] = {}

    @classmethod
    def get(cls, path: str) -> "Request":
        """Read an address."""
        return cls("GET", path)

    @classmethod
    def form(cls, path: str, **values: object) -> "Request":
        """Send a form."""
        return cls("POST", path, urlencode(values, doseq=True).encode(), FORM)


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: dict[str, str]

    @property
    def location(self) -> str:
        """Where it sends the reader on to."""
        return self.headers.get("location", "")


@dataclass
class Head:
    """The beginning of an answer."""

    status: int
    headers: dict[str, str]
    cookies: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    chunked: bool = False
    closes: bool = False


def read_head(raw: bytes) -> Head:
    """Read the status line and the headers."""
    first, *lines = raw.split(b"\r\n")
    protocol, status = first.split(b" ", 2)[:2]
    head = Head(int(status), {}, closes=protocol == b"HTTP/1.0")
    for line in lines:
        name, _, value = line.partition(b":")
        key, text = name.decode("latin1").lower(), value.strip().decode("latin1")
        if key == "set-cookie":
            cookie, _, kept = text.split(";", 1)[0].partition("=")
            head.cookies[cookie] = kept
        elif key:
            head.headers[key] = text
    _frame(head)
    return head


def _frame(head: Head) -> None:
    """How the end of the body is known."""
    head.chunked = "chunked" in head.headers.get("transfer-encoding", "").lower()
    connection = head.headers.get("connection", "").lower()
    head.closes = connection == "close" or (head.closes and connection != "keep-alive")
    if head.status in (204, 304) or 100 <= head.status < 200:
        head.length, head.chunked = 0, False
    elif "content-length" in head.headers and not head.chunked:
        head.length = int(head.headers["content-length"])


def read_chunks(raw: bytes, start: int) -> tuple[bytes, int] | None:
    """A chunked body and where it ends, or None while it is not all there."""
    parts: list[bytes] = []
    while True:
        line = raw.find(b"\r\n", start)
        if line < 0:
            return None
        size = int(raw[start:line].split(b";")[0], 16)
        end = line + 2 + size
        if len(raw) < end + 2:
            return None
        if size == 0:
            return b"".join(parts), end + 2
        parts.append(raw[line + 2 : end])
        start = end + 2


class _Wire(asyncio.Protocol):
    """Bytes in, one answer out."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.waiting: asyncio.Future[Answer] | None = None
        self.buffer = bytearray()
        self.head: Head | None = None
        self.body_at = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        if self.waiting and not self.waiting.done():
            if self.head and self.head.length is None and not self.head.chunked:
                self._give(bytes(self.buffer[self.body_at :]))
            else:
                self.waiting.set_exception(exc or ConnectionResetError("closed early"))

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if self.head is None:
            end = self.buffer.find(HEAD_END)
            if end < 0:
                return
            self.head, self.body_at = read_head(bytes(self.buffer[:end])), end + len(HEAD_END)
        head = self.head
        if head.length is not None and len(self.buffer) >= self.body_at + head.length:
            self._give(bytes(self.buffer[self.body_at : self.body_at + head.length]))
        elif head.chunked and self.buffer.endswith(b"0\r\n\r\n"):
            found = read_chunks(bytes(self.buffer), self.body_at)
            if found:
                self._give(found[0])

    def _give(self, body: bytes) -> None:
        head, waiting = self.head, self.waiting
        if head is None or waiting is None:
            return
        self.head, self.waiting = None, None
        self.buffer.clear()
        if head.closes and self.transport:
            self.transport.close()
            self.transport = None
        waiting.set_result(Answer(head.status, head.headers, body, head.cookies))


class Session:
    """A signed-in user's connection: keeps cookies and headers, opens itself again."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.headers: dict[str, str] = {}
        self._wire: _Wire | None = None

    def close(self) -> None:
        """Hang up."""
        if self._wire and self._wire.transport:
            self._wire.transport.close()
        self._wire = None

    async def send(self, request: Request) -> Answer:
        """Send one request and wait for its answer; a connection gone stale is opened anew."""
        for last in (False, True):
            stale = self._wire is not None
            wire = await self._ready()
            try:
                return await asyncio.wait_for(self._once(wire, request), PATIENCE)
            except ConnectionError:
                self.close()
                if last or not stale:
                    raise
        raise AssertionError

    async def _ready(self) -> _Wire:
        if self._wire is None or self._wire.transport is None:
            loop = asyncio.get_running_loop()
            _, self._wire = await loop.create_connection(_Wire, places.HOST, self.port)
        return self._wire

    async def _once(self, wire: _Wire, request: Request) -> Answer:
        if wire.transport is None:
            raise ConnectionResetError("closed before it was asked")
        wire.waiting = asyncio.get_running_loop().create_future()
        wire.transport.write(self._bytes(request))
        answer = await wire.waiting
        self.cookies.update(answer.cookies)
        return answer

    def _bytes(self, request: Request) -> bytes:
        lines = [f"{request.method} {request.path} HTTP/1.1", f"Host: {places.HOST}:{self.port}"]
        if request.body or request.method != "GET":
            lines.append(f"Content-Length: {len(request.body)}")
            lines.append(f"Content-Type: {request.type}")
        if self.cookies:
            kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            lines.append(f"Cookie: {kept}")
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        lines += [f"{name}: {value}" for name, value in request.headers.items()]
        return "\r\n".join(lines).encode() + HEAD_END + request.body
