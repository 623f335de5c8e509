"""A visit and its calls as the history derives them: one per ticket, never a person. Pure values.

Instants and lengths are milliseconds, as in the log. Made by `derive`, stored by `writing`, read by reports.
"""

from typing import Any

from msgspec.structs import replace

from server.messages import facts
from server.messages.terms import Category, ServiceOutcome, TicketState
from server.messages.value import Value

INSTANTS = ("issued_at", "since", "serving_since", "first_started_at", "ended_at", "changed_at")
CALL_INSTANTS = ("waiting_since", "called_at", "started_at", "withdrawn_at", "missed_at", "ended_at")
"""What moves with the log's clock; a test compares them with the fields of the classes."""


class Call(Value):
    """One call. `seq`: of its event; `waiting_since`: when the wait before this call began; `attempt` counts repeats."""

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

    `service`: the one it first waited for; `services`: those still wanted; `since`: when it entered this state;
    `serving_since`: when the running stretch of service began; `misses`: all no-shows; `undone`: its issue was undone;
    `first_seq`, `last_seq`: the first and last entry that touched it.
    `told`: what was promised at its issue; `changed_at`: when it first went away, or its service, category or counter was
    changed; before its first call, it then waited for something else than was promised.
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
    outcome: ServiceOutcome | None = None
    slot: int | None = None
    serving_since: int | None = None
    first_started_at: int | None = None
    ended_at: int | None = None
    served_ms: int = 0
    counters: tuple[str, ...] = ()
    misses: int = 0
    undone: bool = False
    told: facts.Told | None = None
    changed_at: int | None = None
    calls: tuple[Call, ...] = ()

    @property
    def first_call(self) -> Call | None:
        """The first call that was not withdrawn."""
        return next((call for call in self.calls if call.withdrawn_at is None), None)

    @property
    def first_called_at(self) -> int | None:
        return None if self.first_call is None else self.first_call.called_at

    @property
    def waited_ms(self) -> int | None:
        """From the issue (or the slot, if later) to the first call; None if it was never called, or served without waiting."""
        call = self.first_call
        if call is None:
            return None
        began = call.waiting_since if self.direct else max(self.issued_at, self.slot or 0)
        return max(0, call.called_at - began)

    def now(self, state: TicketState, at: int) -> "Visit":
        """The visit in another state from `at` on; a running stretch of service ends."""
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
        """The visit with its newest call changed. One whose calls are older than the stored entries stays as it is."""
        if not self.calls:
            return self
        return replace(self, calls=(*self.calls[:-1], replace(self.calls[-1], **changes)))

    def wants(self, services: tuple[str, ...], at: int) -> "Visit":
        """The visit with other services. `service`, the one it first waited for, does not change after the first call."""
        settled = bool(self.calls) or self.direct or not services
        wanted = self if set(services) == set(self.services) else self.changed(at)
        return replace(wanted, services=services, service=self.service if settled else services[0])

    def changed(self, at: int) -> "Visit":
        return self if self.changed_at is not None else replace(self, changed_at=at)

    def shifted(self, ms: int, was: str, day: str) -> "Visit":
        """The visit after the log's clock was corrected by `ms`, and its date with it from `was` to `day`. The slot of an
        appointment was agreed by the true clock."""
        moved = tuple(
            replace(call, **_moved(call, CALL_INSTANTS, ms), day=_day(call.day, was, day)) for call in self.calls
        )
        return replace(self, **_moved(self, INSTANTS, ms), day=_day(self.day, was, day), calls=moved)


def _moved(value: Visit | Call, names: tuple[str, ...], ms: int) -> dict[str, Any]:
    found = {name: getattr(value, name) for name in names}
    return {name: at + ms for name, at in found.items() if at is not None}


def _day(known: str, was: str, day: str) -> str:
    return day if known == was else known


def from_fact(ticket: facts.Ticket, epoch: str, day: str, seq: int) -> Visit:
    """A visit that began before the stored entries: made from the ticket in a checkpoint or an undo."""
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
        told=ticket.told,
    )
