"""People who will wait again: after a step of their visit, after a station, after they were missed, or after a clerk parked
them. They are columns of the simulation like everybody else (`people`). Nobody is shown a wait for them, but they delay
others."""

from collections.abc import Sequence
from math import exp

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from server.forecast.luck import Luck
from server.forecast.model import Model
from server.forecast.tills import NEVER, UNKNOWN_MIN, Tills
from server.messages.facts import Ticket
from server.messages.instants import MINUTE
from server.office.equipped import in_hand
from server.office.state import State

Array = NDArray[np.float64]


def returning(
    state: State, staffed: Tills, model: Model, now: int, rows: int, luck: Luck
) -> tuple[list[Ticket], Array]:
    """The tickets as they will wait again, and when each of them does in each row: (rows, tickets) ms after now; inf: never."""
    found: list[Ticket] = []
    times: list[Array] = []
    free = {one.id: staffed.free[:, at] for at, one in enumerate(staffed.counters)}
    for ticket in sorted(state.living(), key=lambda one: one.seq):
        again = _again(state, ticket, free, model, now, rows, luck)
        if again is not None:
            waiting, when = again
            found.append(waiting)
            times.append(when)
    return found, np.stack(times, axis=1) if times else np.zeros((rows, 0))


def _again(
    state: State, ticket: Ticket, free: dict[str, Array], model: Model, now: int, rows: int, luck: Luck
) -> tuple[Ticket, Array] | None:
    if ticket.station_counter is not None:
        return _from_station(state, ticket, free, rows, luck)
    if ticket.state in ("called", "serving") and ticket.counter in free:
        left = _left(ticket.services, in_hand(state.counters[ticket.counter], ticket))
        return (_waits(ticket, left), np.maximum(free[ticket.counter], 1.0)) if left else None
    if ticket.state == "parked" and ticket.counter in free:
        return _kept(ticket, ticket.counter, ticket.services), _some_time(ticket, rows, luck)
    if ticket.state == "missed":
        comes = np.where(
            luck(f"back:{ticket.id}").random(rows) < _chance(model, ticket, now),
            _some_time(ticket, rows, luck, model.back.minutes),
            NEVER,
        )
        return _waits(ticket, ticket.services), comes
    return None


def _chance(model: Model, ticket: Ticket, now: int) -> float:
    """The chance that somebody who was missed still comes, given that they have not come until now."""
    chance, minutes = model.back
    still = chance * exp(-(now - (ticket.missed_at or now)) / MINUTE / minutes)
    return still / (1 - chance + still)


def _from_station(
    state: State, ticket: Ticket, free: dict[str, Array], rows: int, luck: Luck
) -> tuple[Ticket, Array] | None:
    """The ticket goes back to the counter that sent it, if that still calls people and something is left to do."""
    station = next((one for one in state.office.stations if one.id == ticket.station), None)
    left = _left(ticket.services, station.services if station is not None else ())
    if not left or ticket.station_counter not in free:
        return None
    return _kept(ticket, ticket.station_counter, left), _some_time(ticket, rows, luck)


def _some_time(ticket: Ticket, rows: int, luck: Luck, minutes: float = UNKNOWN_MIN) -> Array:
    return np.asarray(1.0 + luck(f"again:{ticket.id}").exponential(minutes * MINUTE, rows))


def _left(services: Sequence[str], done: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in services if one not in done)


def _waits(ticket: Ticket, services: tuple[str, ...]) -> Ticket:
    """The ticket waits in its line again, with its seniority."""
    return replace(
        ticket, state="waiting", services=services, counter=None, only_counter=None, only_until=None, station=None
    )


def _kept(ticket: Ticket, counter: str | None, services: tuple[str, ...]) -> Ticket:
    """The ticket waits before everybody else at one counter, like a ticket that is back from a station."""
    return replace(
        _waits(ticket, services), only_counter=counter, station=ticket.station or "aside", station_counter=None
    )


def steps(staffed: Tills, here: Sequence[Ticket]) -> tuple[list[Ticket], dict[tuple[int, int], int]]:
    """Second steps of tickets that wait: what is left after each counter that gives only a part of what they want.

    Returns the tickets as they will wait then, and by (counter, ticket) the place of that ticket in the list.
    """
    found: list[Ticket] = []
    after: dict[tuple[int, int], int] = {}
    for at, ticket in enumerate(here):
        if len(ticket.services) == 1:
            continue  # a counter gives all of it or nothing
        places: dict[tuple[str, ...], int] = {}
        for place, counter in enumerate(staffed.counters):
            left = _left(ticket.services, counter.services)
            if not left or left == ticket.services:
                continue
            if left not in places:
                places[left] = len(found)
                found.append(_waits(ticket, left))
            after[place, at] = places[left]
    return found, after
