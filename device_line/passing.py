"""A server's second address, on a device's own machine: all is passed through, and while the server is away, `Stead` answers.

A browser on that machine opens this address once and for all; it needs no sign-in there, because what it asks goes to the server
with the device's token. Plain ASGI under uvicorn. Used by `ticket_printer.beside`.
"""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Protocol

import httpx
import uvicorn
from msgspec import Struct
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from device_line import cut_off
from device_line.address import Address
from server.messages.frames import CLOSE

CONNECT_S = 2.0
"""A server on the house's own network answers within this time, or is away."""
ANSWER_S = 15.0
LARGEST_BODY = 64 * 1024
"""Bytes that a page may send at once, over HTTP or its socket. The server takes no more either."""
LARGEST_FRAME = 4 * 1024 * 1024
"""Bytes of a frame from the server: no board is larger."""
MOST_LINES = 64
"""Connections at a time: one browser on one machine needs a few."""
HOP = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""Headers that are about one connection."""
OURS = frozenset({"host", "cookie", "authorization", "origin", "referer", "content-length", "expect"})
"""Headers of the browser that speak of this address; the server would take them for another site's."""
THEIRS = frozenset({"set-cookie", "strict-transport-security", "date", "server", "alt-svc"})
"""Headers of the server that hold for its own address only."""
AWAY = frozenset({502, 503, 504})
"""What a proxy before the server answers for it while it is away."""
NO_STORE = (b"cache-control", b"no-store")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
_log = logging.getLogger("aufruf.device_line")


class Kept(Struct, frozen=True):
    """A page or file as it was kept, and the headers that matter to a browser."""

    body: bytes
    kind: str
    policy: str = ""


class Stead(Protocol):
    """Who answers while the server is away."""

    away: asyncio.Event
    """Set while the server is away and this answers instead."""
    back: asyncio.Event
    """Set while it does not: everything is passed through."""

    def kept(self, path: str) -> Kept | None:
        """The page or file of this path, if it was kept."""

    async def talk(self, browser: "Browser") -> None:
        """Answers a page's socket until it ends or the server is back."""


