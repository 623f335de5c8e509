"""The beat: every five seconds each socket is told that the server is there, and whether its store is. Owned by the hub."""

import asyncio
from collections.abc import Iterator, Mapping

from server.messages import frames
from server.messages.agreed import BEAT_MS, STALE_AFTER_MS
from server.messages.instants import SECOND, rfc3339
from server.push.connection import Connection
from server.push.packets import Packet, packet
from server.push.reports import Bulkhead, Reports
from server.push.slices import in_slices
from server.push.source import Source

BEAT_S = BEAT_MS // SECOND
TURNS = 20
"""The sockets are divided among so many turns, so that ten thousand are not written to at once."""
SLICE_MS = 5.0


def welcome(desk: Source, version: str) -> Packet:
    """The first frame of a socket."""
    state = desk.state
    return packet(
        frames.Welcome(
            epoch=state.epoch,
            seq=state.seq,
            beat=BEAT_S,
            server_time=rfc3339(desk.now()),
            version=version,
            stale_after=STALE_AFTER_MS // SECOND,
        )
    )


def beat(desk: Source) -> Packet:
    """With `stale_since` while the store does not answer: what is shown may be old."""
    state, stale = desk.state, desk.stale_since
    since = None if stale is None else rfc3339(stale)
    return packet(frames.Beat(epoch=state.epoch, seq=state.seq, server_time=rfc3339(desk.now()), stale_since=since))


class Beats:
    """Sends the beats, and notes that the devices are connected."""

    def __init__(
        self,
        desks: Mapping[str, Source],
        connections: Mapping[int, Connection],
        reports: Reports,
        bulkhead: Bulkhead,
    ) -> None:
        self._desks, self._connections, self._reports, self._bulkhead = desks, connections, reports, bulkhead
        self._timer: asyncio.TimerHandle | None = None
        self._turn = 0

    def start(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(BEAT_S / TURNS, self._next)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _next(self) -> None:
        self._turn = (self._turn + 1) % TURNS
        mine = [one for one in self._connections.values() if one.number % TURNS == self._turn]
        in_slices(self._send(mine), SLICE_MS, self.start)

    def _send(self, mine: list[Connection]) -> Iterator[None]:
        made: dict[str, Packet] = {}
        for one in mine:
            with self._bulkhead(one.office):
                desk = self._desks[one.office]
                if one.office not in made:
                    made[one.office] = beat(desk)
                one.beat(made[one.office])
                self._reports.present(one, desk.now())
            yield
