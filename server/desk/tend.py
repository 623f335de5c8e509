"""What is done for an office without a press: opens the day, submits due ticks, redraws boards when time changes them, and
trims the log.

Every node does it; a tick's key and the state make sure that each tick happens only once.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from msgspec.structs import replace

from server.desk.desk import Desk
from server.desk.entry import Reply
from server.desk.steward import Steward
from server.log.port import Log, LogError
from server.messages.actor import SYSTEM
from server.messages.commands import ConfigureOffice, OpenDay
from server.messages.instants import MINUTE
from server.messages.laid import plain
from server.messages.office import Office
from server.messages.problems import Refusal
from server.office.boards import next_change
from server.office.due import key_of, ticks
from server.office.state import KEY_LIFE_MS
from server.office.waits import Waits
from server.tasks import Tasks

LOOK_S = 0.25
"""Seconds between two looks at the clock: no tick and no board is later than this."""
SNAPSHOT_EVERY = 2_000
"""Entries after which a new snapshot is saved."""
SNAPSHOTS_APART_MS = MINUTE
"""A new snapshot is not saved sooner than this: one of a full office takes a tenth of a second."""

_log = structlog.get_logger("aufruf.desk")


class Tender:
    """Tends one desk. `passed`: the seq up to which the historian has stored this office's entries."""

    def __init__(
        self,
        desk: Desk,
        log: Log,
        office: Office | None,
        applied: Callable[[Office], Awaitable[None]] | None = None,
        waits: Callable[[], Waits] = Waits,
    ) -> None:
        self._desk, self._log, self._office = desk, log, office
        self._tasks = Tasks(f"tender {desk.office}")
        self._snapshot_at = self._snapshot_after = 0
        self._noted = 0
        self._trimmed = 0
        self._looked_at = ("", 0, "")
        self._again_at: int | None = None
        self._epoch = ""
        self.passed = 0
        self._applied = applied
        self._steward = Steward(desk, waits)

    @property
    def trimmed(self) -> int:
        """The seq before which this node trimmed the log."""
        return self._trimmed

    async def start(self) -> None:
        self._tasks.forever(self._tend, "tend")

    async def stop(self) -> None:
        await self._tasks.close()

    @property
    def office(self) -> Office | None:
        """The office file in use; None until the log is folded and contains one."""
        return self._desk.state.office if self._desk.health == "ready" and self._desk.state.configured else None

    @property
    def awaited(self) -> Office | None:
        """What the newest file says: the same without what pages have set, and with the zone that is to come."""
        office, state = self.office, self._desk.state
        if office is None:
            return None
        office = plain(office, state.settings)
        return office if state.coming_zone is None else replace(office, time_zone=state.coming_zone)

    async def configure(self, office: Office) -> Reply | Refusal:
        """Applies an office file, unless its revision is not higher. Afterwards `applied` is called with the file in use."""
        self._office = office
        answer = await self._configure(office)
        if self._applied is not None and self._desk.state.configured:
            await self._applied(self._desk.state.office)
        return answer

    async def _configure(self, office: Office) -> Reply | Refusal:
        answer = await self._desk.submit(SYSTEM, ConfigureOffice(office=office), f"office:{office.revision}")
        if self._desk.state.coming_zone == office.time_zone:
            _log.warning("the new time zone counts when the date is over", office=office.id, zone=office.time_zone)
        return answer

    async def _tend(self) -> None:
        opened = False
        while True:
            if self._desk.health == "ready":
                state = self._desk.state
                ever = state.configured and state.last_day is not None  # False if the store lost the opening of the day
                opened = (opened and ever) or await self._open()
                if opened:
                    await self._look()
                    await self._steward.look()
                    await self._keep()
            await asyncio.sleep(LOOK_S)

    async def _open(self) -> bool:
        """Applies the office file and opens the day. False if that did not work: then it is tried again."""
        if self._office is not None:
            await self.configure(self._office)
        if not self._desk.state.configured:
            return False
        answer = await self._desk.submit(SYSTEM, OpenDay(), "")
        if isinstance(answer, Refusal):
            _log.warning("the day did not open", office=self._desk.office, code=answer.code, detail=answer.detail)
            return False
        return True

    async def _look(self) -> None:
        """Submits due ticks and has boards redrawn. Looks through the state only if it changed or an instant in it came."""
        state, now = self._desk.state, self._desk.now()
        came = self._again_at is not None and now >= self._again_at
        if not came and (state.epoch, state.seq, state.mark) == self._looked_at:
            return
        pressed = await self._press_due(now)
        if came:
            self._desk.time_passed()
        self._looked_at = (state.epoch, state.seq, state.mark)
        self._again_at = next_change(state, now) if pressed else now

    async def _press_due(self, now: int) -> bool:
        """False if the store did not answer: then it is tried again."""
        due = [tick for tick in ticks(self._desk.state) if tick.due <= now]
        answers = [await self._desk.submit(SYSTEM, tick, key_of(tick)) for tick in due]
        return not any(isinstance(answer, Refusal) and answer.retry for answer in answers)

    async def _keep(self) -> None:
        """Saves snapshots, notes where a fold may start, and trims the log before a checkpoint that is older than any key."""
        seq = self._desk.state.seq
        # time may have been set back, and `_snapshot_after` is from before that
        if self._epoch != self._desk.state.epoch:
            self._epoch, self._snapshot_after = self._desk.state.epoch, 0
        if seq < max(self._snapshot_at, self._noted, self._trimmed):  # after a fork the log is another, and shorter
            self._snapshot_at = self._noted = self._trimmed = 0
        try:
            if self._desk.checkpoints and self._desk.checkpoints[-1].seq > self._noted:
                self._noted = self._desk.checkpoints[-1].seq
                await self._log.note_checkpoint(self._desk.office, self._noted)
            now = self._desk.now()
            if seq >= self._snapshot_at + SNAPSHOT_EVERY and now >= self._snapshot_after:
                self._snapshot_at, self._snapshot_after = seq, now + SNAPSHOTS_APART_MS
                await self._desk.keep_snapshot()
            await self._trim()
        except LogError as fault:
            _log.warning("could not tidy the log", office=self._desk.office, reason=str(fault))

    async def _trim(self) -> None:
        """Trims only before the opening of a day that the historian has stored and that is older than 24 h, the life of a key."""
        old = self._desk.now() - KEY_LIFE_MS
        found = [seq for seq, at in self._desk.checkpoints if at <= old and seq <= self.passed]
        if found and found[-1] > self._trimmed:
            self._trimmed = found[-1]
            await self._log.trim(self._desk.office, found[-1])
