"""Ticks: what happens by time alone (the end of a day, of a pause, of an assignment), and when.

Pure; asked by the desk, by `decide` and by `next_change`.
"""

from collections.abc import Iterator

from server.messages import commands as c
from server.messages.instants import SECOND
from server.office import hours
from server.office.state import State


def key_of(tick: c.Tick) -> str:
    return f"tick:{tick.kind}:{tick.id}:{tick.due}"


def ticks(state: State) -> Iterator[c.Tick]:
    """All ticks to come, each with its instant. Of appointments only the next ones: there may be thousands."""
    if not state.configured:
        return
    if state.last_day is not None:
        yield c.Tick(kind="day", id=state.last_day, due=hours.midnight_after(state.office, state.last_day))
    if state.day is None:
        return
    for kind, name, due in _due(state):
        if due is not None:
            yield c.Tick(kind=kind, id=name, due=due)


def _due(state: State) -> Iterator[tuple[str, str, int | None]]:
    assumed = state.office.policy.arrival == "assumed"
    for ticket in state.others():
        if ticket.state == "away":
            yield "away", ticket.id, ticket.away_until
        elif ticket.state == "called" and assumed and ticket.called_at is not None:
            yield "arrival", ticket.id, ticket.called_at + state.office.policy.arrival_after * SECOND
    for counter in state.counters.values():
        if counter.assignment is not None:
            yield "assignment", counter.id, counter.assignment.until
    for service in state.services.values():
        yield "service", service.id, service.until if service.closed else None
        yield "boost", service.id, service.boost_until if service.boost else None
    yield "policy", "-", state.preset_until
    for message in state.messages.values():
        yield "message", message.id, message.until
    for zone, until in state.silences.items():
        yield "silence", zone, until
    for helper in state.helpers.values():
        yield "helper", helper.id, helper.until
    for name, moves in state.moves.items():
        yield "moves", name, moves.until
    for hold in state.holds.values():
        yield "hold", hold.id, hold.until
    yield from _no_shows(state)


def _no_shows(state: State) -> Iterator[tuple[str, str, int]]:
    """Appointments whose time is over by the log's time, and those of the next slot after that."""
    late, upcoming = state.office.policy.no_show_after * SECOND, None
    for start, name in state.coming:
        if start + late > state.at:
            # all appointments of the next slot and none after it: once these are due, this function is asked again
            if upcoming is not None and start > upcoming:
                return
            upcoming = start
        yield "no_show", name, start + late
