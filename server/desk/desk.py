"""The desk of one office: the one path of every command on this node.

Commands are taken in turn, decided one after the other on a state that runs ahead of the log, and appended as one batch under
one sync. Every answer of a batch, refusals too, waits for its append. After an error or a conflict the log is read first.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable, Sequence

import structlog

from server.clock import StoreClock
from server.desk import fold as folding
from server.desk.asked import Asked
from server.desk.entry import Done, Entry, Outcome, Trimmed, entry_of, unavailable
from server.desk.recover import fork, put_back
from server.log.port import Appended, Log, LogError, NotContinuous, Row
from server.messages import frames
from server.messages.actor import SYSTEM, Actor
from server.messages.commands import ChangeEpoch, Command, RaiseAlarm
from server.messages.events import Event, TooNew, encode
from server.messages.facts import Spent
from server.messages.instants import rfc3339
from server.messages.problems import Refusal
from server.messages.rights import COMMANDS
from server.office.decide import Press, decide
from server.office.result import Secret, result
from server.office.state import State
from server.tasks import Tasks

BATCH = 256
"""Commands appended under one sync at most."""
WAITING = 4_096
"""Commands that may wait; one more is told to come back."""
PATIENCE = 5.0
"""Seconds a command waits for the store before its caller is told to try again with the same key."""
QUIET = 2.0
"""Seconds nobody decides after a lost connection when several nodes share a store: whoever holds most puts back first."""
RETRY = 0.05
"""Seconds between two attempts to reach the store."""
HEARING = 0.002
"""Seconds between two questions for others' entries: a busy desk hears of them from its own conflicts anyway."""

Listener = Callable[[Sequence[Entry]], None]
AlarmListener = Callable[[frames.Alarm], None]

_log = structlog.get_logger("desk")


