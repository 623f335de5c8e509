"""A past day of the log, taken apart: what came from outside, and how long each ticket stayed at counters.

Pure; for `tried`. Presses that were taken back are left out, and so is what standing rules did; but services that the office
closed by itself stay closed, because nobody knows who would have come. A ticket that was sent to a station counts as finished
there: what it did afterwards is not lived again.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import NamedTuple

from server.messages import events as e
from server.messages.events import Event
from server.messages.events.event import OfTicket
from server.messages.instants import MINUTE
from server.office.evolve.book import AUTHORS
from server.office.moves import alias
from server.office.standing import CLOSING, acting

MOST_REST_MS = 15 * MINUTE
"""The longest rest of a counter after a ticket while somebody waits. A longer one was something else."""
OUTSIDE = (
    e.TicketIssued, e.TicketPaused, e.TicketReturned, e.CategorySet, e.NeedsSet, e.CounterOpened, e.CounterPaused,
    e.CounterResumed, e.CounterClosed, e.CounterAssigned, e.PolicySet, e.ServiceBoosted, e.OfficeConfigured,
    e.AppointmentBooked, e.AppointmentMoved, e.AppointmentCancelled, e.AppointmentMissed, e.AppointmentCheckedIn,
    e.MovesApplied, e.MovesReverted, e.TicketsMoved, e.TicketBoosted, e.ServiceOpened, e.ServiceClosed, e.ServiceLimited,
    e.RosterSet,
)  # fmt: skip
"""Events that happen again as they did, no matter who is called when."""
AtACounter = e.DirectServiceStarted | e.TicketResumed
"""Events with which a counter takes somebody without a call."""
LEAVES = (e.TicketCancelled, e.TicketExpired, e.TicketTransferred)
"""These happen again too, unless the ticket was at a counter: then they end its stay there."""
ENDS = (e.ServiceFinished, e.TicketMissed, e.TicketParked, e.TicketSentToStation, *LEAVES)
AT_WORK = (e.TicketCalled, e.DirectServiceStarted, e.ServiceFinished, e.CounterClosed)
"""After the last of these events nobody waits any more. The day itself may be closed hours later."""


class Stay(NamedTuple):
    """Milliseconds from the call until the stay `ends`. `rest`: until the counter called again, although somebody waited."""

    length: int
    ends: Event
    rest: int = 0


class Recorded:
    """`begins`: the entries that open the day; `ends`: when its work was over; `outside`: what came from outside, in the order
    of time; `jobs`: whom counters took without a call; `stays`: by ticket, in their order; `presses`: key, author and instant
    of each move, by the name that boards had for it. `first`: the seq of the first event."""

    def __init__(self, events: Sequence[Event], first: int = 1) -> None:
        self.begins = [one for one in events if isinstance(one, e.DayOpened | e.DayCarried)]
        open_ = takewhile(lambda one: not isinstance(one, e.DayClosed), events)
        self.ends = max((one.at for one in open_ if isinstance(one, AT_WORK)), default=events[0].at)
        self.outside: list[Event] = []
        self.jobs: list[AtACounter] = []
        self.stays: dict[str, deque[Stay]] = defaultdict(deque)
        self._called: dict[str, tuple[str, int]] = {}
        self._ended: dict[str, tuple[str, int]] = {}
        self._issued: dict[str, int] = {}
        moves = ((seq, one) for seq, one in enumerate(events, first) if one.key and one.by.startswith(AUTHORS))
        self.presses = {alias(one.key, seq): (one.key, one.by, one.at) for seq, one in moves}
        for event in _kept(events):
            self._note(event)

    def _note(self, event: Event) -> None:
        at_counter = isinstance(event, OfTicket) and event.ticket in self._called
        if isinstance(event, e.TicketCalled):
            self._call(event)
        elif isinstance(event, AtACounter):
            self.jobs.append(event)
            self._called[event.ticket] = event.counter, event.at
            self._ended.pop(event.counter, None)
        elif isinstance(event, e.CallWithdrawn):
            self._called.pop(event.ticket, None)
        elif at_counter and isinstance(event, ENDS):
            self._end(event)
        elif isinstance(event, (*OUTSIDE, *LEAVES)):
            self.outside.append(event)
            if isinstance(event, e.TicketIssued):
                self._issued[event.ticket] = event.at
            elif isinstance(event, e.CounterPaused | e.CounterClosed):
                self._ended.pop(event.counter, None)

    def _call(self, event: e.TicketCalled) -> None:
        self._called[event.ticket] = event.counter, event.at
        before, ended = self._ended.pop(event.counter, ("", 0))
        if before and self._issued.get(event.ticket, event.at) <= ended:
            stay = self.stays[before].pop()
            self.stays[before].append(stay._replace(rest=min(event.at - ended, MOST_REST_MS)))

    def _end(self, event: OfTicket) -> None:
        counter, called = self._called.pop(event.ticket)
        self.stays[event.ticket].append(Stay(event.at - called, event))
        self._ended[counter] = event.ticket, event.at


def _kept(events: Iterable[Event]) -> list[Event]:
    """The entries without presses that were taken back, without the presses that took them back, and without what standing
    rules did."""
    events = list(events)
    undone = {(one.who, one.of) for one in events if isinstance(one, e.Undone)}
    others = (one for one in events if one.by == acting(CLOSING) or not one.by.startswith(acting("")))
    return [one for one in others if (one.who, one.key) not in undone or not one.key]
