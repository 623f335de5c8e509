"""Calling and serving: from the press of "next" to the end of the service."""

from server.messages import commands as c
from server.messages import events as e
from server.messages.facts import Counter, Ticket, Why
from server.messages.instants import SECOND
from server.messages.office import CounterPlan, StationPlan
from server.messages.terms import ServiceOutcome
from server.office.decide import guards
from server.office.decide.press import Case, No, Rules, invalid
from server.office.equipped import able, in_hand
from server.office.grid import ATTEMPTS
from server.office.numbers import next_number, printed
from server.office.state import HELD
from server.office.who_next import can_serve, covers, is_for, who_next


def call_next(case: Case, command: c.CallNext) -> None:
    _known(case, command.services_done)
    counter = guards.at_counter(case, command.counter)
    guards.not_stale(case)
    guards.calling(counter)
    if not command.finish_current and (command.services_done is not None or command.outcome is not None):
        invalid("finish_current", "services_done and outcome are said of somebody who is finished: set it to true")
    done = command.services_done
    counter, free_after = _finish_first(case, counter, command.finish_current, command.outcome or "done", done)
    if not free_after:
        return
    found = who_next(case.state, counter, case.now)
    if found is not None:
        _call(case, counter, *found)


def call_ticket(case: Case, command: c.CallTicket) -> None:
    guards.known_counter(case, command.counter)
    ticket = guards.known_ticket(case, command.ticket)
    guards.allowed(case)
    if not case.state.office.policy.picking and case.actor.role == "clerk":
        raise No("picking_not_allowed", "this office calls in order only")
    counter = guards.at_counter(case, command.counter)
    guards.not_stale(case)
    guards.calling(counter)
    held = case.state.ticket_at(counter)
    if held is not None and not command.finish_current:
        raise guards.busy(counter, held)
    counter, free_after = _finish_first(case, counter, command.finish_current)
    # checked after the finish; a refusal here drops the events of the finish too, so the press counts whole or not at all
    _callable(case, counter, ticket)
    if free_after:
        _call(case, counter, ticket, Why(code="picked", waited=case.now - ticket.issued_at, slot=ticket.slot))


def _callable(case: Case, counter: Counter, ticket: Ticket) -> None:
    if ticket.state in HELD:
        raise No(
            "ticket_not_waiting", f"{ticket.number} is {ticket.state}", number=ticket.number, counter=ticket.counter
        )
    guards.in_state(case, ticket)
    if not is_for(counter, ticket, case.now):
        raise No("cannot_serve", f"counter {counter.id} is none for {ticket.number}", number=ticket.number)
    if not covers(case.state, counter.id, ticket):
        raise No("needs_not_met", f"counter {counter.id} lacks what {ticket.number} needs", number=ticket.number)
    if ticket.not_before is not None and ticket.not_before > case.now:
        raise guards.not_yet(ticket, ticket.not_before)


def _finish_first(
    case: Case, counter: Counter, finish: bool, outcome: ServiceOutcome = "done", done: tuple[str, ...] | None = None
) -> tuple[Counter, bool]:
    """A busy counter first finishes, if the press says so. Returns the counter, and whether it may call now."""
    ticket = case.state.ticket_at(counter)
    if ticket is None:
        return counter, True
    if not finish:
        raise guards.busy(counter, ticket)
    _finish(case, counter, ticket, outcome, done)
    return counter, not counter.coming_pause


def _call(case: Case, counter: Counter, ticket: Ticket, why: Why) -> None:
    if counter.state == "wrap_up":
        case.say(e.CounterResumed, counter=counter.id)
    case.say(
        e.TicketCalled,
        ticket=ticket.id,
        number=ticket.number,
        counter=counter.id,
        why=why,
        services=ticket.services,
    )


def repeat_call(case: Case, command: c.RepeatCall) -> None:
    counter = guards.at_counter(case, command.counter)
    guards.not_stale(case)
    ticket = guards.called(case, counter)
    if ticket.attempt >= ATTEMPTS:
        raise No("too_many", f"{ticket.number} was called {ATTEMPTS} times", number=ticket.number)
    case.say(e.CallRepeated, ticket=ticket.id, number=ticket.number, counter=counter.id, attempt=ticket.attempt + 1)


