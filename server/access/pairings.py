"""Pairing: a new device shows a code, a supervisor types it and says which device it is, and the device collects its token.

What is open lives in the store for minutes, so that the device may be at one node and the supervisor at another. The token is
made when it is collected, and only its hash is stored. Called by web.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from msgspec import json

from server.access.secrets_kept import fresh_token, kept
from server.access.tokens import Token, Tokens
from server.clock import Clock
from server.log.port import LogError
from server.log.presence_port import OneTime
from server.messages.instants import MINUTE
from server.messages.terms import PairedKind
from server.messages.value import Value

LETTERS = "ACDEFHJKMNPRTWXY3479"
"""Nobody takes one for another on a screen across the room: without O, 0 and Q, I, L and 1, S and 5, Z and 2, B and 8,
G and 6, U and V. 64 million codes."""
LENGTH = 6
OPEN_MS = 10 * MINUTE
"""How long a code can be typed in. A screen that waits longer shows another one."""
COLLECT_MS = 2 * MINUTE
"""How long a device may take to collect its token: it is waiting for it."""
TRIES = 20


class FreshCode(NamedTuple):
    """What a device gets: the code to show, the secret with which it learns what came of it, and until when (ms)."""

    code: str
    claim: str
    expires_at: int


class PairedAs(Value):
    """Which device it was paired as, and what it is called."""

    office: str
    kind: PairedKind
    id: str
    name: str = ""


class Claimed(Value):
    """What became of a claim: `place` once a supervisor has typed its code. `kinds`: what the device can be."""

    code: str
    expires_at: int
    kinds: tuple[PairedKind, ...]
    place: PairedAs | None = None


class Typeable(Value):
    """A code that can be typed in: the hash of its claim, and what its device can be."""

    claim: str
    kinds: tuple[PairedKind, ...]
    expires_at: int


class Reached:
    """The store; while it is away, raises the ConnectionError that all of access raises for what it needs."""

    def __init__(self, store: OneTime) -> None:
        self._store = store

    async def once(self, name: str) -> bool:
        with _away():
            return await self._store.once(name, OPEN_MS)

    async def leave(self, name: str, value: Value, ttl_ms: int) -> None:
        with _away():
            await self._store.leave(name, json.encode(value), ttl_ms)

    async def look(self, name: str) -> bytes | None:
        with _away():
            return await self._store.look(name)

    async def collect(self, name: str) -> bytes | None:
        with _away():
            return await self._store.collect(name)


@contextmanager
def _away() -> Iterator[None]:
    try:
        yield
    except LogError as fault:
        raise ConnectionError("the store does not answer") from fault


class Pairings:
    """All open pairings of an installation. Methods raise ConnectionError if the store is away."""

    def __init__(self, store: OneTime, tokens: Tokens, clock: Clock) -> None:
        self._store, self._tokens, self._clock = Reached(store), tokens, clock

    async def open(self, kinds: tuple[PairedKind, ...]) -> FreshCode:
        """A new code, and the claim with which its device asks what came of it."""
        code, claim = await self._fresh_code(), fresh_token()
        expires = self._clock.now_ms() + OPEN_MS
        told = Claimed(code=code, expires_at=expires, kinds=kinds)
        await self._store.leave(_by_claim(kept(claim)), told, OPEN_MS)
        typed = Typeable(claim=kept(claim), kinds=kinds, expires_at=expires)
        await self._store.leave(_by_code(code), typed, OPEN_MS)
        return FreshCode(code, claim, expires)

    async def told(self, claim: str) -> Claimed | None:
        """What has become of a claim so far; None if there is no such claim, if it is too old, or if its token was
        collected."""
        found = await self._store.look(_by_claim(kept(claim)))
        return None if found is None else json.decode(found, type=Claimed)

    async def kinds(self, code: str) -> tuple[PairedKind, ...] | None:
        """What the device that shows this code can be; None if there is no such code."""
        found = await self._store.look(_by_code(code))
        return None if found is None else json.decode(found, type=Typeable).kinds

    async def pair(self, code: str, place: PairedAs) -> bool:
        """A supervisor says which device shows this code. False if there is no such code, or it was typed in already."""
        found = await self._store.collect(_by_code(code))
        if found is None:
            return False
        typed = json.decode(found, type=Typeable)
        told = Claimed(code=code, expires_at=typed.expires_at, kinds=typed.kinds, place=place)
        await self._store.leave(_by_claim(typed.claim), told, COLLECT_MS)
        return True

    async def collect(self, claim: str) -> tuple[str, Token, PairedAs] | None:
        """The token of the device, once; None as long as its code was not typed in, and if it was collected before."""
        told = await self.told(claim)
        if told is None or told.place is None:
            return None
        if await self._store.collect(_by_claim(kept(claim))) is None:  # of two that collect at once only one gets it
            return None
        place = told.place
        secret, token = await self._tokens.create(place.kind, (place.office,), place.id, place.name)
        return secret, token, place

    async def _fresh_code(self) -> str:
        """One that no device shows now."""
        for _ in range(TRIES):
            code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
            if await self._store.once(_by_code(code)):
                return code
        raise RuntimeError(f"{TRIES} codes in a row were taken")


def _by_code(code: str) -> str:
    return f"pairing code {code}"


def _by_claim(hash: str) -> str:
    return f"pairing claim {hash}"
