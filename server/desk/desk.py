"""The desk of one office: every command on this node goes through it.

Commands are decided one after the other on a state that runs ahead of the log, and appended as one batch with one sync. Every
answer of a batch, also a refusal, waits for the append. After an error or a conflict the log is read before anything else.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable, Sequence

import structlog

from server.clock import StoreClock
from server.desk.answers import outcome
from server.desk.catching_up import RETRY_S, CatchingUp
from server.desk.entry import Done, Entry, Reply, Trimmed, entry_of, unavailable
from server.desk.fold import RECENT, Checkpoint, Fold
from server.desk.pending import Pending
from server.desk.standing import Standing
from server.desk.touch import Touch
from server.desk.turn import Turn
from server.desk.watchers import AlarmListener, Listener, Watchers
from server.desk.witness import Witness
from server.desk.worries import worries_of
from server.histogram import Histogram
from server.log.port import Appended, Log, LogError, Memory
from server.messages import frames
from server.messages.actor import Actor
from server.messages.boards import Worry
from server.messages.commands import Command, OpenDay, RaiseAlarm, Tick
from server.messages.instants import rfc3339
from server.messages.problems import Refusal
from server.messages.rights import COMMANDS
from server.office.decide import Press
from server.office.hours import day_of
from server.office.result import Secret
from server.office.state import State
from server.office.waits import PromiseTo
from server.tasks import Tasks

BATCH = 256
"""The most commands in one batch."""
WAITING = 4_096
"""The most commands that may wait; further ones are refused (`too_many`)."""
PATIENCE_S = 5.0
"""Seconds a command waits for the store before its caller is told to try again with the same key."""
ENDING_S = 3.0
"""Seconds that a stopping desk waits for what is being appended."""
UNOPENED = ("store_unavailable", "fault")
"""Refusals of `open_day` that are faults, not decisions."""

_log = structlog.get_logger("aufruf.desk")


class Desk:
    """`state`: what is folded and acknowledged, never ahead of the log; only to be read. `lost`: what a fork removed here.
    `appends`: seconds until the store had each batch."""

    def __init__(
        self,
        office: str,
        log: Log,
        clock: StoreClock,
        secret: Secret,
        *,
        alone: bool,
        patience: float = PATIENCE_S,
        witness: Witness | None = None,
        memory: Memory | None = None,
        promise: PromiseTo | None = None,
        recent: int = RECENT,
    ) -> None:
        self.office = office
        self._patience, self._promise = patience, promise
        self._log, self._clock, self._secret = log, clock, secret
        self._waiting: deque[Pending] = deque()
        self._in_hand: Sequence[Pending] = ()
        self._unopened, self._day_seen = "", False
        self._wake = asyncio.Event()
        self._moved = asyncio.Event()
        self._watchers = Watchers(office)
        self._standing = Standing(office, clock, self.changed, alone=alone)
        self._reader = CatchingUp(log, self._standing, self._waiting, self._watchers, witness, memory, recent)
        self._touch = Touch(log, self._standing, clock, lambda: self._fold.tail, self.look, alone=alone)
        self._tasks = Tasks(f"desk {office}")
        self.appends = Histogram()

    # what others may ask

    @property
    def state(self) -> State:
        return self._fold.state

    @property
    def lost(self) -> tuple[str, ...]:
        return self._reader.lost

    @property
    def health(self) -> str:
        """starting, ready, stale (the store does not answer), too_new (an entry of a newer release), stopping."""
        return self._standing.health

    @property
    def detail(self) -> str:
        """The reason of `health`, for people."""
        return self._standing.detail

    @property
    def stale_since(self) -> int | None:
        """When the store was last heard, ms, while it does not answer."""
        since = self._standing.stale_since
        return None if since is None else since + self.ahead

    @property
    def clock_jump(self) -> int | None:
        """By how many ms the store's clock jumped. The office does not follow the jump; somebody should look at it."""
        return self._standing.clock_jump

    def now(self) -> int:
        """The log's time, ms: the store's clock plus the log's lead."""
        return self._standing.now() + self.ahead

    def today(self) -> str:
        """The office's date."""
        return day_of(self.state.office, self.now())

    @property
    def ahead(self) -> int:
        """By how many ms the log's time is ahead of the store's clock."""
        return self._fold.state.ahead

    @property
    def checkpoints(self) -> Sequence[Checkpoint]:
        """(seq, instant) of the newest `day_opened` entries folded here."""
        return tuple(self._fold.checkpoints)

    def watch(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener` after each commit, in the order of the log; without entries when time or health changed."""
        return self._watchers.watch(listener)

    def watch_alarm(self, listener: AlarmListener) -> Callable[[], None]:
        """Calls `listener` as soon as an alarm is pressed, before and even without the append."""
        return self._watchers.watch_alarm(listener)

    async def submit(
        self, actor: Actor, command: Command, key: str, age_ms: int | None = None, at: int | None = None
    ) -> Reply:
        """Decides a command and answers once its events are durable. Never raises for what callers do; if the store does not
        answer, the refusal is `store_unavailable` (503)."""
        if isinstance(command, RaiseAlarm):
            self._alarm(actor, command)
        refused = self._closed_door()
        if refused is not None:
            return refused
        asked = Pending(actor, command, key, age_ms or 0, self._clock.monotonic(), at)
        self._waiting.append(asked)
        self._wake.set()
        timer = asyncio.get_running_loop().call_later(self._patience, asked.give_up)
        try:
            answer = await asked.answer
        finally:
            timer.cancel()
        if _opens(command):
            failed = isinstance(answer, Refusal) and answer.code in UNOPENED
            self._unopened = answer.detail if isinstance(answer, Refusal) and failed else ""
            self._day_seen = self._day_seen or isinstance(answer, Done)
        return answer

    def _closed_door(self) -> Refusal | None:
        if self.health == "starting":
            return Refusal(code="starting", detail=self.detail)
        if self.health == "stopping":
            return Refusal(code="stopping", detail="this node is going down; try again with the same key")
        if self.health == "too_new":
            return unavailable(self.detail)
        if self._full():
            return Refusal(code="too_many", detail="too many presses are waiting")
        return None

    def _full(self) -> bool:
        """Whether too many callers wait; those that gave up do not, and each of them pressed again since."""
        if len(self._waiting) >= WAITING:
            living = [asked for asked in self._waiting if not asked.gone]
            self._waiting.clear()
            self._waiting.extend(living)
        return len(self._waiting) >= WAITING

    def _alarm(self, actor: Actor, command: RaiseAlarm) -> None:
        desk = self.state.places.get(command.counter) if command.counter else None
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

    def missing(self) -> str:
        """Why a press would be refused now, for people; empty if it would be taken."""
        if self.health != "ready":
            return f"{self.health}: {self.detail}".rstrip(": ")
        if not self._day_seen and not self._unopened:
            return "the day is not open"  # `state.day` may still be yesterday's: the tender has not opened today yet
        return f"the day does not open: {self._unopened}" if self._unopened else ""

    def worries(self) -> tuple[Worry, ...]:
        """What staff should know about this office, although it is open."""
        return tuple(worries_of(self.state, self._standing.in_doubt))

    # start and stop

    async def start(self) -> None:
        """Begins to fold the log, then to take commands. If the store does not answer, it goes on trying."""
        self._tasks.forever(self._run, "run")
        self._tasks.forever(self._touch.keep, "touch")

    async def stop(self) -> None:
        """Finishes what waits and what is being appended, saves a snapshot, and refuses whatever is left."""
        if self.health == "stopping":
            return
        ready = self.health == "ready"
        self._standing.stopping()
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
            async with asyncio.timeout(ENDING_S):
                while self._waiting or self._in_hand:
                    self._moved.clear()
                    self._wake.set()
                    await self._moved.wait()
        except TimeoutError:
            _log.warning("stopped before every press was appended", office=self.office)

    async def keep_snapshot(self) -> None:
        """Saves the folded state beside the log, for a fast start. It is not needed: a failure is logged, not raised."""
        try:
            await self._log.save_snapshot(self.office, self._fold.tail, self._fold.snapshot())
        except LogError as fault:
            _log.warning("no snapshot", office=self.office, reason=str(fault))

    def look(self) -> None:
        """Reads the log soon: another node may have appended something."""
        self._reader.due = True
        self._wake.set()

    def time_passed(self) -> None:
        """Tells watchers that boards may look different now, although nothing happened."""
        self.changed()

    def changed(self) -> None:
        self._watchers.tell(())

    # the desk's own task: nothing else changes the fold

    @property
    def _fold(self) -> Fold:
        return self._reader.fold

    async def _run(self) -> None:
        while not await self._reader.begin():
            await self._reader.pause()
        self._moved.set()
        self._wake.set()  # `begin` may have put the report of a fork into the queue
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._work()
            except Exception as fault:  # if this task ended, nobody would decide for this office any more
                _log.exception("the desk stumbled", office=self.office)
                self._tasks.stumbled("run", fault)
                self._again()
                self._standing.stale(fault)
                self.look()
                await asyncio.sleep(RETRY_S)
            self._moved.set()

    async def _work(self) -> None:
        while self._reader.due or self._waiting:
            if self._reader.due:
                self._reader.due = False
                if not await self._reader.read():
                    await self._reader.pause()
                    self._reader.due = True
                    continue
                self._moved.set()
            if self._waiting and await self._may_decide():
                await self._take_turn()

    async def _may_decide(self) -> bool:
        """After a lost connection, with several nodes: waits until each of them could put back what it holds."""
        if self._standing.quiet_for <= 0:
            return True
        await asyncio.sleep(min(self._standing.quiet_for, RETRY_S))
        self._reader.due = True
        return False

    async def _take_turn(self) -> None:
        """One batch: decide, append, fold, answer, tell watchers.

        Only the desk's own task runs this, so nothing folds between `decide` and `append`. If another node appended first, the
        append fails on the tail, and the batch is decided again on the new state.
        """
        self._in_hand = self._next_batch()
        turn = Turn(self._fold, self._in_hand)
        turn.decide(self._press)
        began = self._clock.monotonic()
        try:
            answer = await self._log.append(self.office, self._fold.tail, turn.mark, turn.bodies)
        except LogError as fault:
            self._again()
            self._standing.stale(fault, writing=True)
            self._reader.due = True
            await asyncio.sleep(RETRY_S)
            return
        if not isinstance(answer, Appended):
            self._again()
            self._reader.due = True
            return
        self.appends.note(self._clock.monotonic() - began)
        self._standing.heard(answer.now_ms)
        self._standing.proven()
        entries = self._fold.commit(turn.events, turn.bodies, turn.mark)
        self._moved.set()
        self._standing.recovered(written=bool(entries))
        for asked in self._in_hand:
            asked.tell(await outcome(asked, self._fold, self._log, self.office, self._secret))
        self._in_hand = ()
        if entries:
            self._reader.remember()
            # in the loop's next turn: the callers answered above run before boards are drawn
            asyncio.get_running_loop().call_soon(self._watchers.tell, entries)

    def _next_batch(self) -> list[Pending]:
        batch: list[Pending] = []
        while self._waiting and len(batch) < BATCH:
            asked = self._waiting.popleft()
            if not asked.gone:
                batch.append(asked)
        return batch

    def _press(self, asked: Pending) -> Press:
        clock = self._standing.now()
        now = clock + self._fold.trial().ahead
        return Press(
            actor=asked.actor,
            key=asked.key,
            now=now,
            clock=clock,
            nonce=secrets.token_hex(8),
            digest=asked.digest,
            age_ms=asked.age(self._clock.monotonic(), now),
            promise=self._promise,
        )

    def _again(self) -> None:
        """Puts the batch back into the queue: nobody knows whether it was appended. After reading the log, commands whose key is
        spent are answered by what it did; the rest are decided again."""
        self._waiting.extendleft(reversed([asked for asked in self._in_hand if not asked.gone]))
        self._in_hand = ()
        self._fold.discard()


def _opens(command: Command) -> bool:
    return isinstance(command, OpenDay) or (isinstance(command, Tick) and command.kind == "day")
