"""What the store lost is put back if that is safe, else reported as a fork (rule 5 of the log). Called by the desk's own task."""

from collections.abc import Iterable, Sequence

from server.desk.fold import Fold, begin, opens_a_day
from server.log.port import Appended, Log, Row, Tail
from server.messages.commands import ChangeEpoch
from server.messages.events import AppointmentBooked, Event, OfTicket, TicketIssued, decode
from server.office.hours import day_of
from server.office.reserved import listed, reserved

CONTACT_S = 60.0
"""A node that was cut off for longer than this puts nothing back, s: others may have gone on with another history."""
AT_ONCE = 500
"""The most rows put back in one step."""


async def put_back(log: Log, office: str, fold: Fold, out_of_touch: float) -> bool:
    """Puts lost rows back, raw and with their old marks. False if that is not safe: then it is a fork.

    Other nodes may be doing the same: after any answer other than `Appended` the store's tail is read again.
    """
    while True:
        tail, now = await log.tail(office)
        rows = _missing(fold, tail)
        if rows is None or out_of_touch > CONTACT_S or not _same_day(fold, now):
            return False
        while rows:
            answer = await log.put_back(office, tail, rows[:AT_ONCE])
            if not isinstance(answer, Appended):
                break
            tail, rows = answer.tail, rows[AT_ONCE:]
        else:
            return True


def _missing(fold: Fold, tail: Tail) -> list[Row] | None:
    """The rows held here after `tail`; None if the store's log is not a prefix of what is held here.

    An empty store gets all of them, if the first one may start a fold.
    """
    if not fold.held or tail.seq >= fold.tail.seq:
        return None
    before = next((row for row in fold.held if row.seq == tail.seq), None)
    prefix = before is not None and before.mark == tail.mark
    whole = tail.seq == 0 and (fold.held[0].seq == 1 or opens_a_day(fold.held[0]))
    return [row for row in fold.held if row.seq > tail.seq] if prefix or whole else None


def _same_day(fold: Fold, now: int) -> bool:
    state = fold.state
    return state.configured and day_of(state.office, state.at) == day_of(state.office, now)


async def outrun(log: Log, office: str, mine: Fold) -> bool:
    """Whether the log was trimmed past this node's last entry while it slept. Then nothing is lost, and it folds from the
    new beginning."""
    first = await log.read(office, 0, 1)
    if not first or first[0].seq <= mine.tail.seq:
        return False
    theirs = await begin(log, office)
    return theirs.state.epoch == mine.state.epoch


async def fork(log: Log, office: str, mine: Fold) -> tuple[Fold, ChangeEpoch]:
    """Folds the store's history in place of this node's, and reports what was acknowledged here and is not in that history.

    Numbers of lost tickets are in people's hands: they are held back, and some more for what other nodes gave out.
    """
    theirs = await begin(log, office)
    common = await _common(log, office, mine)
    today, day = [decode(row.body) for row in mine.held], mine.state.day
    lost = [event for row, event in zip(mine.held, today, strict=True) if row.seq > common]
    held = reserved(mine.state.office, day, today, lost) if day is not None else None
    said, more = listed(told(lost))
    return theirs, ChangeEpoch(reason="fork", lost=said, lost_more=more, reserved=held)


async def _common(log: Log, office: str, mine: Fold) -> int:
    """The last entry held here that is also in the store, found by halving: equal marks mean an equal past."""
    low, high = 0, len(mine.held)
    while low < high:
        middle = (low + high) // 2
        held = mine.held[middle]
        row = await log.row(office, held.seq)
        low, high = (middle + 1, high) if row is not None and row.mark == held.mark else (low, middle)
    return mine.held[low - 1].seq if low else (mine.held[0].seq - 1 if mine.held else 0)


def told(lost: Sequence[Event]) -> Iterable[str]:
    """Lost events as lines for people: issued numbers first, then bookings, then the rest."""
    issued = [event for event in lost if isinstance(event, TicketIssued)]
    booked = [event for event in lost if isinstance(event, AppointmentBooked)]
    rest = [event for event in lost if not isinstance(event, TicketIssued | AppointmentBooked)]
    for event in (*issued, *booked, *rest):
        number = event.number if isinstance(event, OfTicket) else getattr(event, "counter", None) or ""
        yield f"{event.__struct_config__.tag} {number}".strip()
