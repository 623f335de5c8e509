"""Which phones are to be told what: a call and its repeats, and a call that was missed.

Pure. It reads the state, not the log: what is no longer true is told to nobody, however late a sender takes over.
"""

from collections.abc import Iterator
from typing import Literal

from server.messages.facts import Ticket
from server.messages.instants import MINUTE
from server.messages.value import Value
from server.office.state import State

FRESH_MS = 5 * MINUTE
"""An older miss is no news. A call is news as long as it holds."""

Occasion = Literal["called", "missed"]


class Ring(Value):
    """One thing to tell the owner of a ticket. `at`: of the call, ms; `attempt`: which of its repeats, 0 for a miss.

    `epoch`, `seq`: the entry of the log up to which the state was known in which it was found.
    """

    office: str
    ticket: str
    why: Occasion
    at: int
    attempt: int
    epoch: str
    seq: int

    @property
    def name(self) -> str:
        """The same for every sender that finds it, so that a phone is told once."""
        return f"{self.ticket}|{self.why}|{self.at}|{self.attempt}"


def ringing(state: State, now: int) -> Iterator[Ring]:
    """What is to be told now."""
    for ticket in state.living():
        if ticket.state == "called":
            yield _ring(state, ticket, "called", ticket.called_at or now, max(1, ticket.attempt))
        elif was_missed(ticket) and now - (ticket.missed_at or 0) < FRESH_MS:
            yield _ring(state, ticket, "missed", ticket.missed_at or now, 0)


def stands(ring: Ring, state: State, now: int) -> bool:
    """Whether it is still so: a phone that could not be reached for a while is not told what is over."""
    return any(one.name == ring.name for one in ringing(state, now))


def was_missed(ticket: Ticket) -> bool:
    """Whether its last call was missed, and it has not been called since."""
    return ticket.missed_at is not None and ticket.misses > 0 and ticket.state in ("waiting", "missed")


def _ring(state: State, ticket: Ticket, why: Occasion, at: int, attempt: int) -> Ring:
    return Ring(
        office=state.office.id,
        ticket=ticket.id,
        why=why,
        at=at,
        attempt=attempt,
        epoch=state.epoch,
        seq=state.seq,
    )
