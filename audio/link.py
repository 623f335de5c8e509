"""The agent's line to the server: finds its office, holds one live socket, says hello again after every loss.

Knows frames, not what they mean: they go to a listener. Used by `audio.announcer`.
"""

import asyncio
import logging
import random
from collections import deque
from collections.abc import Callable

import httpx
import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from server.messages.frames import CLOSE, FromClient, FromServer, Hello, Speak

FIRST_RETRY = 0.5
"""Seconds: a server that restarts is back in two."""
LONGEST_RETRY = 15.0
"""Seconds: a hall is never without its voice for longer than this once the server is back."""
JITTER = 0.5
"""Half to one and a half times: the boxes of a city must not come back in the same instant."""
SILENCE = 15.0
"""Seconds without a frame: three beats missed, the line is dead whatever TCP believes."""
RENEWAL = 3.0
"""Seconds between two wishes for the lease, which lasts 10: two may be lost."""
LONGEST_LINE = 64
"""Reports kept while there is no line. One more, and the oldest is dropped: the newest say how it is now."""
ANSWER = 10.0
"""Seconds for the server to answer a request or the hello."""

_REFUSED = frozenset({CLOSE["not_signed_in"], CLOSE["not_allowed"], CLOSE["no_such_board"]})
_log = logging.getLogger("aufruf.announcer")
_decode = msgspec.json.Decoder(FromServer).decode


class Refused(Exception):
    """The server will not have us: a wrong or revoked token, another zone's, or no such zone. Retrying alone is vain."""


class Me(msgspec.Struct):
    """`GET /api/v1/me`: what our token is good for."""

    role: str
    offices: list[str]
    device: str | None = msgspec.field(name="for", default=None)


class Link:
    """`run()` keeps the line until cancelled; Refused only if the server never accepted us since the start.

    `send` never waits; `listen` is called with each frame in order, on the loop. Of several offices a token names,
    the first is ours.
    """

    def __init__(self, server: str, token: str, zone: str, listen: Callable[[FromServer], None]) -> None:
        self._server = server.rstrip("/")
        self._token = token
        self._zone = zone
        self._listen = listen
        self._line: deque[FromClient] = deque(maxlen=LONGEST_LINE)
        self._something = asyncio.Event()
        self._accepted = False
        self._failures = 0

    def send(self, frame: FromClient) -> None:
        self._line.append(frame)
        self._something.set()

    async def run(self) -> None:
        while True:
            try:
                await self._session(await self._office())
                reason = "the server closed the line"
            except Refused as fault:
                if not self._accepted:
                    raise
                reason = str(fault)
            except (OSError, WebSocketException, httpx.HTTPError, msgspec.MsgspecError, TimeoutError) as fault:
                reason = str(fault) or type(fault).__name__
            self._tell(reason)
            await asyncio.sleep(retry_after(self._failures))

    def _tell(self, reason: str) -> None:
        self._failures += 1
        level = logging.WARNING if self._failures == 1 else logging.DEBUG
        _log.log(level, "no line to %s: %s; trying again", self._server, reason)

    async def _office(self) -> str:
        headers = {"Authorization": f"Bearer {self._token}"}
        async with httpx.AsyncClient(base_url=self._server, headers=headers, timeout=ANSWER) as client:
            answer = await client.get("/api/v1/me")
        if answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            raise Refused("the server does not know this token")
        me = msgspec.json.decode(answer.raise_for_status().content, type=Me)
        if me.device is not None and me.device != self._zone:
            raise Refused(f"this token is for the zone {me.device}, not {self._zone}")
        if not me.offices:
            raise Refused("this token names no office")
        return me.offices[0]

    async def _session(self, office: str) -> None:
        address = f"ws{self._server.removeprefix('http')}/api/v1/offices/{office}/live"
        async with connect(address, compression=None, open_timeout=ANSWER, close_timeout=1) as socket:
            hello = Hello(board="announcer", id=self._zone, token=self._token)
            await socket.send(msgspec.json.encode(hello).decode())
            tasks = [asyncio.create_task(side) for side in (self._hear(socket), self._say(socket), self._renew(socket))]
            try:
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in tasks:
                    task.cancel()
                ends = await asyncio.gather(*tasks, return_exceptions=True)
        for end in ends:
            if isinstance(end, Exception):
                raise _meaning(end) from end

    async def _hear(self, socket: ClientConnection) -> None:
        while True:
            async with asyncio.timeout(SILENCE):
                text = await socket.recv()
            try:
                frame = _decode(text)
            except msgspec.MsgspecError as fault:  # a newer server may say more than we know
                _log.debug("a frame we do not know: %s", fault)
                continue
            self._up()
            self._listen(frame)

    def _up(self) -> None:
        if not self._accepted or self._failures:
            _log.info("on the line to %s", self._server)
        self._accepted, self._failures = True, 0

    async def _say(self, socket: ClientConnection) -> None:
        while True:
            await self._something.wait()
            while self._line:
                frame = self._line.popleft()
                try:
                    await socket.send(msgspec.json.encode(frame).decode())
                except BaseException:  # kept for the next line
                    self._line.appendleft(frame)
                    raise
            self._something.clear()

    async def _renew(self, socket: ClientConnection) -> None:
        while True:
            await socket.send(msgspec.json.encode(Speak(zone=self._zone)).decode())
            await asyncio.sleep(RENEWAL)


def retry_after(failures: int, chance: Callable[[], float] = random.random) -> float:
    """Seconds to wait after so many failures in a row: doubling, bounded, spread."""
    wait = min(FIRST_RETRY * 2.0 ** min(failures - 1, 16), LONGEST_RETRY)
    return wait * (1 + JITTER * (2 * chance() - 1))


def _meaning(end: Exception) -> Exception:
    if isinstance(end, ConnectionClosed) and end.rcvd is not None and end.rcvd.code in _REFUSED:
        return Refused(end.rcvd.reason or f"closed with {end.rcvd.code}")
    return end
