"""The agent's line to its server: who am I, one live socket, and again after every loss.

Speaks `server.messages.frames`; knows nothing of printing. Called by the agent.
"""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit

import httpx
import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from server.messages.frames import Beat, Board, Device, Done, Frame, Hello, PrintJob, Refused, Welcome

log = logging.getLogger("aufruf.printer")

# The first try again comes before a citizen notices; a house full of devices must not come back in one instant.
FIRST_PAUSE = 0.5
# A server that is down for long is still found within a quarter of a minute.
LONGEST_PAUSE = 15.0
# A token that is refused will not be better soon, but it may be given back.
REFUSED_PAUSE = 60.0
# Beats come every 5 s; three missing ones are no accident.
SILENCE = 15.0
# The longest anything of the server may take to answer a request or take a frame.
ANSWER = 10.0
# A board with all open jobs of two minutes; far below what would hurt a small box.
LARGEST_FRAME = 4 * 1024 * 1024

# The ways a line ends that time may mend.
LOSSES = (httpx.HTTPError, InvalidHandshake, ConnectionClosed, OSError, TimeoutError, msgspec.DecodeError)

NOT_SIGNED_IN, NOT_ALLOWED, NO_SUCH_BOARD = 4401, 4403, 4404

Heard = Welcome | Board | PrintJob | Beat | Done | Refused | Device
_decoder = msgspec.json.Decoder(Heard)


class _Me(msgspec.Struct):
    """What this device needs to know of `GET /api/v1/me`."""

    offices: list[str]


class NotLetIn(Exception):
    """The server refuses this device: its token, its printer's id or its office is wrong."""


class ServerLine:
    """`url` is the server's address as a person knows it (http or https). `printer` is the device's id."""

    def __init__(self, url: str, token: str, printer: str, *, silence: float = SILENCE) -> None:
        self._silence = silence
        self._url, self._token, self._printer = url.rstrip("/"), token, printer
        self._socket: ClientConnection | None = None
        self._welcomed = False

    async def send(self, frame: Frame) -> bool:
        """Whether the frame went out; without a line it does not, and nothing is kept."""
        if self._socket is None:
            return False
        try:
            async with asyncio.timeout(ANSWER):
                await self._socket.send(msgspec.json.encode(frame).decode())
        except (ConnectionClosed, TimeoutError):
            return False
        return True

    async def office(self) -> str:
        """The office this token belongs to; waits for the server as long as it takes. Raises NotLetIn."""
        pause = FIRST_PAUSE
        while True:
            try:
                return await self._office()
            except LOSSES as loss:
                _say(loss)
            pause = await _wait(pause)

    async def listen(self, heard: Callable[[Heard], Awaitable[None]]) -> None:
        """Hands every frame to `heard`, for ever. Raises NotLetIn if the first contact is refused."""
        pause = FIRST_PAUSE
        while True:
            try:
                async with self._connected() as frames:
                    async for frame in frames:
                        if isinstance(frame, Welcome):
                            self._welcomed, pause = True, FIRST_PAUSE
                        await heard(frame)
            except NotLetIn as refusal:
                if not self._welcomed:
                    raise
                log.error("the server refuses this printer: %s", refusal)
                pause = REFUSED_PAUSE
            except LOSSES as loss:
                _say(loss)
            pause = await _wait(pause)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[AsyncIterator[Heard]]:
        office = await self._office()
        hello = Hello(board="printer", id=self._printer, token=self._token)
        address = _socket_address(self._url, office)
        async with connect(address, open_timeout=ANSWER, compression=None, max_size=LARGEST_FRAME) as socket:
            self._socket = socket
            try:
                await self.send(hello)
                yield _frames(socket, self._silence)
            except ConnectionClosed as closed:
                raise _refusal(closed) or closed from None
            finally:
                self._socket = None

    async def _office(self) -> str:
        """The office this token belongs to."""
        async with httpx.AsyncClient(timeout=ANSWER) as client:
            answer = await client.get(f"{self._url}/api/v1/me", headers={"Authorization": f"Bearer {self._token}"})
        if answer.status_code in (401, 403):
            raise NotLetIn("its token is not known, or was taken back")
        answer.raise_for_status()
        offices = msgspec.json.decode(answer.content, type=_Me).offices
        if not offices:
            raise NotLetIn("its token belongs to no office")
        return offices[0]


def _say(loss: Exception) -> None:
    log.warning("no line to the server (%s); trying again", str(loss) or type(loss).__name__)


async def _wait(pause: float) -> float:
    """Waits about `pause` seconds; the next pause."""
    await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311
    return min(pause * 2, LONGEST_PAUSE) if pause < LONGEST_PAUSE else pause


async def _frames(socket: ClientConnection, silence: float) -> AsyncIterator[Heard]:
    while True:
        async with asyncio.timeout(silence):
            text = await socket.recv()
        try:
            yield _decoder.decode(text)
        except msgspec.ValidationError:
            log.debug("a frame this printer has no use for: %.80s", text)


def _socket_address(url: str, office: str) -> str:
    parts = urlsplit(url)
    scheme = "wss" if parts.scheme == "https" else "ws"
    return urlunsplit((scheme, parts.netloc, f"{parts.path}/api/v1/offices/{office}/live", "", ""))


def _refusal(closed: ConnectionClosed) -> NotLetIn | None:
    code = closed.rcvd.code if closed.rcvd else None
    said = {
        NOT_SIGNED_IN: "its token is not known, or was taken back",
        NOT_ALLOWED: "its token is not for this printer",
        NO_SUCH_BOARD: "the office file names no such printer",
    }.get(code or 0)
    return NotLetIn(said) if said else None
