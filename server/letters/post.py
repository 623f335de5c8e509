"""Sends letters. Of all nodes, one sends for each office: the one that has the office's lease. It writes alerts and calls down,
then sends what is due.

Mail and webhook of each office are sent by tasks of their own, so a mail server that hangs delays nothing else. A letter is
sent at least once: if a sender dies after sending and before noting it, the next sender sends it again with the same id.
"""

import asyncio
from collections.abc import Iterable, Mapping
from secrets import token_hex
from typing import Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError

from server.letters.agent import WISHES, WishAgent
from server.letters.channel import Channel, NotTaken, Undeliverable
from server.letters.mail import PartlyTaken
from server.letters.outbox import Letter, Outbox
from server.letters.phones import CHANNEL
from server.letters.ringing import Ringing
from server.letters.standing import Began
from server.letters.visits import VISITS, Visits
from server.letters.watch import Source, Watch
from server.log.port import StoreUnavailable
from server.log.presence_port import Leases, OneTime
from server.messages.instants import SECOND
from server.messages.office import Office
from server.tasks import Tasks

EVERY_S = 2.0
LEASE = "letters"
LEASE_MS = 20 * SECOND
"""Ten turns. Another node takes over from a sender that died after this time."""
SEND_S = 30.0
"""Seconds that a channel may take for a letter, whatever it promises."""

_log = structlog.get_logger("aufruf.letters")


class Shared(Leases, OneTime, Protocol):
    """What all nodes have in common."""


