"""How events change tickets: issue, pauses and returns, transfers, cancellation, boosts."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from server.messages import events as e
from server.messages.facts import Ticket
from server.messages.instants import MINUTE
from server.office.state import HELD, State


def ended(state: State, ticket: Ticket, how: str, at: int) -> None:
    """Ends a visit; the counter that held the ticket is free."""
    state.hush(ticket.id)
    state.shown.pop(ticket.id, None)
    release(state, ticket)
    state.put_ticket(replace(ticket, state=how, ended_at=at))


def hold(state: State, counter: str, ticket: str, at: int) -> None:
    """The counter now holds this ticket, and is open, whatever state it had before."""
    before = state.counters[counter]
    state.put_counter(
        replace(
            before, state="open", ticket=ticket, since=at, reason=None, back_at=None, phrase=None, state_seq=state.seq
        )
    )


def release(state: State, ticket: Ticket) -> None:
    """The counter that held this ticket holds nothing now."""
    if ticket.counter is not None and ticket.state in HELD:
        state.put_counter(replace(state.counters[ticket.counter], ticket=None, phrase=None, since=state.at))


def served_until(ticket: Ticket, at: int) -> int:
    """Service time so far in ms: all finished stretches and the running one."""
    running = at - ticket.started_at if ticket.state == "serving" and ticket.started_at is not None else 0
    return ticket.served + max(0, running)


def hand(state: State, counter: str, services: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the services that this counter gives now."""
    return tuple(name for name in services if name in state.counters[counter].services)


def _issued(state: State, event: e.TicketIssued) -> None:
    state.use_number(event.services[0], event.ordinal)
    if event.counted:  # not `put_service`: counting must not block the undo of a change to the service
        service = state.services[event.services[0]]
        state.services[service.id] = replace(service, issued=service.issued + 1)
    for name in event.services:
        state.last_issued[name] = event.at
    state.put_ticket(
        Ticket(
            id=event.ticket,
            number=event.number,
            services=event.services,
            state="waiting",
            seq=state.seq,
            last_seq=state.seq,
            issued_at=event.issued_at,
            reference=event.at if event.reference is None else event.reference,
            category=event.category,
            needs=event.needs,
            persons=event.persons,
            quantities=event.quantities,
            language=event.language,
            kiosk=event.kiosk,
            not_before=event.not_before,
            slot=event.slot,
            appointment=event.appointment,
            told=event.told,
        )
    )


def _phrase_shown(state: State, event: e.PhraseShown) -> None:
    """Not `put_counter`: what the display says must not block the undo of the press before."""
    state.counters[event.counter] = replace(state.counters[event.counter], phrase=event.phrase)


def _direct(state: State, event: e.DirectServiceStarted) -> None:
    state.use_number(event.services[0], event.ordinal)
    state.put_ticket(
        Ticket(
            id=event.ticket,
            number=event.number,
            services=event.services,
            state="serving",
            seq=state.seq,
            last_seq=state.seq,
            issued_at=event.at,
            reference=event.at,
            persons=event.persons,
            channel=event.channel,
            counter=event.counter,
            first_called_at=event.at,
            called_at=event.at,
            started_at=event.at,
            hand=event.services,
            direct=True,
        )
    )
    hold(state, event.counter, event.ticket, event.at)


def _cancelled(state: State, event: e.TicketCancelled) -> None:
    ended(state, state.tickets[event.ticket], "cancelled", event.at)


def _expired(state: State, event: e.TicketExpired) -> None:
    ended(state, state.tickets[event.ticket], "expired", event.at)


def _returned(state: State, event: e.TicketReturned) -> None:
    ticket = state.tickets[event.ticket]
    state.put_ticket(
        replace(
            ticket,
            state="waiting",
            reference=event.reference,
            came_back=ticket.came_back or ticket.state == "missed",
            not_before=event.not_before,
            away_until=None,
            away=away_until_now(ticket, event.at),
            boost=0 if event.anew else ticket.boost,
            placed_seq=state.seq if event.anew else ticket.placed_seq,
            counter=None,
        )
    )


def _paused(state: State, event: e.TicketPaused) -> None:
    ticket = state.tickets[event.ticket]
    away = away_until_now(ticket, event.at) + max(0, event.away_until - event.at)
    state.put_ticket(replace(ticket, state="away", away_until=event.away_until, away=away))


def away_until_now(ticket: Ticket, at: int) -> int:
    """All its pauses up to `at`, in ms: a pause is counted whole when it begins, so the rest of a running one is subtracted."""
    coming = ticket.away_until - at if ticket.state == "away" and ticket.away_until is not None else 0
    return ticket.away - max(0, coming)


def _transferred(state: State, event: e.TicketTransferred) -> None:
    ticket = state.tickets[event.ticket]
    state.hush(ticket.id)
    state.shown.pop(ticket.id, None)
    release(state, ticket)
    held = ticket.state in HELD
    state.put_ticket(
        replace(
            ticket,
            state="away" if ticket.state == "away" else "waiting",
            services=event.services,
            moved_at=None,
            wanted_seq=state.seq,
            served=served_until(ticket, event.at),
            started_at=None,
            counter=None,
            called_at=None,
            attempt=0,
            misses=0 if held else ticket.misses,
            not_before=event.not_before,
            only_counter=event.to_counter,
            only_until=None,
            station=None,
            station_counter=None,
        )
    )


def _changed(**made: Callable[[Any], Any]) -> Callable[[State, Any], None]:
    def rule(state: State, event: Any) -> None:
        ticket = state.tickets[event.ticket]
        state.put_ticket(replace(ticket, **{name: make(event) for name, make in made.items()}))

    return rule


def _services_set(state: State, event: e.ServicesSet) -> None:
    ticket = state.tickets[event.ticket]
    kept = ticket.hand
    if ticket.counter is not None:
        kept = (*kept, *hand(state, ticket.counter, event.services))
    dealt = tuple(name for name in event.services if name in kept)
    state.put_ticket(replace(ticket, services=event.services, moved_at=None, wanted_seq=state.seq, hand=dealt))


def _boosted(state: State, event: e.TicketBoosted) -> None:
    ticket = state.tickets[event.ticket]
    state.put_ticket(
        replace(ticket, reference=ticket.reference - event.minutes * MINUTE, boost=ticket.boost + event.minutes)
    )


def _moved(state: State, event: e.TicketsMoved) -> None:
    for name, services in event.wanted():
        ticket = state.tickets[name]
        back = {"station": None, "station_counter": None} if event.wants else {}
        state.put_ticket(
            replace(
                ticket,
                services=services,
                moved_at=event.at,
                only_counter=None,
                only_until=None,
                wanted_seq=state.seq,
                **back,
            )
        )


RULES: dict[type[e.Event], Callable[[State, Any], None]] = {
    e.TicketIssued: _issued,
    e.DirectServiceStarted: _direct,
    e.PhraseShown: _phrase_shown,
    e.TicketCancelled: _cancelled,
    e.TicketExpired: _expired,
    e.TicketReturned: _returned,
    e.TicketPaused: _paused,
    e.TicketTransferred: _transferred,
    e.ServicesSet: _services_set,
    e.CategorySet: _changed(category=lambda event: event.category),
    e.NeedsSet: _changed(needs=lambda event: event.needs),
    e.TicketBoosted: _boosted,
    e.TicketsMoved: _moved,
}
