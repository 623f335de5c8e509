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
from server.desk.answers import outcome
from server.desk.asked import Asked
from server.desk.entry import Entry, Outcome, Trimmed, entry_of, unavailable
from server.desk.recover import fork, outrun, put_back
from server.desk.standing import Standing
from server.desk.touch import Touch
from server.desk.turn import Turn
from server.desk.watchers import AlarmListener, Listener, Watchers
from server.log.port import Appended, Log, LogError, NotContinuous
from server.messages import frames
from server.messages.actor import SYSTEM, Actor
from server.messages.commands import ChangeEpoch, Command, RaiseAlarm
from server.messages.events import TooNew
from server.messages.instants import rfc3339
from server.messages.problems import Refusal
from server.messages.rights import COMMANDS
from server.office.decide import Press
from server.office.result import Secret
from server.office.state import State
from server.tasks import Tasks

BATCH = 256
"""Commands appended under one sync at most."""
WAITING = 4_096
"""Commands that may wait; one more is told to come back."""
PATIENCE = 5.0
"""Seconds a command waits for the store before its caller is told to try again with the same key."""
RETRY = 0.05
"""Seconds between two attempts to reach the store."""
RETRY_TOO_NEW = 1.0
"""Seconds between two looks whether an entry of a newer release is still there."""
ENDING = 3.0
"""Seconds a desk that stops gives what is being appended."""

_log = structlog.get_logger("desk")


