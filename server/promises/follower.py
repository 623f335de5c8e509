"""One office's log, folded by the worker itself exactly up to an entry that its node has folded. It never starts from a snapshot:

`Today` needs all entries since the day was opened, and all nodes must get the same result.
"""

from collections.abc import Callable

from server.desk.fold import PAGE, opens_a_day
from server.forecast.record import Entry
from server.forecast.today import Today
from server.log.port import EMPTY, Log, NotContinuous, Row, Tail
from server.messages.events import decode
from server.office.evolve import evolve
from server.office.state import State

Sees = Callable[[State, Entry], None]


def nobody_sees(state: State, entry: Entry) -> None:
    """Nobody wants the entries themselves."""


class Follower:
    """`state` and `today` are those after the entry that was last passed to `to`. `sees`: called with each entry before it
    is folded."""

    def __init__(self, log: Log, office: str, sees: Sees = nobody_sees) -> None:
        self.log, self._office, self._sees = log, office, sees
        self._forget()

    def _forget(self) -> None:
        self.state, self.today, self._tail = State(), Today(), EMPTY

    async def to(self, wanted: Tail) -> None:
        """Folds up to this entry. Raises NotContinuous if the log does not hold it (any more), LogError if the store is
        away."""
        if self._tail.seq > wanted.seq:
            self._forget()
        try:
            await self._read(wanted.seq)
        except NotContinuous:  # the store has another history than the one folded here
            self._forget()
            await self._read(wanted.seq)
        if self._tail != wanted:
            self._forget()
            raise NotContinuous(wanted)

    async def _read(self, seq: int) -> None:
        if self._tail == EMPTY:
            await self._begin(seq)
        while self._tail.seq < seq:
            rows = await self.log.follow(self._office, self._tail, min(PAGE, seq - self._tail.seq))
            if not rows:
                return
            self._fold(rows)

    async def _begin(self, seq: int) -> None:
        """Begins at the checkpoint of the day, else at the first entry at which a fold may start."""
        after = await self._checkpoint(seq)
        while self._tail == EMPTY and (rows := await self.log.read(self._office, after, min(PAGE, seq - after))):
            after = rows[-1].seq
            start = next((at for at, row in enumerate(rows) if row.seq == 1 or opens_a_day(row)), len(rows))
            self._fold(rows[start:])

    async def _checkpoint(self, seq: int) -> int:
        hint = await self.log.checkpoint(self._office)
        row = await self.log.row(self._office, hint) if hint is not None and hint <= seq else None
        return row.seq - 1 if row is not None and opens_a_day(row) else 0

    def _fold(self, rows: list[Row]) -> None:
        for row in rows:
            event = decode(row.body)
            self.today.note(self.state, event)
            self._sees(self.state, Entry(row.seq, row.mark, event))
            evolve(self.state, event, row.seq, row.mark)
            self._tail = row.tail


class Followers:
    """One follower for each office. `connect(url)`: the log of a store. It follows one store at a time, because a node has
    one."""

    def __init__(self, connect: Callable[[str], Log]) -> None:
        self._connect = connect
        self._store = ""
        self._log: Log | None = None
        self._known: dict[str, Follower] = {}

    def of(self, store: str, office: str) -> Follower:
        log = self._at(store)
        if office not in self._known:
            self._known[office] = Follower(log, office)
        return self._known[office]

    def again(self, store: str, office: str, sees: Sees) -> Follower:
        """A new follower that folds the day from its beginning, for somebody who needs to see the day's entries."""
        return Follower(self._at(store), office, sees)

    def _at(self, store: str) -> Log:
        if self._log is None or self._store != store:
            self._store, self._log, self._known = store, self._connect(store), {}
        return self._log
