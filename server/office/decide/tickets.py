"""Tickets: issue, cancel, pause and return, transfer, and what staff may change about them."""

from datetime import date
from typing import Any

from server.messages import commands as c
from server.messages import events as e
from server.messages.facts import Lease, Ticket
from server.messages.instants import SECOND, at_or_none, millis
from server.messages.office import Kiosk
from server.messages.rights import PUBLIC_ISSUE, PUBLIC_PAUSE
from server.messages.terms import Category
from server.office import hours
from server.office.ahead import ahead_of_new
from server.office.decide import guards
from server.office.decide.press import Case, No, Rules, invalid
from server.office.equipped import in_hand
from server.office.grid import printer_of
from server.office.intake import closed_for
from server.office.numbers import lent_letter, next_number, printed
from server.office.state import HELD
from server.office.waits import Newcomer
from server.office.who_next import covers

CLOSED = {
    "service_closed": "{} is closed",
    "outside_hours": "{} is not open now",
    "limit_reached": "no more tickets for {} today",
}
"""The detail of a refusal when the public may take no ticket for a service, by the refusal's code."""


def issue_ticket(case: Case, command: c.IssueTicket) -> None:
    services = guards.known_services(case, command.services)
    kiosk = _kiosk(case, command.kiosk)
    printer = command.printer or (kiosk.printer if kiosk else None)
    _known_printer(case, printer)
    guards.allowed(case)
    if command.category == "appointment":
        invalid("category", "an appointment is made by check-in; choose walk_in or priority")
    public = case.actor.role in PUBLIC_ISSUE
    if command.category == "priority" and public:
        raise No("not_allowed", "priority is given by staff")
    guards.day(case)
    if public:
        _open_to_public(case, services, kiosk)
    plans = [case.state.plans[name] for name in services]
    nature = any(plan.priority for plan in plans)
    needs = tuple(sorted(set(command.needs)))
    quantities = _quantities(case, services, command.quantities, public=public)
    category: Category = "priority" if nature else command.category
    told, untold = guards.promised(case, Newcomer(services, category, needs))
    letter, ordinal = next_number(case.state, services[0])
    issued = case.say(
        e.TicketIssued,
        ticket=case.fresh(),
        number=printed(letter, ordinal),
        services=services,
        ordinal=ordinal,
        category=category,
        needs=needs,
        persons=command.persons,
        quantities=quantities,
        language=command.language,
        kiosk=kiosk.id if kiosk else None,
        ahead=ahead_of_new(case.state, services, category, case.now),
        counted=public,
        told=told,
        expected_reason=untold,
    )
    if printer is not None:
        _print(case, issued.ticket, issued.number, printer)


def _quantities(case: Case, services: tuple[str, ...], asked: dict[str, int], *, public: bool) -> dict[str, int]:
    """How many of each service, without those of which one is wanted. What the public may ask for is limited by the office."""
    for name, many in asked.items():
        if name not in services:
            invalid(f"quantities.{name}", "is not one of the services of this ticket")
        if public and many > case.state.plans[name].most:
            invalid(f"quantities.{name}", f"at most {case.state.plans[name].most} on one ticket")
    return {name: many for name, many in sorted(asked.items()) if many > 1}


def _kiosk(case: Case, named: str | None) -> Kiosk | None:
    name = named or (case.actor.device if case.actor.role == "kiosk" else None)
    if name is None:
        return None
    if case.actor.role == "kiosk" and case.actor.device not in (None, name):
        raise No("not_yours", f"this sign-in is the kiosk {case.actor.device}")
    found = next((kiosk for kiosk in case.state.office.kiosks if kiosk.id == name), None)
    if found is None:
        raise No("unknown_device", f"there is no kiosk {name}")
    return found


def _known_printer(case: Case, name: str | None) -> None:
    if name is not None and all(printer.id != name for printer in case.state.office.printers):
        raise No("unknown_device", f"there is no printer {name}")


def _open_to_public(case: Case, services: tuple[str, ...], kiosk: Kiosk | None) -> None:
    """Checks hours and limits. They apply to kiosks and public pages, never to clerks."""
    for name in services:
        plan = case.state.plans[name]
        if (kiosk and kiosk.services and name not in kiosk.services) or plan.back_office:
            raise No("unknown_service", f"this kiosk does not offer {name}")
        closed = closed_for(case.state, plan, case.now)
        if closed is not None:
            detail, until = CLOSED[closed.code].format(plan.id), at_or_none(closed.until)
            raise No(closed.code, detail, service=name, reason=closed.reason, until=until)


def _print(case: Case, ticket: str, number: str, printer: str) -> None:
    case.say(e.PrintRequested, ticket=ticket, number=number, job=case.fresh(), printer=printer)


def print_ticket(case: Case, command: c.PrintTicket) -> None:
    ticket = guards.known_ticket(case, command.ticket)
    printer = command.printer or _own_printer(case) or printer_of(case.state, ticket)
    _known_printer(case, printer)
    guards.allowed(case)
    if case.actor.role == "kiosk" and printer != _own_printer(case):
        raise No("not_yours", "a kiosk prints at its own printer")
    guards.day(case)
    if printer is None:
        invalid("printer", "name a printer; no kiosk with a printer issued this ticket")
    _print(case, ticket.id, ticket.number, printer)


