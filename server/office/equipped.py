"""What a counter serves: when it opens, after a new office file, and of the ticket that it holds. Only reads the state."""

from msgspec.structs import replace

from server.messages.facts import Counter, Ticket
from server.messages.office import CounterPlan, StationPlan
from server.office.state import State


def opens_with(state: State, counter: Counter) -> tuple[str, ...]:
    """The services with which a closed counter will open: its assignment's, else those of the office file."""
    return counter.assignment.services if counter.assignment else state.places[counter.id].services


def able(place: CounterPlan | StationPlan) -> frozenset[str]:
    """The services that a counter or station is equipped and trained for."""
    return frozenset((*place.services, *(() if isinstance(place, StationPlan) else place.skills)))


def existing(state: State, counter: Counter) -> Counter:
    """The counter without the services that the office file no longer has."""

    def known(services: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in services if name in state.plans)

    given = counter.assignment
    kept = replace(given, services=known(given.services), before=known(given.before)) if given else None
    return replace(counter, services=known(counter.services), assignment=kept)


def times(state: State, ticket: Ticket) -> dict[str, float]:
    """By service, by which factor more than one of it takes longer than one; only where it does."""
    plans = ((name, many, state.plans.get(name)) for name, many in ticket.quantities.items())
    return {name: plan.times(many) for name, many, plan in plans if plan is not None}


def in_hand(counter: Counter, ticket: Ticket) -> tuple[str, ...]:
    """The services that a finish here completes: those the counter served when the ticket came, even if it was moved since.

    If the counter serves none of them (somebody sent or picked the ticket anyway): all of them; at a station none.
    """
    here = ticket.hand or tuple(name for name in ticket.services if name in counter.services)
    return here or (() if ticket.station_counter is not None else ticket.services)
