"""Who may speak in a zone: one speaker at a time, by a lease in the store. Devices ask for it with `speak` frames."""

from collections.abc import Callable

import structlog

from server.log.port import StoreUnavailable
from server.log.presence_port import Leases
from server.messages import frames
from server.messages.agreed import LEASE_MS
from server.messages.instants import rfc3339
from server.office.boards import AUDIBLE
from server.push.connection import Connection
from server.push.packets import packet

LONGEST_SPEECH_MS = 45_000
"""A device that began an announcement and did not end it within this time is stuck: players give up after 25 s."""
UNHEARD = ("no_sound", "blocked", "audio")
"""Reasons of a failed announcement which mean that nothing could be heard."""

_log = structlog.get_logger("aufruf.push")


def hear(connection: Connection, report: frames.Report, now: int) -> None:
    """Notes from a report whether its device can be heard."""
    if report.sound is not None:
        connection.audible = report.sound in AUDIBLE
    if report.announcement is not None:
        connection.sounding = now if report.state == "started" else None
        if report.state == "failed" and report.reason in UNHEARD:
            connection.audible = False


def able(connection: Connection, now: int) -> bool:
    """Whether a device could be heard if it spoke. One that has not reported on its sound is taken for audible."""
    stuck = connection.sounding is not None and now - connection.sounding > LONGEST_SPEECH_MS
    return connection.audible is not False and not stuck


class Voices:
    """Grants the leases of this node's sockets. `node` makes their names different from those of other nodes.

    `known(office, zone, until)` is told until when (ms) a zone's voice is taken; `granted(connection, zone)`, who became it.
    """

    def __init__(
        self,
        leases: Leases,
        node: str,
        known: Callable[[str, str, int], None],
        granted: Callable[[Connection, str], None],
    ) -> None:
        self._leases, self._node, self._known, self._granted = leases, node, known, granted
        self._held: dict[int, set[str]] = {}

    async def ask(self, connection: Connection, zone: str, now: int) -> None:
        """Takes or renews the lease of a zone, and tells the socket. While the store is away nobody gets or keeps a voice."""
        holder = f"{self._node}.{connection.number}"
        held, until = False, now
        try:
            lease = await self._leases.take(connection.office, f"voice:{zone}", holder, LEASE_MS)
            held, until = lease.holder == holder, lease.until_ms
            self._known(connection.office, zone, until)
        except StoreUnavailable:
            _log.info("no voice is given while the store is away", office=connection.office, zone=zone)
        mine = self._held.setdefault(connection.number, set()) if held and not connection.closed else set()
        fresh = held and zone not in mine
        if held:
            mine.add(zone)
        else:
            self._held.get(connection.number, set()).discard(zone)
        connection.tell(packet(frames.Lease(zone=zone, held=held, until=rfc3339(until))))
        if fresh and connection.board == "display":
            self._granted(connection, zone)

    def refuse(self, connection: Connection, zone: str, now: int) -> None:
        connection.tell(packet(frames.Lease(zone=zone, held=False, until=rfc3339(now))))

    def holds(self, connection: Connection) -> bool:
        return connection.number in self._held

    async def let_go(self, connection: Connection, now: int) -> None:
        """A speaker cannot be heard any more: it is told, and its lease is released so that the next need not wait."""
        zones = self._held.get(connection.number, set()).copy()
        await self.left(connection)
        for zone in zones:
            self.refuse(connection, zone, now)

    async def left(self, connection: Connection) -> None:
        """A speaker is gone: its lease is released, so that the next need not wait for its end."""
        holder = f"{self._node}.{connection.number}"
        for zone in self._held.pop(connection.number, set()):
            try:
                await self._leases.release(connection.office, f"voice:{zone}", holder)
                self._known(connection.office, zone, 0)
            except StoreUnavailable:
                return
