"""The seam of presence, leases, notices and one-time things, which live in the store for a while and never in a log.

Twins: `redis_presence.RedisPresence` and `memory_presence.MemoryPresence`, one contract suite over both. All times are whole
milliseconds of the store's clock. Everything here may be lost with the store, so nothing here may be needed to know what is true.
"""

from collections.abc import Mapping
from typing import Any, Protocol

import msgspec

from server.messages.instants import HOUR, MINUTE, SECOND

LONGEST_LEASE_MS = 10 * MINUTE
"""The longest lease that anybody asks for. One that would last longer was taken before the clock was set back, and has ended."""
REPORT_AGE_MS = 30 * SECOND
"""Three missed reports of a device that reports every 10 s."""


class Lease(msgspec.Struct, frozen=True):
    """Who holds it, and until when by the store's clock. It was granted if `holder` is the caller."""

    holder: str
    until_ms: int


class Presence(Protocol):
    """Which devices are connected, and their state. Methods raise `port.StoreUnavailable` and take a bounded time."""

    async def report(self, office: str, device: str, fields: Mapping[str, Any]) -> None:
        """Store what `device` reports about itself (plain JSON values), in place of its last report."""
        ...

    async def report_all(self, office: str, reports: Mapping[str, Mapping[str, Any]]) -> None:
        """The same for many devices in one call: a hub with a thousand displays reports once, not a thousand times."""
        ...

    async def seen(self, office: str) -> dict[str, dict[str, Any]]:
        """The devices whose last report is not too old: its fields, and `at`, when it arrived."""
        ...


class Leases(Protocol):
    """One holder at a time for a named thing of an office: a zone's voice, the historian."""

    async def take(self, office: str, name: str, holder: str, ttl_ms: int) -> Lease:
        """Grant it for `ttl_ms` if it is free, renew it if `holder` has it; otherwise say who has it and change nothing.

        ValueError for one longer than `LONGEST_LEASE_MS`.

        A lease is an agreement between honest parties, not a fence: a holder that was stopped for a minute does not know that it
        has lost the lease.
        """
        ...

    async def release(self, office: str, name: str, holder: str) -> None:
        """Give it back, if `holder` has it."""
        ...


NOTICE_AGE_MS = HOUR
"""A node without its database knows nobody for longer than minutes."""


class Notices(Protocol):
    """What every node must hear even without its database: a session that ended, a token that was revoked."""

    async def tell(self, notices: Mapping[str, int]) -> None:
        """Each notice has a number from its sender. All nodes know it for `NOTICE_AGE_MS`."""
        ...

    async def told(self) -> Mapping[str, int]:
        """All notices that are not too old."""
        ...


CHANNEL_AGE_MS = 10 * SECOND
"""Nodes look every second; what is older was heard, or does not matter any more."""


class Passing(Protocol):
    """What the nodes of one office tell each other in passing: a device shall show its name, or load its page again."""

    async def pass_on(self, office: str, id: str, said: bytes) -> None:
        """All nodes of the office hear it for `CHANNEL_AGE_MS`. `id`: unique to this order, without a space."""
        ...

    async def passed_on(self, office: str) -> Mapping[str, bytes]:
        """What was said last, by its id."""
        ...


class OneTime(Protocol):
    """Small things that expire, known to every node: a used nonce, a pairing code, a sign-in link."""

    async def once(self, name: str, ttl_ms: int) -> bool:
        """True for the first caller within `ttl_ms`, False for all others."""
        ...

    async def leave(self, name: str, blob: bytes, ttl_ms: int) -> None:
        """Keep `blob` under `name` for `ttl_ms`, in place of what was there."""
        ...

    async def look(self, name: str) -> bytes | None:
        """What was left under `name`, if it has not expired; it stays."""
        ...

    async def collect(self, name: str) -> bytes | None:
        """The same, and it is removed: of two callers at once, only one gets it."""
        ...
