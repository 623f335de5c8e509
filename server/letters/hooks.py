"""Tells other systems what happens in an office: each event that a `[[webhooks]]` of its file asks for, in the order of the log.

Of all nodes, one sends for each office: the one that has the lease. How far a receiver has come is in the database, as a place in
the log, so a restart or another node goes on there. A letter is sent at least once; its `webhook-id` is the same at every try.
Receivers do not wait for each other: each has a task of its own.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from secrets import token_hex
from typing import Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError

from server.letters.hook_letter import HookFault, Posted, about, wants
from server.letters.hook_places import HookPlace, HookPlaces
from server.letters.watch import Source
from server.log.port import LogError, StoreUnavailable
from server.log.presence_port import Leases
from server.messages.events import Event
from server.messages.instants import DAY, MINUTE, SECOND, at_or_none
from server.messages.office import Webhook
from server.messages.value import Value
from server.messages.webhooks import WebhookStand
from server.tasks import Tasks

EVERY_S = 2.0
LEASE = "webhooks"
LEASE_MS = 20 * SECOND
SEND_S = 15.0
"""Seconds that one letter may take, whatever the receiver does."""
PAGE = 200
"""The most entries of the log that are looked at in one go."""
PAUSES_MS = (10 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE)
"""The pauses before each next try; the last one is repeated."""
REFUSED_TRIES = 4
"""How many times a letter that the receiver refuses is sent before it is laid aside."""
BROKEN_MS = DAY
"""A letter to which the receiver answers that it failed (500) may hold up those after it for this long; then it is laid aside."""
STRANGE_MS = MINUTE
"""A receiver may have come further than this node has read the log: then another node read further. If that is still so after
this time, the log was forked."""

_log = structlog.get_logger("aufruf.letters")


class Followed(Value):
    """One entry of a log, as `HookReader` gives it."""

    seq: int
    mark: str
    event: Event


class HookReader(Protocol):
    """The log of an office, and the history for what the log has no longer. Raises LogError and ConnectionError."""

    async def entries(self, office: str, after: int, most: int) -> Sequence[Followed]:
        """Entries with a higher number, in order. They need not be all, but an empty answer says that there is none."""
        ...

    async def epoch_began(self, office: str) -> int:
        """The number of the entry with which the present epoch began, or of the oldest that is left of it."""
        ...


class Hooks:
    """One per node. `send(office, hook, letter)` is one try; it raises `HookFault`."""

    def __init__(
        self,
        desks: Mapping[str, Source],
        places: HookPlaces,
        shared: Leases,
        reader: HookReader,
        send: Callable[[str, Webhook, Posted], Awaitable[None]],
    ) -> None:
        self.id = token_hex(8)
        self._desks, self._places, self._shared, self._reader, self._send = desks, places, shared, reader, send
        self._mine: set[str] = set()
        self._woken: set[str] = set()
        self._wake = asyncio.Event()
        self._sending: set[tuple[str, str]] = set()
        self._strange: dict[tuple[str, str], int] = {}
        self._tasks = Tasks("webhooks")
        self._said: dict[str, str] = {}
        self.sent = 0

    def worry(self, office: str) -> str:
        """Which receivers do not take what is sent to them, and why; empty if all do."""
        return self._said.get(office, "")

    def wake(self, office: str) -> None:
        """Something happened there: it is told at once, not with the next turn."""
        if self._desks[office].state.office.webhooks:
            self._woken.add(office)
            self._wake.set()

    async def run(self) -> None:
        """Runs until it is cancelled."""
        while True:
            for office in list(self._desks):
                await self.turn(office)
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY_S):
                    await self._listen()

    async def _listen(self) -> None:
        """Until it is cancelled: what happened meanwhile is sent at once."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            woken, self._woken = self._woken, set()
            for office in woken & self._mine:
                self._begin(office)

    async def stop(self) -> None:
        """Ends what is being sent, and lets another node go on at once."""
        await self._tasks.close()
        with suppress(StoreUnavailable):
            for office in self._mine:
                await self._shared.release(office, LEASE, self.id)

    async def turn(self, office: str) -> None:
        """If this node is the sender of the office: sends what is due."""
        desk = self._desks[office]
        if desk.health != "ready" or not desk.state.configured:
            return
        hooks = desk.state.office.webhooks
        try:
            if not hooks:
                self._said.pop(office, None)
                if office in self._mine:
                    await self._places.keep_only(office, ())
                    self._mine.discard(office)
                return
            lease = await self._shared.take(office, LEASE, self.id, LEASE_MS)
            if lease.holder != self.id:
                self._mine.discard(office)
            else:
                if office not in self._mine:
                    self._mine.add(office)
                await self._places.keep_only(office, [hook.id for hook in hooks])
                self._begin(office)
            self._said[office] = await self._worry(office)
        except StoreUnavailable:
            self._mine.discard(office)
        except (SQLAlchemyError, OSError) as fault:
            _log.warning("webhooks wait", office=office, reason=type(fault).__name__)

    async def delivered(self) -> None:
        """Waits until nothing is being sent: for tests."""
        while self._sending:
            await asyncio.sleep(0)

    async def stand(self, office: str) -> list[WebhookStand]:
        """How each receiver stands, whichever node sends. Raises ConnectionError while the database is away."""
        desk = self._desks[office]
        found = []
        for hook in desk.state.office.webhooks:
            place = await self._places.place(office, hook.id)
            dead, total = await self._places.dead(office, hook.id)
            found.append(
                WebhookStand(
                    id=hook.id,
                    waiting=0 if place is None else max(0, desk.state.seq - place.seq),
                    fault="" if place is None else place.fault,
                    since=None if place is None else at_or_none(place.since),
                    dead=tuple(dead),
                    dead_total=total,
                )
            )
        return found

    async def again(self, office: str, hook: str) -> int:
        """Somebody says that the receiver is in order: what waits is tried at once, and what was laid aside is sent again.
        Returns how many of the latter."""
        many = await self._places.again(office, hook)
        self._woken.add(office)
        self._wake.set()
        return many

    async def _worry(self, office: str) -> str:
        said = []
        for one in await self.stand(office):
            if one.fault:
                said.append(f"{one.id}: {one.fault}; {one.waiting} entries wait")
            if one.dead_total:
                said.append(f"{one.id}: {one.dead_total} letters were refused and laid aside")
        return "; ".join(said)

    def _begin(self, office: str) -> None:
        for hook in self._desks[office].state.office.webhooks:
            if (office, hook.id) not in self._sending:
                self._sending.add((office, hook.id))
                self._tasks.start(self._deliver(office, hook), f"{office} {hook.id}")

    async def _deliver(self, office: str, hook: Webhook) -> None:
        try:
            await self._send_again(office, hook)
            while await self._page(office, hook):
                pass
        except (SQLAlchemyError, LogError, OSError) as fault:
            _log.warning("webhooks wait", office=office, hook=hook.id, reason=type(fault).__name__)
        finally:
            self._sending.discard((office, hook.id))

    async def _page(self, office: str, hook: Webhook) -> bool:
        """Sends what the next entries say. False if there are no more, or the receiver does not take them now."""
        desk = self._desks[office]
        place = await self._places.place(office, hook.id)
        if place is None:
            await self._places.begin(office, hook.id, desk.state.seq, desk.state.mark, desk.state.epoch)
            return False
        if place.due_at > desk.now():
            return False
        after, entries = await self._next(office, hook, place)
        if not entries:
            return False
        if after != place.seq:  # another history: it is told from its beginning on
            place = await self._places.move(place, after, "", desk.state.epoch)
        for one in entries:
            if office not in self._mine or place is None:
                return False
            if wants(hook, one.event) and not await self._try(place, hook, one):
                return False
            if wants(hook, one.event) or one is entries[-1]:
                place = await self._places.move(place, one.seq, one.mark, desk.state.epoch)
        return place is not None

    async def _next(self, office: str, hook: Webhook, place: HookPlace) -> tuple[int, Sequence[Followed]]:
        """The entries after a place, and the number after which they come: a fork of the log may have undone the place."""
        state, now = self._desks[office].state, self._desks[office].now()
        key = (office, hook.id)
        if state.seq >= place.seq:
            self._strange.pop(key, None)
            found = await self._reader.entries(office, max(0, place.seq - 1), PAGE)
            known = place.seq == 0 or not place.mark or not found or found[0].seq > place.seq
            if known or found[0].mark == place.mark:
                return place.seq, [one for one in found if one.seq > place.seq]
        elif place.epoch == state.epoch or now - self._strange.setdefault(key, now) < STRANGE_MS:
            return place.seq, ()
        began = await self._reader.epoch_began(office)
        _log.warning(
            "the log parted from what a webhook was told", office=office, hook=hook.id, told=place.seq, again=began
        )
        return began - 1, await self._reader.entries(office, began - 1, PAGE)

    async def _try(self, place: HookPlace, hook: Webhook, one: Followed) -> bool:
        """Sends one entry. True if the receiver has it, or it was laid aside."""
        desk = self._desks[place.office]
        posted = about(place.office, hook.id, desk.state.epoch, one.seq, one.mark, one.event)
        fault = await self._sent(place.office, hook, posted)
        if fault is None:
            return True
        now = desk.now()
        since = now if place.since is None else place.since
        tries = place.tries + 1
        gone = (fault.kind == "refused" and tries >= REFUSED_TRIES) or (
            fault.kind == "broken" and now - since >= BROKEN_MS
        )
        if gone and await self._places.lay_aside(place, posted, one, str(fault), now):
            _log.warning("a webhook was laid aside", office=place.office, hook=hook.id, seq=one.seq, reason=str(fault))
            return True
        pause = PAUSES_MS[min(tries, len(PAUSES_MS)) - 1]
        if place.fault != str(fault):
            _log.warning("a webhook was not taken", office=place.office, hook=hook.id, seq=one.seq, reason=str(fault))
        await self._places.failed(place, str(fault), since, now + pause)
        return False

    async def _send_again(self, office: str, hook: Webhook) -> None:
        """What was laid aside, and somebody wants sent again. The first one that is refused ends it."""
        while office in self._mine and (dead := await self._places.wanted_again(office, hook.id)) is not None:
            fault = await self._sent(office, hook, dead)
            if fault is None:
                await self._places.taken_at_last(dead.id)
            else:
                await self._places.refused_again(office, hook.id, dead.id, str(fault))

    async def _sent(self, office: str, hook: Webhook, posted: Posted) -> HookFault | None:
        try:
            async with asyncio.timeout(SEND_S):
                await self._send(office, hook, posted)
        except TimeoutError:
            return HookFault(f"no answer within {SEND_S:g} s", "away")
        except HookFault as fault:
            return fault
        self.sent += 1
        return None