class Desk(Standing):
    """`state` is what is folded and acknowledged, never ahead of the log; read only. `lost`: what a fork took from here."""

    def __init__(
        self, office: str, log: Log, clock: StoreClock, secret: Secret, *, alone: bool, patience: float = PATIENCE
    ) -> None:
        super().__init__(office, clock, alone=alone)
        self._patience = patience
        self.lost: tuple[str, ...] = ()
        self._log, self._secret = log, secret
        self._fold = folding.Fold()
        self._waiting: deque[Asked] = deque()
        self._in_hand: Sequence[Asked] = ()
        self._wake = asyncio.Event()
        self._moved = asyncio.Event()
        self._look = False
        self._touch = Touch(log, self, clock, lambda: self._fold.tail, self.look, alone=alone)
        self._watchers = Watchers(office)
        self._tasks = Tasks(f"desk {office}")

    # what others may ask

    @property
    def state(self) -> State:
        return self._fold.state

    @property
    def checkpoints(self) -> Sequence[tuple[int, int]]:
        """(seq, instant) of the newest `day_opened` entries folded here."""
        return tuple(self._fold.checkpoints)

    def watch(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener` after each commit, in the order of the log; with nothing when time or health changed."""
        return self._watchers.watch(listener)

    def watch_alarm(self, listener: AlarmListener) -> Callable[[], None]:
        """Calls `listener` as soon as an alarm is pressed, before and even without the append."""
        return self._watchers.watch_alarm(listener)

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
        timer = asyncio.get_running_loop().call_later(self._patience, asked.give_up)
        try:
            return await asked.answer
        finally:
            timer.cancel()

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
        self._watchers.alarm(frames.Alarm(counter=command.counter, label=label, way=way, at=rfc3339(self.now())))

    async def caught_up(self, seq: int, timeout: float) -> bool:
        """Whether this node has folded entry `seq` within `timeout` seconds."""
        try:
            async with asyncio.timeout(timeout):
                self.look()
                while self.state.seq < seq:
                    self._moved.clear()
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
        self._tasks.start(self._touch.keep(), "touch")

    async def stop(self) -> None:
        """Finishes what waits and what is being appended, keeps a snapshot, lets the rest know."""
        if self.health == "stopping":
            return
        ready = self.health == "ready"
        self.health, self.detail = "stopping", "this node is going down"
        if ready:
            await self._finish()
        await self._tasks.close()
        for asked in (*self._in_hand, *self._waiting):
            asked.tell(Refusal(code="stopping", detail="this node is going down; try again with the same key"))
        if ready:
            await self.keep_snapshot()
        self.changed()

    async def _finish(self) -> None:
        try:
            async with asyncio.timeout(ENDING):
                while self._waiting or self._in_hand:
                    self._moved.clear()
                    self._wake.set()
                    await self._moved.wait()
        except TimeoutError:
            _log.warning("stopped before every press was appended", office=self.office)

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
        self.changed()

    def changed(self) -> None:
        self._watchers.tell(())

    # the desk's own task: nothing else changes the fold

    async def _run(self) -> None:
        while not await self._begin():
            await self._pause()
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._work()
            except Exception as fault:  # nobody would ever decide here again
                _log.exception("the desk stumbled", office=self.office)
                self._again()
                self.stale(fault)
                self.look()
                await asyncio.sleep(RETRY)
            self._moved.set()

    async def _work(self) -> None:
        while self._look or self._waiting:
            if self._look:
                self._look = False
                if not await self._read():
                    await self._pause()
                    self._look = True
                    continue
            if self._waiting and await self._may_decide():
                await self._take_turn()

    async def _begin(self) -> bool:
        try:
            self._fold = await folding.begin(self._log, self.office)
            _, now = await self._log.tail(self.office)
        except TooNew as fault:
            self.too_new(fault)
            return False
        except LogError as fault:
            self.detail = f"the store is not ready: {fault}"
            return False
        self.heard(now)
        self.proven()
        self.lost = self.state.lost
        self.stale_since = None
        if self.health != "stopping":
            self.health, self.detail = "ready", ""
        self._moved.set()
        self.changed()
        return True

    async def _may_decide(self) -> bool:
        """After a lost connection among several nodes: wait until every node could put back what it holds."""
        if self.quiet_for <= 0:
            return True
        await asyncio.sleep(min(self.quiet_for, RETRY))
        self._look = True
        return False

    async def _take_turn(self) -> None:
        """One batch: decide, append, fold, tell."""
        self._in_hand = self._next_batch()
        turn = Turn(self._fold, self._in_hand)
        turn.decide(self._press)
        try:
            answer = await self._log.append(self.office, self._fold.tail, turn.mark, turn.bodies)
        except LogError as fault:
            self._again()
            self.stale(fault, writing=True)
            self._look = True
            await asyncio.sleep(RETRY)
            return
        if not isinstance(answer, Appended):
            self._again()
            self._look = True
            return
        self.heard(answer.now_ms)
        self.proven()
        entries = self._fold.commit(turn.events, turn.bodies, turn.mark)
        self._moved.set()
        self.recovered(written=bool(entries))
        for asked in self._in_hand:
            asked.tell(await outcome(asked, self._fold, self._log, self.office, self._secret))
        self._in_hand = ()
        if entries:
            asyncio.get_running_loop().call_soon(self._watchers.tell, entries)

    def _next_batch(self) -> list[Asked]:
        batch: list[Asked] = []
        while self._waiting and len(batch) < BATCH:
            asked = self._waiting.popleft()
            if not asked.gone:
                batch.append(asked)
        return batch

    def _press(self, asked: Asked) -> Press:
        waited = self._clock.monotonic() - asked.born
        return Press(
            actor=asked.actor,
            key=asked.key,
            now=self.now(),
            nonce=secrets.token_hex(8),
            digest=asked.digest,
            age_ms=asked.age_ms + int(waited * 1000),
        )

    # when the log is elsewhere than this node

    def _again(self) -> None:
        """What was decided did not happen as far as anybody knows: read first, settle by key, decide the rest anew."""
        self._waiting.extendleft(reversed([asked for asked in self._in_hand if not asked.gone]))
        self._in_hand = ()
        self._fold.discard()

    async def _read(self) -> bool:
        """Reads what was missed; puts back or tells a fork if the store lost what was folded here."""
        fold, known = self._fold, self._fold.tail.seq
        try:
            try:
                await folding.catch_up(self._log, self.office, fold)
            except NotContinuous:
                await self._mend()
            else:
                self.proven()
            _, now = await self._log.tail(self.office)
        except TooNew as fault:
            self.too_new(fault)
            self._turn_away()
            return False
        except LogError as fault:
            self.stale(fault)
            return False
        finally:
            if self._fold is fold and fold.tail.seq > known:
                self._watchers.tell(fold.since(known))
        self.heard(now)
        self.recovered()
        self._moved.set()
        return True

    def _turn_away(self) -> None:
        for asked in self._waiting:
            asked.tell(unavailable(self.detail))
        self._waiting.clear()

    async def _mend(self) -> None:
        """The store does not hold what was folded last. Whatever comes of it, the log is read on before anything is decided."""
        self._look = True
        self.hush()
        if await put_back(self._log, self.office, self._fold, self.out_of_touch):
            _log.warning("put back what the store had lost", office=self.office, seq=self._fold.tail.seq)
            return
        if await self._still_there():
            return
        if await outrun(self._log, self.office, self._fold):
            _log.warning("the log was trimmed while this node slept", office=self.office)
            self._fold = await folding.begin(self._log, self.office)
            self.proven()
            self.changed()
            return
        if self.others_may_mend():
            await asyncio.sleep(RETRY)
            return
        self._fold, self.lost = await fork(self._log, self.office, self._fold)
        self.proven()
        _log.error("the store's history is another; this node's was dropped", office=self.office, lost=len(self.lost))
        self.changed()
        change = ChangeEpoch(reason="fork", lost=self.lost)
        self._waiting.appendleft(Asked(SYSTEM, change, f"fork:{secrets.token_hex(6)}", 0, self._clock.monotonic()))

    async def _still_there(self) -> bool:
        """Another node put back or appended while this one looked: its tail is in the store after all."""
        row = await self._log.row(self.office, self._fold.tail.seq)
        return row is not None and row.mark == self._fold.tail.mark

    async def _pause(self) -> None:
        """The store is away: callers are told after their patience, the reading goes on."""
        await asyncio.sleep(RETRY_TOO_NEW if self.health == "too_new" else RETRY)
        while self._waiting and self._waiting[0].gone:
            self._waiting.popleft()