def _own_printer(case: Case) -> str | None:
    """The printer of the kiosk that presses: whoever drew their number at another one gets the paper where they stand."""
    kiosk = _kiosk(case, None)
    return kiosk.printer if kiosk else None


def cancel_ticket(case: Case, command: c.CancelTicket) -> None:
    ticket = guards.of_ticket(case, command.ticket)
    if ticket.state == "cancelled":
        return
    guards.in_state(case, ticket)
    case.say(e.TicketCancelled, ticket=ticket.id, number=ticket.number, reason=command.reason)


def pause_ticket(case: Case, command: c.PauseTicket) -> None:
    ticket = guards.of_ticket(case, command.ticket)
    guards.in_state(case, ticket)
    policy = case.state.office.policy
    # a pause during a pause makes it longer: it begins when the running one ends
    begins = max(case.now, ticket.away_until or 0) if ticket.state == "away" else case.now
    until = begins + (command.minutes or policy.away_minutes) * 60 * SECOND
    if case.actor.role in PUBLIC_PAUSE:
        until = min(until, begins + policy.away_most_minutes * 60 * SECOND - ticket.away)
    until = min(until, hours.midnight_after(case.state.office, case.state.day or ""))
    if until > begins:
        case.say(e.TicketPaused, ticket=ticket.id, number=ticket.number, away_until=until)
    elif ticket.state == "waiting":
        raise No("limit_reached", f"{ticket.number} was away for {policy.away_most_minutes} minutes", limit="pauses")


def return_ticket(case: Case, command: c.ReturnTicket) -> None:
    ticket = guards.of_ticket(case, command.ticket)
    if ticket.state == "waiting":
        return
    guards.in_state(case, ticket)
    # the first return after a missed call keeps the place near the front, a second one does not
    anew = ticket.state == "missed" and ticket.came_back
    returned(case, ticket, anew=anew)


def returned(case: Case, ticket: Ticket, *, anew: bool = False) -> None:
    """Puts a ticket back in line. A not-before that is still to come stays."""
    case.say(
        e.TicketReturned,
        ticket=ticket.id,
        number=ticket.number,
        reference=case.now if anew else ticket.reference,
        not_before=_later(case, ticket),
        anew=anew,
    )


def transfer_ticket(case: Case, command: c.TransferTicket) -> None:
    if command.to_service is None and command.to_counter is None and command.not_before is None:
        invalid("to_service", "say where to: to_service, to_counter or not_before")
    if command.to_service is not None:
        guards.known_service(case, command.to_service)
    if command.to_counter is not None:
        guards.known_counter(case, command.to_counter)
    ticket = guards.of_ticket(case, command.ticket)
    guards.in_state(case, ticket)
    if command.to_counter is not None and not covers(case.state, command.to_counter, ticket):
        raise No(
            "needs_not_met", f"counter {command.to_counter} lacks what {ticket.number} needs", number=ticket.number
        )
    not_before = guards.to_come(case, "not_before", command.not_before)
    case.say(
        e.TicketTransferred,
        ticket=ticket.id,
        number=ticket.number,
        services=_replaced(case, ticket, command.from_service, command.to_service),
        to_service=command.to_service,
        to_counter=command.to_counter or _still_kept_for(case, ticket, command),
        not_before=_later(case, ticket) if not_before is None else not_before,
    )
    if ticket.state in HELD and ticket.counter is not None:
        counter = case.state.counters[ticket.counter]
        if counter.coming_pause:
            case.say(e.CounterPaused, counter=counter.id, reason=counter.reason, back_at=counter.back_at)


def _still_kept_for(case: Case, ticket: Ticket, command: c.TransferTicket) -> str | None:
    """A counter that an earlier transfer named stays, if it can do what is wanted now: what this transfer does not name is
    kept."""
    kept = case.state.counters.get(ticket.only_counter or "")
    if kept is None or ticket.station is not None or ticket.only_until is not None:
        return None
    return kept.id if command.to_service is None or command.to_service in kept.services else None


def _later(case: Case, ticket: Ticket) -> int | None:
    """A not-before that is still to come: of an earlier transfer, or of the pause after a miss."""
    return ticket.not_before if ticket.not_before is not None and ticket.not_before > case.now else None


def _replaced(case: Case, ticket: Ticket, named: str | None, to_service: str | None) -> tuple[str, ...]:
    """The ticket's services with one replaced: the one named, else the one its counter serves, else the first."""
    if to_service is None:
        return ticket.services
    if named is not None and named not in ticket.services:
        invalid("from_service", f"{ticket.number} does not want {named}; it wants {', '.join(ticket.services)}")
    held = ticket.counter if ticket.state in HELD else None
    here = in_hand(case.state.counters[held], ticket) if held is not None else ()
    gone = named or next(iter(here), ticket.services[0])
    return tuple(dict.fromkeys(to_service if name == gone else name for name in ticket.services))


