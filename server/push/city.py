"""The table of a city: one row for each office that somebody may supervise, sent at most once a second over one socket.

Owned by the hub. It costs nothing while nobody looks: rows are computed by one task that lives as long as somebody looks.
"""

import asyncio
from collections.abc import Mapping
from typing import NamedTuple

import structlog
from msgspec.json import encode

from server.messages.boards import Alert, OfficeRow
from server.office.boards import Sheet
from server.office.boards.offices import office_row, offices
from server.office.waits import Waits
from server.push.connection import Connection
from server.push.packets import board_packet
from server.push.source import Source, Surroundings
from server.tasks import Tasks

EVERY_S = 0.9
"""Between two rounds: a change is on the screen within a second, as far as the offices are computed by then."""
AGE_MS = 5_000
"""A row is computed again after this time even if nothing happened: hours and expected waits change with time."""

_log = structlog.get_logger("aufruf.push")
OfficeIds = frozenset[str]


class _Stamp(NamedTuple):
    """What a row was computed from. An equal one gives the same row, for a while."""

    seq: int
    mark: str
    away: bool
    waits: Waits | None
    alerts: tuple[Alert, ...]


class _Row(NamedTuple):
    stamp: _Stamp
    at: int
    row: OfficeRow


class City:
    """`join` and `leave` for a socket's life. `sees`: the offices that a socket's person may supervise."""

    def __init__(self, desks: Mapping[str, Source], around: Surroundings) -> None:
        self._desks, self._around = desks, around
        self._members: dict[Connection, OfficeIds] = {}
        self._sent: dict[OfficeIds, bytes] = {}
        self._rows: dict[str, _Row] = {}
        self._seq = 0
        self._tasks = Tasks("offices")
        self._task: asyncio.Task[object] | None = None

    def watches(self, office: str) -> bool:
        """Whether anybody who may see this office looks."""
        return any(office in sees for sees in self._members.values())

    def join(self, connection: Connection, sees: OfficeIds) -> None:
        """Sends the board as soon as its rows are computed, and from now on every newer one."""
        self._members[connection] = sees
        if (known := self._sent.get(sees)) is not None:
            self._show(sees, [connection], known)
        else:
            self._tasks.start(self.round(), "first")
        if self._task is None:
            self._task = self._tasks.forever(self._run, "run")

    def leave(self, connection: Connection) -> None:
        sees = self._members.pop(connection, None)
        if sees is not None and sees not in self._members.values():
            self._sent.pop(sees, None)
        if not self._members and self._task is not None:
            self._task.cancel()
            self._task = None
            self._rows.clear()

    async def close(self) -> None:
        await self._tasks.close()

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(EVERY_S)
            await self.round()

    async def round(self) -> None:
        """Looks at every office that somebody sees, and sends each board that changed."""
        for office in frozenset().union(*self._members.values()):
            self._row(office)
            await asyncio.sleep(0)  # a press does not wait for two hundred offices
        for sees in set(self._members.values()):
            raw = self._drawn(sees)
            if raw != self._sent.get(sees):
                self._show(sees, [one for one, its in self._members.items() if its == sees], raw)

    def _show(self, sees: OfficeIds, members: list[Connection], raw: bytes) -> None:
        self._sent[sees] = raw
        self._seq += 1
        now = max((self._desks[office].now() for office in sees), default=0)
        made = board_packet((raw,), "offices", self._seq, now)
        for connection in members:
            connection.show(made)

    def _drawn(self, sees: OfficeIds) -> bytes:
        rows = (self._row(office) for office in sorted(sees))
        return encode(offices(row for row in rows if row is not None))

    def _row(self, office: str) -> OfficeRow | None:
        """The row; the last one, or none, if it cannot be made: one office must not hide the others."""
        known = self._rows.get(office)
        try:
            return self._made(office, known)
        except Exception:
            _log.exception("the row of an office was not made", office=office)
            return known.row if known is not None else None

    def _made(self, office: str, known: _Row | None) -> OfficeRow | None:
        desk = self._desks[office]
        state, now = desk.state, desk.now()
        if not state.configured:
            return None
        waits, alerts = self._around.waits(office), self._around.alerts(office)
        stamp = _Stamp(state.seq, state.mark, desk.stale_since is not None, waits, alerts)
        if known is not None and _same(known.stamp, stamp) and 0 <= now - known.at < AGE_MS:
            return known.row
        row = office_row(Sheet(state, now, waits), alerts, away=stamp.away)
        self._rows[office] = _Row(stamp, now, row)
        return row


def _same(one: _Stamp, other: _Stamp) -> bool:
    """Forecasts are compared by identity: comparing their tickets would cost more than a row."""
    return one[:3] == other[:3] and one.waits is other.waits and one.alerts is other.alerts