class Browser:
    """The socket of a page, after it was accepted."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send

    async def hear(self) -> str | None:
        """The next frame; None when the page has left."""
        while True:
            said = await self._receive()
            if said["type"] == "websocket.disconnect":
                return None
            if said.get("text") is not None:
                return str(said["text"])

    async def say(self, frame: str | bytes) -> None:
        await self._send({"type": "websocket.send", "text": frame if isinstance(frame, str) else frame.decode()})

    async def close(self, code: int, reason: str = "") -> None:
        with contextlib.suppress(RuntimeError):  # it has left meanwhile
            await self._send({"type": "websocket.close", "code": code, "reason": reason})


class PassThrough:
    """The ASGI app. `names`: the hosts with port under which this address may be opened, such as `127.0.0.1:8090`; `first`: the
    page that `/` leads to."""

    def __init__(self, address: Address, names: Iterable[str], stead: Stead, first: str) -> None:
        self._address, self._names, self._stead, self._first = address, frozenset(names), stead, first
        self._asking: httpx.AsyncClient | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        ours = self._is_ours(headers)
        if scope["type"] == "websocket":
            await receive()  # websocket.connect
            if ours:
                return await self._socket(scope, Browser(receive, send), send)
            return await send({"type": "websocket.close", "code": CLOSE["not_allowed"], "reason": "origin_refused"})
        if not ours:
            return await _plain(send, 403, "this address is only for the kiosk on this machine")
        if scope["path"] == "/":
            return await _answer(send, 303, [(b"location", self._first.encode()), (b"content-length", b"0")], b"")
        return await self._page(scope, headers, receive, send)

    async def end(self) -> None:
        if self._asking is not None:
            await self._asking.aclose()

    def _is_ours(self, headers: dict[str, str]) -> bool:
        """Whether our own page asks. Whatever comes through here has the rights of the device: another site that is open in this
        browser must not have them, neither by a request of its own nor by a name that it lets point here."""
        host, origin = headers.get("host", "").lower(), headers.get("origin")
        if host not in self._names or headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return False
        return origin is None or origin == f"http://{host}"

    # pages and files

    async def _page(self, scope: Scope, headers: dict[str, str], receive: Receive, send: Send) -> None:
        query = scope["query_string"].decode("latin-1")
        raw = scope.get("raw_path") or scope["path"].encode()
        path = raw.decode("latin-1") + (f"?{query}" if query else "")
        body = await _body(receive)
        if body is None:
            return await _plain(send, 413, f"at most {LARGEST_BODY} bytes")
        kept = self._stead.kept(path) if scope["method"] in ("GET", "HEAD") else None
        if self._stead.away.is_set():
            return await _kept(send, kept, headers)
        request = self._client().build_request(
            scope["method"], path, headers=_without(headers.items(), HOP | OURS), content=body or None
        )
        answer = await self._answer_to(request)
        if answer is None:
            return await _kept(send, kept, headers)
        try:
            if answer.status_code in AWAY and kept is not None:
                return await _kept(send, kept, headers)
            return await _stream(answer, send)
        finally:
            await answer.aclose()

    async def _answer_to(self, request: httpx.Request) -> httpx.Response | None:
        """None if the server does not answer, or is found to be away meanwhile."""
        asking = asyncio.ensure_future(self._client().send(request, stream=True))
        away = asyncio.ensure_future(self._stead.away.wait())
        try:
            await asyncio.wait((asking, away), return_when=asyncio.FIRST_COMPLETED)
            return asking.result() if asking.done() else None
        except httpx.HTTPError as fault:
            _log.debug("%s does not answer: %s", self._address.url, fault)
            return None
        finally:
            asking.cancel()
            away.cancel()
            await asyncio.gather(asking, away, return_exceptions=True)

    def _client(self) -> httpx.AsyncClient:
        if self._asking is None:
            self._asking = self._address.asking(ANSWER_S)
            self._asking.timeout = httpx.Timeout(ANSWER_S, connect=CONNECT_S)
        return self._asking

    # the live socket

    async def _socket(self, scope: Scope, browser: Browser, send: Send) -> None:
        if self._stead.away.is_set():
            await send({"type": "websocket.accept"})
            return await self._stead.talk(browser)
        try:
            line = await self._dial(scope["path"])
        except (OSError, TimeoutError, WebSocketException) as fault:
            _log.debug("no socket to %s: %s", self._address.url, fault)
            return await send(
                {"type": "websocket.close", "code": CLOSE["restarting"], "reason": "no line to the server"}
            )
        async with line:
            await send({"type": "websocket.accept"})
            await self._both_ways(browser, line)
        return None

    async def _dial(self, path: str) -> ClientConnection:
        address = f"ws{self._address.url.rstrip('/').removeprefix('http')}{path}"
        return await connect(
            address,
            additional_headers={"Authorization": f"Bearer {self._address.token}"},
            ssl=self._address.trust if address.startswith("wss:") else None,
            proxy=None,
            compression=None,
            open_timeout=CONNECT_S,
            close_timeout=1,
            max_size=LARGEST_FRAME,
        )

    async def _both_ways(self, browser: Browser, line: ClientConnection) -> None:
        """Until one side leaves, or the server is found to be away: then the page comes again, and `Stead` answers it."""
        tasks = [
            asyncio.ensure_future(work) for work in (_up(browser, line), _down(browser, line), self._stead.away.wait())
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        code = line.close_code
        known = code if code is not None and (4000 <= code < 5000) else CLOSE["restarting"]
        await browser.close(known, line.close_reason or "")


async def _up(browser: Browser, line: ClientConnection) -> None:
    with contextlib.suppress(ConnectionClosed):
        while (frame := await browser.hear()) is not None:
            await line.send(frame)


async def _down(browser: Browser, line: ClientConnection) -> None:
    async for frame in line:  # ends when the server closes
        await browser.say(frame)


async def _body(receive: Receive) -> bytes | None:
    """None if it is too large."""
    parts, size = [], 0
    while True:
        said = await receive()
        part = said.get("body", b"")
        size += len(part)
        if size > LARGEST_BODY:
            return None
        parts.append(part)
        if not said.get("more_body"):
            return b"".join(parts)


def _without(headers: Iterable[tuple[str, str]], left_out: frozenset[str]) -> list[tuple[str, str]]:
    return [
        (name, value) for name, value in headers if name.lower() not in left_out and not name.lower().startswith("sec-")
    ]


async def _stream(answer: httpx.Response, send: Send) -> None:
    """As it comes, packed as the server packed it."""
    headers = [
        (name.encode(), value.encode("latin-1")) for name, value in _without(answer.headers.multi_items(), HOP | THEIRS)
    ]
    await send({"type": "http.response.start", "status": answer.status_code, "headers": headers})
    try:
        async for part in answer.aiter_raw():
            await send({"type": "http.response.body", "body": part, "more_body": True})
    except httpx.HTTPError as cut:
        _log.warning("the server broke off an answer: %s", cut)
        raise
    await send({"type": "http.response.body", "body": b""})


async def _kept(send: Send, page: Kept | None, asked: dict[str, str]) -> None:
    if page is None and "text/html" in asked.get("accept", ""):
        said = [(b"content-type", b"text/html; charset=utf-8"), (b"content-security-policy", cut_off.POLICY.encode())]
        body = cut_off.page()
        return await _answer(send, 503, [*said, NO_STORE, (b"content-length", str(len(body)).encode())], body)
    if page is None:
        return await _plain(send, 503, "the server cannot be reached")
    headers = [(b"content-type", page.kind.encode()), NO_STORE]
    if page.policy:
        headers.append((b"content-security-policy", page.policy.encode("latin-1")))
    return await _answer(send, 200, [*headers, (b"content-length", str(len(page.body)).encode())], page.body)


async def _plain(send: Send, status: int, text: str) -> None:
    body = f"{text}\n".encode()
    kind = (b"content-type", b"text/plain; charset=utf-8")
    await _answer(send, status, [kind, (b"content-length", str(len(body)).encode())], body)


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class _Here(uvicorn.Server):
    """uvicorn without its signal handlers: the agent has its own."""

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield


def listener(host: str, port: int) -> socket.socket:
    """Raises OSError if another program listens there."""
    return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)


def serving(app: PassThrough) -> uvicorn.Server:
    """A server for `serve(sockets=[listener(...)])`; set its `should_exit` to end it. It writes no access log, because the
    addresses of tickets are secrets."""
    return _Here(
        uvicorn.Config(
            app,
            ws_max_size=LARGEST_BODY,
            ws_per_message_deflate=False,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=MOST_LINES,
            timeout_graceful_shutdown=1,
        )
    )
