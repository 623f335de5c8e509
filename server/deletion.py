"""Real deletion: what is too old is removed from every store and folder of this node. Started by wiring.

With the day: notes, addresses of phones, mail addresses of whoever had an appointment on it, and pictures of tickets. 24 hours
later: sign-in ids and the keys of presses, also from the log's file. The history's tables and letters: after the days that the
office file names; of an office that no node serves any more, its last file. It is paused while the clock may be wrong
(`access.leaps`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from server import before_update, ticket_pictures
from server.access.access import Access
from server.access.known import Known
from server.access.leaps import RUN_MS, Leaps, Rest
from server.clock import Clock
from server.desk.desk import Desk
from server.history import keeping
from server.history.database import close_database, folded
from server.letters import hook_places, outbox, phones
from server.log.port import LogError
from server.messages.instants import DAY, HOUR, rfc3339
from server.messages.office import Keeping
from server.notes.notes import Notes
from server.opening import found
from server.persons import contacts, wishes

EVERY_S = 3_600.0
READY_S = 1.0
UNSERVED_MS = 2 * DAY
"""An office without a new entry for this long has no node: midnight alone would make some."""

_log = structlog.get_logger("aufruf.server")


class Deletion:
    """`clock`: that of this machine, which gives files their dates. `trimmed(office)`: the seq before which its log was
    trimmed. `rewrite`: makes the store write its file again without what was trimmed; None if the store is not run by this
    node.
    """

    def __init__(
        self,
        data: Path,
        engine: AsyncEngine,
        access: Access,
        notes: Notes,
        desks: Mapping[str, Desk],
        clock: Clock,
        trimmed: Callable[[str], int],
        rewrite: Callable[[], Awaitable[object]] | None,
    ) -> None:
        self._data, self._engine, self._access, self._notes = data, engine, access, notes
        self._desks, self._clock = desks, clock
        self._trimmed, self._rewrite = trimmed, rewrite
        self._rewritten: dict[str, int] = {}
        self._leaps, self._known = Leaps(engine), Known(engine)
        self.rests = ""
        """Why deletion is paused, for the boards of supervisors; empty if it is not."""

    async def keep(self) -> None:
        """Deletes once an office is folded, and then every hour."""
        while True:
            while not self._ready():
                await asyncio.sleep(READY_S)
            try:
                await self.look()
            except (SQLAlchemyError, LogError, OSError) as fault:  # the database or store will be back by the next look
                _log.warning("deletion waits", reason=str(fault) or type(fault).__name__)
            await asyncio.sleep(EVERY_S)

    async def look(self) -> None:
        """Deletes everything that is too old: in every office that is folded here, and in all others that the database knows."""
        ready = self._ready()
        if not ready:
            return
        rest = await self._leaps.look(max(desk.now() for desk in ready.values()))
        self.rests = (
            "the clock jumped by more than 7 days; if it is right: `aufruf deletion --confirm`" if rest.resting else ""
        )
        if rest.resting:
            _log.warning("deletion is paused", why=self.rests)
            return
        await self._access.set_right()
        for office, desk in ready.items():
            await self._office(office, desk)
        await self._elsewhere(ready, max(desk.now() for desk in ready.values()))
        await asyncio.to_thread(before_update.forget, self._engine.url, self._clock.now_ms())
        await folded(self._engine)
        await self._compact(ready)

    async def set_right(self, office: str, day: str) -> None:
        """Somebody said that the clock is right, and it is `day` again."""
        await self._access.set_right({office: day})
        await self._notes.set_day_right(office, day)
        await phones.set_day_right(self._engine, office, day)

    async def day_over(self, office: str, day: str) -> None:
        """Called at once when a day is closed."""
        await self._forget_day(office, day)
        await self._pictures(office, ticket_pictures.present(self._desks[office].state.office), -1)
        await folded(self._engine)

    def _ready(self) -> dict[str, Desk]:
        return {name: desk for name, desk in self._desks.items() if desk.health == "ready" and desk.state.configured}

    async def _office(self, name: str, desk: Desk) -> None:
        state = desk.state
        over = _before(state.day) if state.day else state.last_day
        if over is not None:
            await self._forget_day(name, over)
        open_for = max(0, desk.now() - desk.checkpoints[-1].at) if state.day and desk.checkpoints else -1
        await self._pictures(name, ticket_pictures.present(state.office), open_for)
        await self._rows(name, desk.now(), state.office.keeping)

    async def _elsewhere(self, ready: Collection[str], now: int) -> None:
        """Offices that no desk here has folded: another node serves them, or nobody any more.

        Their day is certainly over when it is over everywhere on earth.
        """
        noted = await self._known.keeping()
        named = set(noted) | await keeping.offices(self._engine) | ticket_pictures.offices(self._data)
        over = (datetime.fromtimestamp(now / 1000, UTC).date() - timedelta(days=2)).isoformat()
        for office in sorted(named - set(ready)):
            await self._forget_day(office, over)
            await self._pictures(office, set(), DAY)
            await self._rows(office, now, noted.get(office, Keeping()))

    async def _forget_day(self, office: str, day: str) -> None:
        await self._notes.forget_day(office, day)
        await phones.forget_day(self._engine, office, day)
        await contacts.forget_day(self._engine, office, day)
        await wishes.forget_day(self._engine, office, day)
        await self._access.forget_day(office, day)

    async def _rows(self, office: str, now: int, days: Keeping) -> None:
        gone = await keeping.forget(self._engine, office, now, days)
        gone |= {"letters": await outbox.forget(self._engine, office, now, days.letters)}
        gone["letters"] += await hook_places.forget(self._engine, office, now, days.letters)
        if any(gone.values()):
            _log.info("deleted from the history", office=office, **gone)

    async def _pictures(self, office: str, printing: set[str], younger_ms: int) -> None:
        """Deletes pictures, except those that were made in the last `younger_ms`."""
        now = self._clock.now_ms()
        folders = ticket_pictures.remembered(office, printing, self._data)
        emptied = await asyncio.to_thread(ticket_pictures.forget, office, self._data, folders, now - younger_ms, now)
        ticket_pictures.dropped(office, emptied - printing, self._data)

    async def _compact(self, ready: Mapping[str, Desk]) -> None:
        """Trimmed entries are still in the store's file until it is written again, and in the snapshot beside it: renews both."""
        now = {name: self._trimmed(name) for name in ready}
        if self._rewrite is None or now == self._rewritten:
            return
        for name, desk in ready.items():
            if now[name] != self._rewritten.get(name):
                await desk.keep_snapshot()
        await self._rewrite()
        self._rewritten = now


