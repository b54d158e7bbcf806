"""The load generator's HTTP: what a server may say, and what the client makes of it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from bench.measuring.client import Request, Session, read_chunks, read_head


def test_a_head_tells_status_length_and_cookies():
    head = read_head(
        b"HTTP/1.1 302 Found\r\nContent-Length: 5\r\nLocation: /a\r\n"
        b"Set-Cookie: one=1; Path=/\r\nset-cookie: two=b=c; HttpOnly"
    )
    assert (head.status, head.length, head.chunked, head.closes) == (302, 5, False, False)
    assert head.cookies == {"one": "1", "two": "b=c"}
    assert head.headers["location"] == "/a"


@pytest.mark.parametrize(
    ("head", "length", "chunked", "closes"),
    [
        (b"HTTP/1.1 204 No Content", 0, False, False),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3", None, True, False),
        (b"HTTP/1.0 200 OK", None, False, True),
        (b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 3", 3, False, False),
        (b"HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 3", 3, False, True),
    ],
)
def test_the_end_of_a_body_is_known(head, length, chunked, closes):
    found = read_head(head)
    assert (found.length, found.chunked, found.closes) == (length, chunked, closes)


def test_chunks_are_joined_when_they_are_all_there():
    raw = b"head4;name=x\r\nabcd\r\n2\r\n\r\n\r\n0\r\n\r\n"
    assert read_chunks(raw, 4) == (b"abcd\r\n", len(raw))
    assert [read_chunks(raw[:end], 4) for end in range(4, len(raw))] == [None] * (len(raw) - 4)


def test_a_form_is_encoded():
    request = Request.form("/a", words="焦糊 x", many=[1, 2])
    assert request.body == b"words=%E7%84%A6%E7%B3%8A+x&many=1&many=2"
    assert request.type == "application/x-www-form-urlencoded"


def run(work):
    """Run to its end in a thread of its own: a browser test of this process leaves a loop here."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _serve(answers, sessions):
    """A server that says each answer once and hangs up after the last of a connection."""
    seen, opened = [], []

    async def talk(reader, writer):
        opened.append(1)
        for answer in answers.pop(0):
            head = await reader.readuntil(b"\r\n\r\n")
            seen.append(head)
            for piece in answer:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0)
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        return await sessions(server.sockets[0].getsockname()[1]), seen, len(opened)
    finally:
        server.close()


def test_a_session_keeps_cookies_and_opens_a_stale_connection_anew():
    first = [b"HTTP/1.1 200 OK\r\nSet-Cookie: id=7\r\nContent-Le", b"ngth: 3\r\n\r\na", b"bc"]
    second = [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx", b"\r\n0\r\n\r\n"]

    async def use(port):
        session = Session(port)
        bodies = []
        for _ in range(2):
            bodies.append((await session.send(Request.get("/"))).body)
        session.close()
        return bodies

    bodies, seen, opened = run(_serve([[first], [second]], use))
    assert bodies == [b"abc", b"x"]
    assert opened == 2
    assert b"Cookie: id=7" in seen[1]
    assert b"Cookie" not in seen[0]


def test_an_answer_without_a_length_ends_with_the_connection():
    async def use(port):
        return (await Session(port).send(Request.get("/"))).body

    bodies, _seen, _opened = run(_serve([[[b"HTTP/1.0 200 OK\r\n\r\nab", b"c"]]], use))
    assert bodies == b"abc"