def withdraw_call(case: Case, command: c.WithdrawCall) -> None:
    counter = guards.at_counter(case, command.counter)
    ticket = guards.called(case, counter)
    away_until = ticket.paused_until if ticket.called_from == "away" else None
    back = ticket.called_from or "waiting"
    # its pause ended while it was called, so it goes back to waiting
    if back == "away" and (away_until is None or away_until <= case.now):
        back, away_until = "waiting", None
    case.say(
        e.CallWithdrawn, ticket=ticket.id, number=ticket.number, counter=counter.id, to=back, away_until=away_until
    )


def start_service(case: Case, command: c.StartService) -> None:
    counter = guards.at_counter(case, command.counter)
    ticket = guards.called(case, counter)
    case.say(e.ServiceStarted, ticket=ticket.id, number=ticket.number, counter=counter.id)


def mark_missed(case: Case, command: c.MarkMissed) -> None:
    counter = guards.at_counter(case, command.counter)
    guards.not_stale(case)
    ticket = guards.called(case, counter)
    calls = case.state.office.calls
    again = case.now + calls.recall_pause * SECOND if ticket.misses + 1 <= calls.recall_limit else None
    case.say(e.TicketMissed, ticket=ticket.id, number=ticket.number, counter=counter.id, again_at=again)


def finish_service(case: Case, command: c.FinishService) -> None:
    _known(case, command.services_done)
    counter = guards.known_counter(case, command.counter)
    ticket = case.state.ticket_at(counter)
    if case.state.day is None and ticket is not None and ticket.state == "serving":
        _finish_late(case, counter, ticket, command)
        return
    counter = guards.at_counter(case, command.counter)
    ticket = guards.holding(case, counter)
    _finish(case, counter, ticket, command.outcome, command.services_done)
    if command.wrap_up and not counter.coming_pause:
        case.say(e.WrapUpBegun, counter=counter.id)


def _known(case: Case, services: tuple[str, ...] | None) -> None:
    for name in services or ():
        if name not in case.state.plans:
            raise No("unknown_service", f"there is no service {name}")


def _finish_late(case: Case, counter: Counter, ticket: Ticket, command: c.FinishService) -> None:
    """The day was closed while somebody was still served. Now the visit ends and the counter closes; no service stays wanted."""
    guards.allowed(case)
    guards.yours(case, counter)
    guards.not_held(case, counter)
    case.say(
        e.ServiceFinished,
        ticket=ticket.id,
        number=ticket.number,
        counter=counter.id,
        outcome=command.outcome,
        services_done=_done(counter, ticket, command.services_done) if command.outcome == "done" else (),
    )
    case.say(e.CounterClosed, counter=counter.id)


def arrived(case: Case, counter: Counter, ticket: Ticket) -> None:
    """The person who was called is here: service starts, unless this office wants the arrival to be pressed."""
    if ticket.state == "serving":
        return
    if case.state.office.policy.arrival == "pressed":
        raise No("not_arrived", f"{ticket.number} has not arrived at counter {counter.id}", number=ticket.number)
    case.say(e.ServiceStarted, ticket=ticket.id, number=ticket.number, counter=counter.id)


def _finish(
    case: Case, counter: Counter, ticket: Ticket, outcome: ServiceOutcome, done: tuple[str, ...] | None
) -> None:
    arrived(case, counter, ticket)
    finished = _done(counter, ticket, done)
    over = outcome in ("not_possible", "left")
    left = () if over else tuple(name for name in ticket.services if name not in finished)
    back = ticket.station_counter
    station = case.state.places[counter.id]
    # a ticket goes from a station back to the counter that sent it, if that is open and something is left to do
    open_again = back is not None and case.state.counters[back].state != "closed"
    returns = open_again and bool(left) and isinstance(station, StationPlan)
    case.say(
        e.ServiceFinished,
        ticket=ticket.id,
        number=ticket.number,
        counter=counter.id,
        outcome=outcome,
        services_done=() if over else finished,
        next=left,
        back_to=back if returns else None,
        back_until=case.now + station_limit(station) if returns else None,
    )
    _pause_if_coming(case, counter)


def station_limit(place: CounterPlan | StationPlan) -> int:
    """Milliseconds after which any counter may take a ticket that was sent to this station, or that came back from it."""
    assert isinstance(place, StationPlan)
    return place.limit * SECOND


