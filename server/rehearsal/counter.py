"""One counter of a simulated clerk: it is opened if it was free, looked at when a press is refused, and closed at the end.

A counter that somebody else has opened, taken over or closed belongs to them and is not touched.
"""

from typing import Any

from server.messages import commands as c
from server.rehearsal.contract import Contract, Taken
from server.rehearsal.pace import Pace
from server.rehearsal.watch import Watch

AGAIN_S = 60.0
"""Seconds for which a clerk keeps asking a server that is away."""
ATTEMPTS = 3


class Lost(Exception):
    """A press was refused: the counter is not in the state that the clerk assumed."""


class Theirs(Exception):
    """Somebody else has this counter now."""


class Counter:
    """`opened`: we opened it and, as far as we know, still hold it. `break_reasons`: ids of the office file."""

    def __init__(self, contract: Contract, watch: Watch, pace: Pace, id: str) -> None:
        self._contract, self._watch, self._pace, self.id = contract, watch, pace, id
        self.opened = False
        self.break_reasons: tuple[str, ...] = ()
        self._since = 0

    async def open(self) -> bool:
        """Opens a closed counter; one that somebody opened is left alone."""
        board = await self._board()
        if board["counter"]["state"] != "closed" or board["counter"]["held"]:
            return False
        self.opened = True  # from the press on, not from its answer: whoever is cancelled meanwhile closes it
        opened = await self._contract.press(c.OpenCounter(counter=self.id))
        taken = await self._contract.press(c.TakeOverCounter(counter=self.id))  # a supervisor opens without a holder
        if not isinstance(opened, Taken) or not isinstance(taken, Taken):
            self.opened = False
            return False
        self._since = taken.seq
        self.break_reasons = tuple(reason["id"] for reason in board["break_reasons"])
        return True

    async def press(self, command: c.Command) -> Taken:
        """Sends a press at this counter. Lost if it is refused, Theirs if somebody has taken the counter over."""
        face = self._watch.counter(self.id)
        if face is not None and self._watch.seq >= self._since and face.state != "closed" and not face.holder_is_me:
            raise Theirs
        taken = await self._contract.press(command)
        if not isinstance(taken, Taken):
            raise Lost(taken.code)
        return taken

    async def settle(self) -> None:
        """Looks at the counter and makes it free and open again. Theirs if it was taken over; if it was closed, it
        stays closed."""
        board = await self._board()
        face, current = board["counter"], board["current"]
        if face["state"] == "closed":
            self.opened = False
            return
        if face["held"] and not face["holder_is_me"]:
            raise Theirs
        if current is not None:
            called = current["state"] == "called"
            await self._contract.press(c.WithdrawCall(counter=self.id) if called else c.FinishService(counter=self.id))
        if face["state"] == "paused":
            await self._watch.changed(self._pace.seconds(10))
            await self._contract.press(c.ResumeCounter(counter=self.id))

    async def leave(self) -> None:
        """Finishes the ticket at the counter and closes it. Safe at any moment, also after a press whose answer was lost.

        Such a press may still be on its way while we look, so this is done once more if the counter is busy after all.
        """
        try:
            for _ in range(ATTEMPTS):
                if self.opened:
                    await self.settle()
                if not self.opened or isinstance(await self._contract.press(c.CloseCounter(counter=self.id)), Taken):
                    break
        except Theirs:
            pass
        self.opened = False

    def services(self) -> tuple[str, ...]:
        """The services it gives now; empty while nothing is known."""
        face = self._watch.counter(self.id)
        return face.services if face is not None else ()

    def wanted(self) -> bool:
        """Whether somebody waits who could be called here."""
        return self._watch.waits_for(self.services())

    def elsewhere(self) -> frozenset[str]:
        """Services that other open counters serve."""
        faces = self._watch.board.counters if self._watch.board is not None else ()
        others = (face for face in faces if face.state == "open" and face.id != self.id)
        return frozenset(name for face in others for name in face.services)

    async def _board(self) -> Any:
        return await self._contract.board("counter", self.id, patience_s=AGAIN_S)
