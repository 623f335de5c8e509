"""How an undo changes the state: tickets, counters and services are as they were before the press, also on the walls."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from server.messages import events as e
from server.messages.facts import Ticket
from server.office.evolve.calls import withdraw_shown
from server.office.shown import line_of
from server.office.state import Shown, State


def _undone(state: State, event: e.Undone) -> None:
    for counter in event.counters:
        state.put_counter(counter)
    for service in event.services:
        # tickets that were issued since the press stay counted
        state.put_service(replace(service, issued=state.services[service.id].issued))
    for ticket in event.tickets:
        _restore(state, ticket, event.at)
    state.acts.pop((event.who, event.of), None)


def _restore(state: State, ticket: Ticket, at: int) -> None:
    now = state.tickets[ticket.id]
    if now.state == "called" and ticket.state != "called":
        withdraw_shown(state, ticket.id, at)
    if bool(now.calls) != bool(ticket.calls):
        state.note_passed(ticket, gone=not ticket.calls)
    state.put_ticket(ticket)
    if ticket.state == "called":
        state.hush(ticket.id, above=ticket.attempt)
        _up_again(state, ticket)
    booked = state.appointments.get(ticket.appointment or "")
    if booked is not None and ticket.state == "cancelled":
        state.put_appointment(replace(booked, ticket=None))


def _up_again(state: State, ticket: Ticket) -> None:
    """Puts the call back on the walls, but not highlighted: an undo calls nobody."""
    assert ticket.counter is not None, "it is called there"
    assert ticket.called_at is not None, "it is called"
    state.shown[ticket.id] = Shown(
        ticket=ticket.id,
        number=ticket.number,
        counter=ticket.counter,
        at=ticket.called_at,
        attempt=ticket.attempt,
        calm=True,
        line=line_of(state, ticket.id, ticket.counter),
    )


RULES: dict[type[e.Event], Callable[[State, Any], None]] = {e.Undone: _undone}
