"""A new office file for a running office: a row that something alive still refers to is retired, not removed.

Pure; asked by `decide`. A retired row stays until a file is applied at a time when nothing refers to it any more.
"""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from msgspec.structs import replace

from server.messages.facts import Assignment
from server.messages.office import Office
from server.office.state import ALIVE, State


class Named(Protocol):
    """A row of a table of the office file."""

    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=Named)


def retiring(state: State, office: Office) -> Office:
    """The new file, plus the old rows to which tickets, bookings, lent numbers, calls, alarms, silences, messages or
    assignments still refer."""
    old = state.office
    counters = _left(old.counters, office.counters, _places(state))
    stations = _left(old.stations, office.stations, _places(state))
    zones = _zones(state) | {one.zone for one in counters} | {one.zone for one in stations}
    messages, leases = state.messages.values(), state.leases.values()
    jobs = (job.printer for job in state.prints.values())
    return replace(
        office,
        services=(
            *office.services,
            *(replace(s, retired=True) for s in _left(old.services, office.services, _services(state))),
        ),
        counters=(*office.counters, *(replace(n, retired=True) for n in counters)),
        stations=(*office.stations, *stations),
        zones=(*office.zones, *_left(old.zones, office.zones, zones)),
        displays=(*office.displays, *_left(old.displays, office.displays, (d for m in messages for d in m.displays))),
        kiosks=(*office.kiosks, *_left(old.kiosks, office.kiosks, (lease.device for lease in leases))),
        printers=(*office.printers, *_left(old.printers, office.printers, jobs)),
    )


def _left(old: Iterable[N], new: Iterable[N], needed: Iterable[str | None]) -> list[N]:
    """The old rows that are needed and missing in the new file."""
    wanted = set(needed) - {one.id for one in new}
    return [one for one in old if one.id in wanted]


def _services(state: State) -> set[str]:
    living = [ticket.services for ticket in state.tickets.values() if ticket.state in ALIVE]
    booked = [appointment.services for appointment in state.appointments.values()]
    held = [hold.services for hold in state.holds.values()]
    lent = [(name,) for lease in state.leases.values() for name, _, _ in lease.blocks]
    given = [names for one in _assignments(state) for names in (one.services, one.before)]
    return {name for names in (*living, *booked, *held, *lent, *given) for name in names}


def _assignments(state: State) -> list[Assignment]:
    return [counter.assignment for counter in state.counters.values() if counter.assignment is not None]


def _places(state: State) -> set[str | None]:
    living = [ticket for ticket in state.tickets.values() if ticket.state in ALIVE]
    named = {name for t in living for name in (t.counter, t.only_counter, t.station_counter)}
    assigned = {counter.id for counter in state.counters.values() if counter.assignment is not None}
    told = {name for message in state.messages.values() for name in message.counters}
    return named | assigned | told | {call.counter for call in state.shown.values()} | set(state.alarms)


def _zones(state: State) -> set[str]:
    told = {name for message in state.messages.values() for name in message.zones}
    return told | set(state.silences) | {said.zone for said in state.said}