def _before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


async def told(data: Path, database: str | None, *, confirm: bool) -> str:
    """The verb `deletion`, also without a running server: tells whether it is paused. `confirm`: the clock is right, go on."""
    engine = await found(data, database)
    try:
        leaps = Leaps(engine)
        if confirm:
            return "deletion continues within the hour" if await leaps.confirm() else "deletion is not paused"
        rest = await leaps.known()
        unserved = await _unserved(engine, rest)
    finally:
        await close_database(engine)
    if rest is None:
        return "no server has checked yet what has to be deleted"
    return "\n".join((_said(rest), *unserved))


def _said(rest: Rest) -> str:
    if not rest.resting:
        return f"deletion is not paused; last check {rfc3339(rest.seen)}"
    left = (RUN_MS - rest.ran) // HOUR
    return f"deletion is paused: the clock jumped to about {rfc3339(rest.seen)}; it continues after {left} h, or with --confirm"


async def _unserved(engine: AsyncEngine, rest: Rest | None) -> list[str]:
    """What deletion cannot reach: every served office has a new entry each day, and only its own node can trim its log."""
    if rest is None:
        return []
    still = sorted(
        (office, at) for office, at in (await keeping.last_moved(engine)).items() if at < rest.seen - UNSERVED_MS
    )
    return [
        f"office {office}: no node has served it since {rfc3339(at)}; its history goes by its days, but its log stays in the "
        f"store until it is served again or its keys {{o:{office}}}:* are deleted there"
        for office, at in still
    ]
