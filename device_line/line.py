"""The line: finds its office, holds one live socket, notices silence, and says hello again after every loss.

It does not know what frames mean: each goes to a listener, in order. Frames that this release does not know are skipped, because
a server is updated before its devices. Used by `audio.announcer`, `ticket_printer.agent` and `counter_client.terminal`.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx
import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from device_line.address import Address
from device_line.me import PATH, Me
from device_line.restarts import LoopRestarts
from device_line.server_clock import ServerClock
from server.messages.agreed import SILENCE_MS
from server.messages.frames import CLOSE, Beat, Frame, FromServer, Hello, Welcome
from server.messages.instants import SECOND
from server.messages.terms import BoardKind

ANSWER_S = 10.0
"""The longest time that the server may take to answer a request or to take a frame."""
LARGEST_FRAME = 4 * 1024 * 1024
"""Bytes. The board of a printer with all open jobs of two minutes fits; far below what would hurt a small device."""
MOST_TOLD = 32
"""The most kinds of unknown frames that are logged, each once."""

LIVE, LOST = "live", "lost"
LOSSES = (OSError, TimeoutError, WebSocketException, httpx.HTTPError, msgspec.MsgspecError)
"""The ways a line ends that time may mend."""

_log = logging.getLogger("aufruf.device_line")
_decode = msgspec.json.Decoder(FromServer).decode


@dataclass(frozen=True)
class Pace:
    """Seconds. After a loss it waits `first_s`, then twice as long each time until `longest_s`, as the pages do."""

    first_s: float = 0.25
    longest_s: float = 3.0
    """The longest wait: this soon after the server is back, a zone has its voice again, a kiosk its paper, a clerk the
    counter."""
    refused_s: float = 30.0
    """The wait after a refusal. A revoked token is rarely valid again soon, but if it is, nobody should have to go to
    the device."""
    silence_s: float = SILENCE_MS / SECOND
    """If two beats are missing, the line is dead, whatever TCP says."""

    def after(self, failures: int, chance: Callable[[], float] = random.random) -> float:
        """The wait after so many failures in a row, drawn between half of it and all, so that a city's devices do not
        come at once."""
        return min(self.longest_s, self.first_s * 2.0 ** min(failures - 1, 16)) * (0.5 + chance() / 2)


class NotLetIn(Exception):
    """The server refuses this device. `code`: the name of the socket's close code. Trying again does not help."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class Line:
    """`board` and `id` say what this device is. `office`: its office; None: the token's, which the server tells.

    `stands` is called with each change of the line: LIVE, LOST, or the code of a refusal. `restarts`: of the loops of this
    device, if it is made anew after a failure.
    """

    def __init__(
        self,
        address: Address,
        board: BoardKind,
        id: str,
        *,
        office: str | None = None,
        stands: Callable[[str], None] = lambda state: None,
        pace: Pace | None = None,
        restarts: LoopRestarts | None = None,
    ) -> None:
        self.clock = ServerClock()
        self._restarts = restarts or LoopRestarts()
        self._address, self._board, self._id, self._office = address, board, id, office
        self._stands, self._pace = stands, pace or Pace()
        self._socket: ClientConnection | None = None
        self._let_in = False
        self._failures = 0
        self._unknown: set[str] = set()

    async def send(self, frame: Frame) -> bool:
        """Sends a frame; returns whether it was sent. Without a line it is not, and it is not kept."""
        if self._socket is None:
            return False
        try:
            async with asyncio.timeout(ANSWER_S):
                await self._socket.send(msgspec.json.encode(frame), text=True)
        except (ConnectionClosed, TimeoutError):
            return False
        return True

    async def answers(self, within_s: float) -> bool:
        """Whether the server answers a ping within this time. A program that hangs keeps its sockets open."""
        if (socket := self._socket) is None:
            return False
        try:
            async with asyncio.timeout(within_s):
                await (await socket.ping())
        except (ConnectionClosed, TimeoutError):
            return False
        return True

    async def tell_restart(self, loop: str, fault: str) -> None:
        """A loop of this device ended and is started again: the server is told now, and after each hello of the next minutes."""
        self._restarts.note(loop, fault)
        await self._tell_restarts()

    async def _tell_restarts(self) -> None:
        if (report := self._restarts.report()) is not None:
            await self.send(report)

    async def office(self) -> str:
        """The office of this device. Waits for the server as long as it takes. Raises NotLetIn."""
        while self._office is None:
            await self._try(self._ask())
        return self._office

    def known_office(self, office: str) -> None:
        """For a device that remembers its office, so that it need not wait for the server."""
        self._office = office

    async def run(self, heard: Callable[[FromServer], Awaitable[None]]) -> None:
        """Passes every frame to `heard` until cancelled. Raises NotLetIn if the server refuses us before it ever let us in."""
        office = await self.office()
        while True:
            await self._try(self._session(office, heard))

    async def _try(self, work: Awaitable[None]) -> None:
        """One try. After a loss it waits, so that the caller can try again at once."""
        try:
            await work
            return
        except NotLetIn as refused:
            if not self._let_in:
                raise
            state, reason = refused.code, str(refused)
        except LOSSES as loss:
            state, reason = LOST, str(loss) or type(loss).__name__
        self._failures += 1
        level = logging.WARNING if self._failures == 1 else logging.DEBUG
        _log.log(level, "no line to %s: %s; trying again", self._address.url, reason)
        self._stands(state)
        await asyncio.sleep(self._pace.after(self._failures) if state == LOST else self._pace.refused_s)

    async def _ask(self) -> None:
        async with self._address.asking(ANSWER_S) as client:
            answer = await client.get(PATH)
        if answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            raise self._refusal("not_signed_in")
        me = msgspec.json.decode(answer.raise_for_status().content, type=Me)
        try:
            self._office = me.office_of(self._id)
        except LookupError as wrong:
            raise NotLetIn("not_allowed", str(wrong)) from None

    async def _session(self, office: str, heard: Callable[[FromServer], Awaitable[None]]) -> None:
        address = self._address.live(office)
        async with connect(
            address,
            ssl=self._address.trust if address.startswith("wss:") else None,
            proxy=None,
            compression=None,
            open_timeout=ANSWER_S,
            close_timeout=1,
            max_size=LARGEST_FRAME,
        ) as socket:
            hello = Hello(board=self._board, id=self._id, token=self._address.token)
            await socket.send(msgspec.json.encode(hello), text=True)
            try:
                while True:
                    async with asyncio.timeout(self._pace.silence_s):
                        text = await socket.recv()
                    await self._hear(socket, text, heard)
            except ConnectionClosed as closed:
                raise self._meaning(closed) from closed
            finally:
                self._socket = None

    async def _hear(
        self, socket: ClientConnection, text: str | bytes, heard: Callable[[FromServer], Awaitable[None]]
    ) -> None:
        try:
            frame = _decode(text)
            if isinstance(frame, Welcome | Beat):
                self.clock.note(frame.server_time)
            if isinstance(frame, Welcome):
                self._welcomed(socket)
                await self._tell_restarts()
            await heard(frame)
        except (msgspec.MsgspecError, ValueError) as unknown:
            self._pass_over(str(unknown))

    def _welcomed(self, socket: ClientConnection) -> None:
        if not self._let_in or self._failures:
            _log.info("on the line to %s", self._address.url)
        self._socket, self._let_in, self._failures = socket, True, 0
        self._stands(LIVE)

    def _pass_over(self, what: str) -> None:
        if what not in self._unknown and len(self._unknown) < MOST_TOLD:
            self._unknown.add(what)
            _log.warning("passed over a frame that this release does not know: %s", what)

    def _meaning(self, closed: ConnectionClosed) -> Exception:
        code = next((name for name, code in CLOSE.items() if closed.rcvd and closed.rcvd.code == code), "")
        return self._refusal(code) if code in _REFUSALS else closed

    def _refusal(self, code: str) -> NotLetIn:
        return NotLetIn(code, _REFUSALS[code].format(box=f"{self._board} {self._id}"))


_REFUSALS = {
    "not_signed_in": "the server does not know this token, or it was taken back",
    "not_allowed": "this token is not for the {box}",
    "no_such_board": "the office file names no {box}",
    "malformed": "the server does not understand this box; install the release that the server runs",
}