def set_services(case: Case, command: c.SetServices) -> None:
    services = guards.known_services(case, command.services)
    ticket = guards.of_ticket(case, command.ticket)
    guards.in_state(case, ticket)
    case.say(e.ServicesSet, ticket=ticket.id, number=ticket.number, services=services)


def set_category(case: Case, command: c.SetCategory) -> None:
    ticket = guards.of_ticket(case, command.ticket)
    if command.category == "appointment":
        invalid("category", "an appointment is made by check-in; choose walk_in or priority")
    guards.in_state(case, ticket)
    case.say(e.CategorySet, ticket=ticket.id, number=ticket.number, category=command.category)


def set_needs(case: Case, command: c.SetNeeds) -> None:
    ticket = guards.of_ticket(case, command.ticket)
    guards.in_state(case, ticket)
    case.say(e.NeedsSet, ticket=ticket.id, number=ticket.number, needs=tuple(sorted(set(command.needs))))


def boost_ticket(case: Case, command: c.BoostTicket) -> None:
    ticket = guards.of_ticket(case, command.ticket)
    guards.in_state(case, ticket)
    case.say(e.TicketBoosted, ticket=ticket.id, number=ticket.number, minutes=command.minutes)


def move_tickets(case: Case, command: c.MoveTickets) -> None:
    guards.known_service(case, command.to_service)
    tickets = [guards.known_ticket(case, name) for name in dict.fromkeys(command.tickets)]
    guards.allowed(case)
    guards.day(case)
    for ticket in tickets:
        guards.in_state(case, ticket)
    if tickets:
        case.say(
            e.TicketsMoved,
            tickets=tuple(ticket.id for ticket in tickets),
            numbers=tuple(ticket.number for ticket in tickets),
            to_service=command.to_service,
            wants=tuple(_replaced(case, one, command.from_service, command.to_service) for one in tickets),
        )


def hand_in_tickets(case: Case, command: c.HandInTickets) -> None:
    """Tickets that a kiosk issued while it was cut off from the server. They get their places by their own time of issue.

    People hold this paper: one that cannot be taken over costs itself alone, and the answer names it (`result`).
    """
    guards.allowed(case)
    today = guards.day(case)
    lease = case.state.leases.get(command.lease)
    if lease is None or lease.device != (case.actor.device or "-"):
        raise No("lease_expired", f"there is no lease {command.lease}")
    # otherwise a kiosk with a wrong clock would put its people before everybody, or show them as waiting for years
    morning = hours.clock(case.state.office, date.fromisoformat(today), "00:00")
    seen: set[str] = set()
    # in the order of issue: of equal references the smaller seq goes first
    for handed in sorted(command.tickets, key=lambda one: one.issued_at):
        number = _lent(case, lease, handed)
        if number is None or number in seen or number in case.state.alive:
            continue
        seen.add(number)
        case.say(
            e.TicketIssued,
            ticket=case.fresh(),
            number=number,
            **_wished(case, handed),
            language=handed.language,
            kiosk=case.actor.device if case.actor.role == "kiosk" else None,
            reference=max(morning, min(millis(handed.issued_at), case.now)),
            counted=True,
        )


def _wished(case: Case, handed: c.HandedIn) -> dict[str, Any]:
    """What its holder chose, as far as the office still has it: the office file may have changed while the kiosk was alone."""
    plans = case.state.plans
    services = tuple(name for name in dict.fromkeys((handed.service, *handed.also)) if name in plans)
    quantities = {name: min(many, plans[name].most) for name, many in handed.quantities.items() if name in services}
    return {
        "services": services,
        "category": "priority" if any(plans[name].priority for name in services) else "walk_in",
        "needs": tuple(sorted(set(handed.needs))),
        "persons": handed.persons,
        "quantities": {name: many for name, many in sorted(quantities.items()) if many > 1},
    }


def _lent(case: Case, lease: Lease, handed: c.HandedIn) -> str | None:
    """The number as it is printed, if it is one of this lease and service."""
    letter = lent_letter(case.state, lease, handed.service) if handed.service in case.state.plans else ""
    tail = handed.number.removeprefix(letter)
    if not letter or not tail.isdecimal():
        return None
    ordinal = int(tail)
    lent = any(name == handed.service and start <= ordinal <= end for name, start, end in lease.blocks)
    return printed(letter, ordinal) if lent else None


RULES: Rules = {
    c.IssueTicket: issue_ticket,
    c.PrintTicket: print_ticket,
    c.CancelTicket: cancel_ticket,
    c.PauseTicket: pause_ticket,
    c.ReturnTicket: return_ticket,
    c.TransferTicket: transfer_ticket,
    c.SetServices: set_services,
    c.SetCategory: set_category,
    c.SetNeeds: set_needs,
    c.BoostTicket: boost_ticket,
    c.MoveTickets: move_tickets,
    c.HandInTickets: hand_in_tickets,
}
