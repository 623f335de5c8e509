"""Presence, leases, notices, channels and one-time things in memory: the Redis presence's twin, on the clock of a MemoryStore."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import msgspec

from server.log.memory_store import MemoryStore
from server.log.presence_port import CHANNEL_AGE_MS, LONGEST_LEASE_MS, NOTICE_AGE_MS, REPORT_AGE_MS, Lease


class MemoryPresence:
    """`Presence`, `Leases`, `Notices`, `Passing` and `OneTime` in one object. Nodes that share values share the object."""

    def __init__(self, store: MemoryStore | None = None, age_ms: int = REPORT_AGE_MS) -> None:
        self.store = store or MemoryStore()
        self._age_ms = age_ms
        self._reports: defaultdict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        self._leases: dict[tuple[str, str], Lease] = {}
        self._values: dict[tuple[str, str], tuple[bytes, int]] = {}
        self._notices: dict[str, tuple[int, int]] = {}
        self._passed: defaultdict[str, dict[str, tuple[bytes, int]]] = defaultdict(dict)

    async def report(self, office: str, device: str, fields: Mapping[str, Any]) -> None:
        await self.report_all(office, {device: fields})

    async def report_all(self, office: str, reports: Mapping[str, Mapping[str, Any]]) -> None:
        await self._travel()
        for device, fields in reports.items():
            plain = msgspec.json.decode(msgspec.json.encode(fields))
            self._reports[office][device] = {**plain, "at": self.store.now_ms()}

    async def seen(self, office: str) -> dict[str, dict[str, Any]]:
        await self._travel()
        now = self.store.now_ms()
        here = {device: said for device, said in self._reports[office].items() if abs(now - said["at"]) < self._age_ms}
        self._reports[office] = here
        return {device: dict(fields) for device, fields in here.items()}

    async def take(self, office: str, name: str, holder: str, ttl_ms: int) -> Lease:
        if not 0 < ttl_ms <= LONGEST_LEASE_MS or not holder:
            raise ValueError("a lease needs a holder and some time, ten minutes at most")
        await self._travel()
        current = self._leases.get((office, name))
        left = current.until_ms - self.store.now_ms() if current else 0
        if current and current.holder != holder and 0 < left <= LONGEST_LEASE_MS:
            return current
        granted = Lease(holder, self.store.now_ms() + ttl_ms)
        self._leases[office, name] = granted
        return granted

    async def release(self, office: str, name: str, holder: str) -> None:
        await self._travel()
        current = self._leases.get((office, name))
        if current and current.holder == holder:
            del self._leases[office, name]

    async def tell(self, notices: Mapping[str, int]) -> None:
        await self._travel()
        self._notices |= {notice: (number, self.store.now_ms()) for notice, number in notices.items()}

    async def told(self) -> Mapping[str, int]:
        await self._travel()
        oldest = self.store.now_ms() - NOTICE_AGE_MS
        return {notice: number for notice, (number, at) in self._notices.items() if at > oldest}

    async def pass_on(self, office: str, id: str, said: bytes) -> None:
        await self._travel()
        self._passed[office][id] = (said, self.store.now_ms())

    async def passed_on(self, office: str) -> Mapping[str, bytes]:
        await self._travel()
        oldest = self.store.now_ms() - CHANNEL_AGE_MS
        fresh = {id: (said, at) for id, (said, at) in self._passed[office].items() if at > oldest}
        self._passed[office] = fresh
        return {id: said for id, (said, _) in fresh.items()}

    async def once(self, name: str, ttl_ms: int) -> bool:
        await self._travel()
        if self._value("once", name) is not None:
            return False
        self._values["once", name] = (b"1", self.store.now_ms() + ttl_ms)
        return True

    async def leave(self, name: str, blob: bytes, ttl_ms: int) -> None:
        await self._travel()
        self._values["left", name] = (blob, self.store.now_ms() + ttl_ms)

    async def look(self, name: str) -> bytes | None:
        await self._travel()
        return self._value("left", name)

    async def collect(self, name: str) -> bytes | None:
        await self._travel()
        blob = self._value("left", name)
        self._values.pop(("left", name), None)
        return blob

    async def close(self) -> None:
        """Does nothing: there are no connections."""

    def _value(self, kind: str, name: str) -> bytes | None:
        blob, until_ms = self._values.get((kind, name), (None, 0))
        return blob if until_ms > self.store.now_ms() else None

    async def _travel(self) -> None:
        await asyncio.sleep(0)
        self.store.check()
