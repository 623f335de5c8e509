"""The log in memory: the Redis log's twin, for tests, rehearsals and property checks. Clients of one MemoryStore are nodes."""

import asyncio
from collections.abc import Sequence

from server.log.memory_store import MemoryStore
from server.log.port import EMPTY, AppendAnswer, Appended, NotContinuous, Row, Tail, compared, first_of


class MemoryLog:
    """One node's view of `store`. As with a network, other tasks run before the store is asked and after it has answered."""

    def __init__(self, store: MemoryStore | None = None) -> None:
        self.store = store or MemoryStore()

    async def append(self, office: str, after: Tail, mark: str, bodies: Sequence[bytes]) -> AppendAnswer:
        return await self._put(office, after, [Row(seq, mark, body) for seq, body in enumerate(bodies, after.seq + 1)])

    async def put_back(self, office: str, after: Tail, rows: Sequence[Row]) -> AppendAnswer:
        first_of(after, rows)
        return await self._put(office, after, list(rows))

    async def _put(self, office: str, after: Tail, rows: list[Row]) -> AppendAnswer:
        await asyncio.sleep(0)
        with self.store.answering():
            answer = self._compare_and_append(office, after, rows)
        await asyncio.sleep(0)
        return answer

    def _compare_and_append(self, office: str, after: Tail, rows: list[Row]) -> AppendAnswer:
        tail = self.store.tail(office)
        if tail != after:
            return compared(after, tail, self.store.now_ms())
        if rows:
            self.store.add(office, rows)
        return Appended(self.store.tail(office), self.store.now_ms())

    async def read(self, office: str, after: int, limit: int) -> list[Row]:
        await asyncio.sleep(0)
        with self.store.answering():
            rows = self.store.rows[office]
            skip = max(after + 1 - rows[0].seq, 0) if rows else 0
            return rows[skip : skip + limit]

    async def follow(self, office: str, after: Tail, limit: int) -> list[Row]:
        rows = await self.read(office, max(after.seq, 1) - 1, limit + 1)
        if after == EMPTY:
            if rows and rows[0].seq != 1:
                raise NotContinuous(after)
            return rows[:limit]
        if not rows or rows[0].tail != after:
            raise NotContinuous(after)
        return rows[1:]

    async def row(self, office: str, seq: int) -> Row | None:
        rows = await self.read(office, seq - 1, 1)
        return rows[0] if rows and rows[0].seq == seq else None

    async def tail(self, office: str) -> tuple[Tail, int]:
        await asyncio.sleep(0)
        with self.store.answering():
            return self.store.tail(office), self.store.now_ms()

    async def wait(self, office: str, after: int, timeout_ms: int) -> bool:
        try:
            async with asyncio.timeout(timeout_ms / 1000):
                while True:
                    self.store.check()
                    if self.store.tail(office).seq > after:
                        return True
                    await self.store.grown()
        except TimeoutError:
            return False

    async def trim(self, office: str, before: int) -> int:
        await asyncio.sleep(0)
        with self.store.answering():
            rows = self.store.rows[office]
            kept = [row for row in rows if row.seq >= before] or rows[-1:]
            self.store.rows[office] = kept
            return len(rows) - len(kept)

    async def note_checkpoint(self, office: str, seq: int) -> None:
        await asyncio.sleep(0)
        with self.store.answering():
            self.store.checkpoints[office] = seq

    async def checkpoint(self, office: str) -> int | None:
        await asyncio.sleep(0)
        with self.store.answering():
            return self.store.checkpoints.get(office)

    async def save_snapshot(self, office: str, tail: Tail, blob: bytes) -> None:
        await asyncio.sleep(0)
        with self.store.answering():
            self.store.snapshots[office] = (tail, blob)

    async def load_snapshot(self, office: str) -> tuple[Tail, bytes] | None:
        await asyncio.sleep(0)
        with self.store.answering():
            return self.store.snapshots.get(office)

    async def offices(self) -> list[str]:
        await asyncio.sleep(0)
        with self.store.answering():
            return sorted(office for office, rows in self.store.rows.items() if rows)

    async def run_id(self, office: str) -> str:
        await asyncio.sleep(0)
        with self.store.answering():
            return self.store.run_id

    async def close(self) -> None:
        """Does nothing: the store outlives its clients, as a real one does."""
