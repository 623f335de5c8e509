"""Whoever writes an answer (a route, the app, uvicorn, the parser, the handshake), it has the same headers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from ssl import SSLContext, create_default_context

import pytest

from server.messages.office import Office
from server.web.app import App
from server.web.line.headers import headers_for
from server.web.line.peer import networks
from server.web.line.serving import Server, listener, server
from server.web.site import NoPaper, Site
from server.web.sockets import Sockets
from tests.certificates import certificate
from tests.nodes.served import ended
from tests.nodes.talk import LONG
from tests.web.conftest import House

LIVE = b"/api/v1/offices/mitte/live"
UPGRADE = b"Connection: upgrade\r\nUpgrade: websocket\r\n"
KEY = b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
OPEN = b"GET " + LIVE + b" HTTP/1.1\r\n" + UPGRADE + KEY


def plain(path: bytes, method: bytes = b"GET", more: bytes = b"") -> bytes:
    return method + b" " + path + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + more + b"\r\n"


ANSWERS: dict[str, tuple[int, bytes]] = {
    "a page": (200, plain(b"/")),
    "a file": (200, plain(b"/static/page.js")),
    "an answer for programs": (200, plain(b"/api/v1/offices")),
    "the head of one": (200, plain(b"/api/v1/offices", b"HEAD")),
    "no such path": (404, plain(b"/nothing")),
    "no such path, in a browser": (404, plain(b"/nothing", more=b"Accept: text/html\r\n")),
    "another method": (405, plain(b"/api/v1/offices", b"DELETE")),
    "a method nobody knows": (405, plain(b"/", b"TRACE")),
    "to the sign-in": (303, plain(b"/supervisor/mitte", more=b"Accept: text/html\r\n")),
    "not signed in": (401, plain(b"/api/v1/me")),
    "a wrong token": (401, plain(b"/api/v1/me", more=b"Authorization: Bearer no\r\n")),
    "a foreign form": (403, plain(b"/sign-out", b"POST", b"Origin: https://other.example\r\n")),
    "a link that is none": (404, plain(b"/t/nobody")),
    "a header twice": (400, plain(b"/", more=b"Host: y\r\n")),
    "a route that raises": (500, plain(b"/audio/unknown-sound.wav")),
    "a file that went meanwhile": (500, plain(b"/audio/gone-gone.wav")),
    "no HTTP": (400, b"no HTTP at all\r\n\r\n"),
    "a head without end": (400, b"GET / HTTP/1.1\r\n" + b"X-More: and more\r\n" * 30_000),
    "a handshake with POST": (405, OPEN.replace(b"GET", b"POST") + b"\r\n"),
    "without a key": (400, OPEN.replace(KEY, b"") + b"\r\n"),
    "of another version": (400, OPEN.replace(b": 13", b": 12") + b"\r\n"),
    "with too many headers": (431, OPEN + b"X: y\r\n" * 200 + b"\r\n"),
    "with a line too long": (414, OPEN.replace(LIVE, LIVE + b"?" + b"x" * 9_000) + b"\r\n"),
    "with a body": (400, OPEN + b"Content-Length: 3\r\n\r\nabc"),
    "with a header twice": (403, OPEN + b"Authorization: a\r\nAuthorization: b\r\n\r\n"),
}


class Line:
    """Sends bytes to a server, and reads the head of the answer."""

    def __init__(self, port: int, tls: SSLContext | None) -> None:
        self.port, self.tls = port, tls

    async def __call__(self, words: bytes) -> tuple[int, list[tuple[str, str]]]:
        async with asyncio.timeout(LONG):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port, ssl=self.tls)
            writer.write(words)
            head = await reader.readuntil(b"\r\n\r\n")
            writer.close()
        first, *rest = head.decode("latin-1").strip().split("\r\n")
        parted = [one.partition(": ") for one in rest]
        return int(first.split()[1]), [(name.lower(), value) for name, _, value in parted]


@asynccontextmanager
async def line_to(site: Site, certificate: Path | None, key: Path | None) -> AsyncIterator[tuple[Line, Server]]:
    """The app of a whole server on its own port, as wiring serves it."""
    app = App(site, Sockets(site.clock))
    door, made = listener("127.0.0.1", 0), server(app, certificate=certificate, key=key)
    running = asyncio.create_task(made.serve(sockets=[door]))
    async with asyncio.timeout(LONG):
        while not made.started:
            await asyncio.sleep(0)
    tls = None if certificate is None else create_default_context(cafile=str(certificate))
    try:
        yield Line(door.getsockname()[1], tls), made
    finally:
        await ended(made, running)
        door.close()


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "over TLS"])
async def test_every_answer_carries_the_headers_once(house: House, tmp_path: Path, secure: bool) -> None:
    cert, key = certificate(tmp_path) if secure else (None, None)
    site = replace(house.site, sounds={"gone-gone.wav": tmp_path / "gone.wav"}.__getitem__)
    wanted = {(name.decode(), value.decode()) for name, value in headers_for("/", secure=secure)}
    of_link = {(name.decode(), value.decode()) for name, value in headers_for("/t/", secure=secure)}
    async with line_to(site, cert, key) as (say, _):
        for what, (status, words) in ANSWERS.items():
            said, headers = await say(words)

            assert said == status, what
            missing = (of_link if b" /t/" in words else wanted) - set(headers)
            assert not missing, f"{what}: {missing}"
            names = [name for name, _ in headers if name != "set-cookie"]
            assert len(set(names)) == len(names), f"{what}: a header stands twice"
            assert "server" not in names
            assert ("strict-transport-security" in names) is secure, what


async def test_an_answer_through_a_proxy_that_ends_tls_says_that_it_came_over_tls(house: House) -> None:
    """The refusal of a handshake too."""
    settings = replace(house.site.settings, trusted_proxies=networks(["127.0.0.1/32"]))
    told = b"X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: https\r\n"
    asked = {200: plain(b"/", more=told), 403: OPEN + told + b"Authorization: a\r\nAuthorization: b\r\n\r\n"}
    async with line_to(replace(house.site, settings=settings), None, None) as (say, _):
        for status, words in asked.items():
            said, headers = await say(words)

            assert said == status
            assert "strict-transport-security" in dict(headers)


async def test_a_server_that_ends_says_so_to_whom_it_still_owes_an_answer(house: House) -> None:
    asked = asyncio.Event()

    class Never(NoPaper):
        async def sample(self, office: Office, language: str, width_mm: int, large: bool) -> None:
            asked.set()
            await asyncio.Event().wait()

    token = (await house.token("supervisor")).encode()
    path = b"/api/v1/offices/mitte/printers/entrance/preview"
    words = plain(path, more=b"Authorization: Bearer " + token + b"\r\n")
    async with line_to(replace(house.site, drawing=Never()), None, None) as (say, made):
        made.config.timeout_graceful_shutdown = 0
        answer = asyncio.create_task(say(words))
        async with asyncio.timeout(LONG):
            await asked.wait()
        made.should_exit = True
        status, headers = await answer

    assert status == 503
    assert {(name.decode(), value.decode()) for name, value in headers_for("/", secure=False)} <= set(headers)