class Post:
    """One per node. `channels`: by name; an office's file says which of them it uses. `ringing`: the phones to tell; `visits`:
    the citizens to tell of their appointments; `agent`: those who wish for one. Only the sender knows why letters are refused, so
    it tells the other nodes, whose tables show it too."""

    def __init__(
        self,
        desks: Mapping[str, Source],
        watch: Watch,
        outbox: Outbox,
        shared: Shared,
        channels: Mapping[str, Channel],
        ringing: Ringing | None = None,
        visits: Visits | None = None,
        agent: WishAgent | None = None,
    ) -> None:
        self.id = token_hex(8)
        self._desks, self._watch, self._outbox, self._shared = desks, watch, outbox, shared
        self._channels, self._ringing, self._visits, self._agent = channels, ringing, visits, agent
        self._woken: set[str] = set()
        self._wake = asyncio.Event()
        self._mine: set[str] = set()
        self._due: dict[tuple[str, str], int | None] = {}
        self._notes: dict[str, int] = {}
        self._sending: dict[tuple[str, str], int] = {}
        """Senders at work, by office and channel."""
        self._tasks = Tasks("post")
        self.faults: dict[tuple[str, str], str] = {}
        """Why a channel of an office did not take the last letter from this node."""
        self._said: dict[str, str] = {}
        """By office, what its sender said last of such faults."""
        self.sent: dict[tuple[str, str], int] = {}
        self.refused: dict[tuple[str, str], int] = {}

    def worry(self, office: str) -> str:
        """Why letters of an office are not taken, whichever node sends them; empty if they are."""
        if not self._channels_of(office):
            return ""
        return self._own(office) if office in self._mine else self._said.get(office, "")

    def _own(self, office: str) -> str:
        found = ((channel, self.faults.get((office, channel))) for channel in sorted(self._channels_of(office)))
        said = [f"{channel}: {why}" for channel, why in found if why]
        refused = self._visits.refused(office) if self._visits is not None else ""
        return "; ".join([*said, *([refused] if refused else [])])

    def _channels_of(self, office: str) -> tuple[str, ...]:
        ringing = self._ringing is not None and self._ringing.wanted(office)
        visits = self._visits is not None and self._visits.wanted(office)
        wishes = self._agent is not None and self._agent.wanted(office)
        used = _used(self._desks[office].state.office)
        more = ((CHANNEL, ringing), (VISITS, visits), (WISHES, wishes))
        return (*used, *(channel for channel, wanted in more if wanted))

    async def run(self) -> None:
        """Runs until it is cancelled."""
        while True:
            await self.look()
            for office in list(self._desks):
                await self.turn(office)
            await self._rest()

    async def look(self) -> None:
        """Finds out in which offices phones want to be told, and citizens of their appointments or of a free slot, whichever node
        noted them."""
        for told in (self._ringing, self._visits, self._agent):
            try:
                if told is not None:
                    await told.look()
            except (SQLAlchemyError, OSError) as fault:
                _log.warning("phones and visits wait", reason=type(fault).__name__)

    def booked(self, office: str, appointments: Iterable[str]) -> None:
        """Something happened to these appointments."""
        if self._visits is not None:
            self._visits.changed(office, appointments)

    def called(self, office: str) -> None:
        """Somebody was called: phones are told at once if this node is the sender."""
        if office in self._mine and self._ringing is not None and self._ringing.wanted(office):
            self._woken.add(office)
            self._wake.set()

    async def _rest(self) -> None:
        """Until the next turn; calls do not wait for it."""
        loop = asyncio.get_running_loop()
        until = loop.time() + EVERY_S
        while (left := until - loop.time()) > 0:
            try:
                async with asyncio.timeout(left):
                    await self._wake.wait()
            except TimeoutError:
                return
            self._wake.clear()
            woken, self._woken = self._woken, set()
            for office in woken:
                await self.ring(office)

    async def ring(self, office: str) -> None:
        """Writes down which phones are to be told, and begins to tell them."""
        if self._ringing is None or not self._ringing.wanted(office):
            return
        desk = self._desks[office]
        try:
            written = await self._ringing.write_down(office, desk.state, desk.now())
            if written:
                self._due[office, CHANNEL] = 0
            self._begin_to_send(office, CHANNEL, written)
        except (SQLAlchemyError, OSError) as fault:
            _log.warning("phones wait", office=office, reason=type(fault).__name__)

    async def _visit(self, office: str) -> None:
        """Writes down what citizens are to be told of their appointments, and begins to tell them."""
        if self._visits is None or not self._visits.wanted(office):
            return
        desk = self._desks[office]
        written = await self._visits.write_down(office, desk.state, desk.now())
        if written:
            self._due[office, VISITS] = 0
        self._begin_to_send(office, VISITS, written)

    async def _wish(self, office: str) -> None:
        """Offers what is free to whoever wished for it, and begins to tell them."""
        if self._agent is None or not self._agent.wanted(office):
            return
        desk = self._desks[office]
        written = await self._agent.write_down(office, desk.state, desk.now())
        if written:
            self._due[office, WISHES] = 0
        self._begin_to_send(office, WISHES, written)

    async def stop(self) -> None:
        """Ends what is being sent, and lets another node send at once."""
        await self._tasks.close()
        for office in self._mine:
            try:
                await self._shared.release(office, LEASE, self.id)
            except StoreUnavailable:
                return

    async def turn(self, office: str) -> None:
        """If this node is the sender of the office: writes down what began and ended, and sends what is due."""
        file = self._desks[office].state.office
        if self._desks[office].health != "ready" or not self._channels_of(office):
            return
        try:
            if await self._is_mine(office):
                await self._write_down(office, file)
                for channel in _used(file):
                    self._begin_to_send(office, channel)
                await self.ring(office)
                await self._visit(office)
                await self._wish(office)
                await self._tell(office)
            else:
                self._said[office] = (await self._shared.look(_faults_of(office)) or b"").decode()
        except StoreUnavailable:
            if office in self._mine:
                self._said[office] = self._own(office)
            self._mine.discard(office)
        except (SQLAlchemyError, OSError) as fault:
            _log.warning("letters wait", office=office, reason=type(fault).__name__)

    async def _tell(self, office: str) -> None:
        """Tells the other nodes at each turn why letters are refused. What a dead sender said is soon forgotten."""
        said = self._own(office)
        if said:
            await self._shared.leave(_faults_of(office), said.encode(), LEASE_MS)
        elif self._said.get(office):
            await self._shared.collect(_faults_of(office))
        self._said[office] = said

    async def delivered(self) -> None:
        """Waits until nothing is being sent: for tests."""
        while self._sending:
            await asyncio.sleep(0)

    async def _is_mine(self, office: str) -> bool:
        lease = await self._shared.take(office, LEASE, self.id, LEASE_MS)
        if lease.holder != self.id:
            self._mine.discard(office)
            return False
        if office not in self._mine:
            self._watch.resume(office, await self._outbox.standing(office))
            for told in (self._ringing, self._visits, self._agent):
                if told is not None:
                    told.resume(office)
            self._due.update({(office, channel): 0 for channel in self._channels})
            for channel in self._channels:  # of the time when this node was the sender before
                self.faults.pop((office, channel), None)
            self._mine.add(office)
        return True

    async def _write_down(self, office: str, file: Office) -> None:
        """A turn stays in the watch's list until the database has it."""
        turns, now = self._watch.turns(office), self._desks[office].now()
        while turns:
            turn = turns[0]
            if isinstance(turn, Began):
                told = not file.alerts.codes or turn.condition.code in file.alerts.codes
                await self._outbox.began(office, turn, _used(file) if told else (), now)
            else:
                await self._outbox.ended(office, turn, now)
            turns.popleft()
            self._due.update({(office, channel): 0 for channel in _used(file)})

    def _begin_to_send(self, office: str, channel: str, new: int = 1) -> None:
        """`new`: how many letters there may be; up to that many are sent at the same time, if the channel allows it."""
        key, now = (office, channel), self._desks[office].now()
        due = self._due.get(key)
        if due is None or due > now:
            return
        most = min(max(1, new), self._channels[channel].at_once)
        for _ in range(most - self._sending.get(key, 0)):
            self._sending[key] = self._sending.get(key, 0) + 1
            self._tasks.start(self._send_all(office, channel), f"{office} {channel}")

    async def _send_all(self, office: str, channel: str) -> None:
        key = (office, channel)
        self._due[key] = None  # what is written down from now on sets it again
        try:
            await self._note_again()
            while (letter := await self._outbox.take(office, channel, self._desks[office].now())) is not None:
                await self._send(office, channel, letter)
            due = await self._outbox.due(office, channel)
            if self._due[key] is None:
                self._due[key] = due
        except (SQLAlchemyError, OSError) as fault:
            self._due[key] = 0
            _log.warning("letters wait", office=office, channel=channel, reason=type(fault).__name__)
        finally:
            self._sending[key] -= 1
            if not self._sending[key]:
                del self._sending[key]

    async def _send(self, office: str, channel: str, letter: Letter) -> None:
        desk, key = self._desks[office], (office, channel)
        try:
            async with asyncio.timeout(SEND_S):
                await self._channels[channel].send(desk.state.office, letter)
            fault = ""
        except TimeoutError:
            fault = f"no answer within {SEND_S:g} s"
        except NotTaken as refusal:
            fault = str(refusal)
            if isinstance(refusal, PartlyTaken | Undeliverable):
                self.faults[key] = fault
                await self._note(letter.id, desk.now())
                return
        if fault:
            if self.faults.get(key) != fault:
                _log.warning("a letter was not taken", office=office, channel=channel, reason=fault)
            self.faults[key] = fault
            self.refused[key] = self.refused.get(key, 0) + 1
            await self._outbox.failed(letter, fault, desk.now())
            return
        self.faults.pop(key, None)
        self.sent[key] = self.sent.get(key, 0) + 1
        await self._note(letter.id, desk.now())

    async def _note(self, id: str, now: int) -> None:
        """Notes that a letter was sent. If the database is away, this node remembers it."""
        self._notes[id] = now
        await self._note_again()

    async def _note_again(self) -> None:
        for id, now in list(self._notes.items()):
            await self._outbox.sent(id, now)
            self._notes.pop(id, None)


def _faults_of(office: str) -> str:
    return f"letters:{office}"


def wanted(office: Office) -> bool:
    """Whether anybody is to be told of this office's alerts."""
    return bool(office.alerts.to or office.alerts.webhook)


def _used(office: Office) -> tuple[str, ...]:
    """The channels that an office uses."""
    alerts = office.alerts
    return (*(("mail",) if alerts.to else ()), *(("webhook",) if alerts.webhook is not None else ()))
