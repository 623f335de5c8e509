"""The fold of one office's log on this node: the acknowledged state, and one that runs ahead of it while deciding.

Only the desk's own task changes it. It keeps today's raw rows (to put back what the store loses) and recent entries (for
replays).
"""

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from server.desk.entry import Entry
from server.log.port import EMPTY, Log, NotContinuous, Row
from server.messages.events import DayOpened, Event, decode
from server.office.evolve import evolve
from server.office.snapshot import freeze, thaw
from server.office.state import State

PAGE = 1_000
RECENT, LEAST_RECENT = 20_000, 500
"""Entries that a node keeps decoded for replays and `GET events`, of all its offices together, and at least of each; older ones
are read from the log."""


def share_of(offices: int) -> int:
    """How many recent entries each of so many offices may keep: a city's node holds no more of them than a town's."""
    return max(LEAST_RECENT, RECENT // max(1, offices))


class Checkpoint(NamedTuple):
    """An entry that opened a day: a fold may start there. `at`: when it did, ms."""

    seq: int
    at: int


class Fold:
    """`state`: what is acknowledged. `trial()`: a copy, ahead by what is decided and not yet appended."""

    def __init__(self) -> None:
        self.state = State()
        self.tail = EMPTY
        self.held: deque[Row] = deque()
        self.recent: deque[Entry] = deque(maxlen=RECENT)
        self.checkpoints: deque[Checkpoint] = deque(maxlen=16)
        self._trial: State | None = None

    def keep(self, recent: int) -> None:
        """From now on at most so many entries are kept decoded."""
        self.recent = deque(self.recent, maxlen=recent)

    def trial(self) -> State:
        if self._trial is None:
            self._trial = self.state.copy()
        return self._trial

    def discard(self) -> None:
        """Drops what was decided and not appended."""
        self._trial = None

    def ahead(self, event: Event, mark: str) -> None:
        """Applies an event that is decided and not yet in the log."""
        trial = self.trial()
        evolve(trial, event, trial.seq + 1, mark)

    def commit(self, events: Sequence[Event], bodies: Sequence[bytes], mark: str) -> list[Entry]:
        """Applies what was decided and is in the log now."""
        rows = [Row(seq, mark, body) for seq, body in enumerate(bodies, self.tail.seq + 1)]
        return [self._apply(row, event) for row, event in zip(rows, events, strict=True)]

    def fold(self, rows: Sequence[Row]) -> None:
        """Applies rows that another node appended. Raises TooNew at an entry that this release does not understand."""
        if rows:
            self.discard()
        for row in rows:
            self._apply(row, decode(row.body))

    def _apply(self, row: Row, event: Event) -> Entry:
        evolve(self.state, event, row.seq, row.mark)
        self.tail = row.tail
        if isinstance(event, DayOpened):
            self.held.clear()
            self.checkpoints.append(Checkpoint(row.seq, event.at))
        self.held.append(row)
        entry = Entry(seq=row.seq, mark=row.mark, event=event)
        self.recent.append(entry)
        return entry

    def hold(self, rows: Sequence[Row]) -> None:
        """Keeps rows that are in the snapshot this fold began with: `rows` start at a checkpoint and end at the tail."""
        last = max(at for at, row in enumerate(rows) if at == 0 or opens_a_day(row))
        self.held.extend(rows[last:])
        self.checkpoints.append(Checkpoint(rows[last].seq, decode(rows[last].body).at))

    def entries(self, first: int, count: int) -> list[Entry] | None:
        """Entries by seq; None if the first is older than what is kept here."""
        if not self.recent or first < self.recent[0].seq:
            return None
        start = first - self.recent[0].seq
        return [self.recent[at] for at in range(start, min(start + count, len(self.recent)))]

    def since(self, seq: int) -> list[Entry]:
        """The entries folded after `seq`, as far as they are kept here."""
        first = max(seq + 1, self.recent[0].seq) if self.recent else seq + 1
        return self.entries(first, self.tail.seq - seq) or []

    def snapshot(self) -> bytes:
        return freeze(self.state)


async def begin(log: Log, office: str) -> Fold:
    """Folds what is in the log: from a snapshot if it fits, else from the newest checkpoint, else from the first entry."""
    return await _from_snapshot(log, office) or await _from_checkpoint(log, office)


async def _from_snapshot(log: Log, office: str) -> Fold | None:
    kept = await log.load_snapshot(office)
    if kept is None:
        return None
    tail, blob = kept
    state = thaw(blob)
    if state is None or (state.seq, state.mark) != (tail.seq, tail.mark):
        return None
    fold = Fold()
    fold.state, fold.tail = state, tail
    try:
        await _hold_today(log, office, fold)
        await catch_up(log, office, fold)
    except NotContinuous:
        return None
    return fold


async def _hold_today(log: Log, office: str, fold: Fold) -> None:
    """Reads today's rows, which a snapshot does not contain: they are put back from here if the store loses them."""
    first = await log.checkpoint(office)
    if first is None:
        return
    rows: list[Row] = []
    after = first - 1
    while after < fold.tail.seq and (page := await log.read(office, after, PAGE)):
        rows += page
        after = page[-1].seq
    rows = [row for row in rows if row.seq <= fold.tail.seq]
    if rows and rows[-1].tail == fold.tail and opens_a_day(rows[0]):
        fold.hold(rows)


async def _from_checkpoint(log: Log, office: str) -> Fold:
    hint = await log.checkpoint(office)
    if hint is not None:
        row = await log.row(office, hint)
        if row is not None and opens_a_day(row):
            return await _from_row(log, office, hint - 1)
    return await _from_row(log, office, 0)


async def _from_row(log: Log, office: str, after: int) -> Fold:
    """Folds from the first row after `after` that may start a fold: entry 1 or a checkpoint. Rows before it are skipped.

    Each page proves that it follows the one before it. NotContinuous if the log was cut or changed meanwhile, or if it has
    rows but none that may start a fold.
    """
    fold, start_at = Fold(), after
    while fold.tail == EMPTY and (rows := await log.read(office, after, PAGE)):
        after = rows[-1].seq
        start = next((i for i, row in enumerate(rows) if row.seq == 1 or opens_a_day(row)), len(rows))
        fold.fold(rows[start:])
    if fold.tail != EMPTY or after != start_at:
        await catch_up(log, office, fold)
    return fold


def opens_a_day(row: Row) -> bool:
    """Whether this is a checkpoint. The search for the name spares decoding all other rows."""
    return b'"day_opened"' in row.body and isinstance(decode(row.body), DayOpened)


async def catch_up(log: Log, office: str, fold: Fold) -> None:
    """Folds the rows that follow. NotContinuous if the store does not hold the row that was folded last."""
    while True:
        rows = await log.follow(office, fold.tail, PAGE)
        fold.fold(rows)
        if len(rows) < PAGE:
            return
