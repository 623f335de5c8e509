"""What no public board shows, and on which line a call stands. Pure; asked by boards, and by `evolve` for the walls."""

from itertools import count

from server.messages.facts import Ticket
from server.office.state import State


def hidden(state: State, ticket: Ticket) -> bool:
    """Whether a ticket wants nothing but back-office work, which no public board shows."""
    wanted = ticket.services or ticket.done
    return bool(wanted) and all(state.plans[name].back_office for name in wanted if name in state.plans)


def line_of(state: State, ticket: str, counter: str) -> int:
    """The line for a call to this counter: the one that the ticket has there already, else the first free one of the zone."""
    zone = state.places[counter].zone
    there = {name: call.line for name, call in state.shown.items() if state.places[call.counter].zone == zone}
    taken = {line for name, line in there.items() if not hidden(state, state.tickets[name])}
    return there[ticket] if ticket in there else next(line for line in count() if line not in taken)
