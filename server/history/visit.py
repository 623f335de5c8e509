"""A visit and its calls as the history derives them: one per ticket, never a person. Pure values.

Instants and lengths are milliseconds, as in the log. Made by `derive`, stored by `writing`, read by reports.
"""

from msgspec.structs import replace

from server.messages import facts
from server.messages.terms import Category, Outcome, TicketState
from server.messages.value import Value


class Call(Value):
    """One call. `seq`: of its event; `waiting_since`: since when the ticket had waited this time; `attempt` counts repeats."""

    seq: int
    counter: str
    waiting_since: int
    called_at: int
    day: str
    attempt: int = 1
    started_at: int | None = None
    withdrawn_at: int | None = None
    missed_at: int | None = None
    ended_at: int | None = None


class Visit(Value):
    """One ticket's way through the office.

    `service`: what it waited for first; `services`: still wanted; `since`: in this state since; `serving_since`: the running
    stretch; `misses`: all no-shows; `undone`: its issue was taken back; `first_seq`, `last_seq`: the entries that touched it.
    """

    ticket: str
    number: str
    epoch: str
    day: str
    service: str
    services: tuple[str, ...]
    issued_at: int
    since: int
    first_seq: int
    last_seq: int
    state: TicketState = "waiting"
    done: tuple[str, ...] = ()
    category: Category = "walk_in"
    persons: int = 1
    direct: bool = False
    outcome: Outcome | None = None
    slot: int | None = None
    serving_since: int | None = None
    first_started_at: int | None = None
    ended_at: int | None = None
    served_ms: int = 0
    counters: tuple[str, ...] = ()
    misses: int = 0
    undone: bool = False
    calls: tuple[Call, ...] = ()

    @property
    def first_call(self) -> Call | None:
        """A withdrawn call never was."""
        return next((call for call in self.calls if call.withdrawn_at is None), None)

    @property
    def first_called_at(self) -> int | None:
        return None if self.first_call is None else self.first_call.called_at

    @property
    def waited_ms(self) -> int | None:
        """From the draw, or from the slot if that is later, to the first call. Null: never called, or served without a line."""
        call = self.first_call
        if call is None:
            return None
        began = call.waiting_since if self.direct else max(self.issued_at, self.slot or 0)
        return max(0, call.called_at - began)

    def now(self, state: TicketState, at: int) -> "Visit":
        """In another state from `at` on; a running stretch of service ends."""
        running = 0 if self.serving_since is None else max(0, at - self.serving_since)
        return replace(self, state=state, since=at, served_ms=self.served_ms + running, serving_since=None)

    def ended(self, state: TicketState, at: int) -> "Visit":
        return replace(self.now(state, at), ended_at=at)

    def serving(self, counter: str, at: int) -> "Visit":
        first = self.first_started_at if self.first_started_at is not None else at
        return replace(self.at(counter), state="serving", since=at, serving_since=at, first_started_at=first)

    def at(self, counter: str) -> "Visit":
        known = self.counters if counter in self.counters else (*self.counters, counter)
        return replace(self, counters=known)

    def last_call(self, **changes: int) -> "Visit":
        """With its newest call changed; a visit whose calls were before our time stays as it is."""
        if not self.calls:
            return self
        return replace(self, calls=(*self.calls[:-1], replace(self.calls[-1], **changes)))

    def wants(self, services: tuple[str, ...]) -> "Visit":
        """Other services; what it waits for first is settled by the first call."""
        settled = bool(self.calls) or self.direct or not services
        return replace(self, services=services, service=self.service if settled else services[0])


def from_fact(ticket: facts.Ticket, epoch: str, day: str, seq: int) -> Visit:
    """A visit that began before the entries we have: what a checkpoint or an undo says of it."""
    wanted = ticket.services or ticket.done
    return Visit(
        ticket=ticket.id,
        number=ticket.number,
        epoch=epoch,
        day=day,
        service=wanted[0] if wanted else "",
        services=ticket.services,
        issued_at=ticket.issued_at,
        since=ticket.started_at or ticket.called_at or ticket.issued_at,
        first_seq=seq,
        last_seq=seq,
        state=ticket.state,
        done=ticket.done,
        category=ticket.category,
        persons=ticket.persons,
        direct=ticket.direct,
        outcome=ticket.outcome,
        slot=ticket.slot,
        serving_since=ticket.started_at if ticket.state == "serving" else None,
        first_started_at=ticket.started_at,
        ended_at=ticket.ended_at,
        served_ms=ticket.served,
        counters=() if ticket.counter is None else (ticket.counter,),
        misses=ticket.misses,
    )
