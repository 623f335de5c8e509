"""From the call to the end of service: how events change counter and ticket together, and what walls show and voices say."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from server.messages import events as e
from server.messages.facts import Ticket
from server.messages.instants import SECOND
from server.office.evolve.tickets import away_until_now, hand, hold, release, served_until
from server.office.shown import hidden, line_of
from server.office.state import Shown, SpokenCall, State


def _called(state: State, event: e.TicketCalled) -> None:
    ticket = state.tickets[event.ticket]
    first = ticket.calls == 0
    if first:  # a ticket that is called once more overtakes nobody a second time
        state.note_passed(ticket)
    called = replace(
        ticket,
        state="called",
        counter=event.counter,
        called_at=event.at,
        first_called_at=event.at if first else ticket.first_called_at,
        waited=event.at - ticket.issued_at if first else ticket.waited,
        calls=ticket.calls + 1,
        attempt=event.attempt,
        why=event.why,
        away_until=None,
        hand=hand(state, event.counter, ticket.services),
        away=away_until_now(ticket, event.at),
        called_from=None if ticket.state == "waiting" else ticket.state,
        paused_until=ticket.away_until,
    )
    state.put_ticket(called)
    state.hush(called.id)  # else an earlier announcement of this ticket would be spoken again with the new one
    hold(state, event.counter, event.ticket, event.at)
    announce(state, called, event.at)


def announce(state: State, ticket: Ticket, at: int) -> None:
    """Puts a call on the walls and has it spoken. Boards leave out tickets that are back-office work when they are drawn."""
    assert ticket.counter is not None, "it is called there"
    line = line_of(state, ticket.id, ticket.counter)
    state.shown.pop(ticket.id, None)
    state.shown[ticket.id] = Shown(
        ticket=ticket.id, number=ticket.number, counter=ticket.counter, at=at, attempt=ticket.attempt, line=line
    )
    state.said.append(
        SpokenCall(
            id=f"{state.mark}{state.seq}",
            seq=state.seq,
            at=at,
            zone=state.places[ticket.counter].zone,
            ticket=ticket.id,
            number=ticket.number,
            counter=ticket.counter,
            attempt=ticket.attempt,
            language=ticket.language,
        )
    )


def _repeated(state: State, event: e.CallRepeated) -> None:
    ticket = replace(state.tickets[event.ticket], attempt=event.attempt, called_at=event.at)
    state.put_ticket(ticket)
    state.put_counter(state.counters[event.counter])
    announce(state, ticket, event.at)


def _withdrawn(state: State, event: e.CallWithdrawn) -> None:
    ticket = state.tickets[event.ticket]
    withdraw_shown(state, ticket.id, event.at)
    first = ticket.calls == 1
    if first:
        state.note_passed(ticket, gone=True)
    release(state, ticket)
    state.put_ticket(
        replace(
            ticket,
            state=event.to,
            away_until=event.away_until,
            away=ticket.away + (max(0, event.away_until - event.at) if event.away_until is not None else 0),
            counter=None,
            called_at=None,
            first_called_at=None if first else ticket.first_called_at,
            waited=0 if first else ticket.waited,
            calls=ticket.calls - 1,
            attempt=0,
            why=None,
        )
    )


def withdraw_shown(state: State, ticket: str, at: int) -> None:
    """A call that is taken back: the number shows "please wait" for a while, and is not spoken any more."""
    state.hush(ticket)
    until = at + state.office.calls.withdrawn * SECOND
    state.shown[ticket] = replace(state.shown[ticket], withdrawn=True, until=until)


def _started(state: State, event: e.ServiceStarted) -> None:
    ticket = state.tickets[event.ticket]
    state.put_ticket(
        replace(
            ticket,
            state="serving",
            started_at=event.at,
            not_before=None,
            only_counter=None,
            only_until=None,
            station=ticket.station if ticket.station_counter else None,
        )
    )
    state.put_counter(replace(state.counters[event.counter], since=event.at))
    stay = event.at + state.office.calls.stay_after_start * SECOND
    state.shown[ticket.id] = replace(state.shown[ticket.id], until=stay)


def _finished(state: State, event: e.ServiceFinished) -> None:
    ticket = state.tickets[event.ticket]
    release(state, ticket)
    over = not event.next
    if not over or hidden(state, ticket):
        state.shown.pop(ticket.id, None)
    state.put_ticket(
        replace(
            ticket,
            state="finished" if over else "waiting",
            services=event.next,
            wanted_seq=state.seq,
            done=ticket.done + event.services_done,
            served=served_until(ticket, event.at),
            started_at=None,
            counter=ticket.counter if over else None,
            called_at=ticket.called_at if over else None,
            attempt=0,
            misses=0,
            outcome=event.outcome if over else None,
            ended_at=event.at if over else None,
            only_counter=event.back_to,
            only_until=event.back_until,
            station=ticket.station if event.back_to else None,
            station_counter=None,
        )
    )


def _missed(state: State, event: e.TicketMissed) -> None:
    ticket = state.tickets[event.ticket]
    state.hush(ticket.id)
    state.shown.pop(ticket.id, None)
    release(state, ticket)
    again = event.again_at is not None
    state.put_ticket(
        replace(
            ticket,
            state="waiting" if again else "missed",
            misses=ticket.misses + 1,
            missed_at=event.at,
            not_before=event.again_at,
            counter=None,
            called_at=None,
            attempt=0,
            why=None,
        )
    )


def _parked(state: State, event: e.TicketParked) -> None:
    ticket = state.tickets[event.ticket]
    release(state, ticket)
    state.put_ticket(replace(ticket, state="parked", served=served_until(ticket, event.at), started_at=None))


def _resumed(state: State, event: e.TicketResumed) -> None:
    ticket = state.tickets[event.ticket]
    dealt = hand(state, event.counter, ticket.services)
    state.put_ticket(replace(ticket, state="serving", counter=event.counter, started_at=event.at, hand=dealt))
    hold(state, event.counter, ticket.id, event.at)


def _sent_to_station(state: State, event: e.TicketSentToStation) -> None:
    ticket = state.tickets[event.ticket]
    release(state, ticket)
    state.shown.pop(ticket.id, None)
    state.put_ticket(
        replace(
            ticket,
            state="waiting",
            served=served_until(ticket, event.at),
            started_at=None,
            counter=None,
            called_at=None,
            attempt=0,
            only_counter=event.station,
            only_until=event.until,
            station=event.station,
            station_counter=event.counter,
        )
    )


RULES: dict[type[e.Event], Callable[[State, Any], None]] = {
    e.TicketCalled: _called,
    e.CallRepeated: _repeated,
    e.CallWithdrawn: _withdrawn,
    e.ServiceStarted: _started,
    e.ServiceFinished: _finished,
    e.TicketMissed: _missed,
    e.TicketParked: _parked,
    e.TicketResumed: _resumed,
    e.TicketSentToStation: _sent_to_station,
}
