"""The seam of the log: what every log promises. Imports no store, so that the desk, push and the historian may import it.

Twins: `redis_log.RedisLog` and `memory_log.MemoryLog`; `tests/log/test_log_contract.py` runs the same promises over both.

The promises, for each office separately:

1. Order. Entries are numbered 1, 2, 3, ... without gaps. A row that was read never changes.
2. Compare, then append. `append` and `put_back` write only if the store's tail is the given `after`: the same seq *and* the
   same mark. Compare and write are one atomic step.
3. A batch is written whole or not at all, and its rows follow each other without gaps.
4. Durable before answered. An `Appended` outlives a crash of the store as far as the store's own settings go
   (embedded: every crash of a process, and power cuts if the disk does not lie about its sync).
5. Four answers, never one loop: `Appended`, `Behind`, `Gap`, `Conflict`. The log never tries again by itself.
6. An append of nothing compares and writes nothing; its answers are the same four.
7. An error says nothing about the outcome unless its kind says so. A caller that gets one must read the log before it decides
   anything. The same holds for a caller that is cancelled; the log stays usable for the next caller.
8. Time is the store's: every answer contains it, in whole milliseconds since the epoch (UTC). It may jump with that clock.
9. `trim` never takes the last entry, and never leaves a hole: what is kept is one unbroken run up to the tail.
10. Checkpoint hints and snapshots only save time. They may be missing, old, or wrong; nothing is lost without them.

One thing the log cannot promise, so its callers must be prepared: a store may restart without its newest entries (an older copy
of the disk, a failover). Then equal *numbers* prove nothing; only marks do. A caller that continues a fold after entry n uses
`follow`, which returns rows only if entry n still carries the mark that was folded.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

import msgspec


class Tail(msgspec.Struct, frozen=True, gc=False):
    """The newest entry of a log: its number, and the mark of the batch that wrote it. An empty log is `Tail(0, "")`."""

    seq: int
    mark: str


EMPTY = Tail(0, "")


class Row(msgspec.Struct, frozen=True, gc=False):
    """One entry as it is stored: its number, its batch's mark (12 characters), its body (opaque bytes)."""

    seq: int
    mark: str
    body: bytes

    @property
    def tail(self) -> Tail:
        return Tail(self.seq, self.mark)


class Appended(msgspec.Struct, frozen=True):
    """The batch was written, or an append of nothing compared equal. `tail`: the new tail; `now_ms`: the store's time."""

    tail: Tail
    now_ms: int


class Behind(msgspec.Struct, frozen=True):
    """Nothing was written: the store's tail has a higher number. `follow` reads the rows between and checks the marks."""

    tail: Tail
    now_ms: int


class Gap(msgspec.Struct, frozen=True):
    """Nothing was written: the store's tail has a lower number. The store has lost entries that existed before."""

    tail: Tail
    now_ms: int


class Conflict(msgspec.Struct, frozen=True):
    """Nothing was written: the same number, another mark. There are two histories; the one in the store is the log."""

    tail: Tail
    now_ms: int


AppendAnswer = Appended | Behind | Gap | Conflict


def first_of(after: Tail, rows: Sequence[Row]) -> int:
    """The number of the first of `rows` to put back; ValueError if they cannot follow `after`."""
    first = rows[0].seq if rows and after == EMPTY else after.seq + 1
    for seq, row in enumerate(rows, first):
        if row.seq != seq:
            raise ValueError(f"row {row.seq} cannot stand at {seq}")
    return first


def compared(after: Tail, tail: Tail, now_ms: int) -> Behind | Gap | Conflict:
    """The answer for an `after` that is not the store's `tail`. Every log uses this."""
    if tail.seq > after.seq:
        return Behind(tail, now_ms)
    if tail.seq < after.seq:
        return Gap(tail, now_ms)
    return Conflict(tail, now_ms)


class LogError(Exception):
    """The root of what a log raises.

    LogError
      StoreUnavailable    the store did not do it, or nobody knows whether it did (see `kind`)
      NotReplicated       done, but not on every replica it should be on
      NotContinuous       there are no rows to give after a tail, because the store does not hold that tail
    """


Kind = Literal["lost", "starting", "read_only", "full", "memory", "refused", "fault"]


