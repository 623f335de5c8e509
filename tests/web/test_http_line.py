"""A connection that sends nothing, too little or too much is closed, on the same server class that wiring uses."""

import asyncio
import contextlib
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from ssl import MemoryBIO, SSLContext, SSLWantReadError, create_default_context

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from server.web.line import lines
from server.web.line.headers import headers_for
from server.web.line.http_line import AHEAD, HttpLine
from server.web.line.serving import Server, listener, server
from tests.certificates import certificate
from tests.nodes.served import ended

LONG_S = 10.0
TLS_S = 1.0
ASK = b"GET / HTTP/1.1\r\nHost: x\r\n"


class Impatient(HttpLine):
    """Waits only a tenth of a second for a head and for a reader."""

    head_s = unread_s = 0.1


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await send({"type": "http.response.body", "body": b"hello"})


async def many_words(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(64):
        await send({"type": "http.response.body", "body": bytes(1 << 20), "more_body": True})


@asynccontextmanager
async def line(
    port: int, tls: SSLContext | None = None
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=tls)
    try:
        async with asyncio.timeout(LONG_S):
            yield reader, writer
    finally:
        writer.close()


@pytest.fixture
async def port() -> AsyncIterator[int]:
    async with serving(Impatient) as port:
        yield port


@asynccontextmanager
async def serving(
    line: type[HttpLine], tls: tuple[Path | None, Path | None] = (None, None), app: ASGIApp = hello
) -> AsyncIterator[int]:
    door, made = listener("127.0.0.1", 0), server(app, certificate=tls[0], key=tls[1], line=line)
    made.handshake_s = TLS_S
    running = asyncio.create_task(made.serve(sockets=[door]))
    async with asyncio.timeout(LONG_S):
        while not made.started:
            await asyncio.sleep(0)
    try:
        yield door.getsockname()[1]
    finally:
        await ended(made, running)
        door.close()


@pytest.mark.parametrize("words", [b"", ASK, b"GE"], ids=["nothing", "half a head", "half a word"])
async def test_who_does_not_finish_a_head_is_hung_up_on(port: int, words: bytes) -> None:
    async with line(port) as (reader, writer):
        writer.write(words)

        assert await reader.read() == b""


async def test_so_is_who_begins_a_second_one_and_does_not_finish_it(port: int) -> None:
    async with line(port) as (reader, writer):
        writer.write(ASK + b"\r\n")
        assert (await reader.readuntil(b"hello")).startswith(b"HTTP/1.1 200")
        writer.write(ASK)

        assert await reader.read() == b""


async def test_a_quiet_line_between_two_requests_stays(port: int) -> None:
    """This is keep-alive, which has its own time limit."""
    async with line(port) as (reader, writer):
        for _ in range(2):
            writer.write(ASK + b"\r\n")
            assert (await reader.readuntil(b"hello")).startswith(b"HTTP/1.1 200")
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(3 * Impatient.head_s):
                    await reader.read(1)


async def test_an_answer_that_nobody_reads_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long before the kernel would do it, and on every system."""
    monkeypatch.setattr(lines, "OPEN", lines.Lines())  # without what other tests left open
    async with serving(Impatient, app=many_words) as port:
        with socket.create_connection(("127.0.0.1", port)) as deaf:
            deaf.sendall(ASK + b"\r\n")
            async with asyncio.timeout(LONG_S):
                while not len(lines.OPEN):
                    await asyncio.sleep(0)
                while len(lines.OPEN):
                    await asyncio.sleep(0.01)


async def test_whoever_asks_far_ahead_of_the_answers_is_refused() -> None:
    """Every request in a packet would be kept; fourteen thousand fit into one packet."""
    async with serving(HttpLine) as port, line(port) as (reader, writer):
        writer.write((ASK + b"\r\n") * 1_000)
        answers = await reader.read()

    assert answers.count(b"HTTP/1.1 200") <= AHEAD + 1
    assert answers.count(b"HTTP/1.1 400") == 1


async def test_a_head_without_end_is_refused() -> None:
    async with serving(HttpLine) as port, line(port) as (reader, writer):
        writer.write(ASK)
        sending = asyncio.create_task(endless(writer))

        assert (await reader.readline()).startswith(b"HTTP/1.1 400")
        sending.cancel()


async def test_what_is_no_http_is_refused_with_the_headers_of_every_answer(port: int) -> None:
    async with line(port) as (reader, writer):
        writer.write(b"no HTTP at all\r\n\r\n")
        head, _, text = (await reader.read()).partition(b"\r\n\r\n")

    parted = [one.partition(b": ") for one in head.split(b"\r\n")[1:]]
    said = [(name, value) for name, _, value in parted]
    assert head.startswith(b"HTTP/1.1 400")
    assert set(headers_for("", secure=False)) <= set(said)
    assert len(dict(said)) == len(said), "each stands once"
    assert int(dict(said)[b"content-length"]) == len(text)


@pytest.mark.parametrize("words", [b"", b"\x16\x03\x01\x00\xf0\x01"], ids=["nothing", "half a hello"])
async def test_who_does_not_finish_the_hello_of_tls_is_hung_up_on(tmp_path: Path, words: bytes) -> None:
    """As soon as on a plain line; clients that do speak TLS are served meanwhile."""
    cert, key = certificate(tmp_path)
    async with serving(HttpLine, (cert, key)) as port, line(port) as (reader, writer):
        writer.write(words)
        async with line(port, create_default_context(cafile=str(cert))) as (answers, asks):
            asks.write(ASK + b"\r\n")
            assert (await answers.readuntil(b"hello")).startswith(b"HTTP/1.1 200")

        assert await reader.read() == b""


async def test_who_says_no_hello_of_tls_is_a_silent_line_and_the_oldest_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its silence counts from when it connected; who speaks TLS is served meanwhile, and lines that have gone are not counted."""
    cert, key = certificate(tmp_path)
    monkeypatch.setattr(lines, "OPEN", lines.Lines(of_address=3))
    monkeypatch.setattr(sys.modules[__name__], "TLS_S", 10 * LONG_S)
    async with serving(HttpLine, (cert, key)) as port, contextlib.AsyncExitStack() as stack:
        silent = [await stack.enter_async_context(line(port)) for _ in range(8)]
        for reader, _ in silent[:5]:
            assert await reader.read() == b""
        async with line(port, create_default_context(cafile=str(cert))) as (answers, asks):
            asks.write(ASK + b"\r\n")
            assert (await answers.readuntil(b"hello")).startswith(b"HTTP/1.1 200")
            assert len(lines.OPEN) == 3
        for _, writer in silent:
            writer.close()
        async with asyncio.timeout(LONG_S):
            while len(lines.OPEN):
                await asyncio.sleep(0)


async def test_a_request_in_the_packet_that_ends_the_hello_of_tls_is_answered(tmp_path: Path) -> None:
    """A client of TLS 1.3 need not wait between its last words of the handshake and its request."""
    cert, key = certificate(tmp_path)
    tls, come, go = create_default_context(cafile=str(cert)), MemoryBIO(), MemoryBIO()
    client = tls.wrap_bio(come, go, server_hostname="localhost")
    async with serving(HttpLine, (cert, key)) as port, line(port) as (reader, writer):
        while True:
            try:
                client.do_handshake()
                break
            except SSLWantReadError:
                writer.write(go.read())
                come.write(await reader.read(1 << 16))
        client.write(ASK + b"\r\n")
        writer.write(go.read())
        said = b""
        while not said.endswith(b"hello"):
            come.write(await reader.read(1 << 16))
            with contextlib.suppress(SSLWantReadError):
                while True:
                    said += client.read(1 << 16)

    assert said.startswith(b"HTTP/1.1 200")


def test_tls_waits_no_longer_than_a_plain_line() -> None:
    assert Server.handshake_s == HttpLine.head_s


async def endless(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"X-More: and more\r\n" * 1000)
        await writer.drain()
