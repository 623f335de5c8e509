"""One socket as push sees it: who listens to which board, and its small outbox. Made by `server.web.live`, fed by an audience.

Nothing here waits in the caller's loop: a send that does not end at once goes on in a task of its own, and meanwhile a
newer board replaces the waiting one, while announcements, jobs and answers queue up to `MOST`.
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
"""Frames that may wait besides the board and the beat. One more closes the socket with 4408."""
Send = Callable[[Any], Awaitable[None]]
"""An ASGI server's `send`: in truth a coroutine function."""


class Connection:
    """`board`, `id`: what it shows. `send` is the ASGI server's; `cut` ends the line at once (None where that is unknown).

    `together`: `send` takes a packet of `many` frames. `stuck_s`: a single frame that the socket does not take within this
    time closes it with 4408; `farewell_s`: how long the closing frame may take before the line is cut.
    """

    stuck_s = 15.0
    farewell_s = 1.0

    __slots__ = (
        "_beat",
        "_board",
        "_busy",
        "_cut",
        "_frames",
        "_send",
        "_tally",
        "_tasks",
        "_together",
        "actor",
        "audible",
        "board",
        "closed",
        "floor",
        "id",
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
        together: bool = False,
    ) -> None:
        self.office, self.board, self.id, self.actor = office, board, id, actor
        self.number = 0  # given by the hub: its turn in the beat, its name as a holder of leases
        self.floor = 0  # entries up to here were there before it came: its reports of them say nothing of its delay
        self.shown = 0  # the newest entry it reported as painted
        self.audible: bool | None = None  # whether sound comes out, as it reports; None: it has not said
        self.sounding: int | None = None  # since when (ms) it plays an announcement whose end it has not reported
        self.speaks = board != "display"  # a screen that never asked for a voice needs no sound
        self.view: Any = None
        self.closed = False
        self._send, self._cut, self._tasks, self._tally = send, cut, tasks, tally
        self._together = together
        self._busy = False
        self._board: Packet | None = None
        self._beat: Packet | None = None
        self._frames: deque[Packet] | None = None

    @property
    def waiting(self) -> int:
        """Frames in the outbox."""
        return len(self._frames or ()) + (self._board is not None) + (self._beat is not None)

    def show(self, packet: Packet) -> None:
        """Send a board; one that still waits is replaced."""
        if not self._busy:
            self._write(packet)
        elif not self.closed:
            self._tally.replaced += self._board is not None
            self._board = packet

    def beat(self, packet: Packet) -> None:
        """Send a beat; one that still waits is replaced."""
        if self._busy:
            self._beat = packet
        else:
            self._write(packet)

    def tell(self, packet: Packet, *, urgent: bool = False) -> None:
        """Send what must not be skipped: an announcement, a job, an answer, an alarm (`urgent`: before all that waits)."""
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
        """A board and what must not be skipped, in one write (`both`) if the line takes that and nothing waits."""
        if self._together and not self._busy and (board is not None) + len(told) > 1:
            self._write(both)
            return
        if board is not None:
            self.show(board)
        for packet in told:
            self.tell(packet)

    def close(self, why: str) -> None:
        """Say goodbye with the code of `why` (`frames.CLOSE`) and drop what waits; a line that does not take it is cut."""
        if self.closed:
            return
        self.closed = True
        self._frames = self._board = self._beat = None
        if why == "too_slow":
            self._tally.too_slow += 1
        self._tasks.start(self._farewell(CLOSE[why], why), "farewell")

    def gone(self) -> None:
        """The socket has ended: send nothing more."""
        self.closed = True
        self._frames = self._board = self._beat = None

    def _write(self, packet: Packet) -> None:
        if self.closed:
            return
        work = cast(Coroutine[Any, Any, None], self._send(packet))
        try:
            ended, waited = start(work)
        except Exception:  # the peer has left between two frames; the receiving side hears of it too
            self.gone()
            return
        self._tally.sent += 1
        if not ended:
            self._busy = True
            self._tasks.start(self._rest(work, waited), "send")

    async def _rest(self, work: Coroutine[Any, Any, None], waited: Any) -> None:
        """What a slow socket has not taken yet, then what came meanwhile."""
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
        except Exception:  # full to the brim or gone: there is nobody to say it to
            if self._cut is not None:
                self._cut()
