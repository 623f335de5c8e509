"""Before an office decides anything, it asks: does the log still hold what the history has read of it?

A running node guards its log itself (`recover`). This finds what happened while no node was running: a store that came back
empty, with older data, or with another log. Wiring hands in the history; this room knows no SQL.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

import structlog

from server.desk.fold import Fold
from server.desk.recover import told
from server.log.port import EMPTY, Log, Memory, Row, Tail
from server.messages import events as e
from server.messages.actor import SYSTEM
from server.messages.commands import ChangeEpoch
from server.messages.events import Event, TooNew, decode
from server.messages.facts import Reserved
from server.messages.office import Office
from server.office.reserved import MOST_LOST, following, listed, reserved

_log = structlog.get_logger("aufruf.desk")

Agreement = Literal["whole", "new", "unknown", "fork"]


class Witness(Protocol):
    """What the history knows of an office's log. Methods raise ConnectionError while the history does not answer."""

    async def position(self, office: str) -> Tail | None:
        """The newest entry it has read; None if it has read none."""
        ...

    async def oldest(self, office: str) -> int:
        """The first entry of this log that it still keeps."""
        ...

    async def opening(self, office: str) -> int:
        """The newest `day_opened` among its entries; 0 if it has none."""
        ...

    async def row(self, office: str, seq: int) -> Row | None:
        """An entry as it was read."""
        ...

    async def since(self, office: str, after: int, kinds: Sequence[str] = ()) -> Sequence[Row]:
        """Its entries with seq > `after`, in order; only those of the types in `kinds`, if any are named."""
        ...


class Found(NamedTuple):
    """The result of the comparison. `detail`: for people, if the result is `unknown` or something is lost. `change`: the
    command that reports a loss to the log; `key`: its key."""

    case: Agreement
    detail: str = ""
    change: ChangeEpoch | None = None
    key: str = ""


async def compared(log: Log, office: str, fold: Fold, witness: Witness, memory: Memory | None = None) -> Found:
    """Whether the folded log holds everything that the history has read, and everything that this node saw acknowledged."""
    kept = memory.newest(office) if memory is not None else None
    seen = kept.tail.seq if kept is not None and kept.epoch == fold.state.epoch else 0
    found = await _with_history(log, office, fold, witness, seen)
    if found.case not in ("whole", "unknown"):
        return found
    if kept is None or kept.epoch != fold.state.epoch or _was_told(fold, kept.tail):
        return found  # a node that changed the epoch has reported what was lost
    row = await log.row(office, kept.tail.seq) if kept.tail.seq <= fold.tail.seq else None
    trimmed = row is None and kept.tail.seq <= fold.tail.seq
    if trimmed or (row is not None and row.mark == kept.tail.mark):
        return found
    return _unread(office, fold, kept.tail)


def _unread(office: str, fold: Fold, known: Tail) -> Found:
    """The store has all that the history read, but not what this node saw acknowledged after that: only its seqs are known."""
    state, ends = fold.state, fold.tail.seq
    unread = range(min(ends, known.seq - 1) + 1, known.seq + 1)
    lost = tuple(f"entry {seq}" for seq in unread[-MOST_LOST:])
    detail = f"this node saw entry {known.seq} acknowledged, the store's log ends at {ends} or is another"
    _log.error("the store is not the one that this node knew", office=office, detail=detail)
    held = following(state.office, state.day, state.numbers, len(unread)) if state.day else None
    change = ChangeEpoch(reason="fork", lost=lost, reserved=held, lost_more=len(unread) - len(lost))
    return Found("fork", detail, change, _key(known))


async def _with_history(log: Log, office: str, fold: Fold, witness: Witness, seen: int) -> Found:
    """`seen`: the newest entry that this node saw acknowledged, if the history has not read so far."""
    known = await witness.position(office)
    if known is None or known == EMPTY:
        return (
            Found("new")
            if fold.tail == EMPTY
            else Found("unknown", "no history knows this log: nobody can say if it is whole")
        )
    if _was_told(fold, known):
        return Found("whole")
    row = await log.row(office, known.seq) if known.seq <= fold.tail.seq else None
    if row is not None and row.mark == known.mark:
        return Found("whole")
    if row is None and known.seq < fold.tail.seq:
        first = await log.read(office, 0, 1)
        if not first or first[0].seq > known.seq:
            return Found(
                "unknown",
                f"the log is kept from entry {first[0].seq if first else '?'} on, the history ends at {known.seq}",
            )
    return await _fork(log, office, fold, witness, known, max(0, seen - known.seq))


def _was_told(fold: Fold, known: Tail) -> bool:
    """Whether this loss is reported already, by another node or before the history caught up."""
    return fold.state.keys.spent(SYSTEM.principal, _key(known)) is not None


def _key(known: Tail) -> str:
    """The same key on every node that finds the same loss, so that it is reported only once."""
    return f"past:{known.seq}:{known.mark}"


async def _fork(log: Log, office: str, fold: Fold, witness: Witness, known: Tail, unread: int) -> Found:
    common = await _common(log, office, fold, witness, known)
    opening = await witness.opening(office)
    today = _read(await witness.since(office, opening - 1))
    lost = [event for seq, event in today if seq > common]
    booked = _read(await witness.since(office, common, ("appointment_booked",))) if common < opening else []
    earlier = [event for seq, event in booked if seq < opening]
    detail = (
        f"the history has read up to entry {known.seq}, the store's log ends at {fold.tail.seq} "
        f"and is the same up to {common}: {len(lost)} entries of the last day are lost"
    )
    _log.error("the store is not the one that the history knows", office=office, detail=detail)
    told_of, more = listed(told([*lost, *earlier]))
    held = _reserved([event for _, event in today], lost, unread)
    change = ChangeEpoch(reason="fork", lost=told_of, reserved=held, lost_more=more)
    return Found("fork", detail, change, _key(known))


async def _common(log: Log, office: str, fold: Fold, witness: Witness, known: Tail) -> int:
    """The last entry that both have, found by halving: equal marks mean an equal past. 0 if they share none."""
    common, low, high = 0, await witness.oldest(office), min(known.seq, fold.tail.seq)
    while low <= high:
        middle = (low + high) // 2
        here, there = await log.row(office, middle), await witness.row(office, middle)
        if here is None or there is None or here.mark != there.mark:
            high = middle - 1
        else:
            common, low = middle, middle + 1
    return common


def _read(rows: Sequence[Row]) -> list[tuple[int, Event]]:
    """The events that this release understands."""
    found = []
    for row in rows:
        try:
            found.append((row.seq, decode(row.body)))
        except TooNew:
            continue
    return found


def _reserved(today: Sequence[Event], lost: Sequence[Event], unread: int) -> Reserved | None:
    """The numbers to hold back, by the latest office file of the day; None if the day or the file is not known any more."""
    day = next((event.day for event in today if isinstance(event, e.DayOpened)), None)
    files: list[Office] = [event.office for event in today if isinstance(event, e.DayOpened | e.OfficeConfigured)]
    return reserved(files[-1], day, today, lost, unread) if day and files else None
