"""Copies what supervisors did from the history into the audit, within seconds. Started by wiring; several nodes may run it.

The history is a fold of the log, so what was done while no node ran is copied at the next start.
"""

import asyncio
import json
from typing import Any

import structlog
from sqlalchemy import Row, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access.audit import AT_ONCE, KEPT_MS, Act, Audit, as_text
from server.clock import Clock
from server.history.tables import entries, positions
from server.messages.instants import HOUR

EVERY_S = 5.0
FORGET_S = 3_600.0
OVERLAP_MS = HOUR
"""Entries this much older than the newest copied one are looked at again: a fork may have brought others."""
NAMED = "supervisor:"
"""How `by` begins in an entry whose account the log names."""
ACTS = frozenset(
    {
        *("counter_assigned", "tickets_moved", "ticket_boosted", "service_boosted", "moves_applied", "moves_reverted"),
        *("service_opened", "service_closed", "service_limited", "policy_set", "rule_set", "helper_called"),
        *("roster_set", "walk_ins_set", "message_posted", "message_cleared", "zone_silenced", "silence_ended"),
        *("call_tested", "day_opened", "day_closed", "setting_laid", "setting_taken_back"),
    }
)
"""What only supervisors do. A supervisor who also serves at a counter is a clerk there: calls and tickets are never copied."""
ELSEWHERE = frozenset({"by", "at", "type", "v", "key", "mark", "code"})
"""Members of an entry that have a column, say nothing to people, or are a secret (the code of an appointment)."""

_log = structlog.get_logger("aufruf.server")


class Auditor:
    """`clock`: that of this machine, for what is too old."""

    def __init__(self, engine: AsyncEngine, audit: Audit, clock: Clock) -> None:
        self._reads, self._audit, self._clock = engine.execution_options(read_only=True), audit, clock
        self._read_to: dict[str, tuple[int, int, str]] = {}

    async def keep(self) -> None:
        """Looks every few seconds, and deletes what is too old every hour. Ends when it is cancelled."""
        rounds = 0
        while True:
            try:
                await self.look()
                if rounds % int(FORGET_S / EVERY_S) == 0:
                    await self._audit.forget(self._clock.now_ms())
            except (SQLAlchemyError, OSError) as fault:  # what was not copied is copied the next time
                _log.warning("the audit waits", fault=type(fault).__name__)
            rounds += 1
            await asyncio.sleep(EVERY_S)

    async def look(self) -> None:
        """Copies what is new, of every office of the history."""
        async with self._reads.connect() as connection:
            known = (await connection.execute(select(positions))).fetchall()
        for row in known:
            place = (row.generation, row.seq, row.mark)
            if self._read_to.get(row.office) != place:
                await self._copy(row.office)
                self._read_to[row.office] = place

    async def _copy(self, office: str) -> None:
        since = max(self._clock.now_ms() - KEPT_MS, await self._audit.newest(office) - OVERLAP_MS)
        last = (-1, -1, "")
        while rows := await self._after(office, since, last):
            await self._audit.write([_act(row) for row in rows])
            last = (rows[-1].generation, rows[-1].seq, rows[-1].mark)

    async def _after(self, office: str, since: int, last: tuple[int, int, str]) -> list[Row[Any]]:
        table = entries.c
        generation, seq, mark = last
        later = (table.generation > generation) | (
            (table.generation == generation) & ((table.seq > seq) | ((table.seq == seq) & (table.mark > mark)))
        )
        named = table.by.like(f"{NAMED}%") & table.type.in_(ACTS)
        query = select(entries).where(table.office == office, table.at >= since, named, later)
        async with self._reads.connect() as connection:
            rows = await connection.execute(query.order_by(table.generation, table.seq, table.mark).limit(AT_ONCE))
            return list(rows.fetchall())


def _act(row: Row[Any]) -> Act:
    said = {name: value for name, value in json.loads(row.body).items() if name not in ELSEWHERE and value is not None}
    return Act(
        by=row.by.removeprefix(NAMED),
        act=row.type,
        office=row.office,
        about=as_text(said),
        at=row.at,
        generation=row.generation,
        seq=row.seq,
        mark=row.mark,
    )