class StoreUnavailable(LogError):
    """The store gave no answer or refused.

    `kind`: *lost*: no answer in time, or no connection; the only kind after which the write may have happened.
    *starting*: the store is loading. *read_only*: it takes no writes now (disk full, a replica, too few replicas).
    *full*: its disk reported an error. *memory*: its memory limit is reached. *refused*: our credentials are not accepted.
    *fault*: an unexpected answer, because of a bug here or because another program has changed the store.
    """

    def __init__(self, reason: str, kind: Kind = "lost") -> None:
        super().__init__(f"{kind}: {reason}")
        self.reason = reason
        self.kind = kind


class NotReplicated(LogError):
    """The store has it, but only `got` of `wanted` replicas confirmed it in time. Do not acknowledge, fold or show it."""

    def __init__(self, wanted: int, got: int) -> None:
        super().__init__(f"{got} of {wanted} replicas")
        self.wanted = wanted
        self.got = got


class NotContinuous(LogError):
    """The store does not hold `after`: lost, replaced by another history, or trimmed away. Read again from a checkpoint."""

    def __init__(self, after: Tail) -> None:
        super().__init__(f"entry {after.seq} with mark {after.mark!r} is not in the store")
        self.after = after


class Kept(NamedTuple):
    """The newest entry that a node saw acknowledged, and the epoch of the log then."""

    tail: Tail
    epoch: str


class Memory(Protocol):
    """A node's own memory outside the store: for each office the last entry that it saw acknowledged. Never raises."""

    def newest(self, office: str) -> Kept | None: ...

    def note(self, office: str, tail: Tail, epoch: str) -> None: ...


class Log(Protocol):
    """The logs of all offices of one store. Every method may raise `StoreUnavailable` and takes a bounded time."""

    async def append(self, office: str, after: Tail, mark: str, bodies: Sequence[bytes]) -> AppendAnswer:
        """Append `bodies` as entries after.seq+1, +2, ... if the tail is `after`; each gets `mark` (random, 12 characters).

        May raise `NotReplicated`, for an append of nothing too: then its compare rests on entries that could still be lost.
        """
        ...

    async def put_back(self, office: str, after: Tail, rows: Sequence[Row]) -> AppendAnswer:
        """Append rows that the store lost, raw bytes and old marks, if its tail is `after`. One step, like `append`.

        `rows` must continue after.seq without a gap, else ValueError; in an empty log they may begin anywhere, because a trimmed
        log does too. Whether it is right to put rows back is for the caller to decide.
        """
        ...

    async def read(self, office: str, after: int, limit: int) -> list[Row]:
        """Up to `limit` rows with seq > `after`, in order, unbroken among themselves.

        The first may be later than after+1 (if the log was trimmed) and may belong to a history that the caller does not know.
        """
        ...

    async def follow(self, office: str, after: Tail, limit: int) -> list[Row]:
        """The up to `limit` rows that follow `after`, the first being after.seq+1; empty if `after` is the tail.

        Raises `NotContinuous` if the store does not hold `after` with its mark; with replicas, `NotReplicated`.
        """
        ...

    async def row(self, office: str, seq: int) -> Row | None:
        """The entry `seq`, or None if it is not there (not yet, not any more)."""
        ...

    async def tail(self, office: str) -> tuple[Tail, int]:
        """The tail and the store's time in ms. They are not read in one step."""
        ...

    async def wait(self, office: str, after: int, timeout_ms: int) -> bool:
        """True as soon as there is an entry with seq > `after`; False when `timeout_ms` passed without one.

        Uses a connection of its own, so that it keeps nobody waiting. Raises if the connection is lost. A store whose tail goes
        *back* behind `after` does not wake it.
        """
        ...

    async def trim(self, office: str, before: int) -> int:
        """Delete the rows with seq < `before`, but never the last one. Returns how many were deleted."""
        ...

    async def note_checkpoint(self, office: str, seq: int) -> None:
        """Leave a hint: the newest entry from which a fold may start."""
        ...

    async def checkpoint(self, office: str) -> int | None:
        """The hint. It must be checked by reading the entry."""
        ...

    async def save_snapshot(self, office: str, tail: Tail, blob: bytes) -> None:
        """Keep a folded state next to the log, in place of the previous one."""
        ...

    async def load_snapshot(self, office: str) -> tuple[Tail, bytes] | None:
        """The kept state and the tail it was folded up to. Good only if `follow(tail)` does not raise."""
        ...

    async def offices(self) -> list[str]:
        """The offices that have a log here, sorted."""
        ...

    async def run_id(self, office: str) -> str:
        """Changes whenever the process that holds the office's log does: at a restart, a failover, or a move to another shard."""
        ...

    async def close(self) -> None:
        """Close every connection. The log cannot be used afterwards."""
        ...
