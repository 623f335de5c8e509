"""What a counter serves: when it opens, once the office file is another, and of the ticket that it holds. Pure reading."""

from msgspec.structs import replace

from server.messages.facts import Counter, Ticket
from server.office.state import State


def opens_with(state: State, counter: Counter) -> tuple[str, ...]:
    """What a closed counter will open with: its assignment, else what the office file says."""
    return counter.assignment.services if counter.assignment else state.places[counter.id].services


def existing(state: State, counter: Counter) -> Counter:
    """A counter with those of its services that the office file still has."""

    def known(services: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in services if name in state.plans)

    given = counter.assignment
    kept = replace(given, services=known(given.services), before=known(given.before)) if given else None
    return replace(counter, services=known(counter.services), assignment=kept)


def in_hand(counter: Counter, ticket: Ticket) -> tuple[str, ...]:
    """What a finish here ends: what the counter served of the ticket when it came, whatever it was moved to since.

    Of a ticket sent or picked here regardless: all, but not at a station.
    """
    here = ticket.hand or tuple(name for name in ticket.services if name in counter.services)
    return here or (() if ticket.station_counter is not None else ticket.services)
