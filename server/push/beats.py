"""The beat: every five seconds each socket is told that the server is there, and whether its store is. Owned by the hub."""

import asyncio
from collections.abc import Iterator, Mapping

from server.messages import frames
from server.messages.agreed import BEAT_MS, STALE_AFTER_MS
from server.messages.instants import SECOND, rfc3339
from server.messages.rights import DEVICES
from server.push.connection import Connection
from server.push.packets import Packet, packet
from server.push.reports import BulkheadOf, Reports
from server.push.slices import in_slices
from server.push.source import Source

BEAT_S = BEAT_MS // SECOND
TURNS = 20
"""The sockets are divided among this many turns, so that ten thousand are not written to at once."""
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
    """Sends the beats, and notes that the devices are connected. Each socket has its turn, given by its number."""

    def __init__(self, desks: Mapping[str, Source], reports: Reports, bulkhead: BulkheadOf) -> None:
        self._desks, self._reports, self._bulkhead = desks, reports, bulkhead
        self._timer: asyncio.TimerHandle | None = None
        self._turn = 0
        self._turns: list[dict[int, Connection]] = [{} for _ in range(TURNS)]

    def add(self, connection: Connection) -> None:
        self._turns[connection.number % TURNS][connection.number] = connection

    def remove(self, connection: Connection) -> None:
        self._turns[connection.number % TURNS].pop(connection.number, None)

    def start(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(BEAT_S / TURNS, self._next)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _next(self) -> None:
        self._turn = (self._turn + 1) % TURNS
        in_slices(self._send(list(self._turns[self._turn].values())), SLICE_MS, self.start)

    def _send(self, mine: list[Connection]) -> Iterator[None]:
        made: dict[str, Packet] = {}
        for one in mine:
            if (packet := made.get(one.office)) is None:
                with self._bulkhead(one.office):
                    packet = made[one.office] = beat(self._desks[one.office])
            if packet is not None:
                one.beat(packet)
            if one.board in DEVICES:
                with self._bulkhead(one.office):
                    self._reports.present(one, self._desks[one.office].now())
            yield
