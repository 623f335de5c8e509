"""What no public board shows. Pure; asked by boards, and by `evolve` when a call leaves the walls."""

from server.messages.facts import Ticket
from server.office.state import State


def hidden(state: State, ticket: Ticket) -> bool:
    """Whether a ticket wants nothing but back-office work, which no public board shows."""
    wanted = ticket.services or ticket.done
    return bool(wanted) and all(state.plans[name].back_office for name in wanted if name in state.plans)