class Desk:
    """`state` is what is folded and acknowledged, never ahead of the log; read only.

    `health`: starting, ready, stale (the store does not answer), too_new (an entry of a newer release), stopping.
    `alone`: no other node shares the store.
    """

    def __init__(self, office: str, log: Log, clock: StoreClock, secret: Secret, *, alone: bool) -> None:
        self.office = office
        self.health, self.detail = "starting", "the log is being folded"
        self.stale_since: int | None = None
        self.lost: tuple[str, ...] = ()
        self._log, self._clock, self._secret, self._alone = log, clock, secret, alone
        self._fold = folding.Fold()
        self._waiting: deque[Asked] = deque()
        self._wake = asyncio.Event()
        self._moved = asyncio.Event()
        self._look = False
        self._contact = 0
        self._quiet_until = 0.0
        self._listeners: list[Listener] = []
        self._alarm_listeners: list[AlarmListener] = []
        self._tasks = Tasks(f"desk {office}")

    # what others may ask

    @property
    def state(self) -> State:
        return self._fold.state

    @property
    def checkpoints(self) -> Sequence[tuple[int, int]]:
        """(seq, instant) of the newest `day_opened` entries folded here."""
        return tuple(self._fold.checkpoints)

    def now(self) -> int:
        return self._clock.now_ms()

    def watch(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener` after each commit, in the order of the log; with nothing when time or health changed."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def watch_alarm(self, listener: AlarmListener) -> Callable[[], None]:
        """Calls `listener` as soon as an alarm is pressed, before and even without the append."""
        self._alarm_listeners.append(listener)
        return lambda: self._alarm_listeners.remove(listener)

    async def submit(self, actor: Actor, command: Command, key: str, age_ms: int | None = None) -> Outcome:
        """Decides a command and answers once that is durable. Never raises for what callers do; 503 when the store is away."""
        if isinstance(command, RaiseAlarm):
            self._alarm(actor, command)
        refused = self._closed_door()
        if refused is not None:
            return refused
        asked = Asked(actor, command, key, age_ms or 0, self._clock.monotonic())
        self._waiting.append(asked)
        self._wake.set()
        try:
            async with asyncio.timeout(PATIENCE):
                return await asked.answer
        except TimeoutError:
            return unavailable("the store does not answer; try again with the same key")

    def _closed_door(self) -> Refusal | None:
        if self.health == "starting":
            return Refusal(code="starting", detail=self.detail)
        if self.health == "stopping":
            return Refusal(code="stopping", detail="this node is going down; try again with the same key")
        if self.health == "too_new":
            return unavailable(self.detail)
        if len(self._waiting) >= WAITING:
            return Refusal(code="too_many", detail="too many presses are waiting")
        return None

    def _alarm(self, actor: Actor, command: RaiseAlarm) -> None:
        desk = self.state.desks.get(command.counter) if command.counter else None
        if actor.role not in COMMANDS["raise_alarm"] or (command.counter and desk is None):
            return
        way = desk.way if desk else {}
        label = desk.label if desk else ""
        alarm = frames.Alarm(counter=command.counter, label=label, way=way, at=rfc3339(self.now()))
        for listener in self._alarm_listeners:
            listener(alarm)

    async def caught_up(self, seq: int, timeout: float) -> bool:
        """Whether this node has folded entry `seq` within `timeout` seconds."""
        try:
            async with asyncio.timeout(timeout):
                while self.state.seq < seq:
                    self._moved.clear()
                    self.look()
                    await self._moved.wait()
        except TimeoutError:
            return False
        return True

    async def entries(self, after: int, limit: int) -> list[Entry]:
        """Entries with seq > after, at most `limit`. Raises Trimmed, LogError."""
        found = self._fold.entries(after + 1, limit)
        if found is not None:
            return found
        rows = await self._log.read(self.office, after, limit)
        if rows and rows[0].seq != after + 1:
            raise Trimmed(rows[0].seq)
        return [entry_of(row) for row in rows if row.seq <= self.state.seq]

    # its life

    async def start(self) -> None:
        """Folds the log, then takes commands. Waits for the store as long as it takes."""
        self._tasks.start(self._run(), "run")
        self._tasks.start(self._stay_in_touch(), "touch")

    async def stop(self) -> None:
        """Finishes what is being appended, keeps a snapshot, lets the rest know."""
        if self.health == "stopping":
            return
        ready = self.health == "ready"
        self.health = "stopping"
        while self._waiting and ready:
            self._moved.clear()
            self._wake.set()
            try:
                await asyncio.wait_for(self._moved.wait(), 2)
            except TimeoutError:
                break
        await self._tasks.close()
        for asked in self._waiting:
            asked.tell(Refusal(code="stopping", detail="this node is going down; try again with the same key"))
        if ready:
            await self.keep_snapshot()
        self._tell(())

    async def keep_snapshot(self) -> None:
        """Leaves the folded state beside the log, for a fast start. A convenience: failures are told, not raised."""
        try:
            await self._log.save_snapshot(self.office, self._fold.tail, self._fold.snapshot())
        except LogError as fault:
            _log.warning("no snapshot", office=self.office, reason=str(fault))

    def look(self) -> None:
        """Something may have been appended elsewhere."""
        self._look = True
        self._wake.set()

    def time_passed(self) -> None:
        """A board may look different now, although nothing happened."""
        self._tell(())

    # the desk's own task: nothing else changes the fold

    async def _run(self) -> None:
        while not await self._begin():
            await asyncio.sleep(RETRY)
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._look or self._waiting:
                if self._look:
                    self._look = False
                    if not await self._read():
                        await self._pause()
                        continue
                if self._waiting and await self._settled():
                    await self._take_turn()
            self._moved.set()

    async def _begin(self) -> bool:
        try:
            self._fold = await folding.begin(self._log, self.office)
            _, now = await self._log.tail(self.office)
        except TooNew as fault:
            self._too_new(fault)
            return False
        except (LogError, NotContinuous) as fault:
            self.detail = f"the store is not ready: {fault}"
            return False
        self._heard(now)
        self.lost = self.state.lost
        self.health, self.detail = "ready", ""
        self._moved.set()
        self._tell(())
        return True

    async def _settled(self) -> bool:
        """After a lost connection among several nodes: wait until every node could put back what it holds."""
        left = self._quiet_until - self._clock.monotonic()
        if left <= 0:
            return True
        await asyncio.sleep(min(left, RETRY))
        self._look = True
        return False

    async def _take_turn(self) -> None:
        """One batch: decide, append, fold, tell."""
        mark = secrets.token_urlsafe(9)
        batch = self._next_batch()
        events: list[Event] = []
        for asked in batch:
            events += self._decide(asked, mark, events)
        bodies = [encode(event) for event in events]
        try:
            answer = await self._log.append(self.office, self._fold.tail, mark, bodies)
        except LogError as fault:
            self._again(batch)
            self._unsure(fault)
            return
        self._heard(answer.now_ms)
        if not isinstance(answer, Appended):
            self._again(batch)
            self._look = True
            return
        entries = self._fold.commit(events, bodies, mark)
        self._moved.set()
        self._recovered()
        await self._answer(batch)
        if entries:
            asyncio.get_running_loop().call_soon(self._tell, entries)

    def _next_batch(self) -> list[Asked]:
        batch: list[Asked] = []
        while self._waiting and len(batch) < BATCH:
            asked = self._waiting.popleft()
            if not asked.gone:
                batch.append(asked)
        return batch

    def _decide(self, asked: Asked, mark: str, so_far: Sequence[Event]) -> Sequence[Event]:
        """Decides on the state that runs ahead. Whatever a rule raises ends that command only."""
        state = self._fold.trial()
        spent = state.keys.get((asked.actor.principal, asked.key)) if asked.key else None
        if spent is not None:
            same = spent.digest == asked.digest
            asked.decided = (
                spent if same else Refusal(code="key_reused", detail="this key was used for another command")
            )
            return ()
        press = Press(
            actor=asked.actor,
            key=asked.key,
            now=self.now(),
            nonce=secrets.token_hex(8),
            digest=asked.digest,
            age_ms=asked.age_ms + int((self._clock.monotonic() - asked.born) * 1000),
        )
        try:
            decided = decide(state, asked.command, press)  # type: ignore[arg-type]
            for event in decided if not isinstance(decided, Refusal) else ():
                self._fold.ahead(event, mark)
        except Exception:
            _log.exception("decide raised", office=self.office, command=type(asked.command).__name__)
            asked.decided = Refusal(code="fault", detail="this command could not be decided; nothing was changed")
            self._fold.discard()
            for event in so_far:
                self._fold.ahead(event, mark)
            return ()
        asked.decided = decided
        asked.marks.add(mark)
        return decided if not isinstance(decided, Refusal) else ()

    async def _answer(self, batch: Sequence[Asked]) -> None:
        for asked in batch:
            if isinstance(asked.decided, Refusal):
                asked.tell(asked.decided)
            elif isinstance(asked.decided, Spent):
                asked.tell(await self._replay(asked, asked.decided))
            else:
                asked.tell(self._done(asked, self._own(asked), replayed=False, seq=self.state.seq))

    def _own(self, asked: Asked) -> list[Entry]:
        if isinstance(asked.decided, Refusal | Spent) or not asked.decided:
            return []
        spent = self.state.keys.get((asked.actor.principal, asked.key))
        found = self._fold.entries(spent.seq, spent.count) if spent else None
        return found or []

    async def _replay(self, asked: Asked, spent: Spent) -> Outcome:
        entries = self._fold.entries(spent.seq, spent.count)
        if entries is None:
            try:
                rows = await self._log.read(self.office, spent.seq - 1, spent.count)
            except LogError as fault:
                return unavailable(str(fault))
            entries = [entry_of(row) for row in rows]
        own = bool(entries) and entries[0].mark in asked.marks
        return self._done(asked, entries, replayed=not own, seq=spent.seq + spent.count - 1)

    def _done(self, asked: Asked, entries: Sequence[Entry], *, replayed: bool, seq: int) -> Done:
        said = result(asked.command, [entry.event for entry in entries], self._secret)
        last = entries[-1].seq if entries else seq
        return Done(epoch=self.state.epoch, seq=last, replayed=replayed, entries=tuple(entries), result=said)

    # when the log is elsewhere than this node

    def _again(self, batch: Sequence[Asked]) -> None:
        """What was decided did not happen as far as anybody knows: read first, settle by key, decide the rest anew."""
        self._waiting.extendleft(reversed(batch))
        self._fold.discard()

    def _unsure(self, fault: LogError) -> None:
        self._look = True
        self._stale(fault)

    async def _read(self) -> bool:
        """Reads what was missed; puts back or tells a fork if the store lost what was folded here."""
        try:
            try:
                entries = await folding.catch_up(self._log, self.office, self._fold)
                _, now = await self._log.tail(self.office)
            except NotContinuous:
                entries = []
                await self._mend()
                _, now = await self._log.tail(self.office)
        except TooNew as fault:
            self._too_new(fault)
            return False
        except LogError as fault:
            self._stale(fault)
            self._look = True
            return False
        self._heard(now)
        self._recovered()
        if entries:
            self._tell(entries)
        self._moved.set()
        return True

    async def _mend(self) -> None:
        if await put_back(self._log, self.office, self._fold, self._contact):
            _log.warning("put back what the store had lost", office=self.office, seq=self._fold.tail.seq)
            return
        if await self._still_there():
            return
        self._fold, self.lost = await fork(self._log, self.office, self._fold)
        _log.error("the store's history is another; this node's was dropped", office=self.office, lost=len(self.lost))
        self._tell(())
        change = ChangeEpoch(reason="fork", lost=self.lost)
        self._waiting.appendleft(Asked(SYSTEM, change, f"fork:{secrets.token_hex(6)}", 0, self._clock.monotonic()))

    async def _still_there(self) -> bool:
        """Another node put back or appended while this one looked: its tail is in the store after all."""
        row: Row | None = await self._log.row(self.office, self._fold.tail.seq)
        return row is not None and row.mark == self._fold.tail.mark

    async def _pause(self) -> None:
        """The store is away: callers are told after their patience, the reading goes on."""
        await asyncio.sleep(RETRY)
        self._look = True
        while self._waiting and self._waiting[0].gone:
            self._waiting.popleft()

    async def _stay_in_touch(self) -> None:
        """Hears of other nodes' entries at once, and notices a store that went silent."""
        while True:
            try:
                async with asyncio.timeout(3):
                    await self._listen()
            except (LogError, TimeoutError) as fault:
                self._stale(fault)
                self.look()
                await asyncio.sleep(RETRY)

    async def _listen(self) -> None:
        """One second of the store: another node's entry, or proof that it is still there."""
        known = self._fold.tail.seq
        if self._alone:
            await asyncio.sleep(1)
        elif await self._log.wait(self.office, known, 1_000):
            if self._fold.tail.seq == known:
                self.look()
            await asyncio.sleep(HEARING)
            return
        tail, now = await self._log.tail(self.office)
        self._heard(now)
        if self.stale_since is not None or (tail.seq, tail.mark) != (self._fold.tail.seq, self._fold.tail.mark):
            self.look()

    def _heard(self, store_ms: int) -> None:
        self._clock.heard(store_ms)
        self._contact = store_ms

    def _stale(self, fault: Exception) -> None:
        if self.stale_since is None:
            self.stale_since = self._contact or self.now()
            _log.warning("the store does not answer", office=self.office, reason=str(fault))
            if not self._alone:
                self._quiet_until = self._clock.monotonic() + QUIET
        if self.health == "ready":
            self.health, self.detail = "stale", f"the store does not answer: {fault}"
            self._tell(())

    def _recovered(self) -> None:
        if self.stale_since is not None:
            _log.info("the store answers again", office=self.office)
            if not self._alone:
                self._quiet_until = self._clock.monotonic() + QUIET
        self.stale_since = None
        if self.health in ("stale", "too_new"):
            self.health, self.detail = "ready", ""
            self._tell(())

    def _too_new(self, fault: TooNew) -> None:
        self.health, self.detail = "too_new", str(fault)
        _log.error("this release is too old for the log", office=self.office, reason=str(fault))
        for asked in self._waiting:
            asked.tell(unavailable(self.detail))
        self._waiting.clear()
        self._tell(())

    def _tell(self, entries: Sequence[Entry]) -> None:
        for listener in list(self._listeners):
            try:
                listener(entries)
            except Exception:
                _log.exception("a listener raised", office=self.office)