def _done(counter: Counter, ticket: Ticket, said: tuple[str, ...] | None) -> tuple[str, ...]:
    """The services that were completed: those named, else all that are in hand. Only services that the ticket wants can be."""
    if said is None:
        return in_hand(counter, ticket)
    for name in said:
        if name not in ticket.services:
            invalid("services_done", f"{ticket.number} does not want {name}; it wants {', '.join(ticket.services)}")
    return tuple(name for name in ticket.services if name in said)


def _pause_if_coming(case: Case, counter: Counter) -> None:
    if counter.coming_pause:
        case.say(e.CounterPaused, counter=counter.id, reason=counter.reason, back_at=counter.back_at)


def serve_direct(case: Case, command: c.ServeDirect) -> None:
    services = guards.known_services(case, command.services)
    counter = guards.at_counter(case, command.counter)
    guards.calling(counter)
    guards.free(case, counter)
    can = able(case.state.places[counter.id]).union(counter.services)
    if not can.issuperset(services):
        raise No("cannot_serve", f"counter {counter.id} cannot serve {', '.join(s for s in services if s not in can)}")
    letter, ordinal = next_number(case.state, services[0])
    case.say(
        e.DirectServiceStarted,
        ticket=case.fresh(),
        number=printed(letter, ordinal),
        counter=counter.id,
        services=services,
        ordinal=ordinal,
        persons=command.persons,
        channel=command.channel,
    )


def show_phrase(case: Case, command: c.ShowPhrase) -> None:
    counter = guards.at_counter(case, command.counter)
    ticket = guards.holding(case, counter)
    if counter.phrase != command.phrase:
        case.say(e.PhraseShown, ticket=ticket.id, number=ticket.number, counter=counter.id, phrase=command.phrase)


def park_ticket(case: Case, command: c.ParkTicket) -> None:
    counter = guards.at_counter(case, command.counter)
    ticket = guards.holding(case, counter)
    arrived(case, counter, ticket)
    case.say(e.TicketParked, ticket=ticket.id, number=ticket.number, counter=counter.id)
    _pause_if_coming(case, counter)


def resume_ticket(case: Case, command: c.ResumeTicket) -> None:
    guards.known_counter(case, command.counter)
    ticket = guards.known_ticket(case, command.ticket)
    counter = guards.at_counter(case, command.counter)
    guards.calling(counter)
    guards.free(case, counter)
    guards.in_state(case, ticket)
    if not can_serve(counter, ticket) and ticket.counter != counter.id:
        raise No(
            "cannot_serve", f"counter {counter.id} serves none of what {ticket.number} wants", number=ticket.number
        )
    if not covers(case.state, counter.id, ticket):
        raise No("needs_not_met", f"counter {counter.id} lacks what {ticket.number} needs", number=ticket.number)
    if counter.state == "wrap_up":
        case.say(e.CounterResumed, counter=counter.id)
    case.say(e.TicketResumed, ticket=ticket.id, number=ticket.number, counter=counter.id)


def send_to_station(case: Case, command: c.SendToStation) -> None:
    known = {station.id for station in case.state.office.stations}
    counter = guards.known_counter(case, command.counter)
    if command.station not in known:
        raise No("unknown_device", f"there is no station {command.station}")
    counter = guards.at_counter(case, command.counter)
    ticket = guards.holding(case, counter)
    if not covers(case.state, command.station, ticket):
        raise No("needs_not_met", f"{command.station} lacks what {ticket.number} needs", number=ticket.number)
    arrived(case, counter, ticket)
    case.say(
        e.TicketSentToStation,
        ticket=ticket.id,
        number=ticket.number,
        counter=counter.id,
        station=command.station,
        until=case.now + station_limit(case.state.places[command.station]),
    )
    _pause_if_coming(case, counter)


RULES: Rules = {
    c.CallNext: call_next,
    c.CallTicket: call_ticket,
    c.RepeatCall: repeat_call,
    c.WithdrawCall: withdraw_call,
    c.StartService: start_service,
    c.MarkMissed: mark_missed,
    c.FinishService: finish_service,
    c.ServeDirect: serve_direct,
    c.ShowPhrase: show_phrase,
    c.ParkTicket: park_ticket,
    c.ResumeTicket: resume_ticket,
    c.SendToStation: send_to_station,
}
