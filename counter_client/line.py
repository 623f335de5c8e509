"""The terminal counter's line: one live socket, its board, its presses; comes back by itself and sends again what is open.

Knows frames, not what they mean: boards and states go to two listeners on the loop. Used by `counter_client.terminal`.
"""

import asyncio
import contextlib
import random
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from server.messages import boards, frames
from server.messages.frames import CLOSE, FromServer
from server.messages.instants import millis

ANSWER_S = 4.0
SILENCE_S = 12.0
"""Two beats missed and more: the line hangs, whatever TCP believes."""
GIVE_UP_S = 15.0
"""The server refuses an older press as stale."""
BACK_S = (0.25, 3.0)
REFUSED_S = 30.0
AGAIN_S = 0.5
_REFUSALS = {CLOSE[name]: name for name in ("not_signed_in", "not_allowed", "no_such_board")}
_decode = msgspec.json.Decoder(FromServer).decode


class Refused(Exception):
    """A press that was not taken; `problem` is the server's RFC 9457 body."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem.get("detail", problem["code"]))
        self.problem = problem


class Open:
    """A press on its way."""

    def __init__(self, command: dict[str, Any]) -> None:
        self.command, self.key, self.at = command, uuid.uuid4().hex, time.monotonic()
        self.answer: asyncio.Future[frames.Done] = asyncio.get_running_loop().create_future()

    def frame(self, ahead: float | None) -> bytes:
        """`ahead`: the server's clock before this box's monotonic one, ms; None until it has said a time."""
        age = round((time.monotonic() - self.at) * 1000)
        raw = msgspec.Raw(msgspec.json.encode(self.command))
        at = None if ahead is None else datetime.fromtimestamp((ahead + self.at * 1000) / 1000, UTC)
        return msgspec.json.encode(frames.CommandFrame(key=self.key, age_ms=age, pressed_at=at, command=raw))


class CounterLine:
    """`await run()` holds the line until cancelled. `on_board` gets each board, `on_state` "live", "lost" or a refusal,
    `on_alarm` each alarm as it is raised: before, and even without, its entry in the log."""

    def __init__(
        self,
        server: str,
        office: str,
        counter: str,
        token: str,
        on_board: Callable[[boards.Counter], None],
        on_state: Callable[[str], None],
        on_alarm: Callable[[frames.Alarm], None],
    ) -> None:
        address = server.rstrip("/").replace("http", "ws", 1)
        self._url = f"{address}/api/v1/offices/{office}/live"
        self._hello = frames.Hello(board="counter", id=counter, token=token)
        self._on_board, self._on_state, self._on_alarm = on_board, on_state, on_alarm
        self._socket: ClientConnection | None = None
        self._open: dict[str, Open] = {}
        self._ahead: float | None = None

    async def run(self) -> None:
        wait = BACK_S[0]
        while True:
            state = "lost"
            try:
                async with connect(self._url, open_timeout=ANSWER_S, compression=None, proxy=None) as socket:
                    await self._speak(socket)
            except ConnectionClosed as closed:
                state = _REFUSALS.get(closed.rcvd.code if closed.rcvd else 0, "lost")
            except (OSError, TimeoutError, WebSocketException, msgspec.DecodeError):
                pass
            wait = BACK_S[0] if self._socket else min(BACK_S[1], wait * 2)
            self._socket = None
            self._on_state(state)
            await asyncio.sleep(REFUSED_S if state != "lost" else wait * random.uniform(0.5, 1.0))  # noqa: S311 spreads, hides nothing

    async def _speak(self, socket: ClientConnection) -> None:
        await socket.send(msgspec.json.encode(self._hello), text=True)
        while True:
            frame = _decode(await asyncio.wait_for(socket.recv(), SILENCE_S))
            if isinstance(frame, frames.Welcome | frames.Beat):
                self._heard(frame)
            if isinstance(frame, frames.Welcome):
                self._socket = socket
                for waiting in self._open.values():
                    await socket.send(waiting.frame(self._ahead), text=True)
            elif isinstance(frame, frames.Board):
                self._on_board(msgspec.json.decode(frame.board, type=boards.Counter))
                self._on_state("live")
            elif isinstance(frame, frames.Alarm):
                self._on_alarm(frame)
            elif isinstance(frame, frames.Done) and frame.key in self._open:
                self._settle(frame.key).set_result(frame)
            elif isinstance(frame, frames.Refused) and frame.key in self._open:
                await self._refused(frame)

    def _heard(self, frame: frames.Welcome | frames.Beat) -> None:
        """The server's clock, as its quickest frame of this line said it."""
        said = millis(datetime.fromisoformat(frame.server_time)) - time.monotonic() * 1000
        fresh = isinstance(frame, frames.Welcome) or self._ahead is None
        self._ahead = said if fresh or self._ahead is None else max(said, self._ahead)

    async def _refused(self, frame: frames.Refused) -> None:
        if frame.problem.get("retry") is not True:
            self._settle(frame.key).set_exception(Refused(frame.problem))
            return
        await asyncio.sleep(AGAIN_S)
        await self._send(self._open[frame.key])

    def _settle(self, key: str) -> "asyncio.Future[frames.Done]":
        return self._open[key].answer

    async def press(self, command: dict[str, Any]) -> frames.Done:
        """Sends a command under a key of its own, again after each loss. Raises `Refused`, also when nobody answers."""
        waiting = Open(command)
        self._open[waiting.key] = waiting
        try:
            await self._send(waiting)
            return await asyncio.wait_for(waiting.answer, GIVE_UP_S)
        except TimeoutError:
            raise Refused({"code": "unanswered", "retry": True}) from None
        finally:
            del self._open[waiting.key]

    async def _send(self, waiting: Open) -> None:
        if self._socket is not None:
            with contextlib.suppress(ConnectionClosed):  # it goes out again after the next welcome
                await self._socket.send(waiting.frame(self._ahead), text=True)
