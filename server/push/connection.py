"""One socket as push sees it: who watches which board, and its small outbox. Made by `server.web.live`, fed by an audience.

No call here makes its caller wait: a send that does not end at once goes on in a task of its own. Meanwhile a newer board
replaces the one that waits; announcements, jobs and answers queue, up to `MOST`.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, cast

from server.messages.actor import Actor
from server.messages.frames import CLOSE
from server.messages.terms import BoardKind
from server.push.by_hand import resume, start
from server.push.packets import Packet
from server.push.tally import Tally
from server.tasks import Tasks

MOST = 64
"""The most frames that may wait, besides the board and the beat. One more closes the socket with 4408."""
Send = Callable[[Any], Awaitable[None]]
"""An ASGI server's `send`. It is typed as an awaitable, but `by_hand.start` needs a coroutine, which all servers return."""

AtOnce = Callable[[Packet], bool]
"""Writes a packet, also one of `many` frames, if that needs no waiting; returns whether it did."""


class Connection:
    """`board`, `id`: what it shows. `send` is the ASGI server's; `at_once` spares its coroutine as long as the socket takes
    frames; `cut` ends the line at once (None if nobody can).

    `stuck_s`: if the socket does not take one frame within this time, it is closed with 4408; `farewell_s`: how long the closing
    frame may take before the line is cut.
    """

    stuck_s = 15.0
    farewell_s = 1.0

    __slots__ = (
        "_at_once",
        "_beat",
        "_board",
        "_busy",
        "_cut",
        "_frames",
        "_send",
        "_tally",
        "_tasks",
        "actor",
        "audible",
        "board",
        "closed",
        "floor",
        "id",
        "named",
        "number",
        "office",
        "shown",
        "sounding",
        "speaks",
        "view",
    )

    def __init__(
        self,
        office: str,
        board: BoardKind,
        id: str,
        actor: Actor,
        send: Send,
        *,
        tasks: Tasks,
        tally: Tally,
        cut: Callable[[], None] | None = None,
        at_once: AtOnce | None = None,
    ) -> None:
        self.office, self.board, self.id, self.actor = office, board, id, actor
        self.number = 0  # given by the hub: its turn in the beat, its name as a holder of leases
        self.floor = 0  # the newest entry when it joined: reports on earlier entries say nothing about its delay
        self.shown = 0  # the newest entry it reported as painted
        self.audible: bool | None = None  # whether it can be heard, as it reports; None: it has not reported
        self.sounding: int | None = None  # when (ms) it began an announcement whose end it has not reported
        self.speaks = board != "display"  # a display needs no sounds until it asks to be a voice
        self.named: str | None = None  # what the device that is signed in here is called
        self.view: Any = None
        self.closed = False
        self._send, self._cut, self._tasks, self._tally = send, cut, tasks, tally
        self._at_once = at_once
        self._busy = False
        self._board: Packet | None = None
        self._beat: Packet | None = None
        self._frames: deque[Packet] | None = None

    @property
    def waiting(self) -> int:
        """Frames in the outbox."""
        return len(self._frames or ()) + (self._board is not None) + (self._beat is not None)

    def show(self, packet: Packet) -> None:
        """Sends a board. If one still waits, this one replaces it."""
        if not self._busy:
            self._write(packet)
        elif not self.closed:
            self._tally.replaced += self._board is not None
            self._board = packet

    def beat(self, packet: Packet) -> None:
        """Sends a beat. If one still waits, this one replaces it."""
        if self._busy:
            self._beat = packet
        else:
            self._write(packet)

    def tell(self, packet: Packet, *, urgent: bool = False) -> None:
        """Sends a frame that must not be skipped: an announcement, a job, an answer, an alarm (`urgent`: ahead of all others)."""
        if not self._busy:
            self._write(packet)
            return
        if self.closed:
            return
        if self._frames is None:
            self._frames = deque()
        if urgent:
            self._frames.appendleft(packet)
        elif len(self._frames) >= MOST:
            self.close("too_slow")
        else:
            self._frames.append(packet)

    def give(self, board: Packet | None, told: Sequence[Packet], both: Packet) -> None:
        """Sends a board and frames that must not be skipped; in one write (`both`) if the line can do that and is free."""
        if self._at_once is not None and not self._busy and (board is not None) + len(told) > 1:
            self._write(both)
            return
        if board is not None:
            self.show(board)
        for packet in told:
            self.tell(packet)

    def close(self, why: str) -> None:
        """Closes the socket with the code of `why` (`frames.CLOSE`) and drops what waits; cuts a line that does not take that."""
        if self.closed:
            return
        self.closed = True
        self._frames = self._board = self._beat = None
        if why == "too_slow":
            self._tally.too_slow += 1
        self._tasks.start(self._farewell(CLOSE[why], why), "farewell")

    def gone(self) -> None:
        """The socket has ended: nothing more is sent."""
        self.closed = True
        self._frames = self._board = self._beat = None

    def _write(self, packet: Packet) -> None:
        if self.closed:
            return
        try:
            if self._at_once is not None and self._at_once(packet):
                self._tally.sent += 1
                return
            work = cast(Coroutine[Any, Any, None], self._send(packet))
            ended, waited = start(work)
        except Exception:  # the peer left between two frames; the receiving side notices it too and cleans up
            self.gone()
            return
        self._tally.sent += 1
        if not ended:
            self._busy = True
            self._tasks.start(self._rest(work, waited), "send")

    async def _rest(self, work: Coroutine[Any, Any, None], waited: Any) -> None:
        """Sends the rest of a frame that a slow socket did not take at once, then the frames that came meanwhile."""
        try:
            async with asyncio.timeout(self.stuck_s):
                await resume(work, waited)
            while (packet := self._next()) is not None:
                async with asyncio.timeout(self.stuck_s):
                    await self._send(packet)
                self._tally.sent += 1
        except TimeoutError:
            self.close("too_slow")
        except Exception:  # the peer has left
            self.gone()
        finally:
            self._busy = False

    def _next(self) -> Packet | None:
        if self._frames:
            return self._frames.popleft()
        packet, self._board = self._board, None
        if packet is None:
            packet, self._beat = self._beat, None
        return packet

    async def _farewell(self, code: int, reason: str) -> None:
        try:
            async with asyncio.timeout(self.farewell_s):
                await self._send({"type": "websocket.close", "code": code, "reason": reason})
        except Exception:  # the line is full or the peer is gone: the closing frame cannot be sent
            if self._cut is not None:
                self._cut()
